# SPDX-License-Identifier: MIT
"""Closed days recur, move and are skipped as in these examples."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

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

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
OFFICE = BusinessCalendar(
    (
        ClosedDay("Saturday", Weekly(SATURDAY)),
        ClosedDay("Sunday", Weekly(SUNDAY)),
        ClosedDay("New Year's Day", Yearly(1, 1), ((SUNDAY, MONDAY), (SATURDAY, FRIDAY))),
        ClosedDay("Thanksgiving", NthWeekday(11, THURSDAY, 4)),
        ClosedDay("the day after", DayAfter(NthWeekday(11, THURSDAY, 4))),
        ClosedDay("Moving", SingleDays((date(2025, 6, 4), date(2025, 6, 5), date(2026, 6, 4)))),
    )
)


def test_weekdays_are_numbered_as_dates_number_them() -> None:
    for number, name in enumerate(WEEKDAYS):
        assert f"{date(2025, 6, 2 + number):%A}".lower() == name


@pytest.mark.parametrize(
    ("recurrence", "year", "days"),
    [
        (Yearly(7, 4), 2025, ["2025-07-04"]),
        (Yearly(2, 29), 2024, ["2024-02-29"]),
        (Yearly(2, 29), 2025, []),
        (NthWeekday(1, MONDAY, 3), 2025, ["2025-01-20"]),
        (NthWeekday(9, MONDAY, 1), 2025, ["2025-09-01"]),
        (NthWeekday(5, MONDAY, LAST), 2025, ["2025-05-26"]),
        (NthWeekday(5, FRIDAY, LAST), 2025, ["2025-05-30"]),
        (NthWeekday(5, FRIDAY, 5), 2025, ["2025-05-30"]),
        (NthWeekday(5, MONDAY, 5), 2025, []),
        (NthWeekday(2, SATURDAY, 5), 2020, ["2020-02-29"]),
        (SingleDays((date(2024, 12, 24), date(2025, 12, 24))), 2025, ["2025-12-24"]),
        (SingleDays(()), 2025, []),
        (DayAfter(NthWeekday(11, THURSDAY, 4)), 2025, ["2025-11-28"]),
        (DayAfter(Yearly(12, 31)), 2025, ["2026-01-01"]),
        (DayAfter(DayAfter(Yearly(2, 28))), 2024, ["2024-03-01"]),
        (DayAfter(DayAfter(Yearly(2, 28))), 2025, ["2025-03-02"]),
        (DayAfter(Yearly(12, 31)), 9999, []),
    ],
)
def test_days_recur(recurrence: Recurrence, year: int, days: list[str]) -> None:
    assert [day.isoformat() for day in recurrence.days_in(year)] == days


@pytest.mark.parametrize(("year", "number"), [(2023, 53), (2024, 52), (2025, 52), (9999, 52)])
def test_a_weekday_comes_every_week(year: int, number: int) -> None:
    sundays = list(Weekly(SUNDAY).days_in(year))
    assert len(sundays) == number
    assert {day.weekday() for day in sundays} == {SUNDAY}
    assert {(after - day).days for day, after in pairwise(sundays)} == {7}
    assert {sundays[0].year, sundays[-1].year} == {year}


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2025, "2025-01-01"),
        (2023, "2023-01-02"),
        (2022, "2021-12-31"),
    ],
)
def test_a_closed_day_moves_to_the_nearest_weekday(year: int, day: str) -> None:
    new_year = OFFICE.closed[2]
    assert [day.isoformat() for day in new_year.days_in(year)] == [day]


@pytest.mark.parametrize("from_", range(7))
def test_a_closed_day_moves_three_days_at_most(from_: int) -> None:
    day = SingleDays((date(2025, 6, 2 + from_),))
    steps = []
    for to in range(7):
        (moved,) = ClosedDay("x", day, ((from_, to),)).days_in(2025)
        assert moved.weekday() == to
        steps.append((moved - date(2025, 6, 2 + from_)).days)
    assert sorted(steps) == [-3, -2, -1, 0, 1, 2, 3]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2025, 6, 2), None),
        (date(2025, 6, 7), "Saturday"),
        (date(2025, 11, 27), "Thanksgiving"),
        (date(2025, 11, 28), "the day after"),
        (date(2025, 6, 4), "Moving"),
        (date(2024, 6, 4), None),
        (date(2023, 1, 1), "Sunday"),
        (date(2023, 1, 2), "New Year's Day"),
        (date(2021, 12, 31), "New Year's Day"),
        (date(2022, 1, 3), None),
    ],
)
def test_a_closed_day_has_a_reason(day: date, reason: str | None) -> None:
    assert OFFICE.reason(day) == reason


@pytest.mark.parametrize(
    ("day", "number", "end"),
    [
        (date(2025, 6, 2), 1, "2025-06-03"),
        (date(2025, 6, 3), 1, "2025-06-06"),
        (date(2025, 6, 6), 1, "2025-06-09"),
        (date(2025, 6, 7), 1, "2025-06-09"),
        (date(2025, 6, 8), 1, "2025-06-09"),
        (date(2025, 11, 26), 1, "2025-12-01"),
        (date(2024, 12, 31), 1, "2025-01-02"),
        (date(2021, 12, 30), 1, "2022-01-03"),
        (date(2025, 6, 2), 5, "2025-06-11"),
        (date(2025, 6, 9), 260, "2026-06-12"),
    ],
)
def test_business_days_are_added_and_counted(day: date, number: int, end: str) -> None:
    assert OFFICE.after(day, number).isoformat() == end
    assert OFFICE.between(day, date.fromisoformat(end)) == number
    assert OFFICE.between(date.fromisoformat(end), day) == -number


@pytest.mark.parametrize(
    ("first", "last", "number"),
    [
        (date(2025, 6, 2), date(2025, 6, 2), 0),
        (date(2025, 6, 7), date(2025, 6, 8), 0),
        (date(2025, 6, 1), date(2025, 6, 2), 1),
        (date(2024, 12, 31), date(2025, 12, 31), 256),
        (date(2019, 12, 31), date(2025, 12, 31), 1546),
    ],
)
def test_business_days_between_two_days_leave_out_the_first(
    first: date, last: date, number: int
) -> None:
    assert OFFICE.between(first, last) == number
    days = range(first.toordinal() + 1, last.toordinal() + 1)
    assert number == sum(OFFICE.reason(date.fromordinal(day)) is None for day in days)


def test_the_first_row_of_a_day_gives_the_reason() -> None:
    rows = (ClosedDay("one", Yearly(6, 2)), ClosedDay("other", Weekly(MONDAY)))
    assert BusinessCalendar(rows).reason(date(2025, 6, 2)) == "one"
    assert BusinessCalendar(rows[::-1]).reason(date(2025, 6, 2)) == "other"


def test_where_no_day_is_left_the_calendar_ends() -> None:
    never = BusinessCalendar(tuple(ClosedDay(WEEKDAYS[n], Weekly(n)) for n in range(7)))
    assert never.after(date(9990, 6, 2), 1) == date.max
    assert never.between(date(9990, 6, 2), date.max) == 0


def test_calendars_of_the_same_rows_are_equal_whatever_they_were_asked() -> None:
    rows = (ClosedDay("Sunday", Weekly(SUNDAY)),)
    asked, fresh = BusinessCalendar(rows), BusinessCalendar(rows)
    asked.after(date(2025, 6, 2), 300)
    assert asked == fresh
    assert hash(asked) == hash(fresh)
    assert asked != BusinessCalendar((ClosedDay("Sunday", Weekly(MONDAY)),))
