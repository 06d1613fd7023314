# SPDX-License-Identifier: MIT
"""The naive engine: a slow, obvious reading of the rule tree, written to be believed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any, TypeAlias

from caljobs_policy.engines.verdict import Verdict
from caljobs_policy.policy.conditions import AllOf, Condition, Not, Test
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check, Plan
from caljobs_policy.subjects.facts import Fact, Subject
from caljobs_policy.subjects.reader import FactReader
from caljobs_policy.subjects.unknown import Truth

Leaf: TypeAlias = Callable[[Test], Truth]


def verdict(policy: Policy, plan: Plan, subject: Subject, at: datetime | None) -> Verdict:
    """Find the checks that are not met, and those of which it cannot be told."""
    leaf = leaf_from(FactReader(subject, at, policy.zone), policy.zone)
    results = [violated(check, leaf) for check in plan.checks]
    return (
        tuple(index for index, result in enumerate(results) if result is True),
        tuple(index for index, result in enumerate(results) if result is None),
    )


def leaf_from(read: Callable[[Fact], Any], zone: tzinfo) -> Leaf:
    """Return the function that tells the truth of a single test, from one that reads facts."""

    def leaf(test: Test) -> Truth:
        value, *others = (read(fact) for fact in test.facts)
        return test.operator.truth(value, others, zone)

    return leaf


def violated(check: Check, leaf: Leaf) -> Truth:
    """Return whether a check applies and what it requires does not hold."""
    return _all([truth(check.when, leaf), _not(truth(check.require, leaf))])


def truth(condition: Condition, leaf: Leaf) -> Truth:
    """Return whether a condition holds, in Kleene's three-valued logic."""
    if isinstance(condition, Test):
        return leaf(condition)
    if isinstance(condition, Not):
        return _not(truth(condition.part, leaf))
    parts = [truth(part, leaf) for part in condition.parts]
    if isinstance(condition, AllOf):
        return _all(parts)
    return _not(_all([_not(part) for part in parts]))


def _not(value: Truth) -> Truth:
    return None if value is None else not value


def _all(values: list[Truth]) -> Truth:
    if False in values:
        return False
    return None if None in values else True
