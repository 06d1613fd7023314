# SPDX-License-Identifier: MIT
"""Reviews a roster and writes its work list in one form or several."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import BinaryIO

from attrs import frozen

from caljobs_policy.cli.exit_codes import ExitCode, code_of, code_of_error, first_that_applies
from caljobs_policy.cli.outputs import NothingToWriteError, written
from caljobs_policy.cli.parameters import Output
from caljobs_policy.cli.progress import Shown, watched
from caljobs_policy.cli.roster_sources import RosterSource, text_of
from caljobs_policy.cli.terminal import errors, output_all, say, tell_all
from caljobs_policy.errors.exceptions import PolicyError
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.rosters.entry import RosterEntry, Totals, Urgency
from caljobs_policy.rosters.reviewer import Reviewer
from caljobs_policy.rosters.reviewing import review_rows
from caljobs_policy.rosters.spool import Spool
from caljobs_policy.rosters.writing.phrases import About


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
        with self.source.stream() as stream, self._reviewed(stream, policy, at) as spool:
            work_list = WorkList(about, spool, self.totals)
            code = written(outputs, partial(_write, work_list))
        return first_that_applies([code, self.exit_code])

    def _reviewed(self, stream: BinaryIO, policy: Policy, at: datetime) -> Spool:
        """Review the rows, and return the entries in which something is to be done."""
        with watched(stream, "Reviewing") as lines:
            roster = self.source.roster(lines, policy)
            reviewer = Reviewer(
                self.source.profile, policy.day, at, roster.layout, self.within, self.engine
            )
            entries = self._counted(review_rows(reviewer, roster.rows, self.jobs))
            spool = Spool(self._listed(entries))
        tell_all(roster.passed_over)
        return spool

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


def _write(work_list: WorkList, form: str, to: BinaryIO | None) -> None:
    """Write a work list in a form; what the form takes is imported only then."""
    about, totals = work_list.about, work_list.totals
    is_on_screen = to is None and sys.stdout.isatty()
    entries = Shown(work_list.entries, "Writing", "accounts", totals.listed, hidden=is_on_screen)
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

            output_all(listing(about, entries, totals), text if to is not None else None)


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

    say(totals_text(totals).plain.strip(), err=True)
