# SPDX-License-Identifier: MIT
"""Dates and times are read in the ISO form alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest

from caljobs_policy.dates.reading import (
    day_from,
    day_or_time_from,
    offset_fault,
    time_from,
)

NOON = datetime(2025, 6, 2, 12)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-06-02", date(2025, 6, 2)),
        ("2024-02-29", date(2024, 2, 29)),
        ("0001-01-01", date.min),
        ("9999-12-31", date.max),
    ],
)
def test_day_is_read(text: str, day: date) -> None:
    assert day_from(text) == (day, None)
    assert day_or_time_from(text) == (day, None)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2025-6-2", "20250602", "06/02/2025", "2025-06-02 ", "2025-W23-1", "٢٠٢٥-٠٦-٠٢"],
)
def test_other_forms_are_no_date(text: str) -> None:
    found, fault = day_from(text)
    assert found is None
    assert fault == ("is not a date", "write it as year-month-day: 2025-03-01")


@pytest.mark.parametrize("text", ["2025-02-29", "2025-06-31", "2025-13-01", "0000-01-01"])
def test_day_that_the_calendar_lacks_is_refused(text: str) -> None:
    found, fault = day_from(text)
    assert found is None
    assert fault == ("is a day that does not exist", "check the month and its number of days")
    assert time_from(f"{text}T09:00") == (None, fault)


def test_day_with_a_time_of_day_is_told_apart() -> None:
    found, fault = day_from("2025-06-02T12:00:00")
    assert found is None
    assert fault == ("has a time of day", "give the day alone")


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2025-06-02T12:00", NOON),
        ("2025-06-02 12:00:00", NOON),
        ("2025-06-02T12:00:00.999", NOON),
        ("2025-06-02T12:00:00Z", NOON.replace(tzinfo=UTC)),
        ("2025-06-02T12:00:00-07:00", NOON.replace(tzinfo=timezone(timedelta(hours=-7)))),
        ("2025-06-02T12:00+05:30", NOON.replace(tzinfo=timezone(timedelta(hours=5, minutes=30)))),
        ("2025-06-02T12:00+14:00", NOON.replace(tzinfo=timezone(timedelta(hours=14)))),
        ("2025-06-02T12:00-07:52:58", NOON.replace(tzinfo=timezone(-timedelta(0, 28378)))),
    ],
)
def test_time_is_read(text: str, time: datetime) -> None:
    found, fault = time_from(text)
    assert (found, fault) == (time, None)
    assert found is not None
    assert found.utcoffset() == time.utcoffset()
    assert day_or_time_from(text) == (time, None)


@pytest.mark.parametrize(
    ("fraction", "microsecond"),
    [("5", 500_000), ("25", 250_000), ("000001", 1), ("1234567", 123456)],
)
def test_fraction_of_a_second_is_kept_where_a_time_is_to_be_exact(
    fraction: str, microsecond: int
) -> None:
    text, time = f"2025-06-02T12:00:00.{fraction}", NOON.replace(microsecond=microsecond)
    assert time_from(text, exact=True) == day_or_time_from(text, exact=True) == (time, None)


@pytest.mark.parametrize("text", ["", "noon", "2025-06-02", "12:00", "2025-06-02T9:00"])
def test_other_forms_are_no_time(text: str) -> None:
    found, fault = time_from(text)
    assert found is None
    assert fault == ("is not a date with a time", "write it as 2025-03-01T09:00:00-08:00")


@pytest.mark.parametrize("clock", ["24:00", "12:60", "23:59:60"])
def test_time_that_no_clock_shows_is_refused(clock: str) -> None:
    found, fault = time_from(f"2025-06-02T{clock}")
    assert found is None
    assert fault == (
        "has a time that does not exist",
        "hours go to 23, minutes and seconds to 59",
    )


@pytest.mark.parametrize("offset", ["+14:01", "-15:00", "+09:60", "-14:00:01", "-07:52:60"])
def test_offset_that_no_place_has_is_refused(offset: str) -> None:
    found, fault = time_from(f"2025-06-02T12:00{offset}")
    assert found is None
    assert fault == ("has an offset that does not exist", "offsets go from -14:00 to +14:00")


@pytest.mark.parametrize("text", ["2025-06-02T", "2025-06-02x", "2025-06-02T25:00"])
def test_what_begins_with_a_day_is_read_as_a_time(text: str) -> None:
    assert day_or_time_from(text) == time_from(text)


class Zone(tzinfo):
    """A zone that tells no offset."""

    def utcoffset(self, _: object) -> timedelta:
        raise NotImplementedError

    dst = utcoffset

    def tzname(self, _: object) -> str:
        return "nowhere"


def test_offset_of_a_time_that_a_program_made_can_be_written() -> None:
    past = datetime(1880, 1, 1, tzinfo=ZoneInfo("America/Los_Angeles"))
    for moment in (NOON, NOON.replace(tzinfo=UTC), past):
        assert offset_fault(moment) is None
        assert time_from(moment.isoformat()) == (moment, None)


@pytest.mark.parametrize(
    ("zone", "message"),
    [
        (timezone(timedelta(hours=20)), "has an offset that does not exist"),
        (timezone(-timedelta(hours=14, seconds=1)), "has an offset that does not exist"),
        (timezone(timedelta(microseconds=1)), "has an offset that does not exist"),
        (Zone(), "has a time zone that tells no offset"),
    ],
)
def test_offset_that_could_not_be_read_back_is_refused(zone: tzinfo, message: str) -> None:
    fault = offset_fault(NOON.replace(tzinfo=zone))
    assert fault is not None
    assert fault[0] == message
