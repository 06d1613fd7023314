# SPDX-License-Identifier: MIT
"""The first day from which a duration reaches another."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from caljobs_policy.dates.durations import (
    FIRST_DAY,
    LAST_DAY,
    Duration,
    Unit,
    end_ordinal,
)


def earliest_reaching(end: date, duration: Duration, zone: tzinfo, after: int = 0) -> date:
    """Return the first day from which `duration`, in days or longer units, reaches `end`.

    With `after`, it has to reach so many days past `end`, perhaps beyond the calendar.
    """
    return date.fromordinal(min(first_reaching(end, duration, zone, after), LAST_DAY))


def first_reaching(end: date, duration: Duration, zone: tzinfo, after: int = 0) -> int:
    """Return the ordinal of that day, or one past the calendar if there is none."""
    amount, unit, calendar = duration.amount, duration.unit, duration.calendar
    aim = end.toordinal() + after + (duration.early or 0)
    if unit is Unit.QUARTERS:
        return _by_quarters(aim, amount)
    if amount and unit is Unit.MONTHS:
        return _by_months(aim, amount)
    if amount and unit is Unit.HOURS:
        return _by_hours(aim, duration, zone)
    if amount and unit is Unit.BUSINESS_DAYS and calendar is not None:
        return calendar.first_reaching(aim, amount)
    return min(max(aim - amount, FIRST_DAY), LAST_DAY + 1)


def _by_months(aim: int, months: int) -> int:
    year, month, day = _parts(aim)
    year, before = divmod(12 * year + month - 1 - months, 12)
    if year < date.min.year:
        return FIRST_DAY
    length = day if day <= 28 else monthrange(year, before + 1)[1]
    # From the last day of a month that lacks the day, the end comes too early.
    return date(year, before + 1, min(day, length)).toordinal() + (day > length)


def _by_quarters(aim: int, quarters: int) -> int:
    year, month, _ = _parts(aim)
    year, before = divmod(4 * year + (month - 1) // 3 - quarters, 4)
    if year < date.min.year:
        return FIRST_DAY
    return LAST_DAY + 1 if year > date.max.year else date(year, 3 * before + 1, 1).toordinal()


def _parts(aim: int) -> tuple[int, int, int]:
    """Return year, month and day; an end beyond the calendar lies after all of its months."""
    if aim > LAST_DAY:
        return date.max.year + 1, 1, 1
    day = date.fromordinal(aim)
    return day.year, day.month, day.day


@lru_cache
def _midnight(day: int, zone: tzinfo) -> datetime:
    return datetime.combine(date.fromordinal(day), time(), zone).astimezone(UTC)


def _by_hours(aim: int, duration: Duration, zone: tzinfo) -> int:
    if FIRST_DAY + duration.amount // 24 + 1 < aim <= LAST_DAY:
        # A day begins in time if the last second that would be too early lies on the day before.
        early = _midnight(aim, zone) - timedelta(0, 3600 * duration.amount + 1)
        return early.astimezone(zone).toordinal() + 1
    whole = Duration(duration.amount, Unit.HOURS)
    low, high = FIRST_DAY, LAST_DAY + 1
    while low < high:
        middle = (low + high) // 2
        reaches = end_ordinal(date.fromordinal(middle), whole, zone) >= aim
        low, high = (low, middle) if reaches else (middle + 1, high)
    return low
