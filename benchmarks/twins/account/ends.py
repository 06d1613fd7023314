# SPDX-License-Identifier: MIT
"""What is said of an account whose holder has left or needs it no longer."""

from __future__ import annotations

from typing import Any, Final

from benchmarks.twins.account.rules import NOTE, VIOLATION, rule_of
from benchmarks.twins.account.standing import Standing
from benchmarks.twins.parts import Broken, in_text, iso

_INCIDENT: Final = "Notify the coordinator at once; an investigation follows."


def _ended(s: Standing, name: str, end: Any) -> dict[str, Any]:
    """Return the facts by which an account has outlived one end, and the incident is closed."""
    return {
        "at": s.moment,
        f"account.{name}": iso(end),
        "account.status": s.account.status,
        "account.deactivated_on": iso(s.deactivated_on),
        "account.incident.coordinator_notified_on": iso(s.notified),
        "account.incident.operations_informed_on": iso(s.informed),
        "account.organization": s.organization,
        "account.incident.investigated_on": iso(s.investigated),
    }


def _fields_of_end(s: Standing, name: str) -> tuple[str, ...]:
    return (name, "status") if s.active else (name, "status", "deactivated_on")


_BY_SEPARATION: Final = rule_of(
    "revoked-by-separation",
    VIOLATION,
    "deactivate-1",
    "",
    _INCIDENT,
    ("separation-either", "status-first", "late-order"),
)


_BY_NEED: Final = rule_of(
    "revoked-by-end-of-need",
    VIOLATION,
    "deactivate-2",
    "",
    _INCIDENT,
    ("status-first", "late-order"),
)


_SEPARATION_ON_RECORD: Final = rule_of(
    "separation-on-record",
    NOTE,
    "deactivate-1",
    "",
    None,
    ("separation-either", "late-order", "operations-is-coordinator"),
)


_NEED_ON_RECORD: Final = rule_of(
    "end-of-need-on-record",
    NOTE,
    "deactivate-2",
    "The account outlived the business need; the incident is on record.",
    None,
    ("late-order", "operations-is-coordinator"),
)


def by_separation(s: Standing) -> Broken:
    """Say that the account outlived the separation."""
    message = f"The account outlived the separation on {in_text(s.separated)}."
    because = _ended(s, "separated_on", s.separated)
    return Broken(_BY_SEPARATION, because, _fields_of_end(s, "separated_on"), message)


def by_need(s: Standing) -> Broken:
    """Say that the account outlived the business need."""
    day = in_text(s.need_ended)
    message = f"The account outlived the business need, which ended on {day}."
    because = _ended(s, "need_ended_on", s.need_ended)
    return Broken(_BY_NEED, because, _fields_of_end(s, "need_ended_on"), message)


def separation_on_record(s: Standing) -> Broken:
    """Say that the account outlived the separation, and that the incident is closed."""
    day = in_text(s.separated)
    message = f"The account outlived the separation on {day}; the incident is on record."
    because = _ended(s, "separated_on", s.separated)
    fields = _fields_of_end(s, "separated_on")
    return Broken(_SEPARATION_ON_RECORD, because, fields, message)


def need_on_record(s: Standing) -> Broken:
    """Say that the account outlived the business need, and that the incident is closed."""
    because = _ended(s, "need_ended_on", s.need_ended)
    return Broken(_NEED_ON_RECORD, because, _fields_of_end(s, "need_ended_on"))


_ACTIVE_WITH_A_DAY: Final = rule_of(
    "active-with-a-day-of-deactivation",
    NOTE,
    "coordinator-2",
    "",
    "Correct the status, or remove the day if the account was activated again.",
    ("status-first",),
)


_TOO_EARLY: Final = rule_of(
    "deactivated-after-creation",
    NOTE,
    "coordinator-2",
    "",
    "Check both days.",
    ("status-first",),
)


def active_with_a_day(s: Standing) -> Broken:
    """Say that an active account has a day of deactivation."""
    because = {
        "account.deactivated_on": iso(s.deactivated_on),
        "account.status": "active",
    }
    message = (
        f"The account is active, and {in_text(s.deactivated_on)} is on file as the day of its "
        "deactivation. The status counts."
    )
    return Broken(_ACTIVE_WITH_A_DAY, because, ("deactivated_on",), message)


def too_early(s: Standing) -> Broken:
    """Say that the account was deactivated before it was created."""
    because = {
        "account.deactivated_on": iso(s.deactivated_on),
        "account.created_on": iso(s.created),
        "account.status": "deactivated",
    }
    message = (
        f"The account was deactivated on {in_text(s.deactivated_on)}, before it was created on "
        f"{in_text(s.created)}."
    )
    return Broken(_TOO_EARLY, because, ("deactivated_on",), message)
