# SPDX-License-Identifier: MIT
"""An answer with its reasons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from caljobs_policy.model.durations import noon
from caljobs_policy.model.facts import Subject, subject_key
from caljobs_policy.model.outcome import Outcome
from caljobs_policy.model.policy import Policy
from caljobs_policy.model.reasons import (
    ApprovalSought,
    DeadlineSet,
    DutyArisen,
    Finding,
    Reasons,
    RouteTaken,
)
from caljobs_policy.model.request import Request


def usual_moment(policy: Policy, subject: Subject) -> datetime:
    """Give the moment where none is named: noon of a request's day, else of the policy's."""
    day = subject.submitted_on if isinstance(subject, Request) else None
    return noon(day if isinstance(day, date) else policy.day, policy.zone)


class Decision:
    """The answer to one subject: the outcome at once, its reasons when they are looked at."""

    __slots__ = (
        "_at",
        "_explain",
        "_reasons",
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
        explain: Callable[[Decision], Reasons],
    ) -> None:
        self.policy = policy
        self.subject = subject
        self.outcome = outcome
        """What the decision comes to."""
        self.needs = needs
        """The unknown facts on which the outcome depends, where it cannot be told."""
        self.hits = hits
        """The numbers of the plan's checks that are not met, or pending."""
        self.unsure = unsure
        """The numbers of the plan's checks that an unknown fact decides."""
        self._at = at
        self._explain = explain
        self._reasons: Reasons | None = None

    @property
    def at(self) -> datetime:
        """The moment of the evaluation, with its offset."""
        if self._at is None:
            self._at = usual_moment(self.policy, self.subject)
        return self._at

    @property
    def reasons(self) -> Reasons:
        """All reasons; each part is worked out when first looked at, and is always the same."""
        if self._reasons is None:
            self._reasons = self._explain(self)
        return self._reasons

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The rules that are not met, those that are pending, and those that cannot be told."""
        return self.reasons.findings

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Every rule that was looked at, whatever became of it."""
        return self.reasons.all_findings

    @property
    def route(self) -> RouteTaken | None:
        """Where the request goes; None where no row fits, or it is not known which."""
        return self.reasons.route

    @property
    def approvals(self) -> tuple[ApprovalSought, ...]:
        """The approvals that the request needs."""
        return self.reasons.approvals

    @property
    def duties(self) -> tuple[DutyArisen, ...]:
        """What somebody has to do now."""
        return self.reasons.duties

    @property
    def deadlines(self) -> tuple[DeadlineSet, ...]:
        """The dated limits whose triggers are known."""
        return self.reasons.deadlines

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that the decision rests on."""
        return self.reasons.readings

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
