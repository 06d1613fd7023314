# SPDX-License-Identifier: MIT
"""In what two policies can differ about a subject, as formulas and for real decisions."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from enum import Enum
from functools import partial
from typing import Any, Final, TypeAlias

from attrs import evolve

from caljobs_policy.analysis.formulas.finding import Question
from caljobs_policy.analysis.formulas.plans import PlanFormulas
from caljobs_policy.analysis.formulas.terms import Formula, all_of, any_of, denied, same
from caljobs_policy.analysis.open_points import OpenPoints
from caljobs_policy.analysis.points import (
    of_clauses,
    of_deadlines,
    of_duties,
    of_findings,
    of_routes,
    said_unlike,
    without_source,
)
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.policy.outcome import FOUND_RESULTS

_Unlike: TypeAlias = Callable[[PlanFormulas, PlanFormulas], Formula]
_Told: TypeAlias = Callable[[Decision], frozenset[Hashable]]
_IsOpen: TypeAlias = Callable[[OpenPoints, Any], bool]


class Aspect(Enum):
    """In what two policies can differ about a subject."""

    OUTCOME = "outcome"
    FINDINGS = "findings"
    """Which rules find something, with which result and outcome, and which approvals are sought;
    not in which words."""
    ROUTE = "route"
    """Who requests, and where a request goes with which subject line."""
    DUTIES = "duties"
    """What has to be done by whom for whom, how promptly and by when."""
    DEADLINES = "deadlines"
    """Which deadlines are set, when each is due and whether it is met."""
    CLAUSES = "clauses"
    """Which clauses are cited for findings, approvals, the route, duties and deadlines."""


def differing(what: Aspect, one: PlanFormulas, other: PlanFormulas) -> Question:
    """Ask for a subject of which two policies say different things."""
    formula, told, is_open = _ASPECTS[what]
    here, there = one.view.number, other.view.number

    def real(decisions: Sequence[Decision]) -> bool:
        """Return whether one says what the other does not, whatever is unknown of the subject."""
        left, right = decisions[here], decisions[there]
        said, said_there = told(left), told(right)
        if said == said_there:
            return False
        sides = (said - said_there, OpenPoints(right)), (said_there - said, OpenPoints(left))
        return not all(is_open(points, one) for only, points in sides for one in only)

    return Question(formula(one, other), real)


def _outcomes(one: PlanFormulas, other: PlanFormulas) -> Formula:
    """Return the formula that the outcomes differ, which are told apart by what they weigh."""
    found = [denied(same(one.exempt, other.exempt))]
    for weight in (one.weights | other.weights) - {0}:
        both = [all_of([denied(each.exempt), each.weighs(weight)]) for each in (one, other)]
        found.append(denied(same(*both)))
    return any_of(found)


def _found(decision: Decision) -> frozenset[Hashable]:
    found = (one for one in decision.findings if one.result in FOUND_RESULTS)
    rules = {(one.rule, one.result, one.outcome) for one in found}
    return frozenset(rules | {(one.role, one.given) for one in decision.approvals})


def _routed(decision: Decision) -> frozenset[Hashable]:
    route = decision.route
    return frozenset() if route is None else frozenset([evolve(route, clauses=())])


def _owed(decision: Decision) -> frozenset[Hashable]:
    return frozenset(map(without_source, decision.duties))


def _due(decision: Decision) -> frozenset[Hashable]:
    return frozenset((one.name, type(one.due), one.due, one.is_met) for one in decision.deadlines)


def _cited(decision: Decision) -> frozenset[Hashable]:
    route = decision.route
    found = (one for one in decision.findings if one.result in FOUND_RESULTS)
    return frozenset(
        {
            *(("finding", one.rule, clause) for one in found for clause in one.clauses),
            *(("approval", one.role, one.clauses) for one in decision.approvals),
            *([] if route is None else [("route", route.clauses)]),
            *(evolve(duty, rule="", due=None) for duty in decision.duties),
            *(("deadline", d.name, clause) for d in decision.deadlines for clause in d.clauses),
        }
    )


_ASPECTS: Final[Mapping[Aspect, tuple[_Unlike, _Told, _IsOpen]]] = {
    Aspect.OUTCOME: (_outcomes, lambda one: frozenset([one.outcome]), lambda *_: False),
    Aspect.FINDINGS: (partial(said_unlike, of_findings), _found, OpenPoints.finding),
    Aspect.ROUTE: (partial(said_unlike, of_routes), _routed, OpenPoints.route),
    Aspect.DUTIES: (partial(said_unlike, of_duties), _owed, OpenPoints.duty),
    Aspect.DEADLINES: (partial(said_unlike, of_deadlines), _due, OpenPoints.deadline),
    Aspect.CLAUSES: (partial(said_unlike, of_clauses), _cited, OpenPoints.cited),
}
"""For each aspect, the formula that two policies differ in it, what a real decision says, and
whether it might say something else if more were known."""
