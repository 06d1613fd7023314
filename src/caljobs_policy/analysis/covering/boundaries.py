# SPDX-License-Identifier: MIT
"""The boundaries of tests: where an answer turns, and on which side of that values lie."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import tzinfo
from enum import StrEnum
from typing import Any, Final

from attrs import evolve, frozen

from caljobs_policy.policy.conditions import AllOf, AnyOf, Condition, Not, Test
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
from caljobs_policy.policy.truth import truth
from caljobs_policy.subjects.unknown import UNKNOWN, Truth


class Side(StrEnum):
    """Where a value lies beside a limit."""

    BELOW = "below"
    ON = "on"
    ABOVE = "above"


@frozen
class Boundary:
    """A limit of a test."""

    test: Test
    limit: str
    words: tuple[str, str, str]
    """What is said of a value below it, on it and above it."""
    reaches: Condition
    """Holds of values on it and above it, read from the facts of the test."""
    exceeds: Condition
    """Holds of values above it."""
    higher: Operator | None = None
    """The operator with a number that is one higher; None where the limit is no number."""
    lower: Operator | None = None

    def side(self, value: Any, others: Sequence[Any], zone: tzinfo) -> Side | None:
        """Return on which side some values lie; None where one is unknown or does not exist."""
        if any(one is None or one is UNKNOWN for one in (value, *others)):
            return None

        def leaf(test: Test) -> Truth:
            return test.operator.truth(value, others, zone)

        if truth(self.exceeds, leaf):
            return Side.ABOVE
        return Side.ON if truth(self.reaches, leaf) else Side.BELOW

    def lies(self, side: Side) -> Condition:
        """Return the condition that values which are known and exist lie on a side."""
        if side is Side.ON:
            return AllOf((self.reaches, Not(self.exceeds)))
        return self.exceeds if side is Side.ABOVE else Not(self.reaches)

    def tells(self, changed: Operator) -> Condition:
        """Return the condition that values pass the test or a changed one, and fail the other."""
        usual, other = self.test, Test(self.test.fact, changed)
        return AnyOf((AllOf((usual, Not(other))), AllOf((Not(usual), other))))

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
    duration, side, other = operator.duration, operator.side, operator.other
    words = f"{duration} {side} `{other.path}`"
    three = (f"less than {words}", f"exactly {words}", f"more than {words}")
    reaches, exceeds = (Test(test.fact, of(duration, side, other)) for of in (AtLeast, MoreThan))
    changed = (_lasting(operator, step) for step in (1, -1))
    limit = f"{duration} {side} {other.path}"
    yield Boundary(test, limit, three, reaches, exceeds, *changed)


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
    fact, other = test.fact, operator.other
    words = (f"before `{other.path}`", f"the same as `{other.path}`", f"after `{other.path}`")
    reaches, exceeds = Not(Test(fact, Before(other))), Test(fact, After(other))
    yield Boundary(test, other.path, words, reaches, exceeds)


def _of_number(test: Test, operator: FewerThan) -> Iterator[Boundary]:
    number = operator.number
    changed = [evolve(operator, number=number + step) for step in (1, -1)]
    yield _counted(test, number, changed)


def _of_value(test: Test, operator: Is) -> Iterator[Boundary]:
    value = operator.value
    if isinstance(value, int) and not isinstance(value, bool):
        changed = [evolve(operator, value=value + step) for step in (1, -1)]
        yield _counted(test, value, changed)


def _counted(test: Test, number: int, changed: Sequence[Operator]) -> Boundary:
    below, not_above = (Test(test.fact, FewerThan(number + step)) for step in (0, 1))
    return _of_limit(test, str(number), Not(below), Not(not_above), changed)


def _of_length(test: Test, operator: Length) -> Iterator[Boundary]:
    shortest, longest = operator.shortest, operator.longest
    if shortest:
        changed = [evolve(operator, shortest=shortest + step) for step in (1, -1)]
        yield _long(test, shortest, changed)
    if longest is not None:
        changed = [evolve(operator, longest=longest + step) for step in (1, -1)]
        yield _long(test, longest, changed)


def _long(test: Test, length: int, changed: Sequence[Operator]) -> Boundary:
    reaches, exceeds = (Test(test.fact, Length(length + step)) for step in (0, 1))
    return _of_limit(test, f"{length} characters", reaches, exceeds, changed)


def _of_limit(
    test: Test, limit: str, reaches: Condition, exceeds: Condition, changed: Sequence[Operator]
) -> Boundary:
    words = (f"below {limit}", f"of just {limit}", f"above {limit}")
    return Boundary(test, limit, words, reaches, exceeds, *changed)


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
