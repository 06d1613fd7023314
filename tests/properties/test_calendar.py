# SPDX-License-Identifier: MIT
"""Properties of business days, whichever days offices are closed on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from caljobs_policy import load_policy
from caljobs_policy.dates.business_days import (
    LAST,
    WEEKDAYS,
    BusinessCalendar,
    ClosedDay,
    DayAfter,
    NthWeekday,
    SingleDays,
    Weekly,
    Yearly,
)
from caljobs_policy.dates.durations import Duration, Unit, plus
from caljobs_policy.dates.reaching import earliest_reaching

ZONE: Final = ZoneInfo("America/Los_Angeles")
ONE: Final = timedelta(1)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
WEEKDAY = st.sampled_from(range(7))
MONTH = st.integers(1, 12)
DAYS = st.dates(date(2023, 1, 1), date(2025, 12, 31))
NUMBERS = st.integers(1, 12) | st.integers(1, 300)
YEARLY = st.builds(Yearly, MONTH, st.integers(1, 31))
NTH = st.builds(NthWeekday, MONTH, WEEKDAY, st.sampled_from([1, 2, 3, 4, 5, LAST]))
SINGLE = st.builds(SingleDays, st.lists(DAYS, max_size=5).map(sorted).map(tuple))
HOLIDAYS = st.recursive(YEARLY | NTH | SINGLE, lambda others: st.builds(DayAfter, others))
MOVES = st.dictionaries(WEEKDAY, WEEKDAY, max_size=3).map(lambda moves: tuple(moves.items()))


@st.composite
def calendars(draw: st.DrawFn) -> BusinessCalendar:
    """Draws calendars with holidays of every form, that leave at least one weekday open."""
    weekly = draw(st.sets(WEEKDAY, max_size=6))
    rows = [ClosedDay(WEEKDAYS[number], Weekly(number)) for number in sorted(weekly)]
    for number, holiday in enumerate(draw(st.lists(HOLIDAYS, max_size=3))):
        rows.append(ClosedDay(f"holiday {number}", holiday, draw(MOVES)))
    return BusinessCalendar(tuple(draw(st.permutations(rows))))


def days_after(first: date, last: date) -> Iterator[date]:
    """Return the days after a day up to another."""
    return (first + timedelta(step) for step in range(1, (last - first).days + 1))


class TestAdding:
    """A business day is a day on which offices are not closed; day 0 is the trigger."""

    @given(calendars(), DAYS, NUMBERS)
    def test_no_number_of_business_days_ends_on_a_closed_day(
        self, calendar: BusinessCalendar, day: date, number: int
    ) -> None:
        end = calendar.after(day, number)
        assert end > day
        assert calendar.reason(end) is None

    @given(calendars(), DAYS, st.integers(1, 40))
    def test_as_many_open_days_are_passed_as_are_added(
        self, calendar: BusinessCalendar, day: date, number: int
    ) -> None:
        end = calendar.after(day, number)
        assert sum(calendar.reason(passed) is None for passed in days_after(day, end)) == number

    @given(calendars(), DAYS, NUMBERS, NUMBERS)
    def test_adding_twice_is_adding_the_sum(
        self, calendar: BusinessCalendar, day: date, one: int, other: int
    ) -> None:
        assert calendar.after(calendar.after(day, one), other) == calendar.after(day, one + other)

    @given(calendars(), DAYS, st.times())
    def test_day_zero_is_the_trigger_whatever_day_it_is(
        self, calendar: BusinessCalendar, day: date, clock: time
    ) -> None:
        nothing = Duration(0, Unit.BUSINESS_DAYS, calendar)
        for start in (day, datetime.combine(day, clock), datetime.combine(day, clock, ZONE)):
            assert plus(start, nothing, ZONE) == start

    @given(calendars(), DAYS, NUMBERS, st.times())
    def test_business_days_are_counted_from_the_local_day_of_a_time(
        self, calendar: BusinessCalendar, day: date, number: int, clock: time
    ) -> None:
        duration = Duration(number, Unit.BUSINESS_DAYS, calendar)
        start = datetime.combine(day, clock, ZONE)
        for same in (start, start.replace(tzinfo=None), start.astimezone(UTC)):
            assert plus(same, duration, ZONE) == calendar.after(day, number)

    @given(DAYS, st.integers(0, 600))
    def test_where_offices_never_close_business_days_are_days(self, day: date, number: int) -> None:
        every = Duration(number, Unit.BUSINESS_DAYS, BusinessCalendar(()))
        assert plus(day, every, ZONE) == plus(day, Duration(number, Unit.DAYS), ZONE)

    @given(calendars(), DAYS, NUMBERS)
    def test_the_first_trigger_that_reaches_a_day_is_found(
        self, calendar: BusinessCalendar, day: date, number: int
    ) -> None:
        duration = Duration(number, Unit.BUSINESS_DAYS, calendar)
        first = earliest_reaching(day, duration, ZONE)
        assert calendar.after(first, number) >= day > calendar.after(first - ONE, number)


class TestCounting:
    """Counting is the inverse of adding, monotone and additive."""

    @given(calendars(), DAYS, NUMBERS)
    def test_what_was_added_is_counted(
        self, calendar: BusinessCalendar, day: date, number: int
    ) -> None:
        assert calendar.between(day, calendar.after(day, number)) == number

    @given(calendars(), DAYS, st.integers(1, 300))
    def test_what_was_counted_can_be_added(
        self, calendar: BusinessCalendar, day: date, step: int
    ) -> None:
        last = day + timedelta(step)
        number = calendar.between(day, last)
        assume(number > 0)
        end = calendar.after(day, number)
        assert end <= last
        assert all(calendar.reason(later) is not None for later in days_after(end, last))

    @given(calendars(), DAYS, DAYS, DAYS)
    def test_counts_of_parts_add_up(
        self, calendar: BusinessCalendar, one: date, two: date, three: date
    ) -> None:
        parts = calendar.between(one, two) + calendar.between(two, three)
        assert parts == calendar.between(one, three)

    @given(calendars(), DAYS, DAYS, DAYS)
    def test_a_later_day_never_counts_less(
        self, calendar: BusinessCalendar, start: date, one: date, other: date
    ) -> None:
        early, late = sorted([one, other])
        assert calendar.between(start, early) <= calendar.between(start, late)
        assert calendar.between(late, start) <= calendar.between(early, start)

    @given(calendars(), DAYS, DAYS)
    def test_counting_backwards_turns_the_sign(
        self, calendar: BusinessCalendar, one: date, other: date
    ) -> None:
        assert calendar.between(one, other) == -calendar.between(other, one)

    @given(calendars(), DAYS)
    def test_a_day_is_closed_exactly_when_there_is_a_reason(
        self, calendar: BusinessCalendar, day: date
    ) -> None:
        closed = calendar.reason(day) is not None
        assert calendar.between(day - ONE, day) == (0 if closed else 1)
        assert (calendar.after(day - ONE, 1) == day) is not closed

    @given(calendars(), DAYS)
    def test_the_reason_is_the_title_of_a_row_that_closes_the_day(
        self, calendar: BusinessCalendar, day: date
    ) -> None:
        titles = [
            row.title
            for row in calendar.closed
            for year in (day.year - 1, day.year, day.year + 1)
            if day in row.days_in(year)
        ]
        assert calendar.reason(day) == (titles[0] if titles else None)


class TestMoving:
    """A holiday that falls on some weekday moves to the nearest one of another name."""

    @given(YEARLY | NTH | SINGLE, WEEKDAY, WEEKDAY, st.integers(2000, 2040))
    def test_a_holiday_moves_from_its_weekday_and_from_no_other(
        self, holiday: Yearly | NthWeekday | SingleDays, from_: int, to: int, year: int
    ) -> None:
        plain = list(holiday.days_in(year))
        moved = list(ClosedDay("holiday", holiday, ((from_, to),)).days_in(year))
        assert len(moved) == len(plain)
        for before, after in zip(plain, moved, strict=True):
            if before.weekday() == from_:
                assert after.weekday() == to
                assert abs((after - before).days) <= 3
            else:
                assert after == before

    @given(st.integers(1990, 2060), WEEKDAY, WEEKDAY)
    def test_offices_are_closed_on_the_day_it_moved_to_and_open_on_the_other(
        self, year: int, from_: int, to: int
    ) -> None:
        row = ClosedDay("New Year's Day", Yearly(1, 1), ((from_, to),))
        calendar = BusinessCalendar((row,))
        around = [date(year, 1, 1) + timedelta(step) for step in range(-10, 11)]
        (closed,) = (day for day in around if calendar.reason(day) is not None)
        assert closed == next(row.days_in(year))
        assert calendar.reason(closed) == "New Year's Day"

    def test_a_holiday_can_move_into_the_year_before_or_after(self) -> None:
        moves = ((SATURDAY, FRIDAY), (SUNDAY, MONDAY))
        year = BusinessCalendar((ClosedDay("first", Yearly(1, 1), moves),))
        assert year.reason(date(2021, 12, 31)) == "first"
        assert year.reason(date(2022, 1, 1)) is None
        eve = BusinessCalendar((ClosedDay("last", Yearly(12, 31), moves),))
        assert eve.reason(date(2018, 1, 1)) == "last"
        assert eve.reason(date(2017, 12, 31)) is None


class TestEnds:
    """The ends of the calendar cause no errors."""

    @pytest.mark.parametrize("day", [date.min, date.min + ONE, date.max - ONE, date.max])
    @given(calendar=calendars(), number=st.integers(1, 10))
    def test_days_next_to_them_can_be_asked_for(
        self, day: date, calendar: BusinessCalendar, number: int
    ) -> None:
        assert day < calendar.after(day, number) or calendar.after(day, number) == date.max
        assert calendar.between(day, day) == 0
        assert (calendar.reason(day) is None) or (calendar.reason(day) != "")

    @given(calendars())
    def test_nothing_reaches_beyond_the_last_day(self, calendar: BusinessCalendar) -> None:
        assert calendar.after(date(9999, 12, 1), 999_999) == date.max

    def test_a_holiday_that_would_leave_the_calendar_does_not_happen(self) -> None:
        after = ((date.max.weekday(), (date.max.weekday() + 1) % 7),)
        before = ((date.min.weekday(), (date.min.weekday() - 1) % 7),)
        assert list(ClosedDay("last", Yearly(12, 31), after).days_in(9999)) == []
        assert list(ClosedDay("first", Yearly(1, 1), before).days_in(1)) == []
        assert list(DayAfter(Yearly(12, 31)).days_in(9999)) == []


@pytest.mark.parametrize("year", [2023, 2024, 2100])
def test_a_day_that_a_year_lacks_does_not_happen_in_it(year: int) -> None:
    leap = [date(year, 2, 29)] if year == 2024 else []
    assert list(Yearly(2, 29).days_in(year)) == leap
    assert list(DayAfter(Yearly(2, 29)).days_in(year)) == [day + ONE for day in leap]


@given(MONTH, WEEKDAY, st.integers(1, 9999))
def test_the_last_weekday_of_a_month_is_followed_by_none(
    month: int, weekday: int, year: int
) -> None:
    """The last Monday of May is the fourth or the fifth."""
    (last,) = NthWeekday(month, weekday, LAST).days_in(year)
    numbered = [list(NthWeekday(month, weekday, number).days_in(year)) for number in range(1, 6)]
    assert [last] == [day for days in numbered for day in days][-1:]
    assert (last.month, last.weekday()) == (month, weekday)


HOLIDAYS_BY_DATE: Final = ((1, 1), (3, 31), (7, 4), (11, 11), (12, 25))
"""January 1, March 31, July 4, November 11 and December 25."""


def number_in_month(day: date) -> int:
    """Count how many days of the same weekday the month has had up to a day."""
    return sum(other.weekday() == day.weekday() for other in days_of_month(day) if other <= day)


def days_of_month(day: date) -> list[date]:
    around = [day + timedelta(step) for step in range(-31, 32)]
    return [other for other in around if (other.year, other.month) == (day.year, day.month)]


def is_thanksgiving(day: date) -> bool:
    return (day.month, day.weekday(), number_in_month(day)) == (11, THURSDAY, 4)


def is_state_holiday(day: date) -> bool:
    """Return whether a day is a paid holiday by Government Code 19853, or its Monday or Friday."""

    def dated(other: date) -> bool:
        return (other.month, other.day) in HOLIDAYS_BY_DATE

    if day.weekday() == MONDAY:
        ordinals = {(1, 3), (2, 3), (9, 1)}
        is_last_of_may = day.month == 5 and day == max(
            other for other in days_of_month(day) if other.weekday() == MONDAY
        )
        if (day.month, number_in_month(day)) in ordinals or is_last_of_may or dated(day - ONE):
            return True
    veterans_tomorrow = day.weekday() == FRIDAY and (day.month, day.day) == (11, 10)
    thanks = is_thanksgiving(day) or is_thanksgiving(day - ONE)
    return dated(day) or veterans_tomorrow or thanks


@pytest.mark.parametrize("year", range(2014, 2036))
def test_offices_of_the_county_are_closed_on_weekends_and_state_holidays(year: int) -> None:
    """Weekends, and the paid holidays of Government Code 19853."""
    policy = load_policy("slo_county", date(2025, 6, 2))
    calendar = policy.parameters["entry_time"].value.calendar
    assert calendar is not None
    first = date(year, 1, 1)
    days = [first + timedelta(step) for step in range((date(year + 1, 1, 1) - first).days)]
    closed = [day for day in days if calendar.reason(day) is not None]
    weekend = {SATURDAY, SUNDAY}
    assert closed == [day for day in days if day.weekday() in weekend or is_state_holiday(day)]
    assert 9 <= sum(day.weekday() not in weekend for day in closed) <= 11


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2023, 1, 2), "New Year's Day"),
        (date(2022, 1, 3), None),
        (date(2021, 12, 31), None),
        (date(2023, 11, 10), "Veterans Day"),
        (date(2018, 11, 12), "Veterans Day"),
        (date(2024, 4, 1), "César Chávez Day"),
        (date(2020, 7, 3), None),
        (date(2025, 11, 28), "day after Thanksgiving"),
        (date(2025, 11, 29), "Saturday"),
        (date(2025, 10, 13), None),
    ],
)
def test_the_county_tells_why_a_day_is_closed(day: date, reason: str | None) -> None:
    calendar = load_policy("slo_county", date(2025, 6, 2)).parameters["entry_time"].value.calendar
    assert calendar is not None
    assert calendar.reason(day) == reason
