# SPDX-License-Identifier: MIT
"""A request for a new account: which rules of the directive it does not keep."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from benchmarks.twins.parts import Answer
from caljobs_policy import Request
from caljobs_policy.policy.operators.texts import loosened
from caljobs_policy.policy.outcome import Outcome

CASH: Final = frozenset({"cash", "cash_request", "cash_draw", "cash_module"})


MANAGERS: Final = frozenset({"manager_supervisor", "project_manager"})


ROLES: Final = {
    "manager_supervisor": "Manager/Supervisor",
    "project_manager": "Project Manager",
    "mis_administrator": "MIS Administrator",
    "wsb_spoc": "WSB CalJOBS SPOC",
    "operations_unit": "CalJOBS Operations Unit",
    "staff": "staff member",
}


TABLE_1: Final = {
    "local_area": (MANAGERS, "manager_supervisor", "mis_administrator", 1, "a Local Area"),
    "wsb_field_division": (MANAGERS, "manager_supervisor", "wsb_spoc", 2, "a WSB field division"),
    "community_based_organization": (
        frozenset({"project_manager"}),
        *("project_manager", "operations_unit", 3, "a community-based organization"),
    ),
    "other": (MANAGERS, "manager_supervisor", "operations_unit", 4, "all other staff"),
}
"""Who requests, the role that is named, who coordinates, and the row's number and title."""


def verdict(request: Request, at: datetime) -> tuple[str, ...]:
    """Return the rules that are not kept."""
    sent: Any = request
    staff: Any = request.staff
    found = []
    if (
        (staff.privileges or sent.privileges)
        and CASH.issuperset(staff.privileges or ())
        and CASH.issuperset(sent.privileges or ())
        and not (sent.privilege_group or "").strip()
    ):
        found.append("exempt/cash-only")
    role = sent.requestor.role
    requestors, _, coordinator, _, _ = TABLE_1[sent.organization]
    if role not in requestors:
        found.append(f"routing/{sent.organization}/requestor")
    if coordinator not in sent.submitted_to:
        found.append(f"routing/{sent.organization}/coordinator")
    if "access_request_form" not in sent.attachments:
        found.append("papers/create/access_request_form")
    if staff.employer == "edd":
        signed, row = staff.signed.get("de7410"), "edd"
    else:
        signed, row = staff.signed.get("e1"), "else"
        if "confidentiality_statement" not in sent.attachments:
            found.append("papers/create/confidentiality_statement")
        if "training_certificate" not in sent.attachments:
            found.append("papers/create/training_certificate")
    if signed is None or not 0 <= (sent.submitted_on - signed).days <= 365:
        found.append(f"tables/create-statement/{row}")
    trained = staff.training_completed_on
    if trained is None or not 0 <= (sent.submitted_on - trained).days <= 365:
        found.append("create-training-current")
    if staff.business_need is not True:
        found.append("create-business-need")
    if role not in MANAGERS:
        found.append("requestor-oversees")
    if sent.requestor.name and staff.name:
        name = loosened(sent.requestor.name)
        if name and name == loosened(staff.name):
            found.append("not-for-oneself")
    if sent.answer.granted is False:
        found.append("create-refused")
    return tuple(found)


DENYING: Final = frozenset({"create-business-need", "create-refused"})


def outcome_of(rules: tuple[str, ...]) -> Outcome:
    """Return what the rules that are not kept come to."""
    if not rules:
        return Outcome.ACCEPT
    if rules[0] == "exempt/cash-only":
        return Outcome.OUT_OF_SCOPE
    return Outcome.RETURN if DENYING.isdisjoint(rules) else Outcome.DENY


def decision(request: Request, at: datetime) -> Answer:
    """Decide, without reasons."""
    rules = verdict(request, at)
    return Answer(request, at, outcome_of(rules), rules)
