# SPDX-License-Identifier: MIT
"""Values of a case are found, changed and moved, place by place."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from caljobs_policy.analysis.formulas.stated_values import (
    LEFT_OUT,
    changed,
    moved,
    moved_ways,
    places_in,
    shifted,
    value_at,
    with_value,
)
from caljobs_policy.analysis.formulas.witnesses import Case

ZONE: Final = ZoneInfo("America/Los_Angeles")
STATED: Final[Any] = {
    "type": "create",
    "staff": {"statement": [{"form": "e1", "signed_on": date(2025, 3, 1)}]},
    "forms": ["one", "two"],
}


def night(hour: int, day: int = 8) -> datetime:
    """Return a time in the night from 8 to 9 March 2025, in which clocks go forward."""
    return datetime(2025, 3, day, hour, tzinfo=ZONE)


def test_places_are_those_of_parts_and_of_what_they_hold() -> None:
    assert [*places_in(STATED)] == [
        ("staff",),
        ("staff", "statement"),
        ("staff", "statement", 0),
        ("staff", "statement", 0, "form"),
        ("staff", "statement", 0, "signed_on"),
        ("forms",),
        ("forms", 0),
        ("forms", 1),
    ]
    assert value_at(STATED, ("forms", 1)) == "two"
    assert value_at(STATED, ("forms", 2)) is LEFT_OUT
    assert value_at(STATED, ("staff", "name")) is LEFT_OUT


def test_a_value_is_changed_or_left_out() -> None:
    assert with_value(STATED, ("forms", 0), "three")["forms"] == ["three", "two"]
    assert with_value(STATED, ("forms", 0), LEFT_OUT)["forms"] == ["two"]
    assert "forms" not in with_value(STATED, ("forms",), LEFT_OUT)
    case = changed(Case((STATED, {}), None), ("forms",), [])
    assert (case.stated[0]["forms"], case.stated[1]) == ([], {})


def test_times_are_moved_by_the_clock_or_keep_their_hours() -> None:
    case = Case(({"issued": night(9), "used": night(10, day=9), "day": date(2025, 3, 8)},), None)
    by_clock, by_hours = moved_ways(case, 10)
    assert by_clock.stated[0]["used"] == night(10, day=19)
    assert by_hours.stated[0]["issued"] == by_clock.stated[0]["issued"] == night(9, day=18)
    # From one time to the other there are 24 hours, as clocks went forward in between.
    assert by_hours.stated[0]["used"] == night(9, day=19)
    assert by_hours.stated[0]["day"] == date(2025, 3, 18)


def test_all_is_moved_together_with_the_moment() -> None:
    case = Case(({"issued": night(9), "days": [date(2025, 3, 8)]},), night(12))
    later = moved(case, -1)
    assert (later.at, later.stated[0]["issued"]) == (night(12, day=7), night(9, day=7))
    assert later.stated[0]["days"] == [date(2025, 3, 7)]
    hours = shifted(case, timedelta(hours=-3))
    assert (hours.at, hours.stated[0]["issued"]) == (night(9), night(6))
    assert hours.stated[0]["days"] == [date(2025, 3, 8)]
