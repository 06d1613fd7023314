# SPDX-License-Identifier: MIT
"""What the functions written by hand share: a rule, what is found, and how both are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from caljobs_policy.dates.durations import Duration, Unit
from caljobs_policy.decisions.reasons import (
    Counted,
    DeadlineSet,
    DutyArisen,
    Finding,
    RouteTaken,
)
from caljobs_policy.errors.privacy import Secrets
from caljobs_policy.policy.outcome import Outcome, Result
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import Subject

ZONE: Final = ZoneInfo("America/Los_Angeles")
EDITION: Final = "state@2025-03-01"
YEAR: Final = "365 days"
AT_ONCE: Final = "0 days"
LIFE: Final = "24 hours"
_LENGTHS: Final = {
    YEAR: Duration(365, Unit.DAYS),
    AT_ONCE: Duration(0, Unit.DAYS),
    LIFE: Duration(24, Unit.HOURS),
}
_LAST: Final = date.max.toordinal()


class Rule(NamedTuple):
    """What a rule says, whomever it is about."""

    id: str
    outcome: Outcome
    clauses: tuple[str, ...]
    message: str
    remedy: str | None = None
    readings: tuple[str, ...] = ()
    result: Result = Result.NOT_MET
    form: str | None = None


class Broken(NamedTuple):
    """A rule that is not kept, with the facts that it rests on and the fields it is about."""

    rule: Rule
    because: Mapping[str, Any]
    fields: tuple[str, ...]
    message: str | None = None
    """What is said, where the rule does not say the same of everybody."""

    def finding(self) -> Finding:
        """Return it as an object."""
        rule = self.rule
        return Finding(
            rule=rule.id,
            result=rule.result,
            outcome=rule.outcome,
            clauses=rule.clauses,
            edition=EDITION,
            message=self.message or rule.message,
            remedy=rule.remedy,
            readings=rule.readings,
            because=self.because,
            fields=self.fields,
            form=rule.form,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        rule = self.rule
        return {
            "rule": rule.id,
            "result": rule.result.value,
            "outcome": rule.outcome.value,
            "clauses": list(rule.clauses),
            "edition": EDITION,
            "message": self.message or rule.message,
            "remedy": rule.remedy,
            "readings": list(rule.readings),
            "because": self.because,
        }


Count: TypeAlias = tuple[str, Any, str, Any]
"""The fact that is counted from, by name, its date, how long, and the end."""


class Due(NamedTuple):
    """A deadline: what is counted, each count from a fact of a name, and the earliest end."""

    name: str
    title: str
    rule: str
    clauses: tuple[str, ...]
    counts: list[Count]
    due: Any
    is_met: bool = False
    met_on: Any = None

    def steps(self) -> list[str]:
        """Return the counts in words."""
        found = [
            f"{name} {start.isoformat()} + {length} = {end.isoformat()}"
            for name, start, length, end in self.counts
        ]
        if len(found) > 1:
            found.append(f"the earliest of these is {self.due.isoformat()}")
        return found

    def deadline(self) -> DeadlineSet:
        """Return it as an object."""
        return DeadlineSet(
            self.name,
            self.title,
            self.due,
            tuple(self.steps()),
            self.clauses,
            is_met=self.is_met,
            met_on=self.met_on,
            rule=self.rule,
            counted=tuple(
                [
                    Counted(name, start, _LENGTHS[length], end)
                    for name, start, length, end in self.counts
                ]
            ),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "name": self.name,
            "due": self.due.isoformat(),
            "derivation": self.steps(),
            "clauses": list(self.clauses),
        }


class Duty(NamedTuple):
    """What somebody has to do."""

    rule: str
    what: str
    clause: str
    readings: tuple[str, ...]
    who: str = ""
    to: str | None = None
    promptness: str | None = None
    due: Any = None

    def duty(self) -> DutyArisen:
        """Return it as an object."""
        told = (self.who, self.what, self.to, (), self.promptness, self.due)
        return DutyArisen(*told, (self.clause,), self.rule)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "who": self.who,
            "what": self.what,
            "to": self.to,
            "cc": [],
            "promptness": self.promptness,
            "due": None if self.due is None else self.due.isoformat(),
            "clauses": [self.clause],
        }


class Answer(NamedTuple):
    """What a decision comes to, with the rules that are not kept."""

    subject: Subject
    at: datetime
    outcome: Outcome
    rules: tuple[str, ...]


Reasons: TypeAlias = tuple[
    tuple[Finding, ...],
    RouteTaken | None,
    tuple[DutyArisen, ...],
    tuple[DeadlineSet, ...],
    tuple[str, ...],
]
"""All parts: findings, route, duties, deadlines and readings."""


class Twin(NamedTuple):
    """The functions written by hand for one kind of subject, one for each stage."""

    read: Callable[[Mapping[str, Any]], Subject]
    verdict: Callable[[Any, datetime], tuple[str, ...]]
    decision: Callable[[Any, datetime], Answer]
    findings: Callable[[Any, datetime], tuple[Finding, ...]]
    route: Callable[[Any, datetime], RouteTaken | None]
    duties: Callable[[Any, datetime], tuple[DutyArisen, ...]]
    deadlines: Callable[[Any, datetime], tuple[DeadlineSet, ...]]
    readings: Callable[[Any, datetime], tuple[str, ...]]
    reasons: Callable[[Any, datetime], Reasons]
    to_dict: Callable[[Policy, Any, datetime], dict[str, Any]]


def a_year_after(day: date) -> date:
    """Return the last good day of what is good for 365 days."""
    return date.fromordinal(min(day.toordinal() + 365, _LAST))


def iso(value: date | None) -> str | None:
    """Return a date as it stands in JSON."""
    return None if value is None else value.isoformat()


def in_text(value: date | None) -> str:
    """Return a date as it stands in a sentence."""
    if value is None:
        return "(none)"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat()


def without_names(names: Iterable[str | None], words: tuple[str, ...] | None) -> list[str] | None:
    """Return words, without those in which a person's name stands."""
    return None if words is None else [*map(Secrets.of(names).kept, words)]


def asked(policy: Policy) -> dict[str, Any]:
    """Return which policy was asked."""
    return {
        "jurisdiction": policy.jurisdiction,
        "date": policy.day.isoformat(),
        "editions": [*policy.editions],
        "digest": policy.digest,
    }


def sorted_readings(*several: Iterable[str]) -> tuple[str, ...]:
    """Return each reading once, in the order of their names."""
    return tuple(sorted({reading for some in several for reading in some}))
