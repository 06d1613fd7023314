# SPDX-License-Identifier: MIT
"""Which values of a fact leave a check something to find, so that all others skip it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import reduce
from typing import Any, Final, TypeAlias

from caljobs_policy.policy.conditions import AllOf, Condition, Not, Test
from caljobs_policy.policy.operators import In, Is, NotIn, Operator
from caljobs_policy.policy.rules import Check
from caljobs_policy.subjects.facts import Fact

Guards: TypeAlias = Mapping[Fact, frozenset[Hashable]]
"""For each fact, its only known values with which something holds or cannot be told; not null."""
_NONE: Final[Guards] = {}


def guards_of(check: Check) -> Guards:
    """Return the values that facts need for the check to apply and what it requires to fail."""
    return _each(_guards(check.when, True), _guards(check.require, False))


def _guards(condition: Condition, wanted: bool) -> Guards:
    """Return the values that facts need for a condition not to be the contrary of `wanted`."""
    if isinstance(condition, Test):
        return _tested(condition, wanted)
    if isinstance(condition, Not):
        return _guards(condition.part, not wanted)
    found = [_guards(part, wanted) for part in condition.parts]
    if not found:
        return _NONE
    return reduce(_each if isinstance(condition, AllOf) is wanted else _either, found)


def _tested(test: Test, wanted: bool) -> Guards:
    needed = _NEEDED.get((type(test.operator), wanted))
    return _NONE if needed is None else {test.fact: frozenset(needed(test.operator))}


def _each(one: Guards, other: Guards) -> Guards:
    """Return what is needed for both: the values that both allow."""
    if not one or not other:
        return one or other
    shared = {fact: values & one.get(fact, values) for fact, values in other.items()}
    return {**one, **shared}


def _either(one: Guards, other: Guards) -> Guards:
    """Return what is needed for one of them: the facts that both need, with any of the values."""
    return {fact: values | other[fact] for fact, values in one.items() if fact in other}


_NEEDED: Final[Mapping[tuple[type[Operator], bool], Callable[[Any], Iterable[Hashable]]]] = {
    (Is, True): lambda operator: (operator.value,),
    (In, True): lambda operator: operator.values,
    (NotIn, False): lambda operator: operator.values,
}
"""The values with which tests hold, or do not, where these are few."""
