# SPDX-License-Identifier: MIT
"""Makes the business calendar from the table of days on which offices are closed."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from caljobs_policy.compiler.chain import Chain
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.dates.business_days import (
    LAST,
    WEEKDAYS,
    BusinessCalendar,
    ClosedDay,
    DayAfter,
    NthWeekday,
    Recurrence,
    SingleDays,
    Weekly,
    Yearly,
)
from caljobs_policy.dates.reading import day_from
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import shown
from caljobs_policy.syntax.nodes import Word
from caljobs_policy.syntax.timed_entries import ClosedDayEntry

_MONTHS: Final = tuple(name.lower() for name in calendar.month_name)
_ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": LAST}
_LONGEST: Final = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
_SAMPLE_YEARS: Final = range(2001, 2013)
"""Years of both lengths, starting on every weekday."""
_EVERY: Final = re.compile(r"every ([a-z]+)")
_NTH: Final = re.compile(r"([a-z]+) ([a-z]+) of ([a-z]+)")
_YEARLY: Final = re.compile(r"([a-z]+) ([0-9]{1,2})")
_AFTER: Final = re.compile(r"day after ([\w-]+)", re.IGNORECASE)
_HOW: Final = (
    "write it as: June 7, second Tuesday of June, last Friday of June, every Sunday, "
    "day after fair-day (the name of another entry), or 2025-06-17"
)


def calendar_of(chain: Chain, problems: Problems) -> BusinessCalendar | None:
    """Return the calendar of a chain, or None where no profile has one."""
    rows = dict(chain.entries("calendar"))
    if not rows:
        return None
    reader = _Reader(rows, problems)
    closed = tuple(day for key in rows for day in reader.closed_days(key))
    calendar = BusinessCalendar(closed)
    if not any(calendar.has_business_days(year) for year in _SAMPLE_YEARS):
        place = next(iter(rows.values())).key.place
        problems.add(
            Code.CONFLICT, place, "the calendar leaves no business day", "leave a weekday open"
        )
    return calendar


class _Reader:
    """Reads the rows of a calendar, which may refer to one another."""

    def __init__(self, rows: Mapping[str, ClosedDayEntry], problems: Problems) -> None:
        self.rows = rows
        self.problems = problems
        self._open: list[str] = []
        self._circles: set[frozenset[str]] = set()

    def closed_days(self, key: str) -> Iterator[ClosedDay]:
        """Yield the closed days of a row."""
        row = self.rows[key]
        moves = tuple(self._moves(row.moves))
        for recurrence in self._recurrences(key, row.on):
            yield ClosedDay(row.title or key, recurrence, moves, ", ".join(map(str, row.on)))

    def _recurrences(self, key: str, written: Iterable[Word]) -> Iterator[Recurrence]:
        """Yield when a row happens, its single days together."""
        self._open.append(key)
        singles: list[date] = []
        for word in written:
            if word.text[:1].isdigit():
                day, fault = day_from(word.text)
                if fault is not None:
                    is_date = word.text.count("-") == 2  # year, month, day
                    message = f"{shown(word.text)} {fault[0]}"
                    self.problems.add(
                        Code.NOT_A_DATE, word.place, message, fault[1] if is_date else _HOW
                    )
                elif day is not None:
                    singles.append(day)
            else:
                yield from self._recurrence(word)
        self._open.pop()
        if singles:
            yield SingleDays(tuple(sorted(singles)))

    def _recurrence(self, word: Word) -> Iterator[Recurrence]:
        text = " ".join(word.text.lower().split())
        if match := _EVERY.fullmatch(text):
            found: Recurrence | None = _weekly(match[1])
        elif match := _NTH.fullmatch(text):
            found = _nth(match[1], match[2], match[3])
        elif match := _YEARLY.fullmatch(text):
            found = _yearly(match[1], int(match[2]))
        elif match := _AFTER.fullmatch(" ".join(word.text.split())):
            yield from self._day_after(match[1], word)
            return
        else:
            found = None
        if found is None:
            message = f"{shown(word.text)} is not a day of the calendar"
            self.problems.add(Code.NOT_A_DATE, word.place, message, _HOW)
        else:
            yield found

    def _day_after(self, key: str, word: Word) -> Iterator[Recurrence]:
        if key in self._open:
            circle = self._open[self._open.index(key) :]
            if frozenset(circle) not in self._circles:
                self._circles.add(frozenset(circle))
                message = f"these days go in a circle: {' after '.join([*circle, key])}"
                self.problems.add(Code.CIRCULAR, word.place, message, "write one of them as a date")
        elif key not in self.rows:
            self.problems.unknown(word.place, "entry of the calendar", key, self.rows)
        else:
            yield from map(DayAfter, self._recurrences(key, self.rows[key].on))

    def _moves(self, written: Mapping[str, Word]) -> Iterator[tuple[int, int]]:
        for name, word in written.items():
            pair = (name.lower(), word.text.lower())
            for weekday in pair:
                if weekday not in WEEKDAYS:
                    self.problems.no_such(word.place, "weekday", weekday, WEEKDAYS)
            if set(pair) <= set(WEEKDAYS):
                yield WEEKDAYS.index(pair[0]), WEEKDAYS.index(pair[1])


def _weekly(weekday: str) -> Weekly | None:
    return Weekly(WEEKDAYS.index(weekday)) if weekday in WEEKDAYS else None


def _nth(ordinal: str, weekday: str, month: str) -> NthWeekday | None:
    if ordinal not in _ORDINALS or weekday not in WEEKDAYS or month not in _MONTHS[1:]:
        return None
    return NthWeekday(_MONTHS.index(month), WEEKDAYS.index(weekday), _ORDINALS[ordinal])


def _yearly(month: str, day: int) -> Yearly | None:
    if month not in _MONTHS[1:]:
        return None
    number = _MONTHS.index(month)
    return Yearly(number, day) if 1 <= day <= _LONGEST.get(number, 31) else None
