# SPDX-License-Identifier: MIT
"""What is asked of subjects so that one reaches a target: as a formula, and of real decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TypeAlias

from caljobs_policy.analysis.checking.ledger import clauses_of
from caljobs_policy.analysis.covering.reached import crossings_of
from caljobs_policy.analysis.covering.targets import (
    SIDES,
    Aim,
    Target,
    declared_kinds,
    key_of,
    kind_counted,
    targets_crossed,
    targets_reached,
)
from caljobs_policy.analysis.formulas.deadlines import deadline_of
from caljobs_policy.analysis.formulas.failures import cited, is_kind
from caljobs_policy.analysis.formulas.follow_up import FollowUpFormulas
from caljobs_policy.analysis.formulas.plans import PlanFormulas
from caljobs_policy.analysis.formulas.terms import FALSE, Formula, all_of, any_of, denied
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.explain import Explanation
from caljobs_policy.policy.conditions import ALWAYS, Condition, tests_in
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.rules import ELSE, Check
from caljobs_policy.policy.truth import leaf_from, truth

Reaches: TypeAlias = Callable[[Decision], bool]
"""Returns whether a decision reaches a target."""


class Asked:
    """Says of the targets of one plan when a subject reaches them."""

    def __init__(self, found: PlanFormulas) -> None:
        self.found, self.plan = found, found.plan
        self.numbers = {key_of(check): number for number, check in enumerate(self.plan.checks)}

    def formula(self, target: Target) -> Formula:
        """Return the formula that a subject of which all is known reaches a target."""
        if target.check is None:
            return self._of_clause(target)
        number = self.numbers[target.check]
        if target.aim is Aim.MET:
            return all_of([self._applies(number), denied(self.found.violations[number])])
        if target.aim is Aim.FAILED:
            return self._fails(number)
        if target.aim is Aim.KIND:
            return all_of([self._fails(number), self._is_kind(number, target.kind)])
        lies = self.found.truth(lying(target))
        return all_of([self._reads(number, target), lies])

    def _in_scope(self) -> Formula:
        return denied(self.found.exempt)

    def _looks_at(self, number: int) -> Formula:
        """Return the formula that a decision looks at a check: of exemptions, at the first."""
        if not self.plan.checks[number].exempts:
            return self._in_scope()
        return any_of([self._in_scope(), self._fails(number)])

    def _applies(self, number: int) -> Formula:
        return all_of([self._looks_at(number), self.found.truth(self.plan.checks[number].when)])

    def _fails(self, number: int) -> Formula:
        violated = self.found.violations[number]
        if not self.plan.checks[number].exempts:
            return all_of([violated, self._in_scope()])
        return all_of([violated, denied(any_of(self.found.violations[:number]))])

    def _is_kind(self, number: int, kind: str) -> Formula:
        check = self.plan.checks[number]
        if kind != ELSE:
            return is_kind(self.found, check, kind)
        others = (one for one in declared_kinds(check) if one != ELSE)
        return denied(any_of(is_kind(self.found, check, one) for one in others))

    def _reads(self, number: int, target: Target) -> Formula:
        """Return the formula that the values at a boundary exist, and that a check asks of them."""
        check, boundary = self.plan.checks[number], target.boundary
        facts = boundary.test.facts if boundary is not None else ()
        exist = denied(any_of(map(self.found.view.null, facts)))
        return all_of([exist, self._looks_at(number), self.found.truth(_asking(check, target))])

    def _of_clause(self, target: Target) -> Formula:
        clause = target.clause
        checks = self.plan.checks
        if target.aim is Aim.BROKEN:
            return any_of(
                self._cites(number, clause)
                for number, check in enumerate(checks)
                if not check.exempts and not check.pending
            )
        if target.aim is Aim.MET:
            return any_of(
                all_of([self._applies(number), denied(self.found.violations[number])])
                for number, check in enumerate(checks)
                if not check.exempts and clause in {*clauses_of(check)}
            )
        found = dict(self._following)
        cites = (
            self._cites(number, clause)
            for number, check in enumerate(checks)
            if check.exempts or check.pending
        )
        return any_of([found.get(clause, FALSE), *cites])

    def _cites(self, number: int, clause: str) -> Formula:
        check = self.plan.checks[number]
        cites = any_of(formula for one, formula in cited(self.found, check) if one == clause)
        return all_of([self._fails(number), cites])

    @cached_property
    def _following(self) -> dict[str, Formula]:
        """For each clause, the formula that a route, a duty or a deadline follows from it."""
        found: dict[str, list[Formula]] = {}
        for clauses, holds in self._follow_up():
            for clause in clauses:
                found.setdefault(clause, []).append(holds)
        return {clause: any_of(each) for clause, each in found.items()}

    def _follow_up(self) -> Iterator[tuple[Iterable[str], Formula]]:
        follow_up = FollowUpFormulas(self.found)
        yield from ((route.clauses, taken) for route, taken in follow_up.routes)
        yield from ((duty.clauses, follow_up.arises(duty)) for duty in self.plan.duties)
        for rule in self.plan.deadlines:
            deadline = deadline_of(self.found, rule)
            yield rule.clauses, deadline.is_set
            for leg, counts in zip(rule.legs, deadline.counted, strict=True):
                yield leg.clauses, all_of([deadline.is_set, counts])

    def real(self, target: Target) -> Reaches:
        """Return what tells of real decisions whether they reach a target."""
        if target.check is None:
            return lambda decision: target in targets_reached(decision)
        number = self.numbers[target.check]
        return lambda decision: _does_reach(decision, self.plan.checks[number], number, target)


def _does_reach(decision: Decision, check: Check, number: int, target: Target) -> bool:
    """Return whether a decision reaches something of a check; faster than looking for all of it."""
    if check.exempts or target.aim is Aim.UNKNOWN:
        return target in targets_reached(decision)
    if decision.outcome is Outcome.OUT_OF_SCOPE or number in decision.unsure:
        return False
    fails = number in decision.hits
    explained = Explanation(decision)
    match target.aim:
        case Aim.MET:
            read = explained.reader
            return not fails and truth(check.when, leaf_from(read, read.zone)) is True
        case Aim.FAILED:
            return fails
        case Aim.KIND:
            kind = explained.kind_of_failure(number)
            return fails and kind_counted(check, kind) == target.kind
    crossings = crossings_of(check, explained)
    return any(target in targets_crossed(key_of(check), one) for one in crossings)


def _asking(check: Check, target: Target) -> Condition:
    """Return the condition under which a check asks for the values at a boundary."""
    boundary = target.boundary
    is_always = boundary is not None and boundary.test in tests_in(check.when)
    return ALWAYS if is_always else check.when


def lying(target: Target) -> Condition:
    """Return the condition that values which exist lie where a target has them."""
    boundary = target.boundary
    if boundary is None:
        return ALWAYS
    changed = {Aim.HIGHER: boundary.higher, Aim.LOWER: boundary.lower}.get(target.aim)
    if changed is not None:
        return boundary.tells(changed)
    return boundary.lies(next(side for side, aim in SIDES.items() if aim is target.aim))
