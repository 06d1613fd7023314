# SPDX-License-Identifier: MIT
"""Tables of days that are joined to a query: when durations end, and what clocks show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta, tzinfo
from functools import lru_cache
from typing import Final

import polars as pl

from caljobs_policy.dates.durations import Duration, end_ordinal
from caljobs_policy.engines.columns.cells import DAWN, EPOCH, YEARS

_DAY: Final = 86_400_000_000
_SECOND: Final = 1_000_000
_MARGIN: Final = 2
"""Hours lead out of the years in which clocks are known by less than so many years."""
DAYS: Final = range(
    date(YEARS.start - _MARGIN, 1, 1).toordinal() - EPOCH,
    date(YEARS.stop + _MARGIN, 1, 1).toordinal() - EPOCH,
)
"""The days of which the tables know, counted from 1970."""


@lru_cache(maxsize=64)
def ends_of(duration: Duration, zone: tzinfo) -> pl.DataFrame:
    """Return for each day the one on which a duration ends that begins on it."""
    ends = [end_ordinal(date.fromordinal(day + EPOCH), duration, zone) - EPOCH for day in DAYS]
    return pl.DataFrame({"day": DAYS, "end": ends}, schema={"day": pl.Int32, "end": pl.Int32})


@lru_cache(maxsize=8)
def utc_offsets(zone: tzinfo) -> pl.DataFrame:
    """Return what local clocks are ahead of UTC on each of its days, before and after a switch."""
    rows: list[tuple[int | None, ...]] = []
    after = _offset(zone, DAYS.start * _DAY)
    for switch, earlier, later in _switches(zone):
        day = switch // _DAY
        rows += [(one, None, None, after) for one in range(DAYS.start + len(rows), day)]
        rows.append((day, switch, earlier, later))
        after = later
    rows += [(one, None, None, after) for one in range(DAYS.start + len(rows), DAYS.stop)]
    return _framed(rows, "switch", "before", "after")


@lru_cache(maxsize=8)
def local_offsets(zone: tzinfo) -> pl.DataFrame:
    """Return what local clocks are ahead of UTC on each local day, before and after a switch.

    A time that they skip lies after the switch and before the end of the gap; one that they show
    twice is taken for the earlier.
    """
    rows: list[tuple[int | None, ...]] = []
    after = _offset(zone, DAYS.start * _DAY)
    for at, earlier, later in _switches(zone):
        switch, gap_ends = at + earlier, at + later
        first, stop = switch // _DAY, -(-max(switch, gap_ends) // _DAY)
        rows += [(one, None, None, None, after) for one in range(DAYS.start + len(rows), first)]
        rows += [(one, switch, gap_ends, earlier, later) for one in range(first, stop)]
        after = later
    rest = range(DAYS.start + len(rows), DAYS.stop)
    rows += [(one, None, None, None, after) for one in rest]
    return _framed(rows, "switch", "gap_ends", "before", "after")


def _switches(zone: tzinfo) -> Iterator[tuple[int, int, int]]:
    """Yield when clocks are switched, and what they are ahead of UTC before and after it."""
    before = _offset(zone, DAYS.start * _DAY)
    for day in DAYS:
        after = _offset(zone, (day + 1) * _DAY)
        if after == before:
            continue
        low, high = day * _DAY // _SECOND, (day + 1) * _DAY // _SECOND
        while low + 1 < high:
            middle = (low + high) // 2
            is_later = _offset(zone, middle * _SECOND) == after
            low, high = (low, middle) if is_later else (middle, high)
        yield high * _SECOND, before, after
        before = after


def _offset(zone: tzinfo, micros: int) -> int:
    """Return how many microseconds local clocks are ahead of UTC at a time of UTC."""
    local = (DAWN + timedelta(microseconds=micros)).astimezone(zone)
    return (local.utcoffset() or timedelta()) // timedelta(microseconds=1)


def _framed(rows: list[tuple[int | None, ...]], *names: str) -> pl.DataFrame:
    schema = {"day": pl.Int32, **dict.fromkeys(names, pl.Int64)}
    return pl.DataFrame(rows, schema=schema, orient="row")
