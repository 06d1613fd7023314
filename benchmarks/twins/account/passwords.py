# SPDX-License-Identifier: MIT
"""What is said of a temporary password."""

from __future__ import annotations

from typing import Any, Final

from benchmarks.twins.account.rules import NOTE, VIOLATION, rule_of
from benchmarks.twins.account.standing import Standing, is_after
from benchmarks.twins.parts import Broken, iso
from caljobs_policy.policy.outcome import Outcome

_UNUSED: Final = rule_of(
    "temporary-password-unused",
    Outcome.ATTENTION,
    "create-7 reset-3",
    "The temporary password expired 24 hours after it was issued, unused.",
    "Submit a reset request.",
    ("twenty-four-hours", "temporary-password-unused"),
)


_USED_LATE: Final = rule_of(
    "temporary-password-used-in-time",
    VIOLATION,
    "create-7 reset-3",
    "The temporary password was used when it had expired.",
    "Submit a reset request, and see to it that temporary passwords expire.",
    ("twenty-four-hours",),
)


_NOT_SET: Final = rule_of(
    "password-set-at-first-login",
    VIOLATION,
    "create-8 reset-3",
    "The staff member logged in first with the temporary password and set no password of their "
    "own.",
    "Have the staff member set a new password at once.",
    ("temporary-password-unused",),
)


_PASSWORD: Final = "temporary_password"  # noqa: S105  # a key of a case


def _use(s: Standing) -> dict[str, Any]:
    return {
        "account.status": "active",
        "account.temporary_password.first_login_at": iso(s.first_login),
        "account.temporary_password.issued_at": iso(s.issued),
        "account.temporary_password.changed_at": iso(s.changed),
        "at": s.moment,
    }


def unused(s: Standing) -> Broken:
    """Say that the password expired unused."""
    keys = ("first_login_at", "changed_at", "issued_at")
    return Broken(_UNUSED, _use(s), ("status", *(f"{_PASSWORD}.{key}" for key in keys)))


def used_late(s: Standing) -> Broken:
    """Say that the password was used when it had expired."""
    keys = ("first_login_at",) if s.first_login else ("first_login_at", "changed_at")
    return Broken(_USED_LATE, _use(s), ("status", *(f"{_PASSWORD}.{key}" for key in keys)))


def not_set(s: Standing) -> Broken:
    """Say that no password of their own was set."""
    because = {
        "account.temporary_password.changed_at": None,
        "account.status": "active",
        "account.temporary_password.first_login_at": iso(s.first_login),
    }
    return Broken(_NOT_SET, because, ("temporary_password.changed_at",))


_PASSWORD_TO_COME: Final = rule_of(
    "password-to-come",
    NOTE,
    "create-7",
    "The temporary password is said to have been issued, used or changed at a time that lies "
    "ahead.",
    "Check these times.",
    ("done-before",),
)


_PASSWORD_BEFORE: Final = rule_of(
    "password-used-before-it-was-issued",
    NOTE,
    "create-7",
    "The temporary password is said to have been used or changed before it was issued.",
    "Check these times.",
)


def password_to_come(s: Standing) -> Broken:
    """Say that a time lies ahead."""
    password = s.account.temporary_password
    because = {
        "account.temporary_password.issued_at": iso(password.issued_at),
        "at": s.moment,
        "account.temporary_password.first_login_at": iso(password.first_login_at),
        "account.temporary_password.changed_at": iso(password.changed_at),
    }
    keys = ("issued_at", "first_login_at", "changed_at")
    ahead = (f"{_PASSWORD}.{key}" for key in keys if is_after(getattr(password, key), s.at))
    return Broken(_PASSWORD_TO_COME, because, tuple(ahead))


def password_before(s: Standing) -> Broken:
    """Say that the password was used before it was issued."""
    because = {
        "account.temporary_password.first_login_at": iso(s.first_login),
        "account.temporary_password.issued_at": iso(s.issued),
        "account.temporary_password.changed_at": iso(s.changed),
    }
    early = []
    if is_after(s.issued, s.first_login):
        early.append("temporary_password.first_login_at")
    if is_after(s.issued, s.changed):
        early.append("temporary_password.changed_at")
    return Broken(_PASSWORD_BEFORE, because, tuple(early))
