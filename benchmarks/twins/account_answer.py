# SPDX-License-Identifier: MIT
"""The answer about an account: its findings, what follows from them, and all of it as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, Final

from benchmarks.twins.account import (
    broken_by,
    decision,
    expires_at,
    is_expired,
    outcome_of,
    revocation_is_near,
    verdict,
)
from benchmarks.twins.account_findings import BROKEN, INFORM, INVESTIGATE, NOTIFY
from benchmarks.twins.parts import (
    AT_ONCE,
    LIFE,
    YEAR,
    ZONE,
    Broken,
    Due,
    Duty,
    Reasons,
    Twin,
    a_year_after,
    asked,
    sorted_readings,
)
from benchmarks.twins.reading import read_account
from benchmarks.twins.standing import Standing
from caljobs_policy import Account
from caljobs_policy.decisions.reasons import DeadlineSet, DutyArisen, Finding, RouteTaken
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy

COORDINATORS: Final = {
    "local_area": "mis_administrator",
    "wsb_field_division": "wsb_spoc",
    "community_based_organization": "operations_unit",
    "other": "operations_unit",
}


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
        return [] if self.is_out else _due(self.standing)

    def arisen(self, due: Iterable[Due]) -> list[Duty]:
        """Return the duties."""
        return [] if self.is_out else _arisen(self.standing, due)


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


_Count = tuple[str, Any, Any, Any]


def _due(s: Standing) -> list[Due]:
    found = []
    if s.active:
        year: Callable[[str, date], _Count] = lambda name, day: (  # noqa: E731
            f"account.{name}",
            day,
            YEAR,
            a_year_after(day),
        )
        counts = []
        if s.trained is not None:
            counts.append(year("staff.training_completed_on", s.trained))
            found.append(Due(*_TRAINING, counts[:1], counts[0][3]))
        if s.signed is not None:
            counts.append(year(f"staff.statement.{s.form}", s.signed))
            found.append(Due(*_STATEMENT, counts[-1:], counts[-1][3]))
        if s.maintained is not None:
            counts.append(year("last_maintenance_on", s.maintained))
        elif s.created is not None:
            counts.append(year("created_on", s.created))
        if counts:
            found.append(Due(*_MAINTENANCE, counts, min([count[3] for count in counts])))
    if s.separated is not None or s.need_ended is not None:
        found.append(_revocation(s))
    if s.active and s.issued is not None:
        end = expires_at(s.issued)
        counts = [("account.temporary_password.issued_at", s.issued, LIFE, end)]
        used = s.first_login or s.changed
        found.append(Due(*_PASSWORD, counts, end, used is not None, used))
    return found


def _revocation(s: Standing) -> Due:
    ends = (("separated_on", s.separated, "1"), ("need_ended_on", s.need_ended, "2"))
    known = [(name, end, number) for name, end, number in ends if end is not None]
    counts = [(f"account.{name}", end, AT_ONCE, _in_zone(end)) for name, end, _ in known]
    clauses = tuple([f"WSD24-12/deactivate-{number}" for _, _, number in known])
    met_on = s.deactivated_on if s.deactivated else None
    return Due(*_REVOCATION, clauses, counts, _in_zone(s.first_end), s.deactivated, met_on)


def _in_zone(value: Any) -> Any:
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=ZONE)
    return value


_TRAINING: Final = (
    "training_expires",
    "ISPA training expires",
    "deadlines/account-training",
    ("WSD24-12/manager-1",),
)
_STATEMENT: Final = (
    "statement_expires",
    "Confidentiality statement expires",
    "deadlines/account-statement",
    ("WSD24-12/staff-3",),
)
_MAINTENANCE: Final = (
    "annual_maintenance_due",
    "Annual maintenance is due",
    "deadlines/account-maintenance",
    ("WSD24-12/annual-1",),
)
_REVOCATION: Final = (
    "account_must_be_revoked",
    "Account must be revoked",
    "deadlines/account-revoked",
)
_PASSWORD: Final = (
    "temporary_password_expires",
    "Temporary password expires",
    "deadlines/account-temporary-password",
    ("WSD24-12/create-7", "WSD24-12/reset-3"),
)
_READINGS_OF_DEADLINES: Final[dict[str, tuple[str, ...]]] = {
    "training_expires": ("annual-clock", "day-count"),
    "statement_expires": ("annual-clock", "day-count"),
    "annual_maintenance_due": ("annual-clock",),
    "account_must_be_revoked": ("status-first",),
    "temporary_password_expires": ("twenty-four-hours",),
}


def _arisen(s: Standing, due: Iterable[Due]) -> list[Duty]:
    coordinator = COORDINATORS[s.organization]
    found = []
    if s.active and revocation_is_near(s):
        ends = [one.due for one in due if one.name == "account_must_be_revoked"]
        found.append(_REVOKE._replace(to=coordinator, due=ends[0]))
    if s.outlived:
        if s.notified is None:
            found.append(_NOTIFY._replace(to=coordinator))
        if not s.deactivated:
            found.append(_DEACTIVATE._replace(who=coordinator))
        if s.informed is None and s.informs:
            found.append(_INFORM._replace(who=coordinator))
        if s.investigated is None:
            found.append(_INVESTIGATE)
    if s.active and s.issued is not None and is_expired(s) and not (s.first_login or s.changed):
        found.append(_RESET._replace(to=coordinator))
    if s.active and s.first_login is not None and s.changed is None:
        found.append(_SET_A_PASSWORD)
    return found


_REVOKE: Final = Duty(
    "duties/account-update-or-revoke",
    "Have the access updated or revoked, for the separation or the end of the business need.",
    "WSD24-12/manager-3",
    (),
    who="requestor",
)
_NOTIFY: Final = Duty(
    "duties/incident-notify",
    NOTIFY,
    "WSD24-12/deactivate-5",
    ("promptness-words", "late-order"),
    who="requestor",
    promptness="immediately",
)
_DEACTIVATE: Final = Duty(
    "duties/incident-deactivate",
    "Deactivate the account.",
    "WSD24-12/deactivate-6",
    ("promptness-words", "status-first", "late-order"),
    promptness="as soon as possible",
)
_INFORM: Final = Duty(
    "duties/incident-inform",
    INFORM,
    "WSD24-12/deactivate-7",
    ("late-order",),
    to="operations_unit",
)
_INVESTIGATE: Final = Duty(
    "duties/incident-investigate",
    INVESTIGATE,
    "WSD24-12/deactivate-8",
    ("late-order",),
    who="operations_unit",
)
_RESET: Final = Duty(
    "duties/request-a-reset",
    "Submit a reset request; the temporary password expired before it was used.",
    "WSD24-12/create-7",
    ("temporary-password-unused",),
    who="requestor",
)
_SET_A_PASSWORD: Final = Duty(
    "duties/set-a-password",
    "Set a new password.",
    "WSD24-12/create-8",
    ("temporary-password-unused",),
    who="staff",
    promptness="at once",
)


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
