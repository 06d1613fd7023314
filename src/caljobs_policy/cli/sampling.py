# SPDX-License-Identifier: MIT
"""Draws a sample of a roster and writes its review sheet in one form or several."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from hashlib import sha256
from typing import BinaryIO, Final

from attrs import evolve

from caljobs_policy.cli.exit_codes import ExitCode, code_of, first_that_applies
from caljobs_policy.cli.parameters import Output
from caljobs_policy.cli.rosters import Source, Stream, text_of, written
from caljobs_policy.cli.terminal import errors, output
from caljobs_policy.errors import PolicyError
from caljobs_policy.loader.roster.rows import RowReader
from caljobs_policy.model.sample import Sheet
from caljobs_policy.rosters.sampling import Draw, draw, entries_of


class _Digesting:
    """A stream whose bytes are counted into a digest as they are read."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.digest = sha256()

    def readline(self, size: int = -1, /) -> bytes:
        """Give the next line."""
        line = self.stream.readline(size)
        self.digest.update(line)
        return line


def run_sample(source: Source, how: Draw, outputs: Iterable[Output]) -> ExitCode:
    """Draw the sample, write each output, and give the exit code."""
    try:
        sheet = _sheet(source, how)
        for one in outputs:
            written(one, partial(_write, sheet, one.form))
    except PolicyError as error:
        errors(error)
        return ExitCode.INVALID
    codes = {code_of(entry.outcome) for entry in sheet.entries if entry.outcome is not None}
    if sheet.left_out or any(entry.outcome is None for entry in sheet.entries):
        codes.add(ExitCode.INVALID)
    return first_that_applies(codes)


def _sheet(source: Source, how: Draw) -> Sheet:
    if source.at is None:
        # A quarter that is over is reviewed as it was at its end, so that the sheet stays the same.
        source = evolve(source, at=min(how.quarter.last, date.today()))
    policy, at = source.moment()
    with source.stream() as stream:
        digesting = _Digesting(stream)
        roster = source.roster(digesting, policy)
        reader = RowReader(roster.layout, policy)
        sample = draw(roster.rows, reader, how)
    return Sheet(
        policy=policy,
        at=at,
        roster=source.title,
        roster_digest=f"sha256:{digesting.digest.hexdigest()}",
        quarter=how.quarter,
        seed=how.seed,
        size=how.size,
        method=how.method,
        population=sample.population,
        entries=tuple(entries_of(sample, policy, reader, at, 0)),
        left_out=sample.left_out,
    )


def _write(sheet: Sheet, form: str, to: Stream) -> None:
    _WRITERS[form](to, sheet)


def _table(to: Stream, sheet: Sheet) -> None:
    from caljobs_policy.report.roster.sheet import sheet_listing

    for part in sheet_listing(sheet):
        output(part, text_of(to) if to is not None else None)


def _values(to: Stream, sheet: Sheet) -> None:
    from caljobs_policy.report.roster.sheet import write_sheet_values

    write_sheet_values(text_of(to), sheet)


def _json(to: Stream, sheet: Sheet) -> None:
    text_of(to).write(f"{json.dumps(sheet.to_dict())}\n")


def _page(to: Stream, sheet: Sheet) -> None:
    from caljobs_policy.report.roster.sheet import write_sheet_page

    write_sheet_page(text_of(to), sheet)


_WRITERS: Final[dict[str, Callable[[Stream, Sheet], None]]] = {
    "table": _table,
    "csv": _values,
    "json": _json,
    "html": _page,
}
