# SPDX-License-Identifier: MIT
"""Durations are read, added and compared as in these examples."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from caljobs_policy.dates.durations import (
    Duration,
    Moment,
    Unit,
    compare,
    day_of,
    duration_from,
    in_zone,
    noon,
    plus,
    plus_months,
    seconds_from,
)

ZONE: Final = ZoneInfo("America/Los_Angeles")
EAST: Final = timezone(timedelta(hours=14))


def days(amount: int) -> Duration:
    return Duration(amount, Unit.DAYS)


def months(amount: int) -> Duration:
    return Duration(amount, Unit.MONTHS)


def quarters(amount: int) -> Duration:
    return Duration(amount, Unit.QUARTERS)


def hours(amount: int) -> Duration:
    return Duration(amount, Unit.HOURS)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("365 days", days(365)),
        ("1 day", days(1)),
        ("1 days", days(1)),
        ("12 months", months(12)),
        ("24 hours", hours(24)),
        ("0 days", days(0)),
        (" 30 days ", days(30)),
        ("999999 days", days(999_999)),
        ("5 business days", Duration(5, Unit.BUSINESS_DAYS)),
        ("1 business day", Duration(1, Unit.BUSINESS_DAYS)),
        ("2 quarters", quarters(2)),
        ("0 quarters", quarters(0)),
    ],
)
def test_a_duration_is_read(text: str, duration: Duration) -> None:
    assert duration_from(text) == duration


@pytest.mark.parametrize(
    "text",
    [
        "",
        "365",
        "days",
        "30  days",
        "30days",
        "-1 days",
        "+1 days",
        "1.5 days",
        "007 days",
        "1000000 days",
        "2 weeks",
        "30 Days",
        "5 business  days",
        "5 business",
        "1 days less 2 days",
        "٣ days",
        "training_validity",
    ],
)
def test_what_is_no_duration_is_not_read(text: str) -> None:
    assert duration_from(text) is None


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (days(1), "1 day"),
        (days(0), "0 days"),
        (months(12), "12 months"),
        (quarters(1), "1 quarter"),
        (Duration(5, Unit.BUSINESS_DAYS), "5 business days"),
        (Duration(30, Unit.DAYS, early=1), "30 days less 1 day"),
        (Duration(1, Unit.MONTHS, early=15), "1 month less 15 days"),
    ],
)
def test_a_duration_is_written_in_english(duration: Duration, text: str) -> None:
    assert str(duration) == text


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        (date(2024, 6, 2), days(365), date(2025, 6, 2)),
        (date(2023, 6, 2), days(365), date(2024, 6, 1)),
        (date(2024, 2, 28), days(1), date(2024, 2, 29)),
        (date(2025, 2, 28), days(1), date(2025, 3, 1)),
        (date(2024, 2, 29), months(12), date(2025, 2, 28)),
        (date(2024, 2, 29), months(48), date(2028, 2, 29)),
        (date(2025, 1, 31), months(1), date(2025, 2, 28)),
        (date(2024, 1, 31), months(1), date(2024, 2, 29)),
        (date(2025, 3, 31), months(1), date(2025, 4, 30)),
        (date(2025, 11, 30), months(1), date(2025, 12, 30)),
        (date(2025, 12, 31), months(2), date(2026, 2, 28)),
        (datetime(2025, 6, 2, 23, 59), days(1), date(2025, 6, 3)),
        (datetime(2025, 6, 3, 2, tzinfo=UTC), days(1), date(2025, 6, 3)),
        (datetime(2025, 6, 3, 2, tzinfo=UTC), months(1), date(2025, 7, 2)),
    ],
)
def test_days_and_months_end_with_a_day(start: Moment, duration: Duration, end: date) -> None:
    assert plus(start, duration, ZONE) == end


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        (date(2025, 1, 1), 0, date(2025, 3, 31)),
        (date(2025, 3, 31), 0, date(2025, 3, 31)),
        (date(2025, 4, 1), 0, date(2025, 6, 30)),
        (date(2025, 9, 30), 0, date(2025, 9, 30)),
        (date(2025, 12, 31), 0, date(2025, 12, 31)),
        (date(2025, 3, 31), 1, date(2025, 6, 30)),
        (date(2024, 12, 31), 1, date(2025, 3, 31)),
        (date(2024, 2, 29), 4, date(2025, 3, 31)),
        (datetime(2025, 7, 1, 3, tzinfo=UTC), 0, date(2025, 6, 30)),
        (datetime(2025, 7, 1, 3), 0, date(2025, 9, 30)),
    ],
)
def test_quarters_end_where_the_calendar_has_them(start: Moment, amount: int, end: date) -> None:
    assert plus(start, quarters(amount), ZONE) == end


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        (date(2025, 6, 2), Duration(30, Unit.DAYS, early=30), date(2025, 6, 2)),
        (date(2025, 6, 2), Duration(0, Unit.DAYS, early=1), date(2025, 6, 1)),
        (date(2025, 1, 31), Duration(1, Unit.MONTHS, early=1), date(2025, 2, 27)),
        (date(2025, 1, 1), Duration(0, Unit.QUARTERS, early=31), date(2025, 2, 28)),
        (datetime(2025, 6, 2, 9), Duration(24, Unit.HOURS, early=1), date(2025, 6, 2)),
        (date.min, Duration(1, Unit.DAYS, early=30), date.min),
    ],
)
def test_a_duration_can_be_over_some_days_early(
    start: Moment, duration: Duration, end: date
) -> None:
    assert plus(start, duration, ZONE) == end


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        (datetime(2025, 6, 2, 9), hours(24), "2025-06-03T09:00:00-07:00"),
        (datetime(2025, 6, 2, 16, tzinfo=UTC), hours(24), "2025-06-03T09:00:00-07:00"),
        # Clocks go forward on 2025-03-09 and back on 2025-11-02, both at two in the morning.
        (datetime(2025, 3, 8, 12), hours(24), "2025-03-09T13:00:00-07:00"),
        (datetime(2025, 11, 1, 12), hours(24), "2025-11-02T11:00:00-08:00"),
        (datetime(2025, 3, 9, 1, 59), hours(1), "2025-03-09T03:59:00-07:00"),
        (datetime(2025, 3, 9, 2, 30), hours(1), "2025-03-09T04:30:00-07:00"),
        (datetime(2025, 11, 2, 1, 30), hours(1), "2025-11-02T01:30:00-08:00"),
        (datetime(2025, 11, 2, 1, 30, fold=1), hours(1), "2025-11-02T02:30:00-08:00"),
        (datetime(2025, 11, 2, 0, 30), hours(3), "2025-11-02T02:30:00-08:00"),
    ],
)
def test_hours_are_counted_across_changes_of_the_clock(
    start: datetime, duration: Duration, end: str
) -> None:
    found = plus(start, duration, ZONE)
    assert found.isoformat() == end


@pytest.mark.parametrize(
    ("day", "amount", "end"),
    [
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2025, 1, 1), -1, date(2024, 12, 1)),
        (date(2025, 1, 31), 0, date(2025, 1, 31)),
        (date(9999, 12, 1), 1, date.max),
        (date(1, 1, 31), -1, date.min),
    ],
)
def test_months_are_taken_away_too_and_stop_with_the_calendar(
    day: date, amount: int, end: date
) -> None:
    assert plus_months(day, amount) == end


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        (date(2025, 6, 2), date(2025, 6, 3), -1),
        (date(2025, 6, 2), date(2025, 6, 2), 0),
        (datetime(2025, 6, 2, 9), date(2025, 6, 2), 0),
        (datetime(2025, 6, 3, 2, tzinfo=UTC), date(2025, 6, 2), 0),
        (datetime(2025, 6, 3, 7, tzinfo=UTC), date(2025, 6, 2), 1),
        (datetime(2025, 6, 2, 9), datetime(2025, 6, 2, 9, 0, 1), -1),
        (datetime(2025, 6, 2, 9), datetime(2025, 6, 2, 9, 0, 0, 999_999), 0),
        (datetime(2025, 6, 2, 9), datetime(2025, 6, 2, 16, tzinfo=UTC), 0),
        (datetime(2025, 6, 2, 9), datetime(2025, 6, 2, 15, 59, 59, tzinfo=UTC), 1),
        # A wall time that does not exist is read with the offset of before the change.
        (datetime(2025, 3, 9, 2, 30), datetime(2025, 3, 9, 3, 30), 0),
        (datetime(2025, 3, 9, 2, 30), datetime(2025, 3, 9, 3, 0), 1),
        (datetime(2025, 11, 2, 1, 30), datetime(2025, 11, 2, 1, 30, fold=1), -1),
    ],
)
def test_times_are_compared_to_the_second_and_anything_else_by_day(
    one: Moment, other: Moment, order: int
) -> None:
    assert compare(one, other, ZONE) == order


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (date(2025, 6, 2), date(2025, 6, 2)),
        (datetime(2025, 6, 2, 23, 59), date(2025, 6, 2)),
        (datetime(2025, 6, 3, 6, 59, tzinfo=UTC), date(2025, 6, 2)),
        (datetime(2025, 6, 3, 20, tzinfo=EAST), date(2025, 6, 2)),
        (datetime(1, 1, 1, 0, tzinfo=EAST), date.min),
    ],
)
def test_a_time_falls_on_its_local_day(value: Moment, day: date) -> None:
    assert day_of(value, ZONE) == day


def test_a_time_without_offset_is_local() -> None:
    assert in_zone(datetime(2025, 6, 2, 9), ZONE).isoformat() == "2025-06-02T09:00:00-07:00"
    given = datetime(2025, 6, 2, 9, tzinfo=EAST)
    assert in_zone(given, ZONE) is given


def test_noon_has_the_offset_of_its_day() -> None:
    assert noon(date(2025, 3, 9), ZONE).isoformat() == "2025-03-09T12:00:00-07:00"
    assert noon(date(2025, 3, 8), ZONE).isoformat() == "2025-03-08T12:00:00-08:00"


def test_seconds_are_counted_across_changes_of_the_clock() -> None:
    before = datetime(2025, 3, 9, 1, 59, 59, tzinfo=ZONE)
    assert seconds_from(before, 1).isoformat() == "2025-03-09T03:00:00-07:00"
    assert seconds_from(datetime(2025, 6, 2), -1) == datetime(2025, 6, 1, 23, 59, 59)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [(datetime.max, 1), (datetime.min, -1), (datetime.min.replace(tzinfo=UTC), -1)],
)
def test_a_time_that_would_leave_the_calendar_stays(value: datetime, seconds: int) -> None:
    assert seconds_from(value, seconds) == value
