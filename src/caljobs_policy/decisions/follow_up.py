# SPDX-License-Identifier: MIT
"""What follows from a decision: where the request goes and what has to be done."""

from __future__ import annotations

from attrs import frozen

from caljobs_policy.decisions.decision import Decision, reader_of
from caljobs_policy.decisions.messages import filled
from caljobs_policy.decisions.reasons import DeadlineSet, DutyArisen, RouteTaken
from caljobs_policy.policy.rules import COORDINATOR, REQUESTOR, DutyRule, Plan, Route
from caljobs_policy.policy.truth import Leaf, truth
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.request import Request
from caljobs_policy.subjects.unknown import UNKNOWN


def route_taken(
    decision: Decision, plan: Plan, leaf: Leaf
) -> tuple[RouteTaken | None, list[Route]]:
    """Return the route of a request, with the row that it comes from."""
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
    """Return the subject line filled in, or None while a fact in it is not known."""
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
    """Return the duties that arise, with their rules."""
    due = {deadline.name: deadline.due for deadline in deadlines}
    parties = _parties(decision, plan, route)
    arisen = [
        rule
        for rule in plan.duties
        if decision.outcome in rule.arises
        # Nobody owes a duty to themselves, such as a coordinator who is also the one to inform.
        and (rule.to is None or not parties.are_same(rule.who, rule.to))
        and truth(rule.when, leaf) is True
    ]
    duties = tuple(
        DutyArisen(
            parties.named(rule.who),
            filled(rule.what, decision),
            parties.named(rule.to) if rule.to else None,
            tuple(parties.named(role) for role in rule.cc if not parties.are_same(rule.who, role)),
            rule.promptness,
            due.get(rule.by) if rule.by else None,
            rule.clauses,
            rule.id,
        )
        for rule in arisen
    )
    return duties, arisen


@frozen
class _Parties:
    """The coordinator of a subject, and the role of the requestor."""

    coordinator: str
    requestor: str

    def named(self, role: str) -> str:
        """Return the role that an answer names; it names no role for the requestor."""
        return self.coordinator if role == COORDINATOR else role

    def are_same(self, one: str, other: str) -> bool:
        """Return whether two roles or parties are the same role."""
        return self._role(one) == self._role(other)

    def _role(self, role: str) -> str:
        return self.requestor if role == REQUESTOR else self.named(role)


def _parties(decision: Decision, plan: Plan, route: RouteTaken | None) -> _Parties:
    subject = decision.subject
    organization = getattr(subject, "organization", "")
    coordinator = route.coordinator if route else plan.coordinators.get(organization, COORDINATOR)
    role = subject.requestor.role if isinstance(subject, Request) else None
    return _Parties(coordinator, role if isinstance(role, str) else REQUESTOR)
