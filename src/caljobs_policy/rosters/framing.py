# SPDX-License-Identifier: MIT
"""Puts the values of a block into a frame of Polars, as tables about accounts have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import polars as pl

from caljobs_policy.engines.columns.layout import NULL, UNSTATED, Layout
from caljobs_policy.rosters.reading.columns import Column
from caljobs_policy.rosters.reading.values import BLANK, Values
from caljobs_policy.subjects.fields import Kind
from caljobs_policy.subjects.unknown import UNKNOWN

_TYPES: Final[Mapping[Kind, Any]] = {
    Kind.FLAG: pl.Boolean,
    Kind.WORD: pl.String,
    Kind.TEXT: pl.String,
    Kind.COUNT: pl.Int64,
    Kind.DAY: pl.Date,
    Kind.WORDS: pl.List(pl.String),
}
"""Of the other kinds, days are held as days, unless some are times."""
_PAIR: Final = ("form", "signed_on")


def framed(facts: Mapping[Column, Values], layout: Layout) -> tuple[pl.DataFrame, set[int]]:
    """Return the values of rows as a frame, and the rows that state more than it can hold."""
    columns: list[pl.Series] = []
    lists: dict[str, dict[str, Values]] = {}
    for column, values in facts.items():
        listed, _, name = column.key.rpartition(".")
        if listed in layout.forms:
            lists.setdefault(listed, {})[name] = values
        else:
            columns += _columns(column.key, column.holds.kind, values)
    apart: set[int] = set()
    for listed, parts in lists.items():
        signed, beyond = _signed(parts)
        apart |= beyond
        for form, days in signed.items():
            columns += _columns(f"{listed}.{form}", Kind.DAY, days)
    return pl.DataFrame(columns), apart


def _columns(name: str, kind: Kind, values: Values) -> Iterator[pl.Series]:
    """Yield the column of a fact, and those that mark what is null or unknown in some rows."""
    stated = [None if value is BLANK or value is UNKNOWN else value for value in values]
    dtype = _TYPES.get(kind, pl.Date)
    if kind not in _TYPES and any(isinstance(value, datetime) for value in stated):
        stated = [None if value is None else value.isoformat() for value in stated]
        dtype = pl.String
    yield pl.Series(name, stated, dtype=dtype)
    for mark, state in ((NULL, None), (UNSTATED, UNKNOWN)):
        marked = [value is state for value in values]
        if any(marked):
            yield pl.Series(name + mark, marked)


def _signed(parts: Mapping[str, Values]) -> tuple[Mapping[str, Values], set[int]]:
    """Return the days on which each form was signed, and the rows of which a table can't say it.

    The parts are the columns of a form and its day, and those of the forms that have one each.
    """
    forms = {name: values for name, values in parts.items() if name not in _PAIR}
    rows = len(next(iter(parts.values())))
    is_given = [False] * rows
    for days in forms.values():
        is_given = [so or day is not BLANK for so, day in zip(is_given, days, strict=True)]
    # A blank cell among others says of its form that it is not known.
    signed = {
        form: [
            UNKNOWN if so and day is BLANK else day for so, day in zip(is_given, days, strict=True)
        ]
        for form, days in forms.items()
    }
    return signed, _put_pairs(signed, [parts.get(name, [BLANK] * rows) for name in _PAIR], is_given)


def _put_pairs(
    signed: dict[str, list[Any]], pairs: Sequence[Values], is_given: Sequence[bool]
) -> set[int]:
    """Put the day of each form where it belongs, and return the rows in which that can't be."""
    apart = set()
    for row, (form, day, given) in enumerate(zip(*pairs, is_given, strict=True)):
        if form is BLANK and day is BLANK:
            continue
        if given or not isinstance(form, str) or not isinstance(day, date):
            apart.add(row)
            continue
        if form not in signed:
            signed[form] = [BLANK] * len(is_given)
        signed[form][row] = day
    return apart
