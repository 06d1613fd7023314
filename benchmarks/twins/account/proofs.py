# SPDX-License-Identifier: MIT
"""What is said of an account whose papers or days are not in order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from benchmarks.twins.account.checks import EXEMPT
from benchmarks.twins.account.rules import NOTE, VIOLATION, rule_of
from benchmarks.twins.account.standing import Standing, is_after
from benchmarks.twins.parts import Broken, in_text, iso, without_names
from caljobs_policy.policy.outcome import Outcome

_TRAIN: Final = "Have the staff member complete ISPA training."


def exempt(s: Standing) -> Broken:
    """Say that the account is outside the directive."""
    privileges = without_names((s.account.staff.name,), s.privileges)
    return Broken(_EXEMPT, {"account.staff.privileges": privileges}, ())


_EXEMPT: Final = rule_of(
    EXEMPT,
    Outcome.OUT_OF_SCOPE,
    "scope-2",
    "The account has cash privileges only, which are outside the directive; see WSD16-17.",
    None,
    ("cash-only",),
)


def statement(row: str, title: str, clause: str) -> Callable[[Standing], Broken]:
    """Return what says that a form is not signed, or not yet."""
    missing = rule_of(
        f"tables/account-statement-signed/{row}",
        VIOLATION,
        f"staff-3 {clause}",
        f"The {title} is missing; none is signed.",
        f"Have the staff member sign the {title}, then state the date of the signature.",
    )
    to_come = missing._replace(
        message=f"The {title} is dated on a day to come.", readings=("done-before",)
    )

    def broken(s: Standing) -> Broken:
        stated = s.account.staff.signed.get(s.form)
        because = {
            f"account.staff.statement.{s.form}": iso(stated),
            "at": s.moment,
            "account.status": "active",
            "account.staff.employer": s.employer,
        }
        return Broken(missing if stated is None else to_come, because, ("staff.statement",))

    return broken


_UNTRAINED: Final = rule_of(
    "account-training-completed",
    VIOLATION,
    "manager-1",
    "ISPA training is missing; none is completed.",
    _TRAIN,
    ("missing-is-not-expired",),
)


_TRAINED_LATER: Final = _UNTRAINED._replace(message="", readings=("done-before",))


def training(s: Standing) -> Broken:
    """Say that the training is not completed, or not yet."""
    stated = s.account.staff.training_completed_on
    because = {
        "account.staff.training_completed_on": iso(stated),
        "at": s.moment,
        "account.status": "active",
    }
    fields = ("staff.training_completed_on",)
    if stated is None:
        return Broken(_UNTRAINED, because, fields)
    message = f"ISPA training is dated {in_text(stated)}, a day to come."
    return Broken(_TRAINED_LATER, because, fields, message)


_NO_NEED: Final = rule_of(
    "business-need-without-an-end",
    VIOLATION,
    "deactivate-2",
    "The staff member has no business need for access, and the account is active.",
    "Deactivate the account, and state the day on which the need ended.",
    ("no-need-without-a-date",),
)


def no_need(s: Standing) -> Broken:
    """Say that there is no business need."""
    because = {
        "account.status": "active",
        "account.staff.business_need": False,
        "account.need_ended_on": None,
    }
    return Broken(_NO_NEED, because, ("status", "staff.business_need", "need_ended_on"))


_DEVICE: Final = rule_of(
    "no-personal-device",
    VIOLATION,
    "device-1",
    "The account was used on a personal device.",
    "Have the staff member use devices of the organization only.",
    ("personal-device",),
)


def device(s: Standing) -> Broken:
    """Say that a personal device was used."""
    return Broken(_DEVICE, {"account.personal_device_used": True}, ("personal_device_used",))


_TO_COME: Final = rule_of(
    "days-to-come", NOTE, "coordinator-2", "", "Check these days.", ("done-before",)
)


_BEFORE: Final = rule_of("days-before-the-creation", NOTE, "coordinator-2", "", "Check these days.")


def to_come(s: Standing) -> Broken:
    """Say that days lie ahead."""
    stated = s.account
    because = {
        "account.created_on": iso(stated.created_on),
        "at": s.moment,
        "account.last_maintenance_on": iso(stated.last_maintenance_on),
        "account.deactivated_on": iso(stated.deactivated_on),
    }
    message = (
        f"A day that lies ahead is on file (creation {in_text(stated.created_on)}, last "
        f"maintenance {in_text(stated.last_maintenance_on)}, deactivation "
        f"{in_text(stated.deactivated_on)}); it has not happened."
    )
    keys = ("created_on", "last_maintenance_on", "deactivated_on")
    ahead = tuple(key for key in keys if is_after(getattr(stated, key), s.at))
    return Broken(_TO_COME, because, ahead, message)


def before(s: Standing) -> Broken:
    """Say that days lie before the creation."""
    because = {
        "account.last_maintenance_on": iso(s.maintained),
        "account.created_on": iso(s.created),
        "account.deactivated_on": iso(s.deactivated_on),
    }
    message = (
        f"The account was maintained or deactivated before it was created on {in_text(s.created)}."
    )
    early = []
    if is_after(s.created, s.maintained):
        early.append("last_maintenance_on")
    if is_after(s.created, s.deactivated_on):
        early.append("deactivated_on")
    return Broken(_BEFORE, because, tuple(early), message)
