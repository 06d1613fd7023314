# SPDX-License-Identifier: MIT
"""Draws a sample of a roster and writes its review sheet in one form or several."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import partial
from hashlib import sha256
from typing import BinaryIO

from attrs import evolve

from caljobs_policy.cli.exit_codes import ExitCode, code_of, code_of_error, first_that_applies
from caljobs_policy.cli.outputs import written
from caljobs_policy.cli.parameters import Output
from caljobs_policy.cli.progress import watched
from caljobs_policy.cli.roster_sources import RosterSource, text_of
from caljobs_policy.cli.terminal import errors, output_all, tell_all
from caljobs_policy.errors.exceptions import PolicyError, RosterError
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.rosters.reading.decoding import LineStream
from caljobs_policy.rosters.reading.rows import RowReader
from caljobs_policy.rosters.reviewer import Reviewer
from caljobs_policy.rosters.sample import Sheet
from caljobs_policy.rosters.sampling import Draw, draw


class _Digesting:
    """A stream whose bytes are counted into a digest as they are read."""

    def __init__(self, stream: LineStream) -> None:
        self.stream = stream
        self.digest = sha256()

    def readline(self, size: int = -1, /) -> bytes:
        """Return the next line."""
        line = self.stream.readline(size)
        self.digest.update(line)
        return line


def run_sample(source: RosterSource, how: Draw, outputs: Iterable[Output]) -> ExitCode:
    """Draw the sample, write each output, and return the exit code."""
    try:
        sheet = _sheet(source, how)
    except PolicyError as error:
        errors(error)
        return code_of_error(error)
    codes = {code_of(entry.outcome) for entry in sheet.entries if entry.outcome is not None}
    if sheet.left_out or any(entry.outcome is None for entry in sheet.entries):
        codes.add(ExitCode.INVALID)
    codes.add(written(outputs, partial(_write, sheet)))
    return first_that_applies(codes)


def _sheet(source: RosterSource, how: Draw) -> Sheet:
    if how.quarter.first > date.today() and source.at is None:
        message = f"the quarter {how.quarter} has not begun, so it has no accounts to draw"
        raise RosterError([Problem(message, Place(), "draw the sample once it has begun")])
    if source.at is None:
        # A quarter that is over is reviewed as it was at its end, so that the sheet stays the same.
        source = evolve(source, at=min(how.quarter.last, date.today()))
    policy, at = source.moment()
    with source.stream() as stream:
        with watched(stream, "Drawing") as lines:
            digesting = _Digesting(lines)
            roster = source.roster(digesting, policy)
            reader = RowReader(roster.layout, policy)
            sample = draw(roster.rows, reader, how)
        tell_all(roster.passed_over)
    reviewer = Reviewer(source.profile, policy.day, at, roster.layout, within=0)
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
        shares=sample.shares,
        too_late=sample.too_late,
        entries=tuple(reviewer.entry(reader, one.raw) for one in sample.drawn),
        left_out=sample.left_out,
    )


def _write(sheet: Sheet, form: str, to: BinaryIO | None) -> None:
    """Write a sheet in a form; what the form takes is imported only then."""
    from caljobs_policy.rosters.writing.sheet import sheet_listing, write_sheet_values

    with text_of(to) as text:
        if form == "csv":
            write_sheet_values(text, sheet)
        elif form == "json":
            text.write(f"{json.dumps(sheet.to_dict())}\n")
        elif form == "html":
            from caljobs_policy.rosters.writing.page import write_sheet_page

            write_sheet_page(text, sheet)
        else:
            output_all(sheet_listing(sheet), text if to is not None else None)
