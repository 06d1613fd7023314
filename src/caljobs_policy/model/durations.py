# SPDX-License-Identifier: MIT
"""All arithmetic with days, months and hours; whole days are counted on the calendar."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum
from typing import Final, TypeAlias

from attrs import frozen

from caljobs_policy.model.calendar import BusinessCalendar

Moment: TypeAlias = date | datetime
_NOON: Final = time(12)


class Unit(Enum):
    """What a duration is counted in; the value of a member is its name."""

    DAYS = "day"
    BUSINESS_DAYS = "business day"
    MONTHS = "month"
    QUARTERS = "quarter"
    HOURS = "hour"


PATTERN: Final = f"(0|[1-9][0-9]{{0,5}}) ({'|'.join(unit.value for unit in Unit)})s?"
"""How a duration is written."""
_WRITTEN: Final = re.compile(PATTERN)
_IN_UNITS: Final = {
    "week": (7, Unit.DAYS),
    "fortnight": (14, Unit.DAYS),
    "year": (12, Unit.MONTHS),
    "working day": (1, Unit.BUSINESS_DAYS),
    "workday": (1, Unit.BUSINESS_DAYS),
    "calendar day": (1, Unit.DAYS),
}
"""How many of which unit other units are."""
_OTHER_UNIT: Final = re.compile(rf"([1-9][0-9]{{0,2}}) ?({'|'.join(_IN_UNITS)})s?")


@frozen
class Duration:
    """A length of time with its unit.

    Hours are elapsed hours, months end where a month ends, and quarters end with the last day of
    a calendar quarter: no quarter is the rest of the present one.
    """

    amount: int
    unit: Unit
    calendar: BusinessCalendar | None = None
    """Which days are business days; without one, all are."""
    early: int | None = None
    """How many days before its end it is over, told by day, also where it is none."""

    @property
    def is_none(self) -> bool:
        """Whether it ends where it begins."""
        return self.amount == 0 and self.unit is not Unit.QUARTERS and not self.early

    def __str__(self) -> str:
        length = f"{self.amount} {self.unit.value}{'' if self.amount == 1 else 's'}"
        if not self.early:
            return length
        return f"{length} less {self.early} day{'' if self.early == 1 else 's'}"


def duration_from(text: str) -> Duration | None:
    """Read `365 days`, `5 business days` or `24 hours`; None when the text is no duration."""
    match = _WRITTEN.fullmatch(text.strip())
    return Duration(int(match[1]), Unit(match[2])) if match else None


def how_to_write(text: str) -> str:
    """Return how a text that is no duration is to be written: the units, and one near it."""
    units = ", ".join(f"{unit.value}s" for unit in Unit)
    match = _OTHER_UNIT.fullmatch(text.strip().lower())
    if match is None:
        return f"write a whole number and a unit, such as 365 days; units are: {units}"
    factor, unit = _IN_UNITS[match[2]]
    return f"write it as: {int(match[1]) * factor} {unit.value}s; units are: {units}"


def day_of(value: Moment, zone: tzinfo) -> date:
    """Give the calendar day of a date or of a time; a time without offset is local already."""
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        return value.date()
    try:
        return value.astimezone(zone).date()
    except OverflowError:
        return value.date()


def in_zone(value: datetime, zone: tzinfo) -> datetime:
    """Give a time with its offset; one without is taken as local."""
    return value if value.tzinfo is not None else value.replace(tzinfo=zone)


def noon(day: date, zone: tzinfo) -> datetime:
    """Give noon of a day."""
    return datetime.combine(day, _NOON, zone)


def plus(start: Moment, duration: Duration, zone: tzinfo) -> Moment:
    """Give the last moment of a duration that begins at `start`; it stops at the calendar's ends.

    Days, months and quarters of a time end with that day; hours of a date begin at midnight; no
    time at all ends at `start` itself.
    """
    end = _plus(start, duration, zone)
    early = duration.early
    return end if early is None else days_from(day_of(end, zone), -early)


def _plus(start: Moment, duration: Duration, zone: tzinfo) -> Moment:
    if duration.amount == 0 and duration.unit is not Unit.QUARTERS:
        return start
    if duration.unit is Unit.HOURS:
        try:
            return _plus_hours(start, duration.amount, zone)
        except OverflowError:
            return date.max
    return _plus_days(day_of(start, zone), duration)


def _plus_days(day: date, duration: Duration) -> date:
    if duration.unit is Unit.MONTHS:
        return plus_months(day, duration.amount)
    if duration.unit is Unit.QUARTERS:
        return quarter_end(day, duration.amount)
    if duration.unit is Unit.BUSINESS_DAYS and duration.calendar is not None:
        return duration.calendar.after(day, duration.amount)
    return days_from(day, duration.amount)


def _plus_hours(start: Moment, hours: int, zone: tzinfo) -> datetime:
    if not isinstance(start, datetime):
        start = datetime.combine(start, time(), zone)
    return _moved(in_zone(start, zone), timedelta(hours=hours)).astimezone(zone)


def plus_months(day: date, months: int) -> date:
    """Add calendar months; a day that the month lacks becomes the month's last."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if year > date.max.year:
        return date.max
    if year < 1:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def quarter_end(day: date, quarters: int) -> date:
    """Give the last day of the calendar quarter that is so many after the one of a day."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    last_month = plus_months(first, 3 * quarters + 2)
    return last_month.replace(day=monthrange(last_month.year, last_month.month)[1])


def earliest_reaching(end: date, duration: Duration, zone: tzinfo) -> date:
    """Give the first day from which `duration`, counted in days or more, reaches `end`."""
    low, high = 1, date.max.toordinal()
    while low < high:
        middle = (low + high) // 2
        reached = day_of(plus(date.fromordinal(middle), duration, zone), zone)
        low, high = (low, middle) if reached >= end else (middle + 1, high)
    return date.fromordinal(low)


def days_from(day: date, days: int) -> date:
    """Add days, stopping at the ends of the calendar."""
    ordinal = min(max(day.toordinal() + days, 1), date.max.toordinal())
    return date.fromordinal(ordinal)


def seconds_from(value: datetime, seconds: int) -> datetime:
    """Add elapsed seconds; a time that would leave the calendar stays."""
    try:
        return _moved(value, timedelta(seconds=seconds))
    except OverflowError:
        return value


def _moved(value: datetime, step: timedelta) -> datetime:
    """Add elapsed time, or raise an `OverflowError` beyond the calendar."""
    if value.tzinfo is None:
        return value + step
    try:
        return (value.astimezone(UTC) + step).astimezone(value.tzinfo)
    except OverflowError:
        # UTC leaves the calendar some hours before local time does; no zone changes there.
        return value + step


def compare(one: Moment, other: Moment, zone: tzinfo) -> int:
    """Give -1, 0 or 1: two times are compared to the second, anything else by day."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        left, right = _second(one, zone), _second(other, zone)
    else:
        left, right = day_of(one, zone).toordinal(), day_of(other, zone).toordinal()
    return (left > right) - (left < right)


def _second(value: datetime, zone: tzinfo) -> int:
    """Count elapsed seconds; unlike a conversion to UTC it cannot leave the calendar."""
    local = in_zone(value, zone)
    offset = local.utcoffset() or timedelta()
    wall = value.hour * 3600 + value.minute * 60 + value.second
    return value.toordinal() * 86_400 + wall - int(offset.total_seconds())
