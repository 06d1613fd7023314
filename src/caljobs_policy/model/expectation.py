# SPDX-License-Identifier: MIT
"""What a worked case expects of its decision, and how the two differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from attrs import frozen

from caljobs_policy.model.decision import Decision
from caljobs_policy.model.durations import Moment, in_zone
from caljobs_policy.model.outcome import Result


@frozen
class ExpectedDuty:
    """A duty that has to arise: one that has all the clauses and every value named here."""

    clauses: tuple[str, ...] = ()
    values: Mapping[str, Any] = {}


@frozen(kw_only=True)
class Expectation:
    """What is expected; what is not named is not compared."""

    outcome: str | None = None
    clauses: tuple[str, ...] = ()
    not_clauses: tuple[str, ...] = ()
    needs: tuple[str, ...] | None = None
    route: Mapping[str, Any] = {}
    deadlines: Mapping[str, Moment | None] = {}
    duties: tuple[ExpectedDuty, ...] = ()
    not_duties: tuple[ExpectedDuty, ...] = ()
    approvals: Mapping[str, bool] = {}

    def differences(self, decision: Decision) -> tuple[str, ...]:
        """Give every difference as a sentence; none where the expectation holds."""
        return (
            *self._outcome(decision),
            *self._clauses(decision),
            *self._needs(decision),
            *self._route(decision),
            *self._deadlines(decision),
            *self._duties(decision),
            *self._approvals(decision),
        )

    def _outcome(self, decision: Decision) -> Iterator[str]:
        if self.outcome is not None and self.outcome != decision.outcome.value:
            yield f"outcome: expected {self.outcome}, got {decision.outcome.value}"

    def _clauses(self, decision: Decision) -> Iterator[str]:
        if not self.clauses and not self.not_clauses:
            return
        unmet = [f for f in decision.findings if f.result is Result.NOT_MET]
        broken = sorted({clause for finding in unmet for clause in finding.clauses})
        for clause in self.clauses:
            if clause not in broken:
                yield f"clauses: {clause} is not among those not met: {_list(broken)}"
        for clause in self.not_clauses:
            if clause in broken:
                rules = [f.rule for f in unmet if clause in f.clauses]
                yield f"not_clauses: {clause} is not met, by {_list(rules)}"

    def _needs(self, decision: Decision) -> Iterator[str]:
        if self.needs is not None and set(self.needs) != set(decision.needs):
            yield f"needs: expected {_list(self.needs)}, got {_list(decision.needs)}"

    def _route(self, decision: Decision) -> Iterator[str]:
        found = decision.route.to_dict() if self.route and decision.route else {}
        for key, value in self.route.items():
            got = found.get(key)
            same = sorted(value) == sorted(got or []) if isinstance(value, tuple) else value == got
            if not same:
                yield f"route.{key}: expected {_said(value)}, got {_said(got)}"

    def _deadlines(self, decision: Decision) -> Iterator[str]:
        found = {d.name: d.due for d in decision.deadlines} if self.deadlines else {}
        for name, due in self.deadlines.items():
            expected = in_zone(due, decision.policy.zone) if isinstance(due, datetime) else due
            if not _same(found.get(name), expected):
                yield f"deadlines.{name}: expected {_said(expected)}, got {_said(found.get(name))}"

    def _duties(self, decision: Decision) -> Iterator[str]:
        if not self.duties and not self.not_duties:
            return
        arisen = [duty.to_dict() for duty in decision.duties]
        for duty in self.duties:
            if not any(_fits(duty, found) for found in arisen):
                clauses = [clause for found in arisen for clause in found["clauses"]]
                yield f"duties: {_named(duty)} did not arise; what did: {_list(clauses)}"
        for duty in self.not_duties:
            if any(_fits(duty, found) for found in arisen):
                yield f"not_duties: {_named(duty)} arose"

    def _approvals(self, decision: Decision) -> Iterator[str]:
        found = {a.role: a.given for a in decision.approvals} if self.approvals else {}
        for role, given in self.approvals.items():
            if found.get(role) is not given:
                yield f"approvals.{role}: expected {_said(given)}, got {_said(found.get(role))}"


def _same(due: date | datetime | None, expected: date | datetime | None) -> bool:
    """Compare due times; two zones never agree on an hour that the clocks repeat, but in UTC."""
    if isinstance(due, datetime) and isinstance(expected, datetime):
        return due.astimezone(UTC) == expected.astimezone(UTC)
    return type(due) is type(expected) and due == expected


def _fits(duty: ExpectedDuty, found: Mapping[str, Any]) -> bool:
    if not set(duty.clauses) <= set(found["clauses"]):
        return False
    return all(
        sorted(value) == sorted(found[key]) if isinstance(value, tuple) else value == found[key]
        for key, value in duty.values.items()
    )


def _named(duty: ExpectedDuty) -> str:
    more = [f"{key} {_said(value)}" for key, value in duty.values.items()]
    return ", ".join([*duty.clauses, *more])


def _list(words: Any) -> str:
    return ", ".join(dict.fromkeys(words)) or "none"


def _said(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    return _list(value) if isinstance(value, tuple | list) else str(value)
