# SPDX-License-Identifier: MIT
"""The answer about an account: its findings, what follows from them, and all of it as data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from benchmarks.twins.account.checks import broken_by, decision, outcome_of, verdict
from benchmarks.twins.account.deadlines import due_of
from benchmarks.twins.account.duties import duties_of
from benchmarks.twins.account.findings import BROKEN
from benchmarks.twins.account.standing import Standing
from benchmarks.twins.parts import Broken, Due, Duty, Reasons, Twin, asked, sorted_readings
from benchmarks.twins.reading import read_account
from caljobs_policy import Account
from caljobs_policy.decisions.reasons import DeadlineSet, DutyArisen, Finding, RouteTaken
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy


class Told:
    """What all parts of an answer begin with."""

    def __init__(self, account: Account, at: datetime) -> None:
        self.standing = Standing(account, at)
        self.rules = broken_by(self.standing)
        self.outcome = outcome_of(self.rules)
        self.is_out = self.outcome is Outcome.OUT_OF_SCOPE

    def found(self) -> list[Broken]:
        """Return what is said of each rule that is not kept."""
        rules = self.rules[:1] if self.is_out else self.rules
        return [BROKEN[rule](self.standing) for rule in rules]

    def due(self) -> list[Due]:
        """Return the deadlines."""
        return [] if self.is_out else due_of(self.standing)

    def arisen(self, due: Iterable[Due]) -> list[Duty]:
        """Return the duties."""
        return [] if self.is_out else duties_of(self.standing, due)


def findings(account: Account, at: datetime) -> tuple[Finding, ...]:
    """Return what is wrong."""
    return tuple([one.finding() for one in Told(account, at).found()])


def route(account: Account, at: datetime) -> RouteTaken | None:
    """Return nothing: an account is on no way."""
    return None


def deadlines(account: Account, at: datetime) -> tuple[DeadlineSet, ...]:
    """Return what is due when."""
    return tuple([one.deadline() for one in Told(account, at).due()])


def duties(account: Account, at: datetime) -> tuple[DutyArisen, ...]:
    """Return what somebody has to do."""
    told = Told(account, at)
    return tuple([duty.duty() for duty in told.arisen(told.due())])


def readings(account: Account, at: datetime) -> tuple[str, ...]:
    """Return the readings that the answer rests on."""
    told = Told(account, at)
    due = told.due()
    return _readings(told.standing, told.found(), due, told.arisen(due))


def reasons(account: Account, at: datetime) -> Reasons:
    """Return all parts of the answer."""
    told = Told(account, at)
    found, due = told.found(), told.due()
    arisen = told.arisen(due)
    return (
        tuple([one.finding() for one in found]),
        None,
        tuple([duty.duty() for duty in arisen]),
        tuple([one.deadline() for one in due]),
        _readings(told.standing, found, due, arisen),
    )


def to_dict(policy: Policy, account: Account, at: datetime) -> dict[str, Any]:
    """Return the whole answer as plain data."""
    told = Told(account, at)
    found, due = told.found(), told.due()
    arisen = told.arisen(due)
    return {
        "policy": asked(policy),
        "subject": "account",
        "outcome": told.outcome.value,
        "findings": [one.to_dict() for one in found],
        "route": None,
        "approvals": [],
        "duties": [duty.to_dict() for duty in arisen],
        "deadlines": [one.to_dict() for one in due],
        "needs": [],
        "readings": [*_readings(told.standing, found, due, arisen)],
    }


_READINGS_OF_DEADLINES: Final[dict[str, tuple[str, ...]]] = {
    "training_expires": ("annual-clock", "day-count"),
    "statement_expires": ("annual-clock", "day-count"),
    "annual_maintenance_due": ("annual-clock",),
    "account_must_be_revoked": ("status-first",),
    "temporary_password_expires": ("twenty-four-hours",),
}


def _readings(
    s: Standing, found: Iterable[Broken], due: Iterable[Due], arisen: Iterable[Duty]
) -> tuple[str, ...]:
    by_deadline = [_READINGS_OF_DEADLINES[one.name] for one in due]
    is_separated = s.separated is not None and ("status-first",) in by_deadline
    return sorted_readings(
        *[one.rule.readings for one in found],
        *by_deadline,
        *[duty.readings for duty in arisen],
        ("separation-either",) if is_separated else (),
    )


ACCOUNT_BY_HAND: Final = Twin(
    read_account,
    verdict,
    decision,
    findings,
    route,
    duties,
    deadlines,
    readings,
    reasons,
    to_dict,
)
