# SPDX-License-Identifier: MIT
"""All arithmetic with days, months and hours; whole days are counted on the calendar."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum
from typing import Final, TypeAlias

from attrs import frozen

Moment: TypeAlias = date | datetime
_NOON: Final = time(12)
_WRITTEN: Final = re.compile(r"(0|[1-9][0-9]{0,5}) (day|month|hour)s?")


class Unit(Enum):
    """What a duration is counted in."""

    DAYS = "day"
    MONTHS = "month"
    HOURS = "hour"


@frozen
class Duration:
    """A length of time with its unit; hours are elapsed hours, months end where a month ends."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.value}{'' if self.amount == 1 else 's'}"


def duration_from(text: str) -> Duration | None:
    """Read `365 days`, `12 months` or `24 hours`; None when the text is no duration."""
    match = _WRITTEN.fullmatch(text.strip())
    return Duration(int(match[1]), Unit(match[2])) if match else None


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
    """Give the last moment of a duration that begins at `start`; it stops at the calendar's end.

    Days and months of a time end with that day; hours of a date begin at midnight; no time at all
    ends at `start` itself.
    """
    if duration.amount == 0:
        return start
    try:
        if duration.unit is Unit.HOURS:
            return _plus_hours(start, duration.amount, zone)
        day = day_of(start, zone)
        if duration.unit is Unit.MONTHS:
            return plus_months(day, duration.amount)
        return day + timedelta(days=duration.amount)
    except OverflowError:
        return date.max


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


def earliest_reaching(end: date, duration: Duration) -> date:
    """Give the first day from which `duration` reaches `end`."""
    if duration.unit is not Unit.MONTHS:
        return days_from(end, -_whole_days(duration))
    day = plus_months(end, -duration.amount)
    while day > date.min and plus_months(day - timedelta(1), duration.amount) >= end:
        day -= timedelta(1)
    while day < date.max and plus_months(day, duration.amount) < end:
        day += timedelta(1)
    return day


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


def _whole_days(duration: Duration) -> int:
    return duration.amount if duration.unit is Unit.DAYS else duration.amount // 24


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
