# SPDX-License-Identifier: MIT
"""A search over all possible values of unknown facts for those that a decision depends on.

Only the truth of tests matters, so an unknown fact is represented by the combinations of truth that
its possible values give its tests (`Variable`). Checks that share no unknown fact are searched
separately. A combination that may be unreachable (two tests of one text, dates compared in a
circle) is tried all the same: the answer is then never wrong, but may ask for more than it must.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from math import prod
from typing import Final

from attrs import frozen

from caljobs_policy.decisions.variables import (
    Unknown,
    Variable,
    source,
    unknown_facts,
    variables_of,
)
from caljobs_policy.engines.verdict import Verdict
from caljobs_policy.policy.conditions import AllOf, Not, Test, reduced
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check, Plan
from caljobs_policy.policy.truth import Leaf, leaf_from, truth
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.reader import FactReader
from caljobs_policy.subjects.unknown import Truth

BOUND: Final = 4096
"""How many combinations are tried for connected checks."""
_OUT_OF_SCOPE: Final = Outcome.OUT_OF_SCOPE.weight


@frozen
class Settled:
    """The outcome, and the facts on which it depends if it is `cannot_tell`."""

    outcome: Outcome
    needs: frozenset[Fact] = frozenset()


@frozen
class _Group:
    """The possible weights of connected checks, and how far each fact can move them."""

    weights: frozenset[int]
    reach: Mapping[Fact, int]
    """The heaviest weight that changing the fact alone can add or take away."""


def settle(
    policy: Policy,
    plan: Plan,
    read: FactReader,
    verdict: Verdict,
) -> Settled:
    """Return the outcome of a plan whose unsure checks depend on unknown facts."""
    hits, unsure = verdict
    base = max((plan.checks[n].outcome.weight for n in hits), default=0)
    open_checks = [plan.checks[n] for n in unsure if plan.checks[n].outcome.weight > base]
    if not open_checks:
        return Settled(plan.outcomes[base])
    unknown = unknown_facts(open_checks, read)
    groups = [_searched(policy, group, read, unknown) for group in _groups(open_checks, unknown)]
    floors = [base, *(min(group.weights) for group in groups)]
    lightest = max(floors)
    reachable = {w for g in groups for w in g.weights if w >= lightest} | {lightest}
    never_good = lightest >= Outcome.RETURN.weight and max(reachable) < _OUT_OF_SCOPE
    if len(reachable) == 1 or never_good:
        return Settled(plan.outcomes[lightest])
    needs: set[Fact] = set()
    for number, group in enumerate(groups, start=1):
        rest = max(floors[:number] + floors[number + 1 :])
        needs |= {fact for fact, weight in group.reach.items() if weight > rest}
    return Settled(Outcome.CANNOT_TELL, frozenset(needs))


def settle_check(policy: Policy, check: Check, read: FactReader) -> tuple[Truth, frozenset[Fact]]:
    """Return whether a check fails whatever the unknown facts are, or else which decide."""
    group = _searched(policy, [check], read, unknown_facts([check], read), weigh=False)
    if len(group.weights) == 1:
        return bool(max(group.weights)), frozenset()
    return None, frozenset(group.reach)


def _groups(checks: Iterable[Check], unknown: Unknown) -> Iterator[list[Check]]:
    """Group checks that are connected through unknown facts."""
    groups: list[tuple[set[Fact], list[Check]]] = []
    for check in checks:
        facts = unknown.keys() & {source(fact) for fact in check.facts}
        near = [group for group in groups if group[0] & facts]
        merged = (facts.union(*(g[0] for g in near)), [c for g in near for c in g[1]] + [check])
        groups = [group for group in groups if group not in near] + [merged]
    return (checks for _, checks in groups)


def _searched(
    policy: Policy,
    checks: Sequence[Check],
    read: FactReader,
    unknown: Unknown,
    *,
    weigh: bool = True,
) -> _Group:
    """Try every combination of possible values of the unknown facts of some checks."""
    variables = variables_of(
        policy, dict.fromkeys(t for c in checks for t in c.tests), read, unknown
    )
    worth = [check.outcome.weight if weigh else 1 for check in checks]
    sizes = [len(variable.options) for variable in variables]
    if prod(sizes) > BOUND:
        return _Group(frozenset({0, *worth}), {f: max(worth) for v in variables for f in v.facts})
    leaf = cache(leaf_from(read, policy.zone))
    tables = [_violations(check, variables, leaf) for check in checks]
    weights: dict[tuple[int, ...], int] = {}
    for choice in product(*map(range, sizes)):
        weights[choice] = max(
            (
                weight
                for weight, (seen, violating) in zip(worth, tables, strict=True)
                if tuple([choice[position] for position in seen]) in violating
            ),
            default=0,
        )
    return _Group(frozenset(weights.values()), dict(_reach(variables, weights)))


def _violations(
    check: Check, variables: Sequence[Variable], leaf: Leaf
) -> tuple[Sequence[int], frozenset[tuple[int, ...]]]:
    """Return the variables that a check reads, and the choices of them that violate it."""
    tests = set(check.tests)
    seen = [
        number
        for number, variable in enumerate(variables)
        if any(not tests.isdisjoint(option) for option in variable.options)
    ]
    breaks = reduced(AllOf((check.when, Not(check.require))), leaf)
    found = set()
    for choice in product(*(range(len(variables[number].options)) for number in seen)):
        forced: dict[Test, Truth] = {}
        for number, option in zip(seen, choice, strict=True):
            forced |= variables[number].options[option]
        if truth(breaks, forced.get) is True:
            found.add(choice)
    return seen, frozenset(found)


def _reach(
    variables: Sequence[Variable], weights: Mapping[tuple[int, ...], int]
) -> Iterator[tuple[Fact, int]]:
    found: dict[Fact, int] = {}
    for position, variable in enumerate(variables):
        rows: dict[tuple[int, ...], set[int]] = {}
        for choice, weight in weights.items():
            rows.setdefault(choice[:position] + choice[position + 1 :], set()).add(weight)
        moved = max((max(row) for row in rows.values() if len(row) > 1), default=0)
        for fact in variable.facts if moved else ():
            found[fact] = max(moved, found.get(fact, 0))
    yield from found.items()
