# SPDX-License-Identifier: MIT
"""What follows from a decision: where the request goes and what has to be done."""

from __future__ import annotations

from caljobs_policy.engine.naive import Leaf, truth
from caljobs_policy.engine.reader import reader_of
from caljobs_policy.engine.texts import filled
from caljobs_policy.model.decision import Decision
from caljobs_policy.model.facts import Fact
from caljobs_policy.model.reasons import DeadlineSet, DutyArisen, RouteTaken
from caljobs_policy.model.rules import COORDINATOR, DutyRule, Plan, Route
from caljobs_policy.model.unknown import UNKNOWN


def route_taken(
    decision: Decision, plan: Plan, leaf: Leaf
) -> tuple[RouteTaken | None, list[Route]]:
    """Give the route of a request, with the row that it comes from."""
    organization = getattr(decision.subject, "organization", None)
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
    values = list(map(reader_of(decision), facts))
    if row.subject is None or any(value is None or value is UNKNOWN for value in values):
        return None
    return filled(row.subject, decision)


def duties_arisen(
    decision: Decision,
    plan: Plan,
    route: RouteTaken | None,
    deadlines: tuple[DeadlineSet, ...],
    leaf: Leaf,
) -> tuple[tuple[DutyArisen, ...], list[DutyRule]]:
    """Give the duties that arise, with their rules."""
    due = {deadline.name: deadline.due for deadline in deadlines}
    organization = getattr(decision.subject, "organization", "")
    bearer = route.coordinator if route else plan.coordinators.get(organization, COORDINATOR)

    def named(role: str) -> str:
        return bearer if role == COORDINATOR else role

    arisen = [
        rule
        for rule in plan.duties
        if decision.outcome in rule.arises
        # Nobody owes anything to themselves, such as a coordinator who is the unit to be informed.
        and (rule.to is None or named(rule.who) != named(rule.to))
        and truth(rule.when, leaf) is True
    ]
    duties = tuple(
        DutyArisen(
            named(rule.who),
            filled(rule.what, decision),
            named(rule.to) if rule.to else None,
            tuple(named(role) for role in rule.cc),
            rule.promptness,
            due.get(rule.by) if rule.by else None,
            rule.clauses,
            rule.id,
        )
        for rule in arisen
    )
    return duties, arisen
