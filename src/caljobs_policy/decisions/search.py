# SPDX-License-Identifier: MIT
"""A search over all possible values of unknown facts for those that a decision depends on.

Only the truth of tests matters, so an unknown fact is represented by the combinations of truth that
its possible values give its tests (`Variable`). Checks that share no unknown fact are searched
separately. A combination that may be unreachable (two tests of one text, dates compared in a
circle) is tried all the same: the answer is then never wrong, but may ask for more than it must.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from caljobs_policy.decisions.combinations import (
    Axis,
    Sides,
    Violations,
    axes_of,
    by_weight,
    weights_in,
)
from caljobs_policy.decisions.groups import Group, Layout, laid_out
from caljobs_policy.decisions.options import (
    Options,
    Possible,
    Values,
    exactly,
    moment_for,
    options_of,
)
from caljobs_policy.decisions.variables import Asked, Variable, asked_by
from caljobs_policy.engines.verdict import Verdict
from caljobs_policy.plain.memo import Memo
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check, Plan
from caljobs_policy.policy.truth import leaf_from
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.reader import FactReader
from caljobs_policy.subjects.unknown import UNKNOWN, Truth

BOUND: Final = 4096
"""How many combinations are tried for connected checks."""
_OUT_OF_SCOPE: Final = Outcome.OUT_OF_SCOPE.weight
_MEMO: Final = ("what unknown facts can change",)


@frozen
class Settled:
    """The outcome, and the facts on which it depends if it is `cannot_tell`."""

    outcome: Outcome
    needs: frozenset[Fact] = frozenset()


@frozen
class _Moved:
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
    base = max((plan.weights[n] for n in hits), default=0)
    open_checks = tuple([plan.checks[n] for n in unsure if plan.weights[n] > base])
    if not open_checks:
        return Settled(plan.outcomes[base])
    search = _Search(policy, open_checks, read)
    settled: Settled = search.remembered(("settle", base), _settled, plan, base, search)
    return settled


def _settled(plan: Plan, base: int, search: _Search) -> Settled:
    groups = [
        search.moved(group, [c.outcome.weight for c in group.checks])
        for group in search.layout.groups
    ]
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
    search = _Search(policy, (check,), read)
    found: tuple[Truth, frozenset[Fact]] = search.remembered("check", _settled_check, search)
    return found


def _settled_check(search: _Search) -> tuple[Truth, frozenset[Fact]]:
    (group,) = search.layout.groups
    moved = search.moved(group, [1])
    if len(moved.weights) == 1:
        return bool(max(moved.weights)), frozenset()
    return None, frozenset(moved.reach)


class _Search:
    """What is known of a subject that some checks read, and what can come of the unknown rest."""

    def __init__(self, policy: Policy, checks: tuple[Check, ...], read: FactReader) -> None:
        self.policy, self.read = policy, read
        self.memo: Memo = policy.made(_MEMO, lambda _: Memo())
        asked: Asked = self.memo.get(checks, asked_by, checks)
        sources = asked.sources
        self.values: Values = {fact: read(fact) for fact in sources}
        self.unknown: dict[Fact, Possible] = {
            sources[fact]: read.possible(fact)
            for fact, value in self.values.items()
            if value is UNKNOWN
        }
        unknown = self.unknown.keys()
        self.layout: Layout = self.memo.get(
            (policy.day, checks, tuple(unknown)), laid_out, policy, checks, asked, unknown
        )
        self.leaf = leaf_from(self.values.__getitem__, read.zone)

    def remembered(self, what: Hashable, make: Callable[..., Any], *arguments: Any) -> Any:
        """Return an answer, which is the same for all subjects of which as much is known.

        Nothing that a person wrote is remembered, only what the tests of it came to.
        """
        layout, read = self.layout, self.read
        beside = [self.values[fact] for fact in layout.partners]
        if any(isinstance(value, str) for value in beside):
            return make(*arguments)
        moment = moment_for(read, by_day=layout.by_day) if layout.reads_moment else None
        possible = tuple(self.unknown.values())
        known = (moment, possible, *map(exactly, beside), *map(self.leaf, layout.tests))
        return self.memo.get((layout, what, known), make, *arguments)

    def moved(self, group: Group, worth: Sequence[int]) -> _Moved:
        """Return what trying every combination of a group's variables shows."""
        facts = [v.facts for v in group.variables] + [(n.fact,) for n in group.nullness]
        everything = {fact: max(worth) for each in facts for fact in each}
        options: list[Options] = []
        total = 2 ** len(group.nullness)
        for variable in group.variables:
            options.append(self._options(variable))
            total *= len(options[-1])
            if not 0 < total <= BOUND:
                return _Moved(frozenset({0, *worth}), everything)
        sizes = [len(each) for each in options] + [2] * len(group.nullness)
        axes, full = axes_of(sizes), (1 << total) - 1
        violations = Violations(full, self._sides(group, options, axes, (full, 0)))
        heavier = by_weight(worth, map(violations.of, group.checks))
        reach: dict[Fact, int] = {}
        for axis, moving in zip(axes, facts, strict=True):
            moved = next((w for w, where in heavier.items() if axis.moves(where)), 0)
            for fact in moving if moved else ():
                reach[fact] = max(moved, reach.get(fact, 0))
        return _Moved(frozenset(weights_in(heavier, full)), reach)

    def _options(self, variable: Variable) -> Options:
        """Return the options of a variable; most do not depend on the subject at all."""
        possible = self.unknown[variable.facts[0]]
        given = (self.policy, variable, self.values, self.read, possible)
        beside = [self.values[fact] for fact in variable.partners]
        if any(isinstance(value, str) for value in beside):
            return options_of(*given)
        moment = moment_for(self.read, by_day=variable.by_day) if variable.reads_moment else None
        key = (variable, moment, possible, *map(exactly, beside))
        found: Options = self.memo.get(key, options_of, *given)
        return found

    def _sides(
        self, group: Group, options: Sequence[Options], axes: Sequence[Axis], full: Sides
    ) -> dict[Test, Sides]:
        """Return in which combinations each test holds and fails."""
        holding, failing = dict.fromkeys(group.tests, 0), dict.fromkeys(group.tests, 0)
        for variable, truths, axis in zip(group.variables, options, axes, strict=False):
            for where, option in zip(axis.having, truths, strict=True):
                for test, given in zip(variable.tests, option, strict=True):
                    if given is not None:
                        (holding if given else failing)[test] |= where
        for nullness, axis in zip(group.nullness, axes[len(options) :], strict=True):
            null = axis.having[1]
            for test, given in nullness.truths.items():
                holding[test] = holding[test] | null if given else holding[test] & ~null
                failing[test] = failing[test] & ~null if given else failing[test] | null
        found = {test: (holding[test], failing[test]) for test in group.tests}
        for test in group.tests:
            decided = self.leaf(test)
            if decided is not None:
                found[test] = full if decided else full[::-1]
        return found
