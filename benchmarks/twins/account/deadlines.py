# SPDX-License-Identifier: MIT
"""The deadlines of an account."""

from __future__ import annotations

from datetime import date
from typing import Final

from benchmarks.twins.account.checks import expires_at
from benchmarks.twins.account.standing import Standing, in_zone
from benchmarks.twins.parts import AT_ONCE, LIFE, YEAR, Count, Due, a_year_after


def due_of(s: Standing) -> list[Due]:
    """Return the deadlines whose days are known."""
    found = []
    if s.active:
        counts = []
        if s.trained is not None:
            counts.append(_a_year("staff.training_completed_on", s.trained))
            found.append(Due(*_TRAINING, counts[:1], counts[0][3]))
        if s.signed is not None:
            counts.append(_a_year(f"staff.statement.{s.form}", s.signed))
            found.append(Due(*_STATEMENT, counts[-1:], counts[-1][3]))
        if s.maintained is not None:
            counts.append(_a_year("last_maintenance_on", s.maintained))
        elif s.created is not None:
            counts.append(_a_year("created_on", s.created))
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


def _a_year(name: str, day: date) -> Count:
    return (f"account.{name}", day, YEAR, a_year_after(day))


def _revocation(s: Standing) -> Due:
    ends = (("separated_on", s.separated, "1"), ("need_ended_on", s.need_ended, "2"))
    known = [(name, end, number) for name, end, number in ends if end is not None]
    counts = [(f"account.{name}", end, AT_ONCE, in_zone(end)) for name, end, _ in known]
    clauses = tuple([f"WSD24-12/deactivate-{number}" for _, _, number in known])
    met_on = s.deactivated_on if s.deactivated else None
    return Due(*_REVOCATION, clauses, counts, in_zone(s.first_end), s.deactivated, met_on)


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
