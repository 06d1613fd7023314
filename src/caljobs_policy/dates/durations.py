# SPDX-License-Identifier: MIT
"""Arithmetic with days, months and hours; whole days are counted on the calendar."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import frozen

from caljobs_policy.plain.field_repr import FieldRepr

if TYPE_CHECKING:
    from caljobs_policy.dates.business_days import BusinessCalendar

Moment: TypeAlias = date | datetime
_NOON: Final = time(12)
FIRST_DAY: Final = date.min.toordinal()
LAST_DAY: Final = date.max.toordinal()
"""The ordinals of the first and the last day of the calendar."""
_BEYOND: Final = 1_000_000_000
"""Stands for the ordinal of a day beyond the calendar."""


class Unit(Enum):
    """The unit of a duration; a member's value is its name in the singular."""

    DAYS = "day"
    BUSINESS_DAYS = "business day"
    MONTHS = "month"
    QUARTERS = "quarter"
    HOURS = "hour"


PATTERN: Final = f"(0|[1-9][0-9]{{0,5}}) ({'|'.join(unit.value for unit in Unit)})s?"
"""How a duration is written."""
_IN_UNITS: Final = {
    "week": (7, Unit.DAYS),
    "fortnight": (14, Unit.DAYS),
    "year": (12, Unit.MONTHS),
    "working day": (1, Unit.BUSINESS_DAYS),
    "workday": (1, Unit.BUSINESS_DAYS),
    "calendar day": (1, Unit.DAYS),
}
"""Other units, each as a number of a known unit."""
_OTHER_UNIT: Final = rf"([1-9][0-9]{{0,2}}) ?({'|'.join(_IN_UNITS)})s?"


@frozen
class Duration(FieldRepr):
    """A length of time with its unit.

    Hours are elapsed time; months end on the same day of a later month, or on its last; quarters
    end with the last day of a calendar quarter, so 0 quarters is the rest of the current one.
    """

    amount: int
    unit: Unit
    calendar: BusinessCalendar | None = None
    """Which days are business days; without a calendar, every day is."""
    early: int | None = None
    """How many days early it ends, if given; then it ends on a whole day, even if this is 0."""

    @property
    def is_none(self) -> bool:
        """Whether it ends the moment it begins."""
        return self.amount == 0 and self.unit is not Unit.QUARTERS and not self.early

    @property
    def is_instant(self) -> bool:
        """Whether it ends the very second that it begins."""
        return self.amount == 0 and self.unit is not Unit.QUARTERS and self.early is None

    def __str__(self) -> str:
        length = f"{self.amount} {self.unit.value}{'' if self.amount == 1 else 's'}"
        if not self.early:
            return length
        return f"{length} less {self.early} day{'' if self.early == 1 else 's'}"


def duration_from(text: str) -> Duration | None:
    """Return the duration that a text such as `365 days` or `24 hours` names, or None."""
    match = re.fullmatch(PATTERN, text.strip())
    return Duration(int(match[1]), Unit(match[2])) if match else None


def how_to_write(text: str) -> str:
    """Return how to write a duration: the units, and the text in a known unit if possible."""
    units = ", ".join(f"{unit.value}s" for unit in Unit)
    match = re.fullmatch(_OTHER_UNIT, text.strip().lower())
    if match is None:
        return f"write a whole number and a unit, such as 365 days; units are: {units}"
    factor, unit = _IN_UNITS[match[2]]
    return f"write it as: {int(match[1]) * factor} {unit.value}s; units are: {units}"


def day_of(value: Moment, zone: tzinfo) -> date:
    """Return the calendar day of a date or a time; a time without an offset is local already."""
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        return value.date()
    try:
        return value.astimezone(zone).date()
    except OverflowError:
        return value.date()


def in_zone(value: datetime, zone: tzinfo) -> datetime:
    """Return a time with an offset; a time without one is taken as local."""
    return value if value.tzinfo is not None else value.replace(tzinfo=zone)


def noon(day: date, zone: tzinfo) -> datetime:
    """Return noon of a day."""
    return datetime.combine(day, _NOON, zone)


def plus(start: Moment, duration: Duration, zone: tzinfo) -> Moment:
    """Return the end of a duration that begins at `start`, kept within the calendar.

    From a time, days, months and quarters end with a whole day. From a date, hours begin at
    midnight. A duration of 0 ends at `start` itself.
    """
    end = end_of(start, duration, zone)
    return _on_calendar(end) if isinstance(end, int) else end


def compare_with_end(value: Moment, start: Moment, duration: Duration, zone: tzinfo) -> int:
    """Compare a day or a time with the end of a duration: -1, 0 or 1.

    A duration that begins with a day ends with a day. An end beyond the calendar is after all of
    its days, and an end before the calendar is before all of them.
    """
    end = end_of(start, duration, zone)
    if isinstance(end, int):
        day = day_of(value, zone).toordinal()
        return (day > end) - (day < end)
    return compare(value, end if isinstance(start, datetime) else day_of(end, zone), zone)


