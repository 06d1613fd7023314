# SPDX-License-Identifier: MIT
"""What a worked case expects of its decision, and how the two differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from attrs import frozen

from caljobs_policy.dates.durations import Moment, in_zone
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.reasons import DutyArisen, Finding
from caljobs_policy.errors.privacy import WITHHELD
from caljobs_policy.policy.outcome import Result
from caljobs_policy.policy.policy import Policy

_FREE: Final = frozenset({"send_to", "subject", "what", "promptness"})
"""The keys of a route or duty whose values are no words of the policy."""


@frozen
class ExpectedDuty:
    """A duty that has to arise: one that has all the clauses and every value named here."""

    clauses: tuple[str, ...] = ()
    values: Mapping[str, Any] = {}


@frozen
class ExpectedDeadline:
    """A deadline that has to be listed: when it is due, where that is named, and its clauses."""

    due: Moment | None = None
    clauses: tuple[str, ...] = ()


@frozen(kw_only=True)
class Expectation:
    """What is expected; what is not named is not compared."""

    outcome: str | None = None
    clauses: tuple[str, ...] = ()
    not_clauses: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    needs: tuple[str, ...] | None = None
    route: Mapping[str, Any] = {}
    deadlines: Mapping[str, ExpectedDeadline | None] = {}
    """By name; None is for one that must not be listed."""
    duties: tuple[ExpectedDuty, ...] = ()
    not_duties: tuple[ExpectedDuty, ...] = ()
    approvals: Mapping[str, bool] = {}

    def differences(self, decision: Decision) -> tuple[str, ...]:
        """Return every difference as a sentence; none where the expectation holds."""
        return (
            *self._outcome(decision),
            *self._clauses(decision),
            *self._pending(decision),
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
        broken = _cited(unmet)
        for clause in self.clauses:
            if clause not in broken:
                yield f"clauses: {clause} is not among those not met: {_list(broken)}"
        for clause in self.not_clauses:
            if clause in broken:
                rules = [f.rule for f in unmet if clause in f.clauses]
                yield f"not_clauses: {clause} is not met, by {_list(rules)}"

    def _pending(self, decision: Decision) -> Iterator[str]:
        if not self.pending:
            return
        due = _cited(f for f in decision.findings if f.result is Result.PENDING)
        for clause in self.pending:
            if clause not in due:
                yield f"pending: {clause} is not among those pending: {_list(due)}"

    def _needs(self, decision: Decision) -> Iterator[str]:
        if self.needs is not None and set(self.needs) != set(decision.needs):
            yield f"needs: expected {_list(self.needs)}, got {_list(decision.needs)}"

    def _route(self, decision: Decision) -> Iterator[str]:
        found = decision.route.to_dict() if self.route and decision.route else {}
        for key, value in self.route.items():
            got = found.get(key)
            same = sorted(value) == sorted(got or []) if isinstance(value, tuple) else value == got
            if not same:
                yield f"route.{key}: expected {_repeated(key, value)}, got {_said(got)}"

    def _deadlines(self, decision: Decision) -> Iterator[str]:
        listed = {d.name: d for d in decision.deadlines} if self.deadlines else {}
        for name, expected in self.deadlines.items():
            found = listed.get(name)
            due = found.due if found else None
            wanted = _placed(expected.due if expected else None, decision.policy)
            if expected is not None and wanted is None and found is None:
                yield f"deadlines.{name}: expected to be listed, got none"
            elif (expected is None or wanted is not None) and not _same(due, wanted):
                yield f"deadlines.{name}: expected {_said(wanted)}, got {_said(due)}"
            cited = found.clauses if found else ()
            for clause in expected.clauses if expected and found else ():
                if clause not in cited:
                    yield f"deadlines.{name}: {clause} is not among its clauses: {_list(cited)}"

    def _duties(self, decision: Decision) -> Iterator[str]:
        if not self.duties and not self.not_duties:
            return
        arisen = decision.duties
        for duty in self.duties:
            if not any(_fits(duty, found, decision.policy) for found in arisen):
                clauses = [clause for found in arisen for clause in found.clauses]
                yield f"duties: {_named(duty)} did not arise; what did: {_list(clauses)}"
        for duty in self.not_duties:
            if any(_fits(duty, found, decision.policy) for found in arisen):
                yield f"not_duties: {_named(duty)} arose"

    def _approvals(self, decision: Decision) -> Iterator[str]:
        found = {a.role: a.given for a in decision.approvals} if self.approvals else {}
        for role, given in self.approvals.items():
            if found.get(role) is not given:
                yield f"approvals.{role}: expected {_said(given)}, got {_said(found.get(role))}"


def _cited(findings: Iterable[Finding]) -> list[str]:
    """Return the clauses of some findings, in order."""
    return sorted({clause for finding in findings for clause in finding.clauses})


def _same(due: date | datetime | None, expected: date | datetime | None) -> bool:
    """Compare due times; two zones never agree on an hour that the clocks repeat, but in UTC."""
    if isinstance(due, datetime) and isinstance(expected, datetime):
        return due.astimezone(UTC) == expected.astimezone(UTC)
    return type(due) is type(expected) and due == expected


def _placed(due: Moment | None, policy: Policy) -> Moment | None:
    """Return a due time with its offset; one without is local to the policy."""
    return in_zone(due, policy.zone) if isinstance(due, datetime) else due


def _fits(duty: ExpectedDuty, found: DutyArisen, policy: Policy) -> bool:
    if not set(duty.clauses) <= set(found.clauses):
        return False
    for key, value in duty.values.items():
        got = getattr(found, key)
        if key == "due" and not _same(got, _placed(value, policy)):
            return False
        if isinstance(value, tuple) and sorted(value) != sorted(got):
            return False
        if key != "due" and not isinstance(value, tuple) and value != got:
            return False
    return True


def _named(duty: ExpectedDuty) -> str:
    more = [f"{key} {_repeated(key, value)}" for key, value in duty.values.items()]
    return ", ".join([*duty.clauses, *more])


def _repeated(key: str, value: Any) -> str:
    """Return an expected value as it may be shown: a free text may name somebody."""
    return WITHHELD if key in _FREE and value is not None else _said(value)


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
