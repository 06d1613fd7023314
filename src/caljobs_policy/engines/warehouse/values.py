# SPDX-License-Identifier: MIT
"""Reads the cells of a column where it lies, as far as these are plain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import Any, Final

import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import polars as pl
from attrs import frozen

from caljobs_policy.engines.columns.dates import CALENDAR, EARLIEST, LATEST, moments_in
from caljobs_policy.engines.columns.stated import Stated, kept
from caljobs_policy.engines.columns.values import BETWEEN, USUAL_COUNT, lists_in
from caljobs_policy.engines.warehouse.calendar import local_offsets
from caljobs_policy.engines.warehouse.column import DAY, Column, fixed, joined
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.fields import (
    DATED,
    MOST_CHARACTERS,
    MOST_ITEMS,
    WORDED,
    Holds,
    Kind,
)
from caljobs_policy.subjects.value_hooks import fact_reader

_SECOND: Final = 1_000_000
_PLAIN: Final = "[0-9A-Za-z]"
"""What a text has that is certainly more than white space, in every database."""

NEEDED: Final[Sequence[tuple[Callable[[dt.DataType], bool], tuple[type[ops.Value], ...]]]] = (
    (dt.DataType.is_date, (ops.DateDelta,)),
    (
        dt.DataType.is_timestamp,
        (ops.TimestampTruncate, ops.ExtractEpochSeconds, ops.ExtractMicrosecond),
    ),
    (dt.DataType.is_string, (ops.RegexSearch, ops.StringLength)),
    (dt.DataType.is_array, (ops.ArrayLength, ops.ArrayStringJoin, ops.StringReplace)),
    (dt.DataType.is_floating, (ops.IsNan, ops.Floor)),
)
"""What a database has to have so that columns of a type are read there; or else, rows are fetched
that have something in such a column."""
CLAIMED: Final = frozenset({("pyspark", ops.ExtractMicrosecond)})
"""What Ibis says that it has for a database, and has not."""


@frozen(eq=False)
class Reader:
    """Reads the columns of a query for the facts of a policy."""

    policy: Policy
    backend: Any
    """That of Ibis for the database."""
    reads_instants: Callable[[], bool]
    """Whether the database tells the seconds of times that have an offset."""

    def stated_in(self, column: Column, dtype: dt.DataType, holds: Holds) -> Stated:
        """Return what a column states of a fact."""
        has = all(map(self._has, _needed(dtype)))
        found = self._usual(column, dtype, holds) if has else None
        return nothing(column) if found is None else found

    def _has(self, operation: type[ops.Value]) -> bool:
        has = (self.backend.name, operation) not in CLAIMED
        return has and bool(self.backend.has_operation(operation))

    def _usual(self, column: Column, dtype: dt.DataType, holds: Holds) -> Stated | None:
        kind = holds.kind
        if kind is Kind.WORDS:
            return self._lists(column, dtype, holds)
        if dtype.is_boolean() and kind is Kind.FLAG:
            return kept(column, column.is_not_null())
        if dtype.is_numeric() and kind is Kind.COUNT:
            return _count(column, dtype)
        return self._text(column, holds) if dtype.is_string() else self._dated(column, dtype, kind)

    def _dated(self, column: Column, dtype: dt.DataType, kind: Kind) -> Stated | None:
        if dtype.is_date() and kind in {Kind.DAY, Kind.DAY_OR_TIME}:
            days = column.made(lambda it: it.epoch_days())
            return kept(days, (days >= CALENDAR[0]) & (days <= CALENDAR[1]))
        if not dtype.is_timestamp() or kind not in DATED:
            return None
        if dtype.timezone is None:
            return self._local(column, kind)
        is_read = kind is not Kind.DAY and self.reads_instants()
        return self._times(column, _micros(column)) if is_read else None

    def _local(self, column: Column, kind: Kind) -> Stated:
        """Read times without an offset, whose midnights are days where a day may stand."""
        shown = _micros(column)
        if kind is Kind.TIME:
            return self._times(column, _from_local(shown, self.policy.zone))
        whole = (shown >= 0) & (shown <= CALENDAR[1] * DAY) & (shown.made(lambda it: it % DAY) == 0)
        whole = whole.fill_null(value=False)
        days = whole.either(shown // DAY, None)
        if kind is Kind.DAY:
            return Stated(days, column.is_not_null() & ~whole)
        column, shown = (whole.either(None, one) for one in (column, shown))
        times = self._times(column, _from_local(shown, self.policy.zone))
        return Stated(whole.either(days, times.value), times.bad, times.micros)

    def _times(self, column: Column, micros: Column) -> Stated:
        found = kept(micros, (micros >= EARLIEST) & (micros < LATEST)).value
        bad = column.is_not_null() & found.is_null()
        return Stated(found.local_days(self.policy.zone), bad, found)

    def _text(self, column: Column, holds: Holds) -> Stated | None:
        if holds.kind in WORDED:
            known = self.policy.words_for(holds)
            if known is not None:
                return kept(column, column.is_in(sorted(known)))
            plain = column.made(lambda it: it.re_search(_PLAIN))
            short = column.made(lambda it: it.length()) <= MOST_CHARACTERS
            return kept(column, (column == "") | plain & short)
        return self._dates(column, holds) if holds.kind in DATED else None

    def _dates(self, column: Column, holds: Holds) -> Stated:
        """Have each text read once."""
        moments = moments_in(_distinct(column), self._reads(holds), self.policy.zone)
        rows = [(text, *moment) for text, moment in moments.items()]
        schema = {"text": pl.String, "day": pl.Int32, "micros": pl.Int64}
        day, micros = joined([column], pl.DataFrame(rows, schema=schema, orient="row"))
        return Stated(day, column.is_not_null() & day.is_null(), micros)

    def _lists(self, column: Column, dtype: dt.DataType, holds: Holds) -> Stated | None:
        """Number the lists of words, and have each read once."""
        keys = _keys(column, dtype)
        if keys is None:
            return None
        codes, lists = lists_in(_distinct(keys), self._reads(holds), holds)
        schema = {"key": pl.String, "number": pl.Int32}
        rows = pl.DataFrame([*codes.items()], schema=schema, orient="row")
        (number,) = joined([keys], rows)
        return Stated(number, column.is_not_null() & number.is_null(), lists=lists)

    def _reads(self, holds: Holds) -> Callable[[Any], Any]:
        return fact_reader(holds, self.policy.words_for(holds))


def _needed(dtype: dt.DataType) -> tuple[type[ops.Value], ...]:
    return next((needed for is_so, needed in NEEDED if is_so(dtype)), ())


def nothing(column: Column) -> Stated:
    """Return of a column that nothing in it can be read here."""
    return Stated(fixed(column.query, None), column.is_not_null())


def _count(column: Column, dtype: dt.DataType) -> Stated | None:
    if dtype.is_decimal() and dtype.scale != 0:
        return None
    if dtype.is_floating():
        # What is not a number marks a blank cell.
        column = column.set(column.made(lambda it: it.isnan()), None)
    good = (column >= 0) & (column <= USUAL_COUNT)
    if dtype.is_floating():
        good &= column.made(lambda it: it.floor()) == column
    found = kept(column, good)
    return Stated(found.value.made(lambda it: it.cast("int64")), found.bad)


def _micros(column: Column) -> Column:
    """Return microseconds from 1970 of times, or of what local clocks show."""
    # Whole seconds, as some databases would round them; and Ibis takes both for short numbers.
    seconds = column.made(lambda it: it.truncate("s").epoch_seconds().cast("int64"))
    parts = column.made(lambda it: it.microsecond().cast("int64"))
    return seconds.made(lambda it: it * _SECOND) + parts


def _from_local(micros: Column, zone: tzinfo) -> Column:
    """Return times of UTC for those that local clocks show, null for those that they skip."""
    switch, gap_ends, before, after = joined([micros // DAY], local_offsets(zone))
    is_skipped = (micros >= switch) & (micros < gap_ends)
    offset = (micros < switch).either(before, after)
    return is_skipped.either(None, micros - offset)


def _distinct(column: Column) -> pl.Series:
    rows = column.query.distinct([column.node])
    return pl.Series([value for (value,) in rows], dtype=pl.String)


def _keys(column: Column, dtype: dt.DataType) -> Column | None:
    """Return a text for each list, with a sign before each of its words."""
    if dtype.is_string():
        is_odd = column.made(lambda it: it.contains(BETWEEN))
        return column.set(is_odd, None).made(lambda it: BETWEEN + it)
    if not dtype.is_array() or not dtype.value_type.is_string():
        return None
    sizes = column.made(lambda it: it.length())
    words = column.made(lambda it: BETWEEN + it.join(BETWEEN))
    signs = words.made(lambda it: it.length() - it.replace(BETWEEN, "").length())
    whole = (signs == sizes) & (sizes <= MOST_ITEMS)
    keys = (sizes == 0).either("", whole.either(words, None))
    return column.is_null().either(None, keys)
