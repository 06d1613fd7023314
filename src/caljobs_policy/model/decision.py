# SPDX-License-Identifier: MIT
"""An answer with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from attrs import field, frozen

from caljobs_policy.errors import Place
from caljobs_policy.model.durations import noon
from caljobs_policy.model.facts import Subject, subject_key
from caljobs_policy.model.outcome import Outcome, Result
from caljobs_policy.model.policy import Policy
from caljobs_policy.model.request import Request


@frozen
class Finding:
    """What became of one rule, and why."""

    rule: str
    result: Result
    outcome: Outcome
    """What the finding does to the decision."""
    clauses: tuple[str, ...]
    edition: str
    message: str
    remedy: str | None
    readings: tuple[str, ...]
    because: Mapping[str, Any]
    """The facts that the rule read, by name; personal data is withheld."""
    needs: tuple[str, ...] = ()
    """The unknown facts on which the result depends."""
    replaces: str | None = None
    form: str | None = None
    """The form that the rule asks for, where it asks for one."""
    place: Place = field(default=Place(), eq=False)

    def to_dict(self) -> dict[str, Any]:
        """Give the finding in the form of the JSON answer."""
        found: dict[str, Any] = {
            "rule": self.rule,
            "result": self.result.value,
            "outcome": self.outcome.value,
            "clauses": list(self.clauses),
            "edition": self.edition,
        }
        if self.replaces is not None:
            found["replaces"] = self.replaces
        found |= {
            "message": self.message,
            "remedy": self.remedy,
            "readings": list(self.readings),
            "because": dict(self.because),
        }
        if self.needs:
            found["needs"] = list(self.needs)
        return found


@frozen
class RouteTaken:
    """Where a request goes, from whom and with what."""

    requestors: tuple[str, ...]
    coordinator: str
    submit_to: tuple[str, ...]
    send_to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str | None
    clauses: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the route in the form of the JSON answer."""
        return {
            "requestors": list(self.requestors),
            "coordinator": self.coordinator,
            "submit_to": list(self.submit_to),
            "send_to": list(self.send_to),
            "cc": list(self.cc),
            "subject": self.subject,
            "clauses": list(self.clauses),
        }


@frozen
class ApprovalSought:
    """An approval that the request needs, and whether it is on file."""

    role: str
    given: bool
    clauses: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the approval in the form of the JSON answer."""
        return {"role": self.role, "given": self.given, "clauses": list(self.clauses)}


@frozen
class DutyArisen:
    """What somebody has to do now."""

    who: str
    what: str
    to: str | None
    cc: tuple[str, ...]
    promptness: str | None
    due: date | datetime | None
    clauses: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the duty in the form of the JSON answer."""
        return {
            "who": self.who,
            "what": self.what,
            "to": self.to,
            "cc": list(self.cc),
            "promptness": self.promptness,
            "due": self.due.isoformat() if self.due else None,
            "clauses": list(self.clauses),
        }


@frozen
class DeadlineSet:
    """A dated limit that follows from the facts, and how it was counted."""

    name: str
    title: str
    due: date | datetime
    derivation: tuple[str, ...]
    clauses: tuple[str, ...]
    met_on: date | datetime | None = None
    """When it was met, as far as a fact tells."""

    def to_dict(self) -> dict[str, Any]:
        """Give the deadline in the form of the JSON answer."""
        return {
            "name": self.name,
            "due": self.due.isoformat(),
            "derivation": list(self.derivation),
            "clauses": list(self.clauses),
        }


@frozen
class Details:
    """Everything about a decision but its outcome."""

    findings: tuple[Finding, ...]
    """Every rule that was looked at."""
    route: RouteTaken | None
    approvals: tuple[ApprovalSought, ...]
    duties: tuple[DutyArisen, ...]
    deadlines: tuple[DeadlineSet, ...]
    readings: tuple[str, ...]


def usual_moment(policy: Policy, subject: Subject) -> datetime:
    """Give the moment where none is named: noon of a request's day, else of the policy's."""
    day = subject.submitted_on if isinstance(subject, Request) else None
    return noon(day if isinstance(day, date) else policy.day, policy.zone)


class Decision:
    """The answer to one subject: the outcome at once, its reasons when they are looked at."""

    __slots__ = (
        "_at",
        "_details",
        "_explain",
        "hits",
        "needs",
        "outcome",
        "policy",
        "subject",
        "unsure",
    )

    def __init__(  # noqa: PLR0913, PLR0917  # made once a decision, where microseconds count
        self,
        policy: Policy,
        subject: Subject,
        at: datetime | None,
        outcome: Outcome,
        needs: tuple[str, ...],
        hits: tuple[int, ...],
        unsure: tuple[int, ...],
        explain: Callable[[Decision], Details],
    ) -> None:
        self.policy = policy
        self.subject = subject
        self.outcome = outcome
        """What the decision comes to."""
        self.needs = needs
        """The unknown facts on which the outcome depends, where it cannot be told."""
        self.hits = hits
        """The numbers of the plan's checks that are not met."""
        self.unsure = unsure
        """The numbers of the plan's checks that an unknown fact decides."""
        self._at = at
        self._explain = explain
        self._details: Details | None = None

    @property
    def at(self) -> datetime:
        """The moment of the evaluation, with its offset."""
        if self._at is None:
            self._at = usual_moment(self.policy, self.subject)
        return self._at

    @property
    def details(self) -> Details:
        """All reasons; worked out when first looked at, and always the same."""
        if self._details is None:
            self._details = self._explain(self)
        return self._details

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The rules that are not met, or of which it cannot be told."""
        open_results = (Result.NOT_MET, Result.CANNOT_TELL)
        return tuple(f for f in self.details.findings if f.result in open_results)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Every rule that was looked at, whatever became of it."""
        return self.details.findings

    @property
    def route(self) -> RouteTaken | None:
        """Where the request goes; None where no row fits, or it is not known which."""
        return self.details.route

    @property
    def approvals(self) -> tuple[ApprovalSought, ...]:
        """The approvals that the request needs."""
        return self.details.approvals

    @property
    def duties(self) -> tuple[DutyArisen, ...]:
        """What somebody has to do now."""
        return self.details.duties

    @property
    def deadlines(self) -> tuple[DeadlineSet, ...]:
        """The dated limits whose triggers are known."""
        return self.details.deadlines

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that the decision rests on."""
        return self.details.readings

    def to_dict(self, *, everything: bool = False) -> dict[str, Any]:
        """Give the decision in the form of the JSON answer; `everything` adds what is met."""
        findings = self.all_findings if everything else self.findings
        return {
            "policy": {
                "jurisdiction": self.policy.jurisdiction,
                "date": self.policy.day.isoformat(),
                "editions": list(self.policy.editions),
                "digest": self.policy.digest,
            },
            "subject": subject_key(self.subject),
            "outcome": self.outcome.value,
            "findings": [finding.to_dict() for finding in findings],
            "route": self.route.to_dict() if self.route else None,
            "approvals": [approval.to_dict() for approval in self.approvals],
            "duties": [duty.to_dict() for duty in self.duties],
            "deadlines": [deadline.to_dict() for deadline in self.deadlines],
            "needs": list(self.needs),
            "readings": list(self.readings),
        }

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Decision):
            return NotImplemented
        return self.to_dict(everything=True) == other.to_dict(everything=True)

    def __hash__(self) -> int:
        return hash((self.policy, self.outcome, self.needs))

    def __repr__(self) -> str:
        return f"<Decision {subject_key(self.subject)}: {self.outcome.value}>"
