# SPDX-License-Identifier: MIT
"""A standing account: which rules of the directive it does not keep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from benchmarks.twins.account.standing import Standing, is_after, local_day
from benchmarks.twins.parts import ZONE, Answer
from caljobs_policy import Account
from caljobs_policy.dates.durations import compare
from caljobs_policy.policy.outcome import Outcome

CASH: Final = frozenset({"cash", "cash_request", "cash_draw", "cash_module"})
_WARNED: Final = 365 - 30
_NOTES: Final = frozenset(
    {
        *("active-with-a-day-of-deactivation", "deactivated-after-creation"),
        *("separation-on-record", "end-of-need-on-record", "incident-in-order"),
        *("days-to-come", "days-before-the-creation", "notice-to-come", "information-to-come"),
        *("investigation-to-come", "password-to-come", "password-used-before-it-was-issued"),
    }
)
_WARNINGS: Final = frozenset(
    {
        *("temporary-password-unused", "deadlines/account-training/near"),
        *("deadlines/account-statement/near", "deadlines/account-maintenance/near"),
        "deadlines/account-revoked/near",
    }
)
EXEMPT: Final = "exempt/cash-only-account"


def verdict(account: Account, at: datetime) -> tuple[str, ...]:
    """Return the rules that are not kept."""
    return broken_by(Standing(account, at))


def broken_by(s: Standing) -> tuple[str, ...]:
    """Return the rules that an account does not keep, in the order of the directive."""
    found = []
    if s.privileges and CASH.issuperset(s.privileges):
        found.append(EXEMPT)
    if s.active:
        found += _unproved(s)
    if s.outlived and not s.closed:
        if s.outlived_separation:
            found.append("revoked-by-separation")
        if s.outlived_need:
            found.append("revoked-by-end-of-need")
    if s.active and s.deactivated_on is not None:
        found.append("active-with-a-day-of-deactivation")
    if s.deactivated and is_after(s.created, s.deactivated_on):
        found.append("deactivated-after-creation")
    if s.outlived:
        if s.closed:
            if s.outlived_separation:
                found.append("separation-on-record")
            if s.outlived_need:
                found.append("end-of-need-on-record")
        if out_of_order(s):
            found.append("incident-in-order")
    if s.active:
        found += _of_password(s)
    if s.account.personal_device_used is True:
        found.append("no-personal-device")
    found += _contradictions(s)
    if s.active:
        found += _overdue(s)
    if revocation_is_near(s):
        found.append("deadlines/account-revoked/near")
    if s.outlived:
        found += _left_to_do(s)
    return tuple(found)


def _unproved(s: Standing) -> list[str]:
    found = []
    if s.signed is None:
        row = "edd" if s.employer == "edd" else "else"
        found.append(f"tables/account-statement-signed/{row}")
    if s.trained is None:
        found.append("account-training-completed")
    if s.without_need:
        found.append("business-need-without-an-end")
    return found


def out_of_order(s: Standing) -> bool:
    """Return whether the steps of an incident were taken in another order than they should."""
    return (
        is_after(s.notified, s.informed)
        or is_after(s.notified, s.investigated)
        or is_after(s.informed, s.investigated)
        or (
            s.deactivated
            and (
                is_after(s.notified, s.deactivated_on)
                or is_after(s.deactivated_on, s.informed)
                or is_after(s.deactivated_on, s.investigated)
            )
        )
    )


def expires_at(issued: datetime) -> datetime:
    """Return when a temporary password expires."""
    start = issued.replace(tzinfo=ZONE) if issued.tzinfo is None else issued
    return (start.astimezone(UTC) + timedelta(hours=24)).astimezone(ZONE)


def is_expired(s: Standing) -> bool:
    """Return whether a temporary password expired before it was used, or is unused and expired."""
    if s.issued is None:
        return False
    used = s.first_login or s.changed or s.at
    return compare(used, expires_at(s.issued), ZONE) >= 0


def _of_password(s: Standing) -> list[str]:
    found = []
    is_used = s.first_login is not None or s.changed is not None
    if is_expired(s):
        found.append("temporary-password-used-in-time" if is_used else "temporary-password-unused")
    if s.first_login is not None and s.changed is None:
        found.append("password-set-at-first-login")
    return found


def _contradictions(s: Standing) -> list[str]:
    found = []
    stated, at = s.account, s.at
    if (
        is_after(stated.created_on, at)
        or is_after(stated.last_maintenance_on, at)
        or is_after(stated.deactivated_on, at)
    ):
        found.append("days-to-come")
    if is_after(s.created, s.maintained) or is_after(s.created, s.deactivated_on):
        found.append("days-before-the-creation")
    if s.outlived:
        incident = stated.incident
        if is_after(incident.coordinator_notified_on, at):
            found.append("notice-to-come")
        if is_after(incident.operations_informed_on, at):
            found.append("information-to-come")
        if is_after(incident.investigated_on, at):
            found.append("investigation-to-come")
    password = stated.temporary_password
    if (
        is_after(password.issued_at, at)
        or is_after(password.first_login_at, at)
        or is_after(password.changed_at, at)
    ):
        found.append("password-to-come")
    if is_after(s.issued, s.first_login) or is_after(s.issued, s.changed):
        found.append("password-used-before-it-was-issued")
    return found


def _overdue(s: Standing) -> list[str]:
    found = []
    today = s.day.toordinal()
    trained = 0 if s.trained is None else today - s.trained.toordinal()
    signed = 0 if s.signed is None else today - s.signed.toordinal()
    last = s.maintained or s.created
    maintained = 0 if last is None else today - last.toordinal()
    for name, days in (
        ("training", trained),
        ("statement", signed),
        ("maintenance", max(trained, signed, maintained)),
    ):
        if days > 365:
            found.append(f"deadlines/account-{name}")
        elif days >= _WARNED:
            found.append(f"deadlines/account-{name}/near")
    return found


def _is_near(s: Standing, end: object) -> bool:
    return end is not None and s.day.toordinal() >= local_day(end).toordinal() - 30


def revocation_is_near(s: Standing) -> bool:
    """Return whether an account has to be revoked soon, and is not deactivated."""
    return (
        not s.deactivated
        and (_is_near(s, s.separated) or _is_near(s, s.need_ended))
        and not is_after(s.at, s.separated)
        and not is_after(s.at, s.need_ended)
    )


def _left_to_do(s: Standing) -> list[str]:
    found = []
    if s.notified is None:
        found.append("duties/incident-notify")
    if not s.deactivated:
        found.append("duties/incident-deactivate")
    if s.informed is None and s.informs:
        found.append("duties/incident-inform")
    if s.investigated is None:
        found.append("duties/incident-investigate")
    return found


def outcome_of(rules: tuple[str, ...]) -> Outcome:
    """Return what the rules that are not kept come to."""
    if not rules:
        return Outcome.COMPLIANT
    if rules[0] == EXEMPT:
        return Outcome.OUT_OF_SCOPE
    serious = [rule for rule in rules if rule not in _NOTES]
    if not serious:
        return Outcome.COMPLIANT
    return Outcome.ATTENTION if _WARNINGS.issuperset(serious) else Outcome.VIOLATION


def decision(account: Account, at: datetime) -> Answer:
    """Decide, without reasons."""
    rules = verdict(account, at)
    return Answer(account, at, outcome_of(rules), rules)
