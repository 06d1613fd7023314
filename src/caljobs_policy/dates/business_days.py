# SPDX-License-Identifier: MIT
"""The days on which offices are closed, and the business days between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final, TypeAlias

from attrs import field, frozen

from caljobs_policy.field_repr import FieldRepr

WEEKDAYS: Final = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
LAST: Final = -1
"""The last weekday of its name in a month."""


@frozen
class Weekly(FieldRepr):
    """One day of every week."""

    weekday: int

    def days_in(self, year: int) -> Iterator[date]:
        """Return its days of a year."""
        first = date(year, 1, 1)
        ahead = (self.weekday - first.weekday()) % 7
        last = date(year, 12, 31).toordinal()
        return map(date.fromordinal, range(first.toordinal() + ahead, last + 1, 7))


@frozen
class Yearly(FieldRepr):
    """One day of the calendar, such as July 4; one that a year lacks does not happen in it."""

    month: int
    day: int

    def days_in(self, year: int) -> Iterator[date]:
        """Return its day of a year."""
        if self.day <= monthrange(year, self.month)[1]:
            yield date(year, self.month, self.day)


@frozen
class NthWeekday(FieldRepr):
    """One weekday of a month, such as the third Monday of January."""

    month: int
    weekday: int
    number: int
    """From 1, or `LAST`."""

    def days_in(self, year: int) -> Iterator[date]:
        """Return its day of a year; a fifth one that the month lacks does not happen."""
        length = monthrange(year, self.month)[1]
        first = (self.weekday - date(year, self.month, 1).weekday()) % 7 + 1
        number = (length - first) // 7 + 1 if self.number == LAST else self.number
        if first + 7 * (number - 1) <= length:
            yield date(year, self.month, first + 7 * (number - 1))


@frozen
class SingleDays(FieldRepr):
    """Days that were named one by one."""

    days: tuple[date, ...]

    def days_in(self, year: int) -> Iterator[date]:
        """Return those of a year."""
        return (day for day in self.days if day.year == year)


@frozen
class DayAfter(FieldRepr):
    """The day after each of other days, wherever these are moved."""

    other: Recurrence

    def days_in(self, year: int) -> Iterator[date]:
        """Return those that follow the other days of a year."""
        return (day + timedelta(1) for day in self.other.days_in(year) if day < date.max)


Recurrence: TypeAlias = Weekly | Yearly | NthWeekday | SingleDays | DayAfter


@frozen
class ClosedDay(FieldRepr):
    """A day on which offices are closed, and where it moves when it falls on some weekday."""

    title: str
    recurrence: Recurrence
    moves: tuple[tuple[int, int], ...] = ()
    """From a weekday to the nearest one of another name."""
    written: str = ""
    """When it is, in the words of the profile."""

    @property
    def moving(self) -> str:
        """Where it moves, in words; nothing where it stays."""
        pairs = (f"{WEEKDAYS[one]} to {WEEKDAYS[other]}" for one, other in self.moves)
        return ", ".join(pairs)

    def days_in(self, year: int) -> Iterator[date]:
        """Return the days of a year, moved; a moved one may lie in the year before or after."""
        moves = dict(self.moves)
        for day in self.recurrence.days_in(year):
            step = (moves.get(day.weekday(), day.weekday()) - day.weekday() + 3) % 7 - 3
            if date.min.toordinal() <= day.toordinal() + step <= date.max.toordinal():
                yield day + timedelta(step)


@frozen
class BusinessCalendar(FieldRepr):
    """Which days are business days; the sums of each year are worked out when first asked for."""

    closed: tuple[ClosedDay, ...]
    _years: dict[int, tuple[tuple[int, ...], Mapping[int, str]]] = field(
        factory=dict, init=False, eq=False, repr=False
    )

    def reason(self, day: date) -> str | None:
        """Tell why offices are closed on a day; None on a business day."""
        return self._year(day.year)[1].get(day.toordinal())

    def has_business_days(self, year: int) -> bool:
        """Return whether any day of a year is one."""
        return bool(self._year(year)[0])

    def after(self, day: date, number: int) -> date:
        """Return the business day that is so many after a day, which is day 0 whatever it is.

        It stops at the end of the calendar.
        """
        year = day.year
        position = bisect_right(self._year(year)[0], day.toordinal()) + number - 1
        while position >= len(self._year(year)[0]):
            position -= len(self._year(year)[0])
            year += 1
            if year > date.max.year:
                return date.max
        return date.fromordinal(self._year(year)[0][position])

    def between(self, first: date, last: date) -> int:
        """Count the business days after `first` up to `last`, the last one too."""
        if last < first:
            return -self.between(last, first)
        whole = sum(len(self._year(year)[0]) for year in range(first.year, last.year))
        return (
            whole
            + bisect_right(self._year(last.year)[0], last.toordinal())
            - bisect_left(self._year(first.year)[0], first.toordinal() + 1)
        )

    def _year(self, year: int) -> tuple[tuple[int, ...], Mapping[int, str]]:
        """Return the ordinals of a year's business days, and why the others are none."""
        if year not in self._years:
            around = range(max(year - 1, date.min.year), min(year + 1, date.max.year) + 1)
            closed: dict[int, str] = {}
            for row in self.closed:
                for day in (day for other in around for day in row.days_in(other)):
                    if day.year == year:
                        closed.setdefault(day.toordinal(), row.title)
            every = range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
            self._years[year] = (tuple(day for day in every if day not in closed), closed)
        return self._years[year]