def end_ordinal(start: Moment, duration: Duration, zone: tzinfo) -> int:
    """Return the ordinal of the day on which a duration ends, perhaps off the calendar."""
    end = end_of(start, duration, zone)
    return end if isinstance(end, int) else day_of(end, zone).toordinal()


def end_of(start: Moment, duration: Duration, zone: tzinfo) -> Moment | int:
    """Return the end of a duration; a day as its ordinal, perhaps off the calendar."""
    end = _whole_end(start, duration, zone)
    if duration.early is None:
        return end
    return (end if isinstance(end, int) else day_of(end, zone).toordinal()) - duration.early


def _whole_end(start: Moment, duration: Duration, zone: tzinfo) -> Moment | int:
    if duration.amount == 0 and duration.unit is not Unit.QUARTERS:
        return start
    if duration.unit is Unit.HOURS:
        try:
            return _plus_hours(start, duration.amount, zone)
        except OverflowError:
            return _day_beyond(start, duration.amount)
    return _plus_days(day_of(start, zone), duration)


def _plus_days(day: date, duration: Duration) -> int:
    """Return the ordinal of the last day of a duration counted in days or longer units."""
    if duration.unit is Unit.MONTHS:
        return _plus_months(day, duration.amount)
    if duration.unit is Unit.QUARTERS:
        return _quarter_end(day, duration.amount)
    if duration.unit is Unit.BUSINESS_DAYS and duration.calendar is not None:
        return _plus_business_days(day, duration.amount, duration.calendar)
    return day.toordinal() + duration.amount


def _plus_business_days(day: date, number: int, calendar: BusinessCalendar) -> int:
    end = calendar.after(day, number)
    is_reached = end < date.max or calendar.between(day, end) == number
    return end.toordinal() if is_reached else _BEYOND


def _plus_hours(start: Moment, hours: int, zone: tzinfo) -> datetime:
    if not isinstance(start, datetime):
        start = datetime.combine(start, time(), zone)
    end = _moved(in_zone(start, zone), timedelta(0, 3600 * hours))
    try:
        return end.astimezone(zone)
    except OverflowError:
        # It is off the calendar in the policy's zone, so it keeps the offset of its start.
        return end


def _day_beyond(start: Moment, hours: int) -> int:
    """Return the ordinal of the day off the calendar on which hours end, in wall time."""
    wall = start.hour if isinstance(start, datetime) else 0
    return max(start.toordinal() + (wall + hours) // 24, LAST_DAY + 1)


def plus_months(day: date, months: int) -> date:
    """Add calendar months; a day that the month lacks becomes its last day."""
    return _on_calendar(_plus_months(day, months))


def _plus_months(day: date, months: int) -> int:
    year, before = divmod(12 * day.year + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return _BEYOND if months > 0 else -_BEYOND
    last = day.day if day.day <= 28 else min(day.day, monthrange(year, before + 1)[1])
    return date(year, before + 1, last).toordinal()


def quarter_start(day: date) -> date:
    """Return the first day of the calendar quarter of a day."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def quarter_end(day: date, quarters: int) -> date:
    """Return the last day of the calendar quarter `quarters` after that of a day."""
    return _on_calendar(_quarter_end(day, quarters))


def _quarter_end(day: date, quarters: int) -> int:
    year, before = divmod(4 * day.year + (day.month - 1) // 3 + quarters, 4)
    if not date.min.year <= year <= date.max.year:
        return _BEYOND if quarters > 0 else -_BEYOND
    # The second and the third quarter end with a month of 30 days.
    return date(year, 3 * before + 3, 30 if before in (1, 2) else 31).toordinal()


def days_from(day: date, days: int) -> date:
    """Add days, stopping at the ends of the calendar."""
    return _on_calendar(day.toordinal() + days)


def _on_calendar(number: int) -> date:
    return date.fromordinal(min(max(number, FIRST_DAY), LAST_DAY))


def seconds_from(value: datetime, seconds: int) -> datetime:
    """Add elapsed seconds; a time that would leave the calendar is returned unchanged."""
    try:
        return _moved(value, timedelta(seconds=seconds))
    except OverflowError:
        return value


def _moved(value: datetime, step: timedelta) -> datetime:
    """Add elapsed time; raise an `OverflowError` if that leaves the calendar."""
    if value.tzinfo is None:
        return value + step
    try:
        return (value.astimezone(UTC) + step).astimezone(value.tzinfo)
    except OverflowError:
        # UTC leaves the calendar hours before local time does; offsets don't change there.
        return value + step


def compare(one: Moment, other: Moment, zone: tzinfo) -> int:
    """Return -1, 0 or 1, comparing two times to the second and anything else by day."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        left, right = second_of(one, zone), second_of(other, zone)
    else:
        left, right = day_of(one, zone).toordinal(), day_of(other, zone).toordinal()
    return (left > right) - (left < right)


def second_of(value: datetime, zone: tzinfo) -> int:
    """Return elapsed seconds; unlike a conversion to UTC, this can't leave the calendar."""
    local = in_zone(value, zone)
    offset = local.utcoffset() or timedelta()
    wall = value.hour * 3600 + value.minute * 60 + value.second
    return value.toordinal() * 86_400 + wall - int(offset.total_seconds())
