# SPDX-License-Identifier: MIT
"""The answer about a subject, with its reasons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from attrs.exceptions import FrozenInstanceError

from caljobs_policy.dates.durations import noon
from caljobs_policy.decisions.reasons import (
    ApprovalSought,
    DeadlineSet,
    DutyArisen,
    Finding,
    PolicyAsked,
    Reasons,
    RouteTaken,
)
from caljobs_policy.errors.arguments import require_flag
from caljobs_policy.plain.written import written, written_all, written_as
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import Subject, subject_key
from caljobs_policy.subjects.reader import FactReader
from caljobs_policy.subjects.request import Request

if TYPE_CHECKING:
    from caljobs_policy.decisions.record import DecisionRecord


def usual_moment(policy: Policy, subject: Subject) -> datetime:
    """Return the default moment: noon of the day of a request, or else of the policy's day."""
    day = subject.submitted_on if isinstance(subject, Request) else None
    return noon(day if isinstance(day, date) else policy.day, policy.zone)


class Decision:
    """The answer about one subject: the outcome at once, and the reasons when asked for.

    It is immutable. Two decisions are equal if they say the same about the same subject, under
    the same policy, at the same moment.
    """

    # One tuple holds all arguments, since setting each would cost microseconds.
    __slots__ = ("__weakref__", "_given", "_reasons")
    _given: tuple[
        Policy,
        Subject,
        datetime | None,
        Outcome,
        tuple[str, ...],
        tuple[int, ...],
        tuple[int, ...],
        Callable[[Decision], Reasons],
    ]
    _reasons: Reasons | None

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
        given = (policy, subject, at, outcome, needs, hits, unsure, explain)
        object.__setattr__(self, "_given", given)
        object.__setattr__(self, "_reasons", None)

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError

    @property
    def policy(self) -> Policy:
        """The policy that decided."""
        return self._given[0]

    @property
    def subject(self) -> Subject:
        """The subject decided about."""
        return self._given[1]

    @property
    def at(self) -> datetime:
        """The moment of the evaluation, with its offset."""
        at = self._given[2]
        return usual_moment(self.policy, self.subject) if at is None else at

    @property
    def outcome(self) -> Outcome:
        """The outcome of the decision."""
        return self._given[3]

    @property
    def needs(self) -> tuple[str, ...]:
        """The unknown facts on which the outcome depends, if it is `cannot_tell`."""
        return self._given[4]

    @property
    def hits(self) -> tuple[int, ...]:
        """The numbers of the plan's checks that are not met."""
        return self._given[5]

    @property
    def unsure(self) -> tuple[int, ...]:
        """The numbers of the plan's checks that depend on unknown facts."""
        return self._given[6]

    @property
    def reasons(self) -> Reasons:
        """All reasons; each part is computed when first asked for, and then kept."""
        if self._reasons is None:
            object.__setattr__(self, "_reasons", self._given[7](self))
        return self._reasons  # type: ignore[return-value]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that are not met, pending, or `cannot_tell`."""
        return self.reasons.findings

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """The findings of all rules, whatever their results."""
        return self.reasons.all_findings

    @property
    def route(self) -> RouteTaken | None:
        """Where the request goes; None if no row fits, or it is not known which."""
        return self.reasons.route

    @property
    def approvals(self) -> tuple[ApprovalSought, ...]:
        """The approvals that the request needs."""
        return self.reasons.approvals

    @property
    def duties(self) -> tuple[DutyArisen, ...]:
        """What someone has to do now."""
        return self.reasons.duties

    @property
    def deadlines(self) -> tuple[DeadlineSet, ...]:
        """The deadlines whose triggers are known."""
        return self.reasons.deadlines

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that the decision rests on."""
        return self.reasons.readings

    def permits(self, *, out_of_scope: bool) -> bool:
        """Return whether the outcome is good: nothing is left to fix, to ask or to wait for.

        `out_of_scope` is the answer for a subject that the policy does not cover.
        """
        require_flag("out_of_scope", out_of_scope)
        if self.outcome is Outcome.OUT_OF_SCOPE:
            return out_of_scope
        return self.outcome.is_good

    def record(self, *, private: bool = False) -> DecisionRecord:
        """Return the decision as plain data that can be stored, read back and audited.

        Personal data is left out; with `private=True` the record has all that the subject states,
        so that it can be read and decided anew.
        """
        from caljobs_policy.decisions.recording import record_of  # noqa: PLC0415  # seldom used

        return record_of(self, private=private)

    def to_log(self) -> dict[str, Any]:
        """Return what a log may hold: short, and without any personal data."""
        return {
            "policy": f"{self.policy.jurisdiction}@{self.policy.day}",
            "digest": self.policy.digest,
            "subject": subject_key(self.subject),
            "at": self.at.isoformat(),
            "outcome": self.outcome.value,
            "rules": [finding.rule for finding in self.findings],
            "needs": list(self.needs),
        }

    def to_dict(self, *, everything: bool = False) -> dict[str, Any]:
        """Return the decision in the form of the JSON answer; `everything` adds what is met."""
        require_flag("everything", everything)
        reasons = self.reasons
        findings = reasons.all_findings if everything else reasons.findings
        readings = reasons.all_readings if everything else reasons.readings
        return {
            "policy": written_as(PolicyAsked, self.policy),
            "subject": subject_key(self.subject),
            "outcome": str(self.outcome),
            "findings": written_all(Finding, findings),
            "route": None if reasons.route is None else written(reasons.route),
            "approvals": written_all(ApprovalSought, reasons.approvals),
            "duties": written_all(DutyArisen, reasons.duties),
            "deadlines": written_all(DeadlineSet, reasons.deadlines),
            "needs": list(self.needs),
            "readings": list(readings),
        }

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Decision):
            return NotImplemented
        return self._said == other._said

    def __hash__(self) -> int:
        return hash(self._said)

    @property
    def _said(self) -> tuple[object, ...]:
        """Everything that makes decisions equal; the reasons follow from it."""
        asked = (self.policy, self.subject, self.at)
        return (*asked, self.outcome, self.needs, self.hits, self.unsure)

    def __copy__(self) -> Decision:
        return self

    def __deepcopy__(self, memo: object) -> Decision:
        return self

    def __reduce__(self) -> tuple[Callable[..., Decision], tuple[object, ...]]:
        """Pickle what it was made from; reasons are computed anew."""
        return Decision, self._given

    def __repr__(self) -> str:
        return f"<Decision {subject_key(self.subject)}: {self.outcome.value}>"


def reader_of(decision: Decision) -> FactReader:
    """Return a reader of the facts of a decision's subject at its moment."""
    return FactReader(decision.subject, decision.at, decision.policy.zone)
