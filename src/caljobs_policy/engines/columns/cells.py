# SPDX-License-Identifier: MIT
"""What one fact holds in every row of a table, and the days and times among it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import Any, Final, TypeAlias

import polars as pl
from attrs import field, frozen

from caljobs_policy.dates.durations import Duration, Unit, day_of, end_ordinal, in_zone
from caljobs_policy.subjects.fields import Kind

EPOCH: Final = date(1970, 1, 1).toordinal()
YEARS: Final = range(1973, 2036)
"""The years in which Polars and Python are known to agree on the offsets of time zones."""
MOST_HOURS: Final = 10_000
"""The longest duration in hours that leads out of these years by less than two."""
DAWN: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND: Final = 1_000_000
_HOUR: Final = 3600 * _SECOND
Compare: TypeAlias = Callable[[Any, Any], Any]
Values: TypeAlias = Any
"""A series of Polars, or a `Remote` column."""


class Remote(ABC):
    """A column of a table that lies elsewhere, which is asked as a series of Polars is.

    Where Polars has a function, or Python answers value by value, it has a method of its own.
    """

    @abstractmethod
    def either(self, yes: Any, no: Any) -> Any:
        """Return one value where this is true, and another elsewhere."""

    @abstractmethod
    def local_days(self, zone: tzinfo) -> Any:
        """Return the local days of times in microseconds."""

    @abstractmethod
    def ended(self, duration: Duration, zone: tzinfo) -> Any:
        """Return the days on which a duration ends that begins on these."""

    @abstractmethod
    def is_blank(self) -> Any:
        """Return where a text has nothing but white space."""

    @abstractmethod
    def asked(self, function: Callable[..., bool], others: Sequence[Any], among: Any) -> Any:
        """Return what a function says of the values that stand together in a row."""


@frozen(eq=False, slots=False)
class Cells:
    """The values of a fact by row; one row alone stands for all of them."""

    kind: Kind
    value: Values
    """Null where nothing exists or is known; days are counted from 1970."""
    unknown: Values | None = None
    """Where it is not known; None where it is known everywhere."""
    micros: Values | None = None
    """Microseconds from 1970, null where only a day is known; None where that is so everywhere."""
    lists: Sequence[tuple[str, ...]] = ()
    """The lists of words that the values number."""
    _ends: dict[Duration, Cells] = field(factory=dict, init=False)

    @cached_property
    def null(self) -> Values:
        """Where it is known not to exist."""
        null = self.value.is_null()
        return null if self.unknown is None else null & ~self.unknown

    @cached_property
    def seconds(self) -> Values | None:
        """Whole seconds from 1970, where there is a time."""
        return None if self.micros is None else self.micros // _SECOND

    def plain(self, value: Any) -> Any:
        """Return a value of the column as a fact holds it; only times are never asked for."""
        if self.kind is Kind.WORDS:
            return self.lists[value]
        return date.fromordinal(value + EPOCH) if self.kind is Kind.DAY else value


def either(mask: Values, yes: Any, no: Any) -> Values:
    """Return one value where a mask is true, and another elsewhere."""
    if isinstance(mask, Remote):
        return mask.either(yes, no)
    return pl.select(pl.when(mask).then(yes).otherwise(no)).to_series()


def looked_up(column: pl.Series, found: Mapping[Any, Any], dtype: Any) -> pl.Series:
    """Return what each value of a column is mapped to, null where it is mapped to nothing."""
    if not found:
        return pl.Series([None], dtype=dtype).new_from_index(0, len(column))
    old = pl.Series(list(found), dtype=column.dtype)
    new = pl.Series(list(found.values()), dtype=dtype)
    return column.replace_strict(old, new, default=None, return_dtype=dtype)


def moment(value: date | datetime, zone: tzinfo) -> tuple[int, int | None]:
    """Return the local day of a day or a time, and its microseconds if it is a time."""
    day = day_of(value, zone).toordinal() - EPOCH
    if not isinstance(value, datetime):
        return day, None
    return day, (in_zone(value, zone) - DAWN) // timedelta(microseconds=1)


def single(value: date | datetime, zone: tzinfo) -> Cells:
    """Return a day or a time that is the same in all rows."""
    day, micros = moment(value, zone)
    days = pl.Series([day], dtype=pl.Int32)
    if micros is None:
        return Cells(Kind.DAY, days)
    return Cells(Kind.TIME, days, micros=pl.Series([micros], dtype=pl.Int64))


def local_days(micros: Values, zone: tzinfo) -> Values:
    """Return the local days of times."""
    if isinstance(micros, Remote):
        return micros.local_days(zone)
    times = micros.cast(pl.Datetime("us", "UTC")).dt.convert_time_zone(str(zone))
    return times.dt.date().cast(pl.Int32)


def compared(one: Cells, other: Cells, compare: Compare) -> Values:
    """Compare two times to the second, and anything else by day."""
    if one.micros is None or other.micros is None:
        found: pl.Series = compare(one.value, other.value)
        return found
    by_second = compare(one.seconds, other.seconds)
    if one.kind is other.kind is Kind.TIME:
        found = by_second
        return found
    timed = one.micros.is_not_null() & other.micros.is_not_null()
    return either(timed, by_second, compare(one.value, other.value))


def ended(start: Cells, duration: Duration, zone: tzinfo) -> Cells:
    """Return the ends of a duration as other values are compared with them."""
    # Several conditions ask for the same ones.
    if duration not in start._ends:
        start._ends[duration] = _ended(start, duration, zone)
    return start._ends[duration]


def _ended(start: Cells, duration: Duration, zone: tzinfo) -> Cells:
    if duration.unit is Unit.HOURS and duration.amount:
        return _after_hours(start, duration, zone)
    if not duration.amount and duration.unit is not Unit.QUARTERS and duration.early is None:
        return start
    return Cells(Kind.DAY, _end_days(start.value, duration, zone))


def _after_hours(start: Cells, duration: Duration, zone: tzinfo) -> Cells:
    """Count elapsed time; from a day, it ends with a day."""
    if start.micros is None:
        return Cells(Kind.DAY, _end_days(start.value, duration, zone))
    ends = start.micros + duration.amount * _HOUR
    days = local_days(ends, zone) - (duration.early or 0)
    if start.kind is not Kind.TIME:
        bare = either(start.micros.is_null(), start.value, None)
        days = either(bare.is_null(), days, _end_days(bare, duration, zone))
    return Cells(start.kind, days, micros=ends if duration.early is None else None)


def _end_days(days: Values, duration: Duration, zone: tzinfo) -> Values:
    """Return the days on which a duration ends, worked out once for each day it begins on."""
    if duration.unit is Unit.DAYS:
        return days + (duration.amount - (duration.early or 0))
    if isinstance(days, Remote):
        return days.ended(duration, zone)
    ends = {
        day: end_ordinal(date.fromordinal(day + EPOCH), duration, zone) - EPOCH
        for day in days.drop_nulls().unique().to_list()
    }
    return looked_up(days, ends, pl.Int32)
