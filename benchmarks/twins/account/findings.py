# SPDX-License-Identifier: MIT
"""What is said of an account that does not keep a rule, by the name of the rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from benchmarks.twins.account import clocks, ends, incidents, passwords, proofs
from benchmarks.twins.account.checks import EXEMPT
from benchmarks.twins.account.incidents import INFORM, INVESTIGATE, NOTIFY
from benchmarks.twins.account.standing import Standing
from benchmarks.twins.parts import Broken

BROKEN: Final[dict[str, Callable[[Standing], Broken]]] = {
    EXEMPT: proofs.exempt,
    "tables/account-statement-signed/edd": proofs.statement(
        "edd", "Employee Confidentiality Statement (DE 7410)", "staff-1"
    ),
    "tables/account-statement-signed/else": proofs.statement(
        "else", "Vendor/Contractor Confidentiality Statement (Attachment E-1)", "staff-2"
    ),
    "account-training-completed": proofs.training,
    "business-need-without-an-end": proofs.no_need,
    "revoked-by-separation": ends.by_separation,
    "revoked-by-end-of-need": ends.by_need,
    "active-with-a-day-of-deactivation": ends.active_with_a_day,
    "deactivated-after-creation": ends.too_early,
    "separation-on-record": ends.separation_on_record,
    "end-of-need-on-record": ends.need_on_record,
    "incident-in-order": incidents.in_order,
    "temporary-password-unused": passwords.unused,
    "temporary-password-used-in-time": passwords.used_late,
    "password-set-at-first-login": passwords.not_set,
    "no-personal-device": proofs.device,
    "days-to-come": proofs.to_come,
    "days-before-the-creation": proofs.before,
    "notice-to-come": incidents.step_to_come(
        "notice-to-come",
        "coordinator_notified_on",
        "deactivate-5",
        "The notice is dated DAY, which lies ahead; it was not given yet.",
        "Check the day on which the coordinator was notified.",
    ),
    "information-to-come": incidents.step_to_come(
        "information-to-come",
        "operations_informed_on",
        "deactivate-7",
        "The Operations Unit's information is dated DAY, which lies ahead; "
        "it was not informed yet.",
        "Check the day on which the Operations Unit was informed.",
    ),
    "investigation-to-come": incidents.step_to_come(
        "investigation-to-come",
        "investigated_on",
        "deactivate-8",
        "The investigation is dated DAY, which lies ahead; it did not take place yet.",
        "Check the day of the investigation.",
    ),
    "password-to-come": passwords.password_to_come,
    "password-used-before-it-was-issued": passwords.password_before,
    "deadlines/account-training": clocks.training_over,
    "deadlines/account-training/near": clocks.training_near,
    "deadlines/account-statement": clocks.statement_over,
    "deadlines/account-statement/near": clocks.statement_near,
    "deadlines/account-maintenance": clocks.maintenance_over,
    "deadlines/account-maintenance/near": clocks.maintenance_near,
    "deadlines/account-revoked/near": clocks.revocation_near,
    "duties/incident-notify": incidents.undone(
        "incident-notify",
        "deactivate-5",
        NOTIFY,
        "incident.coordinator_notified_on",
        *("promptness-words", "late-order"),
    ),
    "duties/incident-deactivate": incidents.undone(
        "incident-deactivate",
        "deactivate-6",
        "Deactivate the account.",
        "status",
        *("promptness-words", "status-first", "late-order"),
    ),
    "duties/incident-inform": incidents.undone(
        "incident-inform",
        "deactivate-7",
        INFORM,
        "incident.operations_informed_on",
        "late-order",
    ),
    "duties/incident-investigate": incidents.undone(
        "incident-investigate",
        "deactivate-8",
        INVESTIGATE,
        "incident.investigated_on",
        "late-order",
    ),
}
