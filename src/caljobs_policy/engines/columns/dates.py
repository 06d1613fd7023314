# SPDX-License-Identifier: MIT
"""Reads the days and times of one column, as the reader of subjects reads single ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Final

import polars as pl

from caljobs_policy.engines.columns.cells import EPOCH, YEARS, either, local_days, looked_up, moment
from caljobs_policy.engines.columns.stated import Stated, kept, read_each
from caljobs_policy.subjects.fields import Kind

EARLIEST, LATEST = (
    int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
    for year in (YEARS.start, YEARS.stop)
)
_NEVER: Final = EARLIEST - 1
CALENDAR: Final = (1 - EPOCH, date.max.toordinal() - EPOCH)


def usual_dates(column: pl.Series, kind: Kind, zone: tzinfo) -> Stated | None:
    """Read days as days and times as times."""
    if column.dtype == pl.Date and kind in {Kind.DAY, Kind.DAY_OR_TIME}:
        days = column.cast(pl.Int32)
        return kept(days, days.is_between(*CALENDAR))
    if isinstance(column.dtype, pl.Datetime) and kind in {Kind.TIME, Kind.DAY_OR_TIME}:
        return _times(column, zone)
    return None


def stamps(column: pl.Series, dtype: pl.Datetime, kind: Kind, zone: tzinfo) -> Stated | None:
    """Read times, of which midnights without an offset are days."""
    if kind not in {Kind.DAY, Kind.DAY_OR_TIME} or dtype.time_zone is not None:
        return usual_dates(column, kind, zone)
    days = column.dt.date()
    whole = (days.cast(dtype) == column).fill_null(value=False)
    read = kept(days.cast(pl.Int32), whole & days.is_between(date.min, date.max))
    if kind is Kind.DAY:
        return read
    times = _times(either(whole, None, column), zone)
    value = either(whole, read.value, times.value)
    return Stated(value, either(whole, read.bad, times.bad), times.micros)


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


def dates_in_text(column: pl.Series, read: Callable[[Any], Any], zone: tzinfo) -> Stated:
    """Read each text once."""
    moments = moments_in(column, read, zone)
    days = looked_up(column, {text: day for text, (day, _) in moments.items()}, pl.Int32)
    micros = looked_up(column, {text: at for text, (_, at) in moments.items()}, pl.Int64)
    return Stated(days, column.is_not_null() & days.is_null(), micros)


def moments_in(
    texts: pl.Series, read: Callable[[Any], Any], zone: tzinfo
) -> dict[str, tuple[int, int | None]]:
    """Return the day and the microseconds of each text that can be read here."""
    return {
        text: moment(value, zone)
        for text, value in read_each(texts, read).items()
        if not isinstance(value, datetime) or value.year in YEARS
    }
