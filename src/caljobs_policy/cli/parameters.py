# SPDX-License-Identifier: MIT
"""Values on the command line that click does not know: days, moments, outputs, headings."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import combinations
from typing import Final

import click
from attrs import frozen

from caljobs_policy.errors import FileError, Place, Problem, RosterError, shown
from caljobs_policy.loader.nodes import open_file, read_bytes, read_documents
from caljobs_policy.rosters.sample import Quarter, quarter_from
from caljobs_policy.syntax.nodes import Mapping as MappingNode
from caljobs_policy.syntax.nodes import Scalar
from caljobs_policy.syntax.scalars import Fault, day_from, day_or_time_from


class Written(click.ParamType[date]):
    """A date in the ISO form, as a reader of such texts takes it."""

    def __init__(self, name: str, read: Callable[[str], tuple[date | None, Fault | None]]) -> None:
        self.name = name
        self._read = read

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read the text, or tell what is wrong with it."""
        if isinstance(value, date):
            return value
        found, fault = self._read(value)
        if found is None:
            self.fail(f"{shown(value)} {'; '.join(fault or ())}", param, ctx)
        return found


DAY: Final = Written("date", day_from)
MOMENT: Final = Written("moment", day_or_time_from)
"""A date, with or without its time."""


class QuarterName(click.ParamType[Quarter]):
    """A calendar quarter."""

    name = "quarter"

    def convert(
        self, value: str | Quarter, param: click.Parameter | None, ctx: click.Context | None
    ) -> Quarter:
        """Read `2026Q1`."""
        found = value if isinstance(value, Quarter) else quarter_from(value)
        if found is None:
            self.fail(f"{shown(value)} is not a quarter; write it as 2026Q1", param, ctx)
        return found


@frozen
class Output:
    """One output of a run: its form, and the file that it goes to."""

    form: str
    file: str | None = None
    """None stands for standard output."""


class Form(click.ParamType[Output]):
    """A form of output, alone or with the file that it goes to."""

    name = "form"

    def __init__(self, forms: Iterable[str]) -> None:
        self.forms: Final = tuple(forms)

    def convert(
        self, value: str | Output, param: click.Parameter | None, ctx: click.Context | None
    ) -> Output:
        """Read `html` or `html=page.html`."""
        if isinstance(value, Output):
            return value
        form, given, file = value.partition("=")
        if form not in self.forms:
            known = ", ".join(self.forms)
            self.fail(f"there is no form {shown(form)}; known are: {known}", param, ctx)
        if given and not file:
            self.fail(f"name the file behind `{form}=`", param, ctx)
        return Output(form, None if file in {"", "-"} else file)


def checked_outputs(outputs: Iterable[Output], roster: str) -> tuple[Output, ...]:
    """Refuse two outputs that would go to one place, and one that would replace the roster."""
    found = tuple(outputs)
    files = [output.file for output in found]
    if any(file is not None and _is_same(file, roster) for file in files):
        raise click.UsageError("An output would replace the roster; name another file for it")
    if any(_is_same(one, other) for one, other in combinations(files, 2)):
        raise click.UsageError(
            "Two outputs go to the same place; name a file for each, as in --format html=page.html"
        )
    return found


def _is_same(one: str | None, other: str | None) -> bool:
    """Return whether two names are of one file, perhaps by a link; None stands for a stream."""
    if one is None or other is None:
        return one is other
    try:
        return os.path.samefile(one, other)
    except OSError:
        return _real(one) == _real(other)


def _real(file: str) -> str:
    return os.path.normcase(os.path.realpath(file))


def headings_from(maps: Iterable[str]) -> Mapping[str, str]:
    """Read what headings stand for: `HEADING=KEY`, or a file with a mapping of them.

    Raises a `FileError` where a file cannot be opened, else a `RosterError` with all that is wrong.
    """
    found: dict[str, str] = {}
    for text in maps:
        heading, given, key = text.rpartition("=")
        if given:
            found[heading.strip()] = key.strip()
        else:
            found |= _headings_in(text)
    return found


def _headings_in(file: str) -> Mapping[str, str]:
    stream = open_file(file)
    if isinstance(stream, Problem):
        raise FileError([stream])
    with stream:
        data = read_bytes(stream, name=file)
    if isinstance(data, Problem):
        raise RosterError([data])
    documents = read_documents(data, file)
    problems = [problem for document in documents for problem in document.problems]
    if problems:
        raise RosterError(problems)
    root = documents[0].root
    entries = root.entries if isinstance(root, MappingNode) else ()
    pairs = [(key, value) for key, value in entries if isinstance(value, Scalar)]
    if len(documents) > 1 or not pairs or len(pairs) < len(entries):
        remedy = "write one in each line, such as `Training date: staff.training_completed_on`"
        raise RosterError(
            [Problem("headings and their keys are expected", Place(file, 1, 1), remedy)]
        )
    return {key.text: value.text for key, value in pairs}
