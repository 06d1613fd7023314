# SPDX-License-Identifier: MIT
"""What follows from a decision: where the request goes and what has to be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache, partial
from typing import Final, NamedTuple, Protocol, TypeAlias

from attrs import evolve

from caljobs_policy.decisions.deadlines import Deadlines
from caljobs_policy.decisions.messages import Answers, Text, Told
from caljobs_policy.decisions.questions import Questions
from caljobs_policy.decisions.reasons import DutyArisen, RouteTaken
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import COORDINATOR, REQUESTOR, DutyRule, Plan, Route
from caljobs_policy.subjects.facts import Fact, Subject, facts_about
from caljobs_policy.subjects.request import Request
from caljobs_policy.subjects.unknown import UNKNOWN, Truth

_ROLE: Final = "request.requestor.role"
_KEPT: Final = 64
"""For how many combinations of truths and parties it is kept which duties arise."""


class FollowedUp(Told, Protocol):
    """A decision, with those of its reasons that duties depend on."""

    @property
    def subject(self) -> Subject:
        """Whom it is about."""

    @property
    def at(self) -> datetime:
        """Its moment."""

    @property
    def route(self) -> RouteTaken | None:
        """Where the request goes."""

    @property
    def counted(self) -> Deadlines:
        """Its deadlines."""


class Router:
    """Finds where requests for one type of organization go."""

    def __init__(self, policy: Policy, plan: Plan, rows: Sequence[Route]) -> None:
        questions = Questions()
        self.rows = [_Row(row, policy, plan, questions) for row in rows]
        self.answers = questions.answering(policy, plan)

    def route(self, told: FollowedUp) -> tuple[RouteTaken | None, Sequence[str]]:
        """Return the route of a request, with the readings behind it."""
        answers = self.answers(told.subject, told.at)
        for row in self.rows:
            if answers[row.when] is True:
                return row.taken(answers, told), row.readings(answers)
        return None, ()


class _Row:
    """A row, with the numbers of the questions that it depends on."""

    def __init__(self, row: Route, policy: Policy, plan: Plan, questions: Questions) -> None:
        template = row.subject or ()
        self.row = row
        self.when = questions.number(row.when)
        self.facts = questions.numbers(part for part in template if isinstance(part, Fact))
        self.subject = Text(template, policy, questions)
        self.role = questions.number(facts_about(plan.key)[_ROLE]) if row.readings_by else None
        self.always = self._taken(self.subject.plain if row.subject is not None else None)

    def _taken(self, subject: str | None) -> RouteTaken:
        row = self.row
        addressed = (row.submit_to, row.send_to, row.cc)
        return RouteTaken(row.requestors, row.coordinator, *addressed, subject, row.clauses)

    def taken(self, answers: Answers, told: Told) -> RouteTaken:
        """Return the route, without the subject line while a fact in it is not known."""
        if self.subject.plain is not None:
            return self.always
        values = [answers[number] for number in self.facts]
        if any(value is None or value is UNKNOWN for value in values):
            return self.always
        return self._taken(self.subject.filled(answers, told))

    def readings(self, answers: Answers) -> Sequence[str]:
        """Return the readings behind the row, and those by which the requestor counts as in it."""
        if self.role is None:
            return self.row.readings
        return self.row.readings + self.row.readings_by.get(str(answers[self.role]), ())


class DutyFinder:
    """Finds the duties that arise from one outcome.

    Which arise depends on the truths of their conditions and on the parties alone. There are few
    that subjects have, so what they come to is kept.
    """

    def __init__(self, policy: Policy, plan: Plan, outcome: Outcome) -> None:
        questions = Questions()
        rules = [rule for rule in plan.duties if outcome in rule.arises]
        # The conditions come first among the answers.
        self.conditions = len({*questions.numbers(rule.when for rule in rules)})
        self.plan = plan
        owed = [OwedRule(rule, policy, questions) for rule in rules]
        self.are_plain = all(rule.is_plain for rule in owed)
        self.answers = questions.answering(policy, plan)
        self.owed = lru_cache(_KEPT)(partial(_all_owed, owed))

    def arisen(self, told: FollowedUp) -> Arisen:
        """Return the duties that arise, with their rules."""
        answers = self.answers(told.subject, told.at)
        truths = answers[: self.conditions]
        if True not in truths:
            return (), ()
        arisen: Arisen = self.owed(truths, *_parties(told, self.plan))
        if self.are_plain:
            return arisen
        both = zip(*arisen, strict=True)
        return tuple([rule.filled(duty, answers, told) for duty, rule in both]), arisen[1]


class OwedRule:
    """The rule of a duty, with the numbers of the questions that it depends on."""

    def __init__(self, rule: DutyRule, policy: Policy, questions: Questions) -> None:
        self.rule = rule
        self.when = questions.number(rule.when)
        self.what = Text(rule.what, policy, questions)
        self.is_plain = rule.by is None and self.what.plain is not None

    def filled(self, as_owed: DutyArisen, answers: Answers, told: FollowedUp) -> DutyArisen:
        """Return the duty with what depends on the subject."""
        if self.is_plain:
            return as_owed
        due = told.counted.due(self.rule.by) if self.rule.by else None
        return evolve(as_owed, what=self.what.filled(answers, told), due=due)


Arisen: TypeAlias = tuple[tuple[DutyArisen, ...], tuple[OwedRule, ...]]
"""Duties with their rules, in one order."""


def _all_owed(
    rules: Sequence[OwedRule], truths: Sequence[Truth], coordinator: str, requestor: str
) -> Arisen:
    """Return the duties whose conditions hold, as they fall to some parties."""
    parties = Parties(coordinator, requestor)
    arising = [one for one in rules if truths[one.when] is True]
    owed = [(owed_by(one.rule, one.what.plain or "", parties), one) for one in arising]
    arisen = [(duty, one) for duty, one in owed if duty is not None]
    return tuple([duty for duty, _ in arisen]), tuple([one for _, one in arisen])


def owed_by(rule: DutyRule, what: str, parties: Parties) -> DutyArisen | None:
    """Return a duty as it falls to some parties, None if it is owed to its bearer.

    Nobody owes a duty to themselves, such as a coordinator who is also the one to inform.
    """
    if rule.to is not None and parties.are_same(rule.who, rule.to):
        return None
    return DutyArisen(
        parties.named(rule.who),
        what,
        parties.named(rule.to) if rule.to else None,
        tuple([parties.named(role) for role in rule.cc if not parties.are_same(rule.who, role)]),
        rule.promptness,
        None,
        rule.clauses,
        rule.id,
    )


class Parties(NamedTuple):
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


def _parties(told: FollowedUp, plan: Plan) -> tuple[str, str]:
    """Return the coordinator of a subject, and the role of the requestor."""
    subject, route = told.subject, told.route
    if route is not None:
        coordinator = route.coordinator
    else:
        organization = getattr(subject, "organization", "")
        coordinator = plan.coordinators.get(organization, COORDINATOR)
    role = subject.requestor.role if isinstance(subject, Request) else None
    return coordinator, role if isinstance(role, str) else REQUESTOR
