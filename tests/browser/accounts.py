# SPDX-License-Identifier: MIT
"""Rosters of invented accounts with every kind of finding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Final

DAY: Final = date(2025, 6, 2)
_ORGANIZATIONS: Final = ("local_area", "community_based_organization", "wsb_field_division")
KEYS: Final = (
    "username",
    "organization",
    "status",
    "created_on",
    "last_maintenance_on",
    "staff.employer",
    "staff.training_completed_on",
    "staff.statement.e1",
    "staff.statement.de7410",
    "separated_on",
    "deactivated_on",
    "incident.coordinator_notified_on",
    "temporary_password.issued_at",
    "personal_device_used",
)


def _ago(days: int) -> str:
    return str(DAY - timedelta(days))


def _account(number: int) -> dict[str, str]:
    """Return an account in order: all that has to be done was done this year."""
    recent = 20 + number * 7 % 250
    return {
        "username": f"sample-{number:03}",
        "organization": _ORGANIZATIONS[number % 3],
        "status": "active",
        "created_on": _ago(500 + number * 13 % 900),
        "last_maintenance_on": _ago(recent),
        "staff.employer": "edd" if number % 3 == 2 else "county",
        "staff.training_completed_on": _ago(recent + 3),
        "staff.statement.e1": "" if number % 3 == 2 else _ago(recent + 1),
        "staff.statement.de7410": _ago(recent + 1) if number % 3 == 2 else "",
    }


def _kind(number: int) -> dict[str, str]:
    """Return what is different about an account, by its number."""
    spread = number * 11 % 60
    left = {"separated_on": _ago(1 + spread % 9)}
    kinds: tuple[dict[str, str], ...] = (
        {},
        {"staff.training_completed_on": _ago(366 + spread)},
        {"staff.training_completed_on": _ago(365 - spread % 31)},
        {"staff.training_completed_on": ""},
        {"staff.employer": ""},
        {"last_maintenance_on": _ago(400), "created_on": _ago(800)},
        left,
        {**left, "incident.coordinator_notified_on": _ago(0)},
        {"separated_on": str(DAY + timedelta(spread % 25))},
        {"temporary_password.issued_at": f"{_ago(3)}T09:00:00"},
        {"personal_device_used": "yes"},
        {"status": "deactivated", "deactivated_on": _ago(30 + spread)},
        {"created_on": "13/40/2024"},
        {"staff.training_completed_on": "null", "staff.statement.e1": ""},
        {},
        {"last_maintenance_on": _ago(362 - spread % 25)},
    )
    return kinds[number % len(kinds)]


def accounts() -> Iterator[dict[str, str]]:
    """Yield accounts without end."""
    number = 0
    while number := number + 1:
        yield _account(number) | _kind(number)


def roster(size: int) -> bytes:
    """Return a roster of so many accounts as comma-separated values."""
    text = io.StringIO()
    writer = csv.DictWriter(text, KEYS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(islice(accounts(), size))
    return text.getvalue().encode()
