# SPDX-License-Identifier: MIT
"""The rows of a calendar say in words on which days offices are closed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caljobs_policy.dates.business_days import BusinessCalendar
from tests.samples.layers import layered
from tests.samples.profiles import faults_of, sample_policy

TIME = "parameters: {time: {value: 5 business days, clauses: [SAMPLE-1/a]}}\n"


def calendar(folder: Path, rows: str) -> BusinessCalendar:
    """Return the calendar of a profile with some rows."""
    policy = sample_policy(folder, f"{TIME}calendar:\n{rows}")
    found = policy.parameters["time"].value.calendar
    assert found is not None
    return found


def closed_in(found: BusinessCalendar, year: int) -> list[str]:
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    days = map(date.fromordinal, range(first, last + 1))
    return [f"{day:%m-%d}" for day in days if found.reason(day) is not None]


@pytest.mark.parametrize(
    ("on", "days"),
    [
        ("January 1", ["01-01"]),
        ("july 4", ["07-04"]),
        ("JULY 04", ["07-04"]),
        ("February 29", []),
        ("third Monday of January", ["01-20"]),
        ("Fourth  Thursday of NOVEMBER", ["11-27"]),
        ("first Monday of September", ["09-01"]),
        ("second sunday of may", ["05-11"]),
        ("fifth Friday of May", ["05-30"]),
        ("fifth Monday of May", []),
        ("last Monday of May", ["05-26"]),
        ("2025-12-24", ["12-24"]),
        ("[2025-12-24, 2025-06-02, 2024-06-02]", ["06-02", "12-24"]),
        ("[July 4, 2025-12-24, last Monday of May]", ["05-26", "07-04", "12-24"]),
        ("day after other", ["11-11", "12-02"]),
        ("Day After other", ["11-11", "12-02"]),
        ("[day after other, day after one-more]", ["01-02", "11-11", "12-02"]),
        ("day after a-chain", ["11-12", "12-03"]),
    ],
)
def test_a_row_says_when_offices_are_closed(tmp_path: Path, on: str, days: list[str]) -> None:
    rows = "  row: {title: Row, on: ON}\n"
    others = {
        "other": ("[November 10, 2025-12-01]", ["11-10", "12-01"]),
        "one-more": ("January 1", ["01-01"]),
        "a-chain": ("day after other", ["11-11", "12-02"]),
    }
    expected = set(days)
    for name, (text, theirs) in others.items():
        if f"after {name}" in on.lower() or (name == "other" and "a-chain" in on):
            rows += f"  {name}: {{title: {name}, on: {text}}}\n"
            expected |= set(theirs)
    assert closed_in(calendar(tmp_path, rows.replace("ON", on)), 2025) == sorted(expected)


def test_a_row_can_say_every_weekday(tmp_path: Path) -> None:
    found = calendar(tmp_path, "  row: {title: Row, on: [every sunday, Every Saturday]}\n")
    days = closed_in(found, 2025)
    assert days[:4] == ["01-04", "01-05", "01-11", "01-12"]
    assert len(days) == 104


def test_a_row_that_comes_first_may_refer_to_a_later_one(tmp_path: Path) -> None:
    rows = "  b: {title: B, on: day after a}\n  a: {title: A, on: December 31}\n"
    found = calendar(tmp_path, rows)
    assert found.reason(date(2025, 1, 1)) == "B"
    assert found.reason(date(2025, 12, 31)) == "A"


def test_moves_are_by_weekday(tmp_path: Path) -> None:
    rows = "  row: {title: Row, on: January 1, moves: {saturday: friday, Sunday: Monday}}\n"
    found = calendar(tmp_path, rows)
    assert found.reason(date(2021, 12, 31)) == "Row"
    assert found.reason(date(2023, 1, 2)) == "Row"
    assert found.reason(date(2023, 1, 1)) is None
    assert found.reason(date(2025, 1, 1)) == "Row"


def test_a_profile_without_business_days_needs_no_calendar(tmp_path: Path) -> None:
    tables = "parameters: {time: {value: 5 days, clauses: [SAMPLE-1/a]}}\n"
    assert sample_policy(tmp_path, tables).parameters["time"].value.calendar is None


def test_the_calendar_goes_on_below_and_can_be_added_to(tmp_path: Path) -> None:
    base = "calendar: {sundays: {title: Sunday, on: every Sunday}}\n"
    local = (
        "calendar: {fair: {title: Fair, on: 2025-06-03}}\n"
        "parameters: {time: {value: 1 business day, clauses: [LOCAL-1/a]}}\n"
    )
    found = layered(tmp_path, local, base=base).parameters["time"].value.calendar
    assert found is not None
    assert found.reason(date(2025, 6, 1)) == "Sunday"
    assert found.reason(date(2025, 6, 3)) == "Fair"
    assert found.after(date(2025, 6, 2), 1) == date(2025, 6, 4)


@pytest.mark.parametrize(
    ("on", "fault"),
    [
        ("January", "is not a day of the calendar"),
        ("January 32", "is not a day of the calendar"),
        ("February 30", "is not a day of the calendar"),
        ("April 31", "is not a day of the calendar"),
        ("June 31", "is not a day of the calendar"),
        ("September 31", "is not a day of the calendar"),
        ("November 31", "is not a day of the calendar"),
        ("January 1st", "is not a day of the calendar"),
        ("the third Monday of January", "is not a day of the calendar"),
        ("third Monday", "is not a day of the calendar"),
        ("Monday", "is not a day of the calendar"),
        ("every day", "is not a day of the calendar"),
        ("every Monday of May", "is not a day of the calendar"),
        ("day after", "is not a day of the calendar"),
        ("2025-6-2", "is not a date"),
        ("20250602", "is not a date"),
        ("2025-06-02T09:00", "has a time of day"),
    ],
)
def test_what_is_no_day_is_refused(tmp_path: Path, on: str, fault: str) -> None:
    (found,) = faults_of(tmp_path, f'calendar: {{row: {{title: Row, on: "{on}"}}}}\n')
    assert found == f"`{on}` {fault}"
