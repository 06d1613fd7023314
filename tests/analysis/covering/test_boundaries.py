# SPDX-License-Identifier: MIT
"""The boundaries of tests, and the side on which values lie."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

import pytest

from caljobs_policy.analysis.covering.boundaries import BOUNDARIES, Side, boundaries_of
from caljobs_policy.dates.durations import Duration, Unit
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.operators import (
    OPERATORS,
    AtLeast,
    Before,
    FewerThan,
    Is,
    Length,
    MoreThan,
    Operator,
    Within,
)
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import Holds, Kind
from caljobs_policy.subjects.unknown import UNKNOWN

THAT: Final = Fact("request.that", Holds(Kind.DAY, "that day"), ("that",))
THIS: Final = Fact("request.this", Holds(Kind.DAY, "this day"), ("this",))
WEEK: Final = Duration(7, Unit.DAYS)
DAY: Final = date(2025, 6, 10)


def sides(operator: Operator, value: Any, *others: Any) -> list[tuple[Side | None, bool, bool]]:
    """Return, for each boundary, the side and whether a number one higher or lower would show."""
    found = boundaries_of(Test(THAT, operator))
    return [
        (
            one.side(value, others, UTC),
            one.is_told(one.higher, value, others, UTC),
            one.is_told(one.lower, value, others, UTC),
        )
        for one in found
    ]


def june(day: int) -> date:
    return date(2025, 6, day)


@pytest.mark.parametrize(
    ("operator", "day", "far"),
    [
        (Within(WEEK, "before", THIS), 4, (Side.BELOW, False, False)),
        (Within(WEEK, "before", THIS), 3, (Side.ON, False, True)),
        (Within(WEEK, "before", THIS), 2, (Side.ABOVE, True, False)),
        (Within(WEEK, "before", THIS), 1, (Side.ABOVE, False, False)),
        (MoreThan(WEEK, "before", THIS), 3, (Side.ON, False, True)),
        (MoreThan(WEEK, "after", THIS), 18, (Side.ABOVE, True, False)),
        (AtLeast(WEEK, "after", THIS), 16, (Side.BELOW, False, True)),
        (AtLeast(WEEK, "after", THIS), 17, (Side.ON, True, False)),
    ],
)
def test_distance_lies_beside_the_far_end(operator: Operator, day: int, far: Any) -> None:
    assert sides(operator, june(day), DAY)[0] == far


def test_window_also_ends_at_the_other_date() -> None:
    near = [sides(Within(WEEK, "before", THIS), june(day), DAY)[1][0] for day in (9, 10, 11)]
    assert near == [*Side]
    assert len(sides(Within(Duration(0, Unit.DAYS), "before", THIS), DAY, DAY)) == 1


def test_order_has_a_boundary_without_a_number() -> None:
    for day, side in zip((9, 10, 11), Side, strict=True):
        assert sides(Before(THIS), june(day), DAY) == [(side, False, False)]


@pytest.mark.parametrize(
    ("operator", "values"),
    [
        (FewerThan(2), (1, 2, 3)),
        (Is(2), (1, 2, 3)),
        (Length(2), ("a", "ab", "abc")),
        (Length(0, 2), ("a", "ab", "abc")),
    ],
)
def test_numbers_and_lengths_have_sides(operator: Operator, values: tuple[Any, ...]) -> None:
    assert [sides(operator, value)[0][0] for value in values] == [*Side]


def test_what_is_unknown_or_does_not_exist_lies_nowhere() -> None:
    for value in (None, UNKNOWN):
        assert sides(Before(THIS), value, DAY) == sides(Before(THIS), DAY, value)
        assert sides(Before(THIS), value, DAY)[0][0] is None


def test_hours_are_told_to_the_second() -> None:
    begin = datetime(2025, 6, 2, 9, tzinfo=UTC)
    late = begin.replace(day=3, second=1)
    assert sides(Within(Duration(24, Unit.HOURS), "after", THIS), late, begin)[0][0] is Side.ABOVE


def test_flags_and_words_have_no_boundary() -> None:
    assert not boundaries_of(Test(THAT, Is(True)))
    assert not boundaries_of(Test(THAT, Is("word")))
    assert {cls.name for cls in OPERATORS.values()} - {cls.name for cls in BOUNDARIES} == {
        "contains_each",
        "contains_loosely",
        "contains_only",
        "contains_words",
        "exactly",
        "given",
        "has",
        "has_all",
        "has_only",
        "in",
        "not_in",
        "reads",
        "same_as",
        "starts_with",
    }
