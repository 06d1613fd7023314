# SPDX-License-Identifier: MIT
"""The boundaries of tests: where an answer turns, and on which side of that values lie."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import tzinfo
from enum import StrEnum
from typing import Any, Final, TypeAlias

from attrs import evolve, frozen

from caljobs_policy.dates.durations import compare, compare_with_end
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.operators import (
    After,
    AtLeast,
    Before,
    FewerThan,
    Is,
    Length,
    MoreThan,
    Operator,
    Within,
)
from caljobs_policy.subjects.unknown import UNKNOWN

_Measure: TypeAlias = Callable[[Any, Any, Sequence[Any], tzinfo], int]
"""Compares values with a limit of an operator, and returns -1, 0 or 1."""


class Side(StrEnum):
    """Where a value lies beside a limit."""

    BELOW = "below"
    ON = "on"
    ABOVE = "above"


_SIDES: Final = {-1: Side.BELOW, 0: Side.ON, 1: Side.ABOVE}


@frozen
class Boundary:
    """A limit of a test."""

    test: Test
    limit: str
    words: tuple[str, str, str]
    """What is said of a value below it, on it and above it."""
    measure: _Measure
    higher: Operator | None = None
    """The operator with a number that is one higher; None where the limit is no number."""
    lower: Operator | None = None

    def side(self, value: Any, others: Sequence[Any], zone: tzinfo) -> Side | None:
        """Return on which side some values lie; None where one is unknown or does not exist."""
        if any(one is None or one is UNKNOWN for one in (value, *others)):
            return None
        return _SIDES[self.measure(self.test.operator, value, others, zone)]

    def is_told(
        self, changed: Operator | None, value: Any, others: Sequence[Any], zone: tzinfo
    ) -> bool:
        """Return whether some values pass the test or a changed one, and fail the other."""
        if changed is None:
            return False
        usual = self.test.operator.truth(value, others, zone)
        return usual is not changed.truth(value, others, zone)


def boundaries_of(test: Test) -> tuple[Boundary, ...]:
    """Return the boundaries of a test."""
    make = BOUNDARIES.get(type(test.operator))
    return tuple(make(test, test.operator)) if make is not None else ()


def _of_distance(test: Test, operator: Any) -> Iterator[Boundary]:
    """Yield the far end of a duration, counted from the other fact."""
    duration, side, other = operator.duration, operator.side, operator.other.path
    words = f"{duration} {side} `{other}`"
    three = (f"less than {words}", f"exactly {words}", f"more than {words}")
    changed = (_lasting(operator, step) for step in (1, -1))
    yield Boundary(test, f"{duration} {side} {other}", three, _compare_distance, *changed)


def _lasting(operator: Any, step: int) -> Operator | None:
    """Return the same test with a duration that is some units longer, if there is such a one."""
    duration = operator.duration
    if duration.amount + step < 0:
        return None
    changed: Operator = evolve(operator, duration=evolve(duration, amount=duration.amount + step))
    return changed


def _of_window(test: Test, operator: Within) -> Iterator[Boundary]:
    yield from _of_distance(test, operator)
    if not operator.duration.is_none:
        yield from _of_order(test, operator)


def _of_order(test: Test, operator: Any) -> Iterator[Boundary]:
    other = operator.other.path
    words = (f"before `{other}`", f"the same as `{other}`", f"after `{other}`")
    yield Boundary(test, other, words, _compare_dates)


def _of_number(test: Test, operator: FewerThan) -> Iterator[Boundary]:
    number = operator.number
    changed = [evolve(operator, number=number + step) for step in (1, -1)]
    yield _counted(test, str(number), _compare_numbers, changed)


def _of_value(test: Test, operator: Is) -> Iterator[Boundary]:
    value = operator.value
    if isinstance(value, int) and not isinstance(value, bool):
        changed = [evolve(operator, value=value + step) for step in (1, -1)]
        yield _counted(test, str(value), _compare_values, changed)


def _of_length(test: Test, operator: Length) -> Iterator[Boundary]:
    shortest, longest = operator.shortest, operator.longest
    if shortest:
        changed = [evolve(operator, shortest=shortest + step) for step in (1, -1)]
        yield _counted(test, f"{shortest} characters", _compare_shortest, changed)
    if longest is not None:
        changed = [evolve(operator, longest=longest + step) for step in (1, -1)]
        yield _counted(test, f"{longest} characters", _compare_longest, changed)


def _counted(test: Test, limit: str, measure: _Measure, changed: Sequence[Operator]) -> Boundary:
    words = (f"below {limit}", f"of just {limit}", f"above {limit}")
    return Boundary(test, limit, words, measure, *changed)


def _compare_distance(operator: Any, value: Any, others: Sequence[Any], zone: tzinfo) -> int:
    first, last = operator.ordered(value, others[0])
    return compare_with_end(last, first, operator.duration, zone)


def _compare_dates(operator: Any, value: Any, others: Sequence[Any], zone: tzinfo) -> int:
    return compare(value, others[0], zone)


def _compare_numbers(operator: Any, value: Any, others: Sequence[Any], zone: tzinfo) -> int:
    return _sign(value, operator.number)


def _compare_values(operator: Any, value: Any, others: Sequence[Any], zone: tzinfo) -> int:
    return _sign(value, operator.value)


def _compare_shortest(operator: Any, value: Any, others: Sequence[Any], zone: tzinfo) -> int:
    return _sign(len(value), operator.shortest)


def _compare_longest(operator: Any, value: Any, others: Sequence[Any], zone: tzinfo) -> int:
    return _sign(len(value), operator.longest)


def _sign(one: int, other: int) -> int:
    return (one > other) - (one < other)


BOUNDARIES: Final[Mapping[type[Operator], Callable[[Test, Any], Iterator[Boundary]]]] = {
    Within: _of_window,
    MoreThan: _of_distance,
    AtLeast: _of_distance,
    Before: _of_order,
    After: _of_order,
    FewerThan: _of_number,
    Is: _of_value,
    Length: _of_length,
}
"""What yields the boundaries of a test, by the exact class of its operator; others have none."""
