# SPDX-License-Identifier: MIT
"""Checks that are connected through unknown facts, whatever a subject states beside these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from attrs import frozen

from caljobs_policy.decisions.variables import Asked, Nullness, Variable, variables_of
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check
from caljobs_policy.subjects.facts import Fact


@frozen(eq=False)
class Group:
    """Checks that are connected through unknown facts, and what varies in them."""

    checks: Sequence[Check]
    tests: tuple[Test, ...]
    variables: tuple[Variable, ...]
    nullness: tuple[Nullness, ...]


@frozen(eq=False)
class Layout:
    """What does not depend on the values of known facts: the groups of checks, and the rest.

    `tests` are those whose facts may all be known, `partners` the known facts with which unknown
    ones are compared.
    """

    groups: tuple[Group, ...]
    tests: tuple[Test, ...]
    partners: tuple[Fact, ...]
    reads_moment: bool
    by_day: bool


def laid_out(
    policy: Policy, checks: Iterable[Check], asked: Asked, unknown: AbstractSet[Fact]
) -> Layout:
    """Return the groups of checks that share no unknown fact."""
    groups = tuple(
        Group(group, tests, *variables_of(policy, tests, asked, unknown))
        for group, tests in _connected(checks, asked, unknown)
    )
    variables = [variable for group in groups for variable in group.variables]
    return Layout(
        groups,
        tuple([test for test, facts in asked.facts.items() if unknown.isdisjoint(facts)]),
        tuple(dict.fromkeys(fact for v in variables for fact in v.partners)),
        any(v.reads_moment for v in variables),
        all(v.by_day for v in variables if v.reads_moment),
    )


def _connected(
    checks: Iterable[Check], asked: Asked, unknown: AbstractSet[Fact]
) -> Iterator[tuple[list[Check], tuple[Test, ...]]]:
    """Group checks that are connected through unknown facts, with all of their tests."""
    groups: list[tuple[set[Fact], list[Check]]] = []
    for check in checks:
        facts = {fact for test in check.tests for fact in asked.facts[test]} & unknown
        near = [group for group in groups if group[0] & facts]
        merged = (facts.union(*(g[0] for g in near)), [c for g in near for c in g[1]] + [check])
        groups = [group for group in groups if group not in near] + [merged]
    for _, group in groups:
        yield group, tuple(dict.fromkeys(test for check in group for test in check.tests))
