# SPDX-License-Identifier: MIT
"""The reasons of a decision: findings, route, approvals, duties and deadlines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, Protocol

from attrs import field, frozen

from caljobs_policy.dates.durations import Duration, Moment
from caljobs_policy.errors import Place
from caljobs_policy.mappings import FrozenDict
from caljobs_policy.policy.outcome import Outcome, Result

_MANY: Final = 31


def _facts(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Keep the values of facts, with lists as tuples, so that nothing changes them."""
    pairs = values.items()
    return FrozenDict({k: tuple(v) if isinstance(v, list) else v for k, v in pairs})


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
    because: Mapping[str, Any] = field(converter=_facts)
    """The facts that the rule read, by name; personal data is withheld."""
    needs: tuple[str, ...] = ()
    """The unknown facts on which the result depends."""
    replaces: str | None = None
    form: str | None = None
    """The form that the rule asks for, where it asks for one."""
    place: Place = field(default=Place(), eq=False)

    def to_dict(self) -> dict[str, Any]:
        """Return the finding in the form of the JSON answer."""
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
            "because": {
                fact: list(value) if isinstance(value, tuple) else value
                for fact, value in self.because.items()
            },
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
        """Return the route in the form of the JSON answer."""
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
        """Return the approval in the form of the JSON answer."""
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
    rule: str = ""
    """The rule that it comes from, such as `duties/tell-the-user`."""

    def to_dict(self) -> dict[str, Any]:
        """Return the duty in the form of the JSON answer."""
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
class Counted:
    """One way in which a deadline was counted: from which fact, how long, and to where."""

    trigger: str
    """The fact that it is counted from, by name."""
    start: date | datetime
    count: Duration
    end: date | datetime
    skipped: tuple[tuple[date, str], ...] = ()
    """The days between that do not count, each with its reason."""

    @property
    def steps(self) -> tuple[str, ...]:
        """The count in words, step by step; more than a month of skipped days is summed up."""
        start = self.start.isoformat()
        # A day of the policy goes by itself.
        counted_from = start if self.trigger == start else f"{self.trigger} {start}"
        first = f"{counted_from} + {self.count} = {self.end.isoformat()}"
        if len(self.skipped) > _MANY:
            return (first, f"{len(self.skipped)} days between them are not business days")
        days = (f"{day.isoformat()} does not count: {reason}" for day, reason in self.skipped)
        return (first, *days)


@frozen
class DeadlineSet:
    """A dated limit that follows from the facts, and how it was counted."""

    name: str
    title: str
    due: date | datetime
    derivation: tuple[str, ...]
    clauses: tuple[str, ...]
    is_met: bool = False
    """Whether something has met it, in time or late."""
    met_on: date | datetime | None = None
    """When it was met, as far as a fact tells."""
    rule: str = ""
    """The rule that it comes from, such as `deadlines/entry`."""
    counted: tuple[Counted, ...] = ()
    """Each way in which it was counted, as data; `due` is the earliest end."""

    def to_dict(self) -> dict[str, Any]:
        """Return the deadline in the form of the JSON answer."""
        return {
            "name": self.name,
            "due": self.due.isoformat(),
            "derivation": list(self.derivation),
            "clauses": list(self.clauses),
        }


class Reasons(Protocol):
    """Everything about a decision but its outcome."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The rules that are not met, those that are pending, and those that cannot be told."""

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Every rule that was looked at."""

    @property
    def route(self) -> RouteTaken | None:
        """Where a request goes."""

    @property
    def approvals(self) -> tuple[ApprovalSought, ...]:
        """The approvals that it needs."""

    @property
    def duties(self) -> tuple[DutyArisen, ...]:
        """What somebody has to do now."""

    @property
    def deadlines(self) -> tuple[DeadlineSet, ...]:
        """The dated limits whose triggers are known."""

    @property
    def latest_due(self) -> Mapping[str, Moment]:
        """The latest time of each deadline of which only some triggers are known, by its rule."""

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that the findings, the route, the deadlines and the duties rest on."""

    @property
    def all_readings(self) -> tuple[str, ...]:
        """The readings of every rule that was looked at."""
