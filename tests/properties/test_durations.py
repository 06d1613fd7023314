# SPDX-License-Identifier: MIT
"""Properties of days, months, quarters and hours, whatever the dates."""

from __future__ import annotations

from calendar import isleap, monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from caljobs_policy.dates.business_days import BusinessCalendar, ClosedDay, Weekly
from caljobs_policy.dates.durations import (
    FIRST_DAY,
    LAST_DAY,
    Duration,
    Moment,
    Unit,
    compare,
    compare_with_end,
    day_of,
    days_from,
    duration_from,
    end_ordinal,
    noon,
    plus,
    plus_months,
    seconds_from,
)
from caljobs_policy.dates.reaching import earliest_reaching, first_reaching

ZONE: Final = ZoneInfo("America/Los_Angeles")
ENDS: Final = (date.min, date.max, date.min + timedelta(1), date.max - timedelta(1))
DAYS = (
    st.dates(date(2023, 1, 1), date(2026, 12, 31))
    | st.dates()
    | st.sampled_from([*ENDS, date(2024, 2, 29), date(2025, 3, 9), date(2025, 11, 2)])
)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.builds(
    lambda day, clock, zone, fold: datetime.combine(day, clock, zone).replace(fold=fold),
    DAYS,
    st.times(),
    st.none() | OFFSETS | st.just(ZONE),
    st.sampled_from([0, 1]),
)
MOMENTS = DAYS | TIMES
AMOUNTS = st.integers(0, 40) | st.integers(0, 999_999)
WEEK: Final = BusinessCalendar((ClosedDay("Saturday", Weekly(5)), ClosedDay("Sunday", Weekly(6))))
CALENDAR_UNITS = st.sampled_from([Unit.DAYS, Unit.MONTHS, Unit.QUARTERS, Unit.BUSINESS_DAYS])
WRITTEN = st.builds(Duration, AMOUNTS, st.sampled_from(Unit))
WHOLE = WRITTEN | st.builds(
    Duration, st.integers(0, 400), st.just(Unit.BUSINESS_DAYS), st.just(WEEK)
)
EARLY = st.integers(1, 400)
DURATIONS = WHOLE | st.builds(evolve, WHOLE, early=EARLY)


def instant(value: datetime) -> datetime:
    local = value if value.tzinfo is not None else value.replace(tzinfo=ZONE)
    return local.astimezone(UTC)


@given(WRITTEN)
def test_durations_are_read_as_they_are_written(duration: Duration) -> None:
    assert duration_from(str(duration)) == duration


@given(MOMENTS, AMOUNTS, AMOUNTS, st.sampled_from(Unit))
def test_a_longer_duration_ends_no_earlier(start: Moment, one: int, other: int, unit: Unit) -> None:
    short, long = sorted([one, other])
    ends = plus(start, Duration(short, unit), ZONE), plus(start, Duration(long, unit), ZONE)
    assert compare(*ends, ZONE) <= 0


@given(DAYS, DAYS, DURATIONS)
def test_a_later_day_ends_no_earlier(one: date, other: date, duration: Duration) -> None:
    ends = [plus(start, duration, ZONE) for start in sorted([one, other])]
    assert compare(ends[0], ends[1], ZONE) <= 0


@given(TIMES, TIMES, DURATIONS)
def test_a_later_time_ends_no_earlier(one: datetime, other: datetime, duration: Duration) -> None:
    first, last = (one, other) if compare(one, other, ZONE) <= 0 else (other, one)
    assert compare(plus(first, duration, ZONE), plus(last, duration, ZONE), ZONE) <= 0


@given(MOMENTS, WHOLE)
def test_nothing_ends_before_it_begins(start: Moment, duration: Duration) -> None:
    assert compare(start, plus(start, duration, ZONE), ZONE) <= 0


@given(MOMENTS, st.sampled_from([unit for unit in Unit if unit is not Unit.QUARTERS]))
def test_no_time_at_all_ends_at_once(start: Moment, unit: Unit) -> None:
    assert plus(start, Duration(0, unit), ZONE) == start


