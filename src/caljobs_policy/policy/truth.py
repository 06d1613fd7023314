# SPDX-License-Identifier: MIT
"""The meaning of conditions: Kleene's three-valued logic over the truth of single tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import Any, TypeAlias

from caljobs_policy.policy.conditions import AllOf, Condition, Not, Test
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.unknown import Truth

Leaf: TypeAlias = Callable[[Test], Truth]
"""Returns the truth of a single test."""


def leaf_from(read: Callable[[Fact], Any], zone: tzinfo) -> Leaf:
    """Return the function that finds the truth of a single test, from one that reads facts."""

    def leaf(test: Test) -> Truth:
        value, *others = [read(fact) for fact in test.facts]
        return test.operator.truth(value, others, zone)

    return leaf


def truth(condition: Condition, leaf: Leaf) -> Truth:
    """Return whether a condition holds, None where unknown facts decide."""
    if isinstance(condition, Test):
        return leaf(condition)
    if isinstance(condition, Not):
        return denied(truth(condition.part, leaf))
    parts = [truth(part, leaf) for part in condition.parts]
    if isinstance(condition, AllOf):
        return all_of(parts)
    return denied(all_of([denied(part) for part in parts]))


def denied(value: Truth) -> Truth:
    """Return the truth of the contrary; the contrary of unknown is unknown."""
    return None if value is None else not value


def all_of(values: Sequence[Truth]) -> Truth:
    """Return whether all hold: one that does not decides, whatever is unknown."""
    if False in values:
        return False
    return None if None in values else True
