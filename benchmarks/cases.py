# SPDX-License-Identifier: MIT
"""The subjects that are measured, as a program would receive them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from attrs import frozen

from caljobs_policy import UNKNOWN, load_policy
from caljobs_policy.dates.durations import noon

DAY: Final = date(2025, 6, 2)
POLICY: Final = load_policy("state", DAY)
AT: Final = noon(DAY, POLICY.zone)


@frozen
class Stated:
    """What somebody states of a subject."""

    title: str
    key: str
    mapping: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """The kind of the subject, without its type."""
        return self.key.split("/")[0]


def _request(title: str, staff: Mapping[str, Any] | None = None, **changes: Any) -> Stated:
    person = {
        "name": "A. Sample",
        "employer": "county",
        "training_completed_on": "2025-01-15",
        "statement": {"form": "e1", "signed_on": "2025-01-15"},
        "business_need": True,
    }
    stated = {
        "type": "create",
        "submitted_on": "2025-06-02",
        "organization": "local_area",
        "requestor": {"role": "manager_supervisor", "name": "B. Sample"},
        "submitted_to": ["mis_administrator"],
        "attachments": [
            *("access_request_form", "confidentiality_statement", "training_certificate"),
        ],
        "staff": _known({**person, **(staff or {})}),
    }
    return Stated(title, "request/create", _known({**stated, **changes}))


def _account(title: str, staff: Mapping[str, Any] | None = None, **changes: Any) -> Stated:
    person = {
        "employer": "county",
        "training_completed_on": "2025-01-15",
        "statement": {"form": "e1", "signed_on": "2025-01-15"},
    }
    stated = {
        "username": "sample-001",
        "organization": "local_area",
        "status": "active",
        "created_on": "2024-12-01",
        "staff": _known({**person, **(staff or {})}),
    }
    return Stated(title, "account", _known({**stated, **changes}))


_LEFT_OUT: Final = object()
"""In place of a value: the key is left out."""


def _known(stated: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in stated.items() if value is not _LEFT_OUT}


_UNTRAINED: Final = {"training_completed_on": _LEFT_OUT}
_NOBODY: Final = {
    "employer": _LEFT_OUT,
    "training_completed_on": _LEFT_OUT,
    "statement": _LEFT_OUT,
}
REQUEST_IN_ORDER: Final = _request("request in order")
ACCOUNT_IN_ORDER: Final = _account("account in order")
KNOWN: Final = (
    REQUEST_IN_ORDER,
    _request(
        "request with three faults",
        {"training_completed_on": "2024-01-15"},
        attachments=["access_request_form", "training_certificate"],
        submitted_to=["operations_unit"],
    ),
    ACCOUNT_IN_ORDER,
    _account(
        "account with violations",
        {"training_completed_on": "2024-01-15"},
        separated_on="2025-05-01",
        personal_device_used=True,
    ),
)
"""Subjects of which everything is known."""
UNSURE: Final = (
    _request("request, one unknown fact", _UNTRAINED),
    _request(
        "request, ten unknown facts",
        {**_NOBODY, "name": UNKNOWN, "business_need": _LEFT_OUT},
        submitted_on=_LEFT_OUT,
        requestor={"name": UNKNOWN},
        submitted_to=_LEFT_OUT,
        attachments=_LEFT_OUT,
    ),
    Stated("request, nothing stated", "request/create", {"type": "create"}),
    _account("account, one unknown fact", _UNTRAINED),
    _account(
        "account, ten unknown facts",
        _NOBODY,
        organization=_LEFT_OUT,
        status=_LEFT_OUT,
        created_on=_LEFT_OUT,
        last_maintenance_on=UNKNOWN,
        separated_on=UNKNOWN,
        need_ended_on=UNKNOWN,
        personal_device_used=UNKNOWN,
    ),
    Stated("account, nothing stated", "account", {}),
)
"""Subjects on which the answer depends on what is not known."""
