# SPDX-License-Identifier: MIT
"""What is said of deadlines that are missed or near."""

from __future__ import annotations

from typing import Final

from benchmarks.twins.account.rules import VIOLATION, rule_of
from benchmarks.twins.account.standing import Standing, in_zone, local_day
from benchmarks.twins.parts import Broken, Rule, a_year_after, in_text, iso
from caljobs_policy.policy.outcome import Outcome, Result

_TRAIN: Final = "Have the staff member complete ISPA training."


_MAINTAIN: Final = (
    "Submit an annual maintenance request with new dates for the training and the statement."
)


_CLOCK: Final = ("annual-clock", "day-count")


def _warned(missed: Rule, message: str, remedy: str) -> Rule:
    """Return the rule that warns before another is broken."""
    return missed._replace(
        id=f"{missed.id}/near",
        outcome=Outcome.ATTENTION,
        message=message,
        remedy=remedy,
        readings=(*missed.readings, "coming-due"),
        result=Result.PENDING,
    )


_TRAINING_OVER: Final = rule_of(
    "deadlines/account-training", VIOLATION, "manager-1", "", _TRAIN, _CLOCK
)


_TRAINING_NEAR: Final = _warned(
    _TRAINING_OVER, "", "Have the staff member complete ISPA training in time."
)


_STATEMENT_OVER: Final = rule_of(
    "deadlines/account-statement",
    VIOLATION,
    "staff-3",
    "",
    "Have the staff member sign the statement again.",
    _CLOCK,
)


_STATEMENT_NEAR: Final = _warned(
    _STATEMENT_OVER, "", "Have the staff member sign the statement again in time."
)


_MAINTENANCE_OVER: Final = rule_of(
    "deadlines/account-maintenance", VIOLATION, "annual-1", "", _MAINTAIN, ("annual-clock",)
)


_MAINTENANCE_NEAR: Final = _warned(_MAINTENANCE_OVER, "", _MAINTAIN)


def _training_due(s: Standing, rule: Rule, message: str) -> Broken:
    because = {
        "account.status": "active",
        "at": s.moment,
        "account.staff.training_completed_on": iso(s.trained),
    }
    assert s.trained is not None
    fields = ("status", "staff.training_completed_on")
    return Broken(rule, because, fields, message.format(a_year_after(s.trained)))


def training_over(s: Standing) -> Broken:
    """Say that the training has expired."""
    return _training_due(s, _TRAINING_OVER, "ISPA training expired; {} was the last good day.")


def training_near(s: Standing) -> Broken:
    """Say that the training expires soon."""
    return _training_due(s, _TRAINING_NEAR, "ISPA training expires; {} is the last good day.")


def _statement_due(s: Standing, rule: Rule, message: str) -> Broken:
    because = {
        "account.status": "active",
        "account.staff.employer": s.employer,
        "at": s.moment,
        "account.staff.statement.de7410": iso(s.person.signed.get("de7410")),
        "account.staff.statement.e1": iso(s.person.signed.get("e1")),
    }
    fields = ("status", "staff.employer", "staff.statement")
    return Broken(rule, because, fields, message.format(a_year_after(s.signed)))


def statement_over(s: Standing) -> Broken:
    """Say that the statement has expired."""
    message = "The confidentiality statement expired; {} was the last good day."
    return _statement_due(s, _STATEMENT_OVER, message)


def statement_near(s: Standing) -> Broken:
    """Say that the statement expires soon."""
    message = "The confidentiality statement expires; {} is the last good day."
    return _statement_due(s, _STATEMENT_NEAR, message)


def _maintenance_due(s: Standing, rule: Rule, message: str, fields: tuple[str, ...]) -> Broken:
    because = {
        "account.status": "active",
        "at": s.moment,
        "account.staff.training_completed_on": iso(s.trained),
        "account.staff.employer": s.employer,
        "account.staff.statement.de7410": iso(s.person.signed.get("de7410")),
        "account.staff.statement.e1": iso(s.person.signed.get("e1")),
        "account.last_maintenance_on": iso(s.maintained),
        "account.created_on": iso(s.created),
    }
    first = min(day for day in (s.trained, s.signed, s.maintained or s.created) if day is not None)
    return Broken(rule, because, fields, message.format(a_year_after(first)))


def _due_fields(s: Standing, days: int) -> list[str]:
    """Return the fields whose days lie longer back than that many days."""
    latest = s.day.toordinal() - days
    found = []
    if s.trained is not None and s.trained.toordinal() < latest:
        found.append("staff.training_completed_on")
    if s.signed is not None and s.signed.toordinal() < latest:
        found += ["staff.employer", "staff.statement"]
    last = s.maintained or s.created
    if last is not None and last.toordinal() < latest:
        found += ["last_maintenance_on"] if s.maintained else ["last_maintenance_on", "created_on"]
    return found


def maintenance_over(s: Standing) -> Broken:
    """Say that annual maintenance is overdue."""
    fields = ("status", *_due_fields(s, 365))
    message = "Annual maintenance is overdue; it was due {}."
    return _maintenance_due(s, _MAINTENANCE_OVER, message, fields)


def maintenance_near(s: Standing) -> Broken:
    """Say that maintenance is near; every date but the present one keeps it from being missed."""
    is_edd = s.employer == "edd"
    fields = [
        "status",
        *_due_fields(s, 365 - 31),
        "staff.training_completed_on",
        *(
            ("staff.statement", "staff.employer")
            if is_edd
            else ("staff.employer", "staff.statement")
        ),
        "last_maintenance_on",
    ]
    if s.created is None or (s.day - s.created).days <= 365:
        fields.append("created_on")
    message = "Annual maintenance is due {}."
    return _maintenance_due(s, _MAINTENANCE_NEAR, message, tuple(dict.fromkeys(fields)))


_REVOKE: Final = "Submit a request to deactivate the account."


def revocation_near(s: Standing) -> Broken:
    """Say that the account must be revoked soon."""
    because = {
        "at": s.moment,
        "account.separated_on": iso(s.separated),
        "account.need_ended_on": iso(s.need_ended),
        "account.status": s.account.status,
        "account.deactivated_on": iso(s.deactivated_on),
    }
    clauses, readings = [], ["status-first", "coming-due"]
    if s.separated is not None:
        clauses.append("WSD24-12/deactivate-1")
        readings.append("separation-either")
    if s.need_ended is not None:
        clauses.append("WSD24-12/deactivate-2")
    rule = Rule(
        "deadlines/account-revoked/near",
        Outcome.ATTENTION,
        tuple(clauses),
        f"The account must be revoked by {in_text(in_zone(s.first_end))}.",
        _REVOKE,
        tuple(readings),
        Result.PENDING,
    )
    latest = s.day.toordinal() + 30
    ends = (("separated_on", s.separated), ("need_ended_on", s.need_ended))
    near = [key for key, end in ends if end is not None and local_day(end).toordinal() <= latest]
    order = (*near, "status", "deactivated_on", "separated_on", "need_ended_on")
    return Broken(rule, because, tuple(dict.fromkeys(order)))
