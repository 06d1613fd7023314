# SPDX-License-Identifier: MIT
"""The reasons of a decision: findings, route, approvals, duties and deadlines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple, Protocol, Self

from attrs import field, frozen

from caljobs_policy.dates.durations import Duration, Moment
from caljobs_policy.errors.problems import Place
from caljobs_policy.plain.field_repr import FieldRepr
from caljobs_policy.plain.mappings import frozen_plain
from caljobs_policy.plain.written import Digest, When, Written, key
from caljobs_policy.policy.outcome import Outcome, Result
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check

_MANY: Final = 31


@frozen
class PolicyAsked(Written):
    """The policy that decided; its digest identifies what it says."""

    jurisdiction: str
    day: date = field(metadata=key("date"))
    editions: tuple[str, ...]
    digest: Digest

    @classmethod
    def of(cls, policy: Policy) -> Self:
        """Return the names and the digest of a policy."""
        return cls(policy.jurisdiction, policy.day, policy.editions, Digest(policy.digest))


@frozen
class Finding(Written):
    """The result of one rule, and why."""

    rule: str
    result: Result
    outcome: Outcome
    """What the finding contributes to the decision."""
    clauses: tuple[str, ...]
    edition: str
    replaces: str | None = field(default=None, kw_only=True, metadata=key(when=When.GIVEN))
    """The rule of a profile above that it replaces."""
    message: str
    remedy: str | None
    readings: tuple[str, ...]
    because: Mapping[str, Any] = field(converter=frozen_plain)
    """The facts that the rule read, by name; personal data is withheld."""
    needs: tuple[str, ...] = field(default=(), metadata=key(when=When.GIVEN))
    """The unknown facts on which the result depends."""
    fields: tuple[str, ...] = field(default=(), metadata=key(when=When.RECORDED))
    """The keys of the case, below its kind, that are wrong or have to be filled in."""
    form: str | None = field(default=None, metadata=key(when=When.RECORDED))
    """The form that the rule asks for, if any."""
    place: Place = field(default=Place(), eq=False, metadata=key(when=When.NEVER))


class Brief(NamedTuple):
    """A finding in brief: what is wrong or coming due, and how to fix it."""

    rule: str
    result: Result
    outcome: Outcome
    clauses: tuple[str, ...]
    message: str
    remedy: str | None


def without_rules(subject: str, edition: str) -> Finding:
    """Return the finding of a policy that has no rule about such subjects."""
    return Finding(
        rule="scope",
        result=Result.NOT_MET,
        outcome=Outcome.OUT_OF_SCOPE,
        clauses=(),
        edition=edition,
        message=f"No rule of this policy is about {subject}.",
        remedy=None,
        readings=(),
        because={},
    )


@frozen
class RouteTaken(Written):
    """Who makes a request, and where it goes."""

    requestors: tuple[str, ...]
    coordinator: str
    submit_to: tuple[str, ...]
    send_to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str | None
    clauses: tuple[str, ...]


@frozen
class ApprovalSought(Written):
    """An approval that the request needs, and whether it is on file."""

    role: str
    given: bool
    clauses: tuple[str, ...]


@frozen
class DutyArisen(Written):
    """What someone has to do now."""

    who: str
    what: str
    to: str | None
    cc: tuple[str, ...]
    promptness: str | None
    due: date | datetime | None
    clauses: tuple[str, ...]
    rule: str = field(default="", metadata=key(when=When.RECORDED))
    """The rule that it comes from, such as `duties/tell-the-user`."""


@frozen
class Counted(FieldRepr):
    """One count of a deadline: the fact it starts from, its length and its end."""

    trigger: str
    """The fact that it is counted from, by name."""
    start: date | datetime
    count: Duration
    end: date | datetime
    skipped: tuple[tuple[date, str], ...] = ()
    """The days in between that do not count, each with its reason."""

    @property
    def steps(self) -> tuple[str, ...]:
        """The count in words, step by step; more than a month of skipped days become a total."""
        return steps_of(self, str(self.count))


def steps_of(counted: Counted, length: str) -> tuple[str, ...]:
    """Return a count in words, step by step, given its length in words."""
    start, trigger = counted.start.isoformat(), counted.trigger
    # A fixed day of the policy is its own name.
    counted_from = start if trigger == start else f"{trigger} {start}"
    first = f"{counted_from} + {length} = {counted.end.isoformat()}"
    if not counted.skipped:
        return (first,)
    if len(counted.skipped) > _MANY:
        return (first, f"{len(counted.skipped)} days in between are not business days")
    days = (f"{day.isoformat()} does not count: {reason}" for day, reason in counted.skipped)
    return (first, *days)


@frozen
class DeadlineSet(Written):
    """A deadline that follows from the facts, and how it was counted."""

    name: str
    title: str = field(metadata=key(when=When.RECORDED))
    due: date | datetime
    derivation: tuple[str, ...]
    clauses: tuple[str, ...]
    is_met: bool = field(default=False, metadata=key(when=When.RECORDED))
    """Whether it was met, in time or late."""
    met_on: date | datetime | None = field(default=None, metadata=key(when=When.RECORDED))
    """When it was met, if a fact says so."""
    rule: str = field(default="", metadata=key(when=When.RECORDED))
    """The rule that it comes from, such as `deadlines/entry`."""
    counted: tuple[Counted, ...] = field(default=(), metadata=key(when=When.NEVER))
    """Each count as data; `due` is the earliest end."""


class Reasons(Protocol):
    """Everything about a decision except its outcome."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that are not met, pending, or `cannot_tell`."""

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """The findings of all rules, whatever their results."""

    def briefs(self, is_wanted: Callable[[Check], bool]) -> Sequence[Brief]:
        """Return in brief what some checks find wrong or coming due with a subject in scope."""

    @property
    def route(self) -> RouteTaken | None:
        """Where a request goes."""

    @property
    def approvals(self) -> tuple[ApprovalSought, ...]:
        """The approvals that it needs."""

    @property
    def duties(self) -> tuple[DutyArisen, ...]:
        """What someone has to do now."""

    @property
    def deadlines(self) -> tuple[DeadlineSet, ...]:
        """The deadlines whose triggers are known."""

    @property
    def latest_due(self) -> Mapping[str, Moment]:
        """The latest due time of each deadline with only some triggers known, by its rule."""

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that the findings, the route, the deadlines and the duties rest on."""

    @property
    def all_readings(self) -> tuple[str, ...]:
        """The readings that all rules rest on, whatever their results."""
