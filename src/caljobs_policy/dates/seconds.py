# SPDX-License-Identifier: MIT
"""Days and the ends of durations in elapsed seconds, so that times can be told from them."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo
from functools import lru_cache
from typing import Final

from caljobs_policy.dates.durations import (
    FIRST_DAY,
    LAST_DAY,
    Duration,
    Moment,
    day_of,
    end_of,
    second_of,
)

_DAY: Final = 86_400
LAST_SECOND: Final = 10**15
FIRST_SECOND: Final = -LAST_SECOND
"""Elapsed seconds after and before all others, those of days off the calendar too."""


def seconds_in(value: Moment, zone: tzinfo) -> tuple[int, int]:
    """Return the first and the last elapsed second of a day, or twice that of a time."""
    if isinstance(value, datetime):
        second = second_of(value, zone)
        return second, second
    return _seconds_of_day(value.toordinal(), zone)


def seconds_of_end(start: Moment, duration: Duration, zone: tzinfo) -> tuple[int, int]:
    """Return the first and the last second of what times are compared with where a duration ends.

    That is a second if it begins with one and does not end with a whole day.
    """
    end = end_of(start, duration, zone)
    if isinstance(end, int):
        return _seconds_of_day(end, zone)
    return seconds_in(end if isinstance(start, datetime) else day_of(end, zone), zone)


def _seconds_of_day(day: int, zone: tzinfo) -> tuple[int, int]:
    return second_of_day(day, zone), second_of_day(day + 1, zone) - 1


@lru_cache
def second_of_day(day: int, zone: tzinfo) -> int:
    """Return the elapsed second with which the day of an ordinal begins, even off the calendar."""
    known = min(max(day, FIRST_DAY), LAST_DAY)
    midnight = datetime.combine(date.fromordinal(known), time())
    return second_of(midnight, zone) + (day - known) * _DAY
