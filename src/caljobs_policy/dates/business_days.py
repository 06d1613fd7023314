# SPDX-License-Identifier: MIT
"""The days on which offices are closed, and the business days between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final, TypeAlias

from attrs import field, frozen

from caljobs_policy.plain.field_repr import FieldRepr

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
"""Stands for the last such weekday of a month."""


@frozen
class Weekly(FieldRepr):
    """One day of every week."""

    weekday: int

    def days_in(self, year: int) -> Iterator[date]:
        """Return the days that fall in a year."""
        first = date(year, 1, 1)
        ahead = (self.weekday - first.weekday()) % 7
        last = date(year, 12, 31).toordinal()
        return map(date.fromordinal, range(first.toordinal() + ahead, last + 1, 7))


@frozen
class Yearly(FieldRepr):
    """One day of the calendar, such as July 4; a year that lacks it has none."""

    month: int
    day: int

    def days_in(self, year: int) -> Iterator[date]:
        """Yield the day that falls in a year, if the year has it."""
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
        """Yield the day that falls in a year, if the month has so many."""
        length = monthrange(year, self.month)[1]
        first = (self.weekday - date(year, self.month, 1).weekday()) % 7 + 1
        number = (length - first) // 7 + 1 if self.number == LAST else self.number
        if first + 7 * (number - 1) <= length:
            yield date(year, self.month, first + 7 * (number - 1))


@frozen
class SingleDays(FieldRepr):
    """Days listed one by one."""

    days: tuple[date, ...]

    def days_in(self, year: int) -> Iterator[date]:
        """Return the days that fall in a year."""
        return (day for day in self.days if day.year == year)


@frozen
class DayAfter(FieldRepr):
    """The days after some other days, regardless of where those move."""

    other: Recurrence

    def days_in(self, year: int) -> Iterator[date]:
        """Return the days after the other days of a year."""
        return (day + timedelta(1) for day in self.other.days_in(year) if day < date.max)


Recurrence: TypeAlias = Weekly | Yearly | NthWeekday | SingleDays | DayAfter


@frozen
class ClosedDay(FieldRepr):
    """A day on which offices are closed, and where it moves if it falls on certain weekdays."""

    title: str
    recurrence: Recurrence
    moves: tuple[tuple[int, int], ...] = ()
    """Pairs of weekdays: from the first, it moves to the nearest of the second."""
    written: str = ""
    """When it is, as the profile words it."""

    @property
    def moving(self) -> str:
        """Where it moves, in words; empty if it never moves."""
        pairs = (f"{WEEKDAYS[one]} to {WEEKDAYS[other]}" for one, other in self.moves)
        return ", ".join(pairs)

    def days_in(self, year: int) -> Iterator[date]:
        """Yield the days of a year after moving; one may land in the year before or after."""
        moves = dict(self.moves)
        for day in self.recurrence.days_in(year):
            step = (moves.get(day.weekday(), day.weekday()) - day.weekday() + 3) % 7 - 3
            if date.min.toordinal() <= day.toordinal() + step <= date.max.toordinal():
                yield day + timedelta(step)


@frozen
class BusinessCalendar(FieldRepr):
    """Which days are business days; each year is computed when first needed."""

    closed: tuple[ClosedDay, ...]
    _years: dict[int, tuple[tuple[int, ...], Mapping[int, str]]] = field(
        factory=dict, init=False, eq=False, repr=False
    )

    def reason(self, day: date) -> str | None:
        """Return why offices are closed on a day, or None on a business day."""
        return self._year(day.year)[1].get(day.toordinal())

    def has_business_days(self, year: int) -> bool:
        """Return whether a year has any business day."""
        return bool(self._year(year)[0])

    def after(self, day: date, number: int) -> date:
        """Return the business day `number` business days after a day, at most the last date.

        The day itself is day 0, whether or not it is a business day.
        """
        year = day.year
        position = bisect_right(self._year(year)[0], day.toordinal()) + number - 1
        while position >= len(self._year(year)[0]):
            position -= len(self._year(year)[0])
            year += 1
            if year > date.max.year:
                return date.max
        return date.fromordinal(self._year(year)[0][position])

    def first_reaching(self, end: int, number: int) -> int:
        """Return the first day from which `number` business days, at least 1, reach another.

        Both are ordinals, the other perhaps off the calendar, where all business days end that it
        does not have.
        """
        year = date.fromordinal(min(end, date.max.toordinal())).year
        position = bisect_left(self._year(year)[0], end) - number
        while position < 0:
            year -= 1
            if year < date.min.year:
                return date.min.toordinal()
            position += len(self._year(year)[0])
        return self._year(year)[0][position]

    def between(self, first: date, last: date) -> int:
        """Return the number of business days after `first`, up to and including `last`."""
        if last < first:
            return -self.between(last, first)
        whole = sum(len(self._year(year)[0]) for year in range(first.year, last.year))
        return (
            whole
            + bisect_right(self._year(last.year)[0], last.toordinal())
            - bisect_left(self._year(first.year)[0], first.toordinal() + 1)
        )

    def _year(self, year: int) -> tuple[tuple[int, ...], Mapping[int, str]]:
        """Return the ordinals of a year's business days, and why the other days are closed."""
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
