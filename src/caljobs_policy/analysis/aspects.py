# SPDX-License-Identifier: MIT
"""In what two policies can differ about a subject, as formulas and for real decisions."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, Final, TypeAlias

from caljobs_policy.analysis.formulas.deadlines import deadline_of, due_differs
from caljobs_policy.analysis.formulas.finding import Question
from caljobs_policy.analysis.formulas.follow_up import FollowUpFormulas
from caljobs_policy.analysis.formulas.plans import PlanFormulas
from caljobs_policy.analysis.formulas.terms import (
    FALSE,
    Formula,
    all_of,
    any_of,
    denied,
    same,
)
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.rules import DutyRule, Plan, Route
from caljobs_policy.subjects.facts import subject_key

Said: TypeAlias = Mapping[Hashable, Formula]
"""What a policy may say of a subject, each with the formula that it says so."""


class Aspect(Enum):
    """In what two policies can differ about a subject."""

    OUTCOME = "outcome"
    FINDINGS = "findings"
    ROUTE = "route"
    DUTIES = "duties"
    DEADLINES = "deadlines"


def differing(what: Aspect, one: PlanFormulas, other: PlanFormulas) -> Question:
    """Ask for a subject of which two policies say different things."""
    formula, told = _ASPECTS[what]
    here, there = one.view.number, other.view.number

    def real(decisions: Sequence[Decision]) -> bool:
        return bool(told(decisions[here]) != told(decisions[there]))

    return Question(formula(one, other), real)


def _each_differs(one: Said, other: Said) -> Formula:
    """Return the formula that one policy says something that another does not."""
    every = dict.fromkeys((*one, *other))
    return any_of(denied(same(one.get(k, FALSE), other.get(k, FALSE))) for k in every)


def _by(content: Iterable[tuple[Hashable, Formula]]) -> Said:
    """Return what may be said, with several that say the same as one."""
    found: dict[Hashable, list[Formula]] = {}
    for key, formula in content:
        found.setdefault(key, []).append(formula)
    return {key: any_of(formulas) for key, formulas in found.items()}


def _outcomes(one: PlanFormulas, other: PlanFormulas) -> Formula:
    def weighs(formulas: PlanFormulas) -> Said:
        weights = one.weights | other.weights
        steps: Said = {
            w: all_of([denied(formulas.exempt), formulas.weighs(w)]) for w in weights if w
        }
        return {"exempt": formulas.exempt, **steps}

    return _each_differs(weighs(one), weighs(other))


def _findings(one: PlanFormulas, other: PlanFormulas) -> Formula:
    def failing(formulas: PlanFormulas) -> Said:
        checks = formulas.plan.checks if formulas.plan is not None else ()
        pairs = zip(checks, formulas.violations, strict=True)
        shown = denied(formulas.exempt)
        return _by((c.id, all_of([shown, v])) for c, v in pairs if not c.exempts)

    return _each_differs(failing(one), failing(other))


def _found(decision: Decision) -> frozenset[str]:
    plan = _plan(decision)
    if plan is None or decision.outcome is Outcome.OUT_OF_SCOPE:
        return frozenset()
    return frozenset(plan.checks[number].id for number in decision.hits)


def _plan(decision: Decision) -> Plan | None:
    return decision.policy.plans.get(subject_key(decision.subject))


def _routes(one: PlanFormulas, other: PlanFormulas) -> Formula:
    def taken(formulas: PlanFormulas) -> Said:
        return _by((_route(route), taken) for route, taken in FollowUpFormulas(formulas).routes)

    return _each_differs(taken(one), taken(other))


def _route(route: Route) -> Hashable:
    return (route.requestors, route.coordinator, route.submit_to, route.send_to, route.cc)


def _routed(decision: Decision) -> Hashable:
    route = decision.route
    if route is None:
        return None
    return (route.requestors, route.coordinator, route.submit_to, route.send_to, route.cc)


def _duties(one: PlanFormulas, other: PlanFormulas) -> Formula:
    def arising(formulas: PlanFormulas) -> Said:
        follow_up = FollowUpFormulas(formulas)
        duties = formulas.plan.duties if formulas.plan is not None else ()
        return _by((_duty(duty), follow_up.arises(duty)) for duty in duties)

    return _each_differs(arising(one), arising(other))


def _duty(duty: DutyRule) -> Hashable:
    return (duty.who, duty.what, duty.to, duty.cc, duty.promptness, duty.by)


def _owed(decision: Decision) -> frozenset[Hashable]:
    plan = _plan(decision)
    rules = {duty.id: duty for duty in plan.duties} if plan is not None else {}
    return frozenset(_duty(rules[duty.rule]) for duty in decision.duties)


def _deadlines(one: PlanFormulas, other: PlanFormulas) -> Formula:
    sides = [
        {rule.name: deadline_of(formulas, rule) for rule in formulas.plan.deadlines}
        if formulas.plan is not None
        else {}
        for formulas in (one, other)
    ]
    found = []
    for name in dict.fromkeys((*sides[0], *sides[1])):
        left, right = (side.get(name) for side in sides)
        set_ = [each.is_set if each is not None else FALSE for each in (left, right)]
        found.append(denied(same(*set_)))
        if left is not None and right is not None:
            unlike = [due_differs(left, right), denied(same(left.is_met, right.is_met))]
            found.append(all_of([*set_, any_of(unlike)]))
    return any_of(found)


def _due(decision: Decision) -> Mapping[str, Any]:
    return {one.name: (type(one.due), one.due, one.is_met) for one in decision.deadlines}


_ASPECTS: Final[
    Mapping[
        Aspect, tuple[Callable[[PlanFormulas, PlanFormulas], Formula], Callable[[Decision], object]]
    ]
] = {
    Aspect.OUTCOME: (_outcomes, lambda decision: decision.outcome),
    Aspect.FINDINGS: (_findings, _found),
    Aspect.ROUTE: (_routes, _routed),
    Aspect.DUTIES: (_duties, _owed),
    Aspect.DEADLINES: (_deadlines, _due),
}
"""For each aspect, the formula that two policies differ in it, and what a real decision says."""
