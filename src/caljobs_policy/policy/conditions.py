# SPDX-License-Identifier: MIT
"""The tree of a condition, bound to facts and values, that every engine reads."""

from __future__ import annotations

from functools import cached_property
from operator import is_
from typing import Final, TypeAlias

from attrs import frozen

from caljobs_policy.plain.field_repr import FieldRepr
from caljobs_policy.policy.operators import Given, Operator
from caljobs_policy.subjects.facts import AT, Fact


@frozen(cache_hash=True)
class Test(FieldRepr):
    """One fact under one operator."""

    __test__ = False  # Keeps pytest from collecting it.
    fact: Fact
    operator: Operator

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The tested fact, then those it is compared with."""
        return (self.fact, *self.operator.anchors)


@frozen(cache_hash=True)
class AllOf(FieldRepr):
    """Every part holds; no parts at all hold."""

    parts: tuple[Condition, ...]


@frozen(cache_hash=True)
class AnyOf(FieldRepr):
    """Some part holds."""

    parts: tuple[Condition, ...]


@frozen(cache_hash=True)
class Not(FieldRepr):
    """The part does not hold."""

    part: Condition


Condition: TypeAlias = Test | AllOf | AnyOf | Not
ALWAYS: Final = AllOf(())
NEVER: Final = AnyOf(())


def exists(fact: Fact) -> Test:
    """Return the test of whether a fact exists."""
    return Test(fact, Given(True))


def stated_ahead(test: Test) -> Test:
    """Let a test of what lies after the moment read the date that is stated.

    What has to have happened is null where it lies after the moment, so none could be found there.
    """
    fact, operator = test.fact, test.operator
    ahead_of_moment = operator.order > 0 and operator.anchors == (AT,)
    moment_is_before = operator.order < 0 and fact == AT
    if not ahead_of_moment and not moment_is_before:
        return test
    (other,) = operator.anchors
    return Test(fact.as_stated, operator.comparing(other.as_stated))


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """Return the conditions that a condition is made of; a test has none."""
    if isinstance(condition, Test):
        return ()
    return (condition.part,) if isinstance(condition, Not) else condition.parts


def tests_in(condition: Condition) -> list[Test]:
    """Return every test of a condition, in the order written."""
    found: list[Test] = []
    waiting = [condition]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Test):
            found.append(one)
        else:
            waiting.extend(reversed(parts_of(one)))
    return found


def facts_in(*conditions: Condition) -> tuple[Fact, ...]:
    """Return the facts that conditions read, each once, in the order written."""
    tests = (test for condition in conditions for test in tests_in(condition))
    return tuple(dict.fromkeys(fact for test in tests for fact in test.facts))


def interned(condition: Condition, known: dict[Condition, Condition]) -> Condition:
    """Return the same condition with equal parts made one object, which are found faster."""
    found = known.get(condition)
    if found is not None:
        return found
    whole = condition
    if isinstance(condition, Not):
        part = interned(condition.part, known)
        # Another object would be compared with this one whenever it is looked up.
        whole = condition if part is condition.part else Not(part)
    elif not isinstance(condition, Test):
        parts = tuple([interned(p, known) for p in condition.parts])
        whole = condition if all(map(is_, parts, condition.parts)) else type(condition)(parts)
    known[condition] = whole
    return whole


def both(one: Condition, other: Condition) -> Condition:
    """Return the condition that both hold."""
    parts = tuple(p for c in (one, other) for p in (c.parts if isinstance(c, AllOf) else (c,)))
    return parts[0] if len(parts) == 1 else AllOf(parts)