@given(MOMENTS, st.integers(1, 5000))
def test_days_are_counted_on_the_calendar(start: Moment, amount: int) -> None:
    first = day_of(start, ZONE)
    assume(first.toordinal() + amount <= date.max.toordinal())
    end = plus(start, Duration(amount, Unit.DAYS), ZONE)
    assert type(end) is date
    assert end.toordinal() == first.toordinal() + amount


@given(MOMENTS, st.integers(1, 2000))
def test_months_end_on_the_same_day_or_on_the_last_of_the_month(start: Moment, amount: int) -> None:
    first = day_of(start, ZONE)
    assume(first.year + amount // 12 + 1 < date.max.year)
    end = plus(start, Duration(amount, Unit.MONTHS), ZONE)
    assert type(end) is date
    assert (end.year - first.year) * 12 + end.month - first.month == amount
    assert end.day == min(first.day, monthrange(end.year, end.month)[1])


@given(DAYS, st.integers(1, 400))
def test_months_can_be_taken_back_where_the_day_exists(day: date, amount: int) -> None:
    assume(day.day <= 28)
    assume(day.year + amount // 12 + 1 < date.max.year)
    assert plus_months(plus_months(day, amount), -amount) == day


@given(st.integers(1, 9900).filter(isleap), st.integers(1, 99))
def test_a_leap_day_becomes_the_last_of_february(year: int, years: int) -> None:
    end = plus(date(year, 2, 29), Duration(12 * years, Unit.MONTHS), ZONE)
    assert end == date(year + years, 2, 29 if isleap(year + years) else 28)


@given(MOMENTS, st.integers(0, 2000))
def test_quarters_end_with_the_last_day_of_a_quarter(start: Moment, amount: int) -> None:
    first = day_of(start, ZONE)
    assume(first.year + amount // 4 < date.max.year)
    end = plus(start, Duration(amount, Unit.QUARTERS), ZONE)
    assert type(end) is date
    assert (end.month, end.day) in {(3, 31), (6, 30), (9, 30), (12, 31)}
    assert (end.year - first.year) * 4 + (end.month - 1) // 3 - (first.month - 1) // 3 == amount


@given(MOMENTS, AMOUNTS)
def test_every_day_of_a_quarter_has_the_same_end(start: Moment, amount: int) -> None:
    first = day_of(start, ZONE)
    begin = date(first.year, {1: 1, 2: 4, 3: 7, 4: 10}[(first.month + 2) // 3], 1)
    duration = Duration(amount, Unit.QUARTERS)
    assert plus(start, duration, ZONE) == plus(begin, duration, ZONE)


@given(MOMENTS, WHOLE, EARLY)
def test_what_is_over_early_ends_so_many_days_before(
    start: Moment, duration: Duration, early: int
) -> None:
    end = day_of(plus(start, duration, ZONE), ZONE)
    # Beyond the calendar an end is not known, and before it there is none.
    assume(end < date.max and end.toordinal() > early)
    sooner = plus(start, evolve(duration, early=early), ZONE)
    assert type(sooner) is date
    assert (end - sooner).days == early


@given(DURATIONS)
def test_what_is_over_early_says_so(duration: Duration) -> None:
    whole = str(evolve(duration, early=None))
    assert (str(duration) == whole) is (not duration.early)
    assert str(duration).startswith(whole)


@given(TIMES, st.integers(1, 9000))
def test_hours_are_elapsed_hours(start: datetime, amount: int) -> None:
    assume(2 < start.year < 9990)
    end = plus(start, Duration(amount, Unit.HOURS), ZONE)
    assert isinstance(end, datetime)
    assert end.tzinfo is ZONE
    assert instant(end) - instant(start) == timedelta(hours=amount)


@given(DAYS, st.integers(0, 400))
def test_whole_days_of_hours_reach_their_day(start: date, days: int) -> None:
    # Clocks go back by an hour a year: so much earlier can the hours of a day end.
    assume(start.year < 9990)
    end = plus(start, Duration(24 * days + 1, Unit.HOURS), ZONE)
    assert day_of(end, ZONE) == start + timedelta(days)


@given(DAYS, AMOUNTS, CALENDAR_UNITS)
def test_the_earliest_day_that_reaches_an_end_is_found(end: date, amount: int, unit: Unit) -> None:
    duration = Duration(amount, unit)
    first = earliest_reaching(end, duration, ZONE)
    assert compare(plus(first, duration, ZONE), end, ZONE) >= 0
    if first > date.min:
        before = first - timedelta(1)
        assert compare(plus(before, duration, ZONE), end, ZONE) < 0


@pytest.mark.parametrize("change", [date(2025, 3, 9), date(2025, 11, 2)])
@given(
    minutes=st.integers(-60, 300),
    fold=st.sampled_from([0, 1]),
    hours=st.integers(1, 30) | st.integers(1, 9000),
)
def test_hours_pass_whatever_the_clocks_do(
    change: date, minutes: int, fold: int, hours: int
) -> None:
    """At two in the morning an hour is left out in March, and in November one comes twice."""
    wall = datetime.combine(change, time()) + timedelta(minutes=minutes)
    start = wall.replace(fold=fold)
    end = plus(start, Duration(hours, Unit.HOURS), ZONE)
    assert isinstance(end, datetime)
    assert instant(end) - instant(start) == timedelta(hours=hours)
    assert end == plus(start.replace(tzinfo=ZONE), Duration(hours, Unit.HOURS), ZONE)
    assert end == plus(instant(start), Duration(hours, Unit.HOURS), ZONE)
    assert end.utcoffset() == instant(end).astimezone(ZONE).utcoffset()


@given(DAYS, AMOUNTS, CALENDAR_UNITS, EARLY)
def test_the_earliest_day_is_found_of_what_is_over_early_too(
    end: date, amount: int, unit: Unit, early: int
) -> None:
    duration = Duration(amount, unit, early=early)
    first = earliest_reaching(end, duration, ZONE)
    assume(date.min < first < date.max)
    assert compare_with_end(end, first, duration, ZONE) <= 0
    assert compare_with_end(end, first - timedelta(1), duration, ZONE) > 0


@given(DAYS, DURATIONS, st.integers(0, 400))
def test_no_day_before_the_first_reaches_past_an_end(
    end: date, duration: Duration, after: int
) -> None:
    first = first_reaching(end, duration, ZONE, after)
    for day, is_reached in ((first - 1, False), (first, True)):
        if FIRST_DAY <= day <= LAST_DAY:
            found = end_ordinal(date.fromordinal(day), duration, ZONE)
            assert (found >= end.toordinal() + after) is is_reached


@given(MOMENTS, MOMENTS)
def test_comparing_the_other_way_round_turns_the_answer(one: Moment, other: Moment) -> None:
    assert compare(one, other, ZONE) == -compare(other, one, ZONE)


@given(MOMENTS)
def test_everything_is_as_early_as_itself(value: Moment) -> None:
    assert compare(value, value, ZONE) == 0
    assert compare(value, day_of(value, ZONE), ZONE) == 0


@given(DAYS, DAYS)
def test_days_are_compared_by_the_calendar(one: date, other: date) -> None:
    assert compare(one, other, ZONE) == (one > other) - (one < other)


@given(TIMES, TIMES)
def test_times_are_compared_to_the_second(one: datetime, other: datetime) -> None:
    assume(all(1 < value.year < 9999 for value in (one, other)))
    left, right = (instant(value).replace(microsecond=0) for value in (one, other))
    assert compare(one, other, ZONE) == (left > right) - (left < right)


@given(DAYS, TIMES)
def test_a_day_and_a_time_are_compared_by_the_local_day(day: date, value: datetime) -> None:
    assert compare(day, value, ZONE) == compare(day, day_of(value, ZONE), ZONE)


@given(TIMES)
def test_the_day_of_a_time_is_the_local_one(value: datetime) -> None:
    assume(1 < value.year < 9999)
    local = value.date() if value.tzinfo is None else value.astimezone(ZONE).date()
    assert day_of(value, ZONE) == local


@given(st.lists(MOMENTS, min_size=3, max_size=3))
def test_what_is_compared_by_day_is_in_order(moments: list[Moment]) -> None:
    first, second, third = sorted(moments, key=lambda value: day_of(value, ZONE))
    assert compare(day_of(first, ZONE), second, ZONE) <= 0
    assert compare(day_of(second, ZONE), third, ZONE) <= 0
    assert compare(day_of(first, ZONE), third, ZONE) <= 0


@given(st.lists(TIMES, min_size=3, max_size=3))
def test_times_are_in_order(times: list[datetime]) -> None:
    for one in times:
        for two in times:
            for three in times:
                if compare(one, two, ZONE) <= 0 and compare(two, three, ZONE) <= 0:
                    assert compare(one, three, ZONE) <= 0


@given(TIMES, st.integers(-10_000_000, 10_000_000))
def test_seconds_are_elapsed_seconds(value: datetime, seconds: int) -> None:
    assume(2 < value.year < 9990)
    moved = seconds_from(value, seconds)
    if value.tzinfo is None:
        assert moved - value == timedelta(seconds=seconds)
    else:
        assert instant(moved) - instant(value) == timedelta(seconds=seconds)


@given(DAYS, st.integers(-4_000_000, 4_000_000))
def test_days_stop_at_the_ends_of_the_calendar(day: date, days: int) -> None:
    ordinal = day.toordinal() + days
    if ordinal < 1:
        assert days_from(day, days) == date.min
    elif ordinal > date.max.toordinal():
        assert days_from(day, days) == date.max
    else:
        assert days_from(day, days).toordinal() == ordinal


@given(DAYS)
def test_noon_is_noon_of_the_day(day: date) -> None:
    assert noon(day, ZONE).time() == time(12)
    assert day_of(noon(day, ZONE), ZONE) == day


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("offset", [-14, -8, 0, 14])
@pytest.mark.parametrize("day", ENDS)
def test_the_ends_of_the_calendar_are_no_trap(day: date, offset: int, unit: Unit) -> None:
    zone = timezone(timedelta(hours=offset))
    for clock in (time.min, time(12), time.max):
        for start in (day, datetime.combine(day, clock), datetime.combine(day, clock, zone)):
            for amount in (0, 1, 25, 999_999):
                end = plus(start, Duration(amount, unit), ZONE)
                assert compare(start, end, ZONE) <= 0
                assert compare(noon(day_of(end, ZONE), ZONE), day_of(end, ZONE), ZONE) == 0


@pytest.mark.parametrize("unit", [unit for unit in Unit if unit is not Unit.HOURS])
@pytest.mark.parametrize("day", ENDS)
def test_the_ends_of_the_calendar_are_reached(day: date, unit: Unit) -> None:
    for amount in (0, 1, 25, 999_999):
        first = earliest_reaching(day, Duration(amount, unit), ZONE)
        assert compare(plus(first, Duration(amount, unit), ZONE), day, ZONE) >= 0
        assert first <= day


@pytest.mark.parametrize("clock", [time(0), time(15, 59), time(20)])
def test_the_last_day_has_its_hours(clock: time) -> None:
    start = datetime.combine(date.max, clock, ZONE)
    end = plus(start, Duration(1, Unit.HOURS), ZONE)
    assert isinstance(end, datetime)
    assert end.replace(tzinfo=None) - start.replace(tzinfo=None) == timedelta(hours=1)


@pytest.mark.parametrize("clock", [time(12), time(20)])
def test_hours_beyond_the_last_day_end_with_it(clock: time) -> None:
    start = datetime.combine(date.max, clock, ZONE)
    assert plus(start, Duration(24, Unit.HOURS), ZONE) == date.max


def test_days_and_months_stop_at_the_last_day() -> None:
    assert plus(date(9999, 12, 1), Duration(31, Unit.DAYS), ZONE) == date.max
    assert plus(date(9999, 12, 1), Duration(1, Unit.MONTHS), ZONE) == date.max
    assert plus(date(9999, 12, 1), Duration(0, Unit.QUARTERS), ZONE) == date.max
    assert plus(date(9999, 12, 1), Duration(1, Unit.QUARTERS), ZONE) == date.max
    assert plus(date(9999, 12, 1), Duration(31, Unit.BUSINESS_DAYS, WEEK), ZONE) == date.max
    assert plus_months(date(1, 1, 31), -1) == date.min
