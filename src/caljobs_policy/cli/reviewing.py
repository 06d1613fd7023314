# SPDX-License-Identifier: MIT
"""Reviews a roster and writes its work list in one form or several."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, Final

from attrs import frozen

from caljobs_policy.cli.exit_codes import ExitCode, code_of, first_that_applies
from caljobs_policy.cli.parameters import Output
from caljobs_policy.cli.rosters import Source, Stream, text_of, written
from caljobs_policy.cli.terminal import errors, output
from caljobs_policy.errors import PolicyError
from caljobs_policy.model.outcome import Outcome
from caljobs_policy.model.worklist import Entry, Totals, Urgency
from caljobs_policy.report.roster.wording import About
from caljobs_policy.rosters.reviewing import Reviewer, review_rows
from caljobs_policy.rosters.spool import Spool


@frozen
class WorkList:
    """What an output is made of; the entries can be gone through more than once."""

    about: About
    entries: Iterable[Entry]
    totals: Totals


class Review:
    """One run: what it counted, and what it comes to."""

    def __init__(self, source: Source, *, within: int, jobs: int, engine: str) -> None:
        self.source = source
        self.within = within
        self.jobs = jobs
        self.engine = engine
        self.totals = Totals()

    def write(self, outputs: Iterable[Output]) -> None:
        """Review the roster, and write each output."""
        policy, at = self.source.moment()
        about = About(policy, at, self.source.title, self.within)
        with self.source.stream() as stream:
            roster = self.source.roster(stream, policy)
            reviewer = Reviewer(
                self.source.profile, policy.day, at, roster.layout, self.within, self.engine
            )
            entries = review_rows(reviewer, roster.rows, self.jobs)
            shown_entries = _with_progress(self._counted(entries), stream)
            with Spool(
                entry for entry in shown_entries if entry.urgency is not Urgency.NONE
            ) as spool:
                for one in outputs:
                    work_list = WorkList(about, spool, self.totals)
                    written(one, partial(_WRITERS[one.form], work_list))

    def _counted(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        for entry in entries:
            self.totals.add(entry)
            yield entry

    @property
    def exit_code(self) -> ExitCode:
        """What the run comes to: rows that were not evaluated count most."""
        codes = {code_of(Outcome(name)) for name in self.totals.outcomes}
        return first_that_applies(
            {*codes, *([ExitCode.INVALID] if self.totals.not_evaluated else [])}
        )


def _with_progress(entries: Iterator[Entry], stream: BinaryIO) -> Iterator[Entry]:
    """Show on a terminal how far the roster is read."""
    if not sys.stderr.isatty() or not isinstance(stream, BufferedReader) or not stream.seekable():
        yield from entries
        return
    from rich.console import Console
    from rich.progress import Progress

    size = Path(str(stream.name)).stat().st_size if isinstance(stream.name, str) else 0
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("Reviewing", total=size or None)
        for number, entry in enumerate(entries):
            if number % 1000 == 0:
                progress.update(bar, completed=stream.tell())
            yield entry


def _table(work_list: WorkList, to: Stream) -> None:
    from caljobs_policy.report.roster.listing import listing

    for part in listing(work_list.about, work_list.entries, work_list.totals):
        output(part, text_of(to) if to is not None else None)


def _values(work_list: WorkList, to: Stream) -> None:
    from caljobs_policy.report.roster.values import write_values

    write_values(text_of(to), work_list.about, work_list.entries)


def _json(work_list: WorkList, to: Stream) -> None:
    text = text_of(to)
    for entry in work_list.entries:
        text.write(f"{json.dumps(entry.to_dict())}\n")
    text.write(f"{json.dumps({'totals': work_list.totals.to_dict()})}\n")


def _page(work_list: WorkList, to: Stream) -> None:
    from caljobs_policy.report.roster.page import write_page

    write_page(text_of(to), work_list.about, work_list.entries, work_list.totals)


def _calendar(work_list: WorkList, to: Stream) -> None:
    from caljobs_policy.report.roster.calendar import write_calendar

    write_calendar(to or sys.stdout.buffer, work_list.about, work_list.entries)


_WRITERS: Final[dict[str, Callable[[WorkList, Stream], None]]] = {
    "table": _table,
    "csv": _values,
    "json": _json,
    "html": _page,
    "ics": _calendar,
}


def run_review(review: Review, outputs: Iterable[Output]) -> ExitCode:
    """Write the outputs, tell what is wrong, and give the exit code."""
    outputs = tuple(outputs)
    try:
        review.write(outputs)
    except PolicyError as error:
        errors(error)
        return ExitCode.INVALID
    if all(one.form != "table" or one.file is not None for one in outputs):
        _tell_totals(review.totals)
    return review.exit_code


def _tell_totals(totals: Totals) -> None:
    """Tell on standard error what the outputs hold, where nobody sees a table."""
    from caljobs_policy.report.roster.listing import totals_text

    sys.stderr.write(f"{totals_text(totals).plain.strip()}\n")
