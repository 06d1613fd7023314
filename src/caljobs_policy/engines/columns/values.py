# SPDX-License-Identifier: MIT
"""Reads the cells of one column, as the reader of subjects reads single values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Final

import polars as pl
from attrs import evolve, frozen

from caljobs_policy.engines.columns.cells import EPOCH, YEARS, either, local_days, looked_up, moment
from caljobs_policy.errors.collecting import UnreadableError
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

_USUAL_COUNT: Final = 1_000_000
"""The largest number that is read here; a larger one is read, or refused, row by row."""
_BETWEEN: Final = "\x1f"
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
EARLIEST, LATEST = (
    int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
    for year in (YEARS.start, YEARS.stop)
)
_NEVER: Final = EARLIEST - 1
_CALENDAR: Final = (1 - EPOCH, date.max.toordinal() - EPOCH)


@frozen(eq=False)
class Stated:
    """What the cells of a column state."""

    value: pl.Series
    """Null where nothing is stated, or nothing that can be read here."""
    bad: pl.Series
    """Where a cell has to be read, and perhaps refused, row by row."""
    micros: pl.Series | None = None
    lists: tuple[tuple[str, ...], ...] = ()


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
        found = _stamps(column, column.dtype, holds.kind, policy.zone)
    else:
        found = _usual(column, holds, policy)
    if found is None and column.dtype == pl.String and holds.kind in DATED:
        found = _dates_in_text(column, read, policy.zone)
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
            return _kept(column, column.is_in(list(known)))
        return _kept(column, column.str.len_chars() <= MOST_CHARACTERS)
    if dtype == pl.Boolean and kind is Kind.FLAG:
        return _kept(column, column.is_not_null())
    if dtype.is_float() and kind is Kind.COUNT:
        # One blank cell turns a column of whole numbers into floats in some libraries.
        column = column.fill_nan(None)
        return _counts(column, column.is_between(0, _USUAL_COUNT) & (column % 1 == 0))
    if dtype.is_integer() and kind is Kind.COUNT:
        return _counts(column, column.cast(pl.Int64, strict=False).is_between(0, _USUAL_COUNT))
    return _usual_dates(column, kind, policy.zone)


def _usual_dates(column: pl.Series, kind: Kind, zone: tzinfo) -> Stated | None:
    if column.dtype == pl.Date and kind in {Kind.DAY, Kind.DAY_OR_TIME}:
        days = column.cast(pl.Int32)
        return _kept(days, days.is_between(*_CALENDAR))
    if isinstance(column.dtype, pl.Datetime) and kind in {Kind.TIME, Kind.DAY_OR_TIME}:
        return _times(column, zone)
    return None


def _counts(column: pl.Series, good: pl.Series) -> Stated:
    # What no whole number here can hold has to be found bad before it is lost.
    found = _kept(column, good)
    return Stated(found.value.cast(pl.Int64), found.bad)


def _kept(column: pl.Series, good: pl.Series) -> Stated:
    """Keep the good cells of a column."""
    bad = column.is_not_null() & ~good.fill_null(value=False)
    return Stated(column.set(bad, None) if bad.any() else column, bad)


def _times(column: pl.Series, zone: tzinfo) -> Stated:
    """Read times; those without an offset are local."""
    local = column.dt.cast_time_unit("us")
    if local.dtype == pl.Datetime("us"):
        local = local.dt.replace_time_zone(str(zone), ambiguous="earliest", non_existent="null")
    # What stands beneath a null may be no time at all, which some versions of Polars refuse.
    stated = local.cast(pl.Int64).fill_null(_NEVER)
    good = stated.is_between(EARLIEST, LATEST, closed="left")
    micros = either(good, stated, None)
    return Stated(local_days(micros, zone), column.is_not_null() & ~good, micros)


def _stamps(column: pl.Series, dtype: pl.Datetime, kind: Kind, zone: tzinfo) -> Stated | None:
    """Read times, of which midnights without an offset are days."""
    if kind not in {Kind.DAY, Kind.DAY_OR_TIME} or dtype.time_zone is not None:
        return _usual_dates(column, kind, zone)
    days = column.dt.date()
    whole = (days.cast(dtype) == column).fill_null(value=False)
    read = _kept(days.cast(pl.Int32), whole & days.is_between(date.min, date.max))
    if kind is Kind.DAY:
        return read
    times = _times(either(whole, None, column), zone)
    value = either(whole, read.value, times.value)
    return Stated(value, either(whole, read.bad, times.bad), times.micros)


def _dates_in_text(column: pl.Series, read: Callable[[Any], Any], zone: tzinfo) -> Stated:
    """Read each text once."""
    found = _read_each(column, read)
    moments = {
        text: moment(value, zone)
        for text, value in found.items()
        if not isinstance(value, datetime) or value.year in YEARS
    }
    days = looked_up(column, {text: day for text, (day, _) in moments.items()}, pl.Int32)
    micros = looked_up(column, {text: at for text, (_, at) in moments.items()}, pl.Int64)
    return Stated(days, column.is_not_null() & days.is_null(), micros)


def _read_each(column: pl.Series, read: Callable[[Any], Any]) -> dict[Any, Any]:
    """Return what each value of a column is read as; one that is refused is left out."""
    found = {}
    for value in column.drop_nulls().unique().to_list():
        try:
            found[value] = read(value)
        except UnreadableError:
            continue
    return found


def _lists(column: pl.Series, read: Callable[[Any], Any], holds: Holds) -> Stated | None:
    """Number the lists of words, and read each once."""
    keys = _keys(column)
    if keys is None:
        return None
    numbers: dict[tuple[str, ...], int] = {}
    codes: dict[str, int] = {}
    for key, words in _read_each(keys, lambda key: read(key.split(_BETWEEN)[1:])).items():
        kept: Any = folded_words(words) if holds.folded else words
        codes[key] = numbers.setdefault(kept, len(numbers))
    value = looked_up(keys, codes, pl.UInt32)
    return Stated(value, column.is_not_null() & value.is_null(), lists=tuple(numbers))


def _keys(column: pl.Series) -> pl.Series | None:
    """Return a text for each list, with a sign before each of its words."""
    if column.dtype == pl.String:
        return column.set(column.str.contains(_BETWEEN, literal=True), None).str.replace(
            "^", _BETWEEN
        )
    if column.dtype == pl.List(pl.Null):
        column = column.cast(pl.List(pl.String))
    if column.dtype != pl.List(pl.String):
        return None
    joined = column.list.join(_BETWEEN, ignore_nulls=False)
    sizes = column.list.len()
    keys = pl.select(pl.when(sizes == 0).then(pl.lit("")).otherwise(_BETWEEN + joined)).to_series()
    whole = (keys.str.count_matches(_BETWEEN, literal=True) == sizes) & (sizes <= MOST_ITEMS)
    return keys.set(~whole.fill_null(value=False), None)
