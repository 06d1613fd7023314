# SPDX-License-Identifier: MIT
"""Reviews a roster and writes its work list in one form or several."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from typing import BinaryIO, Final

import click
from attrs import frozen

from caljobs_policy.cli.exit_codes import ExitCode, code_of, code_of_error, first_that_applies
from caljobs_policy.cli.outputs import NothingToWriteError, written
from caljobs_policy.cli.parameters import Output
from caljobs_policy.cli.roster_sources import RosterSource, text_of
from caljobs_policy.cli.terminal import errors, output, tell_all
from caljobs_policy.errors.exceptions import PolicyError
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.rosters.entry import RosterEntry, Totals, Urgency
from caljobs_policy.rosters.reviewing import Reviewer, review_rows
from caljobs_policy.rosters.spool import Spool
from caljobs_policy.rosters.writing.phrases import About

_STEP: Final = 1000
"""After so many rows the progress is shown anew."""


@frozen
class WorkList:
    """What an output is made of; the entries can be gone through more than once."""

    about: About
    entries: Iterable[RosterEntry]
    totals: Totals


class Review:
    """One run: what it counted, and what it comes to."""

    def __init__(self, source: RosterSource, *, within: int, jobs: int, engine: str) -> None:
        self.source = source
        self.within = within
        self.jobs = jobs
        self.engine = engine
        self.totals = Totals()

    def write(self, outputs: Iterable[Output]) -> ExitCode:
        """Review the roster, write each output, and return the exit code."""
        policy, at = self.source.moment()
        about = About(policy, at, self.source.title, self.within)
        with self.source.stream() as stream:
            roster = self.source.roster(stream, policy)
            reviewer = Reviewer(
                self.source.profile, policy.day, at, roster.layout, self.within, self.engine
            )
            entries = self._counted(review_rows(reviewer, roster.rows, self.jobs))
            with Spool(self._listed(_with_progress(entries, stream))) as spool:
                tell_all(roster.passed_over)
                work_list = WorkList(about, spool, self.totals)
                code = written(outputs, partial(_write, work_list))
        return first_that_applies([code, self.exit_code])

    def _listed(self, entries: Iterable[RosterEntry]) -> Iterator[RosterEntry]:
        return (entry for entry in entries if entry.urgency is not Urgency.NONE)

    def _counted(self, entries: Iterable[RosterEntry]) -> Iterator[RosterEntry]:
        for entry in entries:
            self.totals.add(entry)
            yield entry

    @property
    def exit_code(self) -> ExitCode:
        """What the rows come to: those that were not evaluated count most."""
        codes = {code_of(Outcome(name)) for name in self.totals.outcomes}
        return ExitCode.INVALID if self.totals.not_evaluated else first_that_applies(codes)


def _with_progress(entries: Iterable[RosterEntry], stream: BinaryIO) -> Iterator[RosterEntry]:
    """Show on a terminal how far the roster is read."""
    if sys.stderr is None or not sys.stderr.isatty() or not stream.seekable():
        yield from entries
        return
    from rich.console import Console
    from rich.progress import Progress

    size = os.fstat(stream.fileno()).st_size
    # Without a thread of its own, beside which no process could be forked safely.
    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as progress:
        bar = progress.add_task("Reviewing", total=size or None)
        for number, entry in enumerate(entries):
            if number % _STEP == 0:
                progress.update(bar, completed=stream.tell(), refresh=True)
            yield entry


def _write(work_list: WorkList, form: str, to: BinaryIO | None) -> None:
    """Write a work list in a form; what the form takes is imported only then."""
    about, entries, totals = work_list.about, work_list.entries, work_list.totals
    if form == "ics":
        from caljobs_policy.rosters.writing.todo_calendar import write_calendar

        if not write_calendar(to or sys.stdout.buffer, about, entries):
            raise NothingToWriteError("no calendar is written, since there is nothing to do")
        return
    with text_of(to) as text:
        if form == "csv":
            from caljobs_policy.rosters.writing.spreadsheet import write_spreadsheet

            write_spreadsheet(text, about, entries)
        elif form == "json":
            for entry in entries:
                text.write(f"{json.dumps(entry.to_dict())}\n")
            text.write(f"{json.dumps({'totals': totals.to_dict()})}\n")
        elif form == "html":
            from caljobs_policy.rosters.writing.page import write_page

            write_page(text, about, entries, totals)
        else:
            from caljobs_policy.rosters.writing.listing import listing

            for part in listing(about, entries, totals):
                output(part, text if to is not None else None)


def run_review(review: Review, outputs: Iterable[Output]) -> ExitCode:
    """Write the outputs, report what is wrong, and return the exit code."""
    outputs = tuple(outputs)
    try:
        code = review.write(outputs)
    except PolicyError as error:
        errors(error)
        return code_of_error(error)
    if all(one.form != "table" or one.file is not None for one in outputs):
        _tell_totals(review.totals)
    return code


def _tell_totals(totals: Totals) -> None:
    """Report on standard error what the outputs hold, where nobody sees a table."""
    from caljobs_policy.rosters.writing.listing import totals_text

    click.echo(totals_text(totals).plain.strip(), err=True)
