# SPDX-License-Identifier: MIT
"""Reads the cells of one column, as the reader of subjects reads single values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Final

import polars as pl
from attrs import evolve

from caljobs_policy.engines.columns.cells import looked_up
from caljobs_policy.engines.columns.dates import dates_in_text, stamps, usual_dates
from caljobs_policy.engines.columns.stated import Stated, kept, read_each
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.fields import (
    DATED,
    MOST_CHARACTERS,
    MOST_ITEMS,
    WORDED,
    Holds,
    Kind,
    folded_words,
)
from caljobs_policy.subjects.value_hooks import fact_reader

USUAL_COUNT: Final = 1_000_000
"""The largest number that is read here; a larger one is read, or refused, row by row."""
BETWEEN: Final = "\x1f"
_TYPES: Final[Mapping[Kind, Any]] = {
    Kind.FLAG: pl.Boolean,
    Kind.WORD: pl.String,
    Kind.TEXT: pl.String,
    Kind.COUNT: pl.Int64,
    Kind.DAY: pl.Int32,
    Kind.TIME: pl.Int32,
    Kind.DAY_OR_TIME: pl.Int32,
    Kind.WORDS: pl.UInt32,
}


def stated_in(
    column: pl.Series, holds: Holds, policy: Policy, *, midnights: bool = False
) -> Stated:
    """Return what a column states of a fact; midnights may be days."""
    if column.dtype == pl.Object:
        return _mixed(column, holds, policy, midnights=midnights)
    if isinstance(column.dtype, pl.Categorical | pl.Enum):
        column = column.cast(pl.String)
    read = fact_reader(holds, policy.words_for(holds))
    if midnights and isinstance(column.dtype, pl.Datetime):
        found = stamps(column, column.dtype, holds.kind, policy.zone)
    else:
        found = _usual(column, holds, policy)
    if found is None and column.dtype == pl.String and holds.kind in DATED:
        found = dates_in_text(column, read, policy.zone)
    if found is None and holds.kind is Kind.WORDS:
        found = _lists(column, read, holds)
    return nothing(column, holds.kind) if found is None else found


def _mixed(column: pl.Series, holds: Holds, policy: Policy, *, midnights: bool) -> Stated:
    """Read the cells of the commonest type; the others are read, or refused, row by row."""
    cells = column.to_list()
    types = Counter(type(cell) for cell in cells if cell is not None)
    ((usual, _),) = types.most_common(1) or ((str, 0),)
    try:
        typed = pl.Series([cell if type(cell) is usual else None for cell in cells])
    except Exception:  # Polars may have no such type
        return nothing(column, holds.kind)
    if typed.dtype == pl.Object:
        return nothing(column, holds.kind)
    found = stated_in(typed, holds, policy, midnights=midnights)
    return evolve(found, bad=found.bad | (column.is_not_null() & typed.is_null()))


def nothing(column: pl.Series, kind: Kind) -> Stated:
    """Return of a column that nothing in it can be read here."""
    value = pl.Series([None], dtype=_TYPES[kind]).new_from_index(0, len(column))
    return Stated(value, column.is_not_null())


def _usual(column: pl.Series, holds: Holds, policy: Policy) -> Stated | None:
    """Read a column of the type that its fact has."""
    dtype, kind = column.dtype, holds.kind
    if dtype == pl.String and kind in WORDED:
        known = policy.words_for(holds)
        if known is not None:
            return kept(column, column.is_in(list(known)))
        return kept(column, column.str.len_chars() <= MOST_CHARACTERS)
    if dtype == pl.Boolean and kind is Kind.FLAG:
        return kept(column, column.is_not_null())
    if dtype.is_float() and kind is Kind.COUNT:
        # One blank cell turns a column of whole numbers into floats in some libraries.
        column = column.fill_nan(None)
        return _counts(column, column.is_between(0, USUAL_COUNT) & (column % 1 == 0))
    if dtype.is_integer() and kind is Kind.COUNT:
        return _counts(column, column.cast(pl.Int64, strict=False).is_between(0, USUAL_COUNT))
    return usual_dates(column, kind, policy.zone)


def _counts(column: pl.Series, good: pl.Series) -> Stated:
    # What no whole number here can hold has to be found bad before it is lost.
    found = kept(column, good)
    return Stated(found.value.cast(pl.Int64), found.bad)


def _lists(column: pl.Series, read: Callable[[Any], Any], holds: Holds) -> Stated | None:
    """Number the lists of words, and read each once."""
    keys = _keys(column)
    if keys is None:
        return None
    codes, lists = lists_in(keys, read, holds)
    value = looked_up(keys, codes, pl.UInt32)
    return Stated(value, column.is_not_null() & value.is_null(), lists=lists)


def lists_in(
    keys: pl.Series, read: Callable[[Any], Any], holds: Holds
) -> tuple[dict[str, int], tuple[tuple[str, ...], ...]]:
    """Return the number of each list that can be read, by the text for it, and the lists."""
    numbers: dict[tuple[str, ...], int] = {}
    codes: dict[str, int] = {}
    for key, words in read_each(keys, lambda key: read(key.split(BETWEEN)[1:])).items():
        listed: Any = folded_words(words) if holds.folded else words
        codes[key] = numbers.setdefault(listed, len(numbers))
    return codes, tuple(numbers)


def _keys(column: pl.Series) -> pl.Series | None:
    """Return a text for each list, with a sign before each of its words."""
    if column.dtype == pl.String:
        return column.set(column.str.contains(BETWEEN, literal=True), None).str.replace(
            "^", BETWEEN
        )
    inner = getattr(column.dtype, "inner", None)
    if isinstance(inner, pl.Null | pl.Categorical | pl.Enum | pl.String):
        # Some may be arrays of one length.
        column = column.cast(pl.List(pl.String))
    if column.dtype != pl.List(pl.String):
        return None
    joined = column.list.join(BETWEEN, ignore_nulls=False)
    sizes = column.list.len()
    keys = pl.select(pl.when(sizes == 0).then(pl.lit("")).otherwise(BETWEEN + joined)).to_series()
    whole = (keys.str.count_matches(BETWEEN, literal=True) == sizes) & (sizes <= MOST_ITEMS)
    return keys.set(~whole.fill_null(value=False), None)
