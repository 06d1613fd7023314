# SPDX-License-Identifier: MIT
"""The first day from which a duration reaches another."""

from __future__ import annotations

from datetime import date, tzinfo

from caljobs_policy.dates.durations import (
    FIRST_DAY,
    LAST_DAY,
    Duration,
    Unit,
    end_ordinal,
    plus_months,
    quarter_start,
)


def earliest_reaching(end: date, duration: Duration, zone: tzinfo, after: int = 0) -> date:
    """Return the first day from which `duration`, in days or longer units, reaches `end`.

    With `after`, it has to reach so many days past `end`, perhaps beyond the calendar.
    """
    return date.fromordinal(min(first_reaching(end, duration, zone, after), LAST_DAY))


def first_reaching(end: date, duration: Duration, zone: tzinfo, after: int = 0) -> int:
    """Return the ordinal of that day, or one past the calendar if there is none."""
    aim = end.toordinal() + after

    def reaches(start: int) -> bool:
        return end_ordinal(date.fromordinal(start), duration, zone) >= aim

    low, high = _may_be_first(aim + (duration.early or 0), duration)
    step = 1
    # In growing steps, since business days are seldom far apart.
    while high - step >= low and reaches(high - step):
        high, step = high - step, 2 * step
    low = max(low, high - step + 1)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if reaches(middle) else (middle + 1, high)
    return low


def _may_be_first(aim: int, duration: Duration) -> tuple[int, int]:
    """Return between which days the first lies from which a whole duration reaches a day."""
    amount, unit = duration.amount, duration.unit
    if aim > LAST_DAY or unit is Unit.HOURS:
        return FIRST_DAY, LAST_DAY + 1
    if unit is Unit.MONTHS:
        day = date.fromordinal(aim)
        start = plus_months(day, -amount)
        # From any day of a month that lacks the day, the end comes too early.
        first = start.toordinal() + (1 if date.min < start and start.day < day.day else 0)
        return first, first
    if unit is Unit.QUARTERS:
        first = plus_months(quarter_start(date.fromordinal(aim)), -3 * amount).toordinal()
        return first, first
    return FIRST_DAY, max(aim - amount, FIRST_DAY)
