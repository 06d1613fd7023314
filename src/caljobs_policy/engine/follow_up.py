# SPDX-License-Identifier: MIT
"""What follows from a decision: where the request goes, what has to be done, and by when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from caljobs_policy.engine.naive import Leaf, leaf_from, truth
from caljobs_policy.engine.texts import filled
from caljobs_policy.model.decision import DeadlineSet, Decision, DutyArisen, RouteTaken
from caljobs_policy.model.durations import Moment, compare, in_zone, plus
from caljobs_policy.model.facts import Fact
from caljobs_policy.model.policy import DeadlineRule, DutyRule, Leg, Plan, Route
from caljobs_policy.model.unknown import UNKNOWN

_COORDINATOR = "coordinator"


def route_taken(decision: Decision, plan: Plan) -> tuple[RouteTaken | None, list[Route]]:
    """Give the route of a request, with the row that it comes from."""
    organization = getattr(decision.subject, "organization", None)
    leaf = _leaf(decision)
    for row in plan.routes:
        if row.organization == organization and truth(row.when, leaf) is True:
            route = RouteTaken(
                row.requestors,
                row.coordinator,
                row.submit_to,
                row.send_to,
                row.cc,
                _subject_line(decision, row),
                row.clauses,
            )
            return route, [row]
    return None, []


def _subject_line(decision: Decision, row: Route) -> str | None:
    """Fill in the subject line; there is none while a fact in it is not known."""
    facts = [part for part in row.subject or () if isinstance(part, Fact)]
    values = [fact.read(decision.subject, decision.at) for fact in facts]
    if row.subject is None or any(value is None or value is UNKNOWN for value in values):
        return None
    return filled(row.subject, decision)


def duties_arisen(
    decision: Decision,
    plan: Plan,
    route: RouteTaken | None,
    deadlines: tuple[DeadlineSet, ...],
) -> tuple[tuple[DutyArisen, ...], list[DutyRule]]:
    """Give the duties that arise, with their rules."""
    leaf = _leaf(decision)
    arisen = [
        rule
        for rule in plan.duties
        if decision.outcome in rule.arises and truth(rule.when, leaf) is True
    ]
    due = {deadline.name: deadline.due for deadline in deadlines}
    bearer = route.coordinator if route else _COORDINATOR

    def named(role: str) -> str:
        return bearer if role == _COORDINATOR else role

    duties = tuple(
        DutyArisen(
            named(rule.who),
            filled(rule.what, decision),
            named(rule.to) if rule.to else None,
            tuple(named(role) for role in rule.cc),
            rule.promptness,
            due.get(rule.by) if rule.by else None,
            rule.clauses,
        )
        for rule in arisen
    )
    return duties, arisen


def deadlines_set(
    decision: Decision, plan: Plan
) -> tuple[tuple[DeadlineSet, ...], list[DeadlineRule]]:
    """Give the deadlines whose triggers are known, with their rules."""
    found = [(deadline_set(decision, rule), rule) for rule in plan.deadlines]
    known = [(deadline, rule) for deadline, rule in found if deadline is not None]
    return tuple(deadline for deadline, _ in known), [rule for _, rule in known]


def deadline_set(decision: Decision, rule: DeadlineRule) -> DeadlineSet | None:
    """Count a deadline: the earliest of its legs; None while one of them is not known."""
    leaf = _leaf(decision)
    if truth(rule.when, leaf) is not True:
        return None
    counted: list[tuple[Moment, str]] = []
    for leg in rule.legs:
        applies = truth(leg.when, leaf)
        if applies is False:
            continue
        ends = _counted(decision, leg)
        if applies is None or ends is UNKNOWN:
            return None
        if ends is not None:
            counted.append(ends)
    if not counted:
        return None
    zone = decision.policy.zone
    due = counted[0][0]
    for end, _ in counted[1:]:
        due = end if compare(end, due, zone) < 0 else due
    steps = [step for _, step in counted]
    if len(steps) > 1:
        steps.append(f"the earliest of these is {due.isoformat()}")
    return DeadlineSet(rule.name, rule.title, due, tuple(steps), rule.clauses)


def _counted(decision: Decision, leg: Leg) -> Any:
    """Count one leg from the first fact that exists: its end and the step in words."""
    for fact in leg.triggers:
        start = fact.read(decision.subject, decision.at)
        if start is UNKNOWN:
            return UNKNOWN
        if start is not None:
            end = plus(start, leg.count, decision.policy.zone)
            if isinstance(end, datetime):
                end = in_zone(end, decision.policy.zone)
            return end, f"{fact.path} {start.isoformat()} + {leg.count} = {end.isoformat()}"
    return None


def _leaf(decision: Decision) -> Leaf:
    return leaf_from(lambda fact: fact.read(decision.subject, decision.at), decision.policy.zone)
