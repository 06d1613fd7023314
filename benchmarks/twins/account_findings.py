# SPDX-License-Identifier: MIT
"""What is said of an account that does not keep a rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from benchmarks.twins.account import EXEMPT
from benchmarks.twins.parts import ZONE, Broken, Rule, a_year_after, in_text, iso, without_names
from benchmarks.twins.standing import Standing, is_after, local_day
from caljobs_policy.policy.outcome import Outcome, Result

_VIOLATION: Final = Outcome.VIOLATION
_NOTE: Final = Outcome.NOTE
_INCIDENT: Final = "Notify the coordinator at once; an investigation follows."
_TRAIN: Final = "Have the staff member complete ISPA training."
_MAINTAIN: Final = (
    "Submit an annual maintenance request with new dates for the training and the statement."
)
NOTIFY: Final = "Notify the coordinator that the account outlived the separation or the need."
INFORM: Final = "Inform the CalJOBS Operations Unit of the incident."
INVESTIGATE: Final = "Investigate whether confidential or sensitive data was accessed."


def _rule(name: str, outcome: Outcome, clauses: str, message: str, *more: Any) -> Rule:
    """Return a rule; its clauses are written without the directive's number."""
    return Rule(name, outcome, tuple(f"WSD24-12/{one}" for one in clauses.split()), message, *more)


def _in_zone(value: date) -> date:
    """Return a time with an offset; a time without one is taken as local."""
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=ZONE)
    return value


def _outliving(s: Standing) -> dict[str, Any]:
    """Return the facts by which an account has outlived the separation or the need."""
    return {
        "at": s.moment,
        "account.separated_on": iso(s.separated),
        "account.status": s.account.status,
        "account.deactivated_on": iso(s.deactivated_on),
        "account.need_ended_on": iso(s.need_ended),
        "account.staff.business_need": s.business_need,
    }


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


def _exempt(s: Standing) -> Broken:
    privileges = without_names((s.account.staff.name,), s.privileges)
    return Broken(_EXEMPT, {"account.staff.privileges": privileges}, ())


_EXEMPT: Final = _rule(
    EXEMPT,
    Outcome.OUT_OF_SCOPE,
    "scope-2",
    "The account has cash privileges only, which are outside the directive; see WSD16-17.",
    None,
    ("cash-only",),
)


def _statement(row: str, title: str, clause: str) -> Callable[[Standing], Broken]:
    missing = _rule(
        f"tables/account-statement-signed/{row}",
        _VIOLATION,
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


_UNTRAINED: Final = _rule(
    "account-training-completed",
    _VIOLATION,
    "manager-1",
    "ISPA training is missing; none is completed.",
    _TRAIN,
    ("missing-is-not-expired",),
)

_TRAINED_LATER: Final = _UNTRAINED._replace(message="", readings=("done-before",))


def _training(s: Standing) -> Broken:
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


_NO_NEED: Final = _rule(
    "business-need-without-an-end",
    _VIOLATION,
    "deactivate-2",
    "The staff member has no business need for access, and the account is active.",
    "Deactivate the account, and state the day on which the need ended.",
    ("no-need-without-a-date",),
)


def _no_need(s: Standing) -> Broken:
    because = {
        "account.status": "active",
        "account.staff.business_need": False,
        "account.need_ended_on": None,
    }
    return Broken(_NO_NEED, because, ("status", "staff.business_need", "need_ended_on"))


def _fields_of_end(s: Standing, name: str) -> tuple[str, ...]:
    return (name, "status") if s.active else (name, "status", "deactivated_on")


_BY_SEPARATION: Final = _rule(
    "revoked-by-separation",
    _VIOLATION,
    "deactivate-1",
    "",
    _INCIDENT,
    ("separation-either", "status-first", "late-order"),
)
_BY_NEED: Final = _rule(
    "revoked-by-end-of-need",
    _VIOLATION,
    "deactivate-2",
    "",
    _INCIDENT,
    ("status-first", "late-order"),
)
_SEPARATION_ON_RECORD: Final = _rule(
    "separation-on-record",
    _NOTE,
    "deactivate-1",
    "",
    None,
    ("separation-either", "late-order", "operations-is-coordinator"),
)
_NEED_ON_RECORD: Final = _rule(
    "end-of-need-on-record",
    _NOTE,
    "deactivate-2",
    "The account outlived the business need; the incident is on record.",
    None,
    ("late-order", "operations-is-coordinator"),
)


def _by_separation(s: Standing) -> Broken:
    message = f"The account outlived the separation on {in_text(s.separated)}."
    because = _ended(s, "separated_on", s.separated)
    return Broken(_BY_SEPARATION, because, _fields_of_end(s, "separated_on"), message)


def _by_need(s: Standing) -> Broken:
    day = in_text(s.need_ended)
    message = f"The account outlived the business need, which ended on {day}."
    because = _ended(s, "need_ended_on", s.need_ended)
    return Broken(_BY_NEED, because, _fields_of_end(s, "need_ended_on"), message)


def _separation_on_record(s: Standing) -> Broken:
    day = in_text(s.separated)
    message = f"The account outlived the separation on {day}; the incident is on record."
    because = _ended(s, "separated_on", s.separated)
    fields = _fields_of_end(s, "separated_on")
    return Broken(_SEPARATION_ON_RECORD, because, fields, message)


def _need_on_record(s: Standing) -> Broken:
    because = _ended(s, "need_ended_on", s.need_ended)
    return Broken(_NEED_ON_RECORD, because, _fields_of_end(s, "need_ended_on"))


_ACTIVE_WITH_A_DAY: Final = _rule(
    "active-with-a-day-of-deactivation",
    _NOTE,
    "coordinator-2",
    "",
    "Correct the status, or remove the day if the account was activated again.",
    ("status-first",),
)
_TOO_EARLY: Final = _rule(
    "deactivated-after-creation",
    _NOTE,
    "coordinator-2",
    "",
    "Check both days.",
    ("status-first",),
)


def _active_with_a_day(s: Standing) -> Broken:
    because = {
        "account.deactivated_on": iso(s.deactivated_on),
        "at": s.moment,
        "account.status": "active",
    }
    message = (
        f"The account is active, and {in_text(s.deactivated_on)} is on file as the day of its "
        "deactivation. The status counts."
    )
    return Broken(_ACTIVE_WITH_A_DAY, because, ("deactivated_on",), message)


def _too_early(s: Standing) -> Broken:
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


_ORDER: Final = _rule(
    "incident-in-order",
    _NOTE,
    "deactivate-7",
    "The steps of the incident were not taken in the order that the directive gives.",
    None,
    ("incident-order",),
)


def _in_order(s: Standing) -> Broken:
    because = {
        "account.incident.operations_informed_on": iso(s.informed),
        "account.incident.coordinator_notified_on": iso(s.notified),
        "account.incident.investigated_on": iso(s.investigated),
        "account.status": s.account.status,
        "account.deactivated_on": iso(s.deactivated_on),
        "at": s.moment,
        "account.separated_on": iso(s.separated),
        "account.need_ended_on": iso(s.need_ended),
        "account.staff.business_need": s.business_need,
    }
    wrong = []
    if is_after(s.notified, s.informed):
        wrong.append("incident.operations_informed_on")
    if is_after(s.notified, s.investigated) or is_after(s.informed, s.investigated):
        wrong.append("incident.investigated_on")
    if s.deactivated:
        late = []
        if is_after(s.notified, s.deactivated_on):
            late.append("deactivated_on")
        if is_after(s.deactivated_on, s.informed):
            late.append("incident.operations_informed_on")
        if is_after(s.deactivated_on, s.investigated):
            late.append("incident.investigated_on")
        wrong += ["status", *late] if late else []
    return Broken(_ORDER, because, tuple(dict.fromkeys(wrong)))


_UNUSED: Final = _rule(
    "temporary-password-unused",
    Outcome.ATTENTION,
    "create-7 reset-3",
    "The temporary password expired 24 hours after it was issued, unused.",
    "Submit a reset request.",
    ("twenty-four-hours", "temporary-password-unused"),
)
_USED_LATE: Final = _rule(
    "temporary-password-used-in-time",
    _VIOLATION,
    "create-7 reset-3",
    "The temporary password was used when it had expired.",
    "Submit a reset request, and see to it that temporary passwords expire.",
    ("twenty-four-hours",),
)
_NOT_SET: Final = _rule(
    "password-set-at-first-login",
    _VIOLATION,
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


def _unused(s: Standing) -> Broken:
    keys = ("first_login_at", "changed_at", "issued_at")
    return Broken(_UNUSED, _use(s), ("status", *(f"{_PASSWORD}.{key}" for key in keys)))


def _used_late(s: Standing) -> Broken:
    keys = ("first_login_at",) if s.first_login else ("first_login_at", "changed_at")
    return Broken(_USED_LATE, _use(s), ("status", *(f"{_PASSWORD}.{key}" for key in keys)))


def _not_set(s: Standing) -> Broken:
    because = {
        "account.temporary_password.changed_at": None,
        "account.status": "active",
        "account.temporary_password.first_login_at": iso(s.first_login),
    }
    return Broken(_NOT_SET, because, ("temporary_password.changed_at",))


_DEVICE: Final = _rule(
    "no-personal-device",
    _VIOLATION,
    "device-1",
    "The account was used on a personal device.",
    "Have the staff member use devices of the organization only.",
    ("personal-device",),
)


def _device(s: Standing) -> Broken:
    return Broken(_DEVICE, {"account.personal_device_used": True}, ("personal_device_used",))


_TO_COME: Final = _rule(
    "days-to-come", _NOTE, "coordinator-2", "", "Check these days.", ("done-before",)
)
_BEFORE: Final = _rule("days-before-the-creation", _NOTE, "coordinator-2", "", "Check these days.")


def _to_come(s: Standing) -> Broken:
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


def _before(s: Standing) -> Broken:
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


def _step_to_come(
    name: str, key: str, clause: str, said: str, remedy: str
) -> Callable[[Standing], Broken]:
    rule = _rule(name, _NOTE, clause, "", remedy, ("done-before",))
    begin, end = said.split("DAY")
    field = f"incident.{key}"

    def broken(s: Standing) -> Broken:
        stated = getattr(s.account.incident, key)
        because = {f"account.incident.{key}": iso(stated), **_outliving(s)}
        return Broken(rule, because, (field,), f"{begin}{in_text(stated)}{end}")

    return broken


_PASSWORD_TO_COME: Final = _rule(
    "password-to-come",
    _NOTE,
    "create-7",
    "The temporary password is said to have been issued, used or changed at a time that lies "
    "ahead.",
    "Check these times.",
    ("done-before",),
)
_PASSWORD_BEFORE: Final = _rule(
    "password-used-before-it-was-issued",
    _NOTE,
    "create-7",
    "The temporary password is said to have been used or changed before it was issued.",
    "Check these times.",
)


def _password_to_come(s: Standing) -> Broken:
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


def _password_before(s: Standing) -> Broken:
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


_TRAINING_OVER: Final = _rule(
    "deadlines/account-training", _VIOLATION, "manager-1", "", _TRAIN, _CLOCK
)
_TRAINING_NEAR: Final = _warned(
    _TRAINING_OVER, "", "Have the staff member complete ISPA training in time."
)
_STATEMENT_OVER: Final = _rule(
    "deadlines/account-statement",
    _VIOLATION,
    "staff-3",
    "",
    "Have the staff member sign the statement again.",
    _CLOCK,
)
_STATEMENT_NEAR: Final = _warned(
    _STATEMENT_OVER, "", "Have the staff member sign the statement again in time."
)
_MAINTENANCE_OVER: Final = _rule(
    "deadlines/account-maintenance", _VIOLATION, "annual-1", "", _MAINTAIN, ("annual-clock",)
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


def _training_over(s: Standing) -> Broken:
    return _training_due(s, _TRAINING_OVER, "ISPA training expired; {} was the last good day.")


def _training_near(s: Standing) -> Broken:
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


def _statement_over(s: Standing) -> Broken:
    message = "The confidentiality statement expired; {} was the last good day."
    return _statement_due(s, _STATEMENT_OVER, message)


def _statement_near(s: Standing) -> Broken:
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


def _maintenance_over(s: Standing) -> Broken:
    fields = ("status", *_due_fields(s, 365))
    message = "Annual maintenance is overdue; it was due {}."
    return _maintenance_due(s, _MAINTENANCE_OVER, message, fields)


def _maintenance_near(s: Standing) -> Broken:
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


def _revocation_near(s: Standing) -> Broken:
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
        f"The account must be revoked by {in_text(_in_zone(s.first_end))}.",
        _REVOKE,
        tuple(readings),
        Result.PENDING,
    )
    latest = s.day.toordinal() + 30
    ends = (("separated_on", s.separated), ("need_ended_on", s.need_ended))
    near = [key for key, end in ends if end is not None and local_day(end).toordinal() <= latest]
    order = (*near, "status", "deactivated_on", "separated_on", "need_ended_on")
    return Broken(rule, because, tuple(dict.fromkeys(order)))


def _undone(name: str, clause: str, what: str, key: str, *readings: str) -> Callable[..., Broken]:
    rule = _rule(f"duties/{name}", _VIOLATION, clause, f"Not done: {what}", None, readings)
    fact = f"account.{key}"

    def broken(s: Standing) -> Broken:
        because = {fact: s.account.status if key == "status" else None, **_outliving(s)}
        if name == "incident-inform":
            because["account.organization"] = s.organization
        return Broken(rule, because, (key,))

    return broken


BROKEN: Final[dict[str, Callable[[Standing], Broken]]] = {
    EXEMPT: _exempt,
    "tables/account-statement-signed/edd": _statement(
        "edd", "Employee Confidentiality Statement (DE 7410)", "staff-1"
    ),
    "tables/account-statement-signed/else": _statement(
        "else", "Vendor/Contractor Confidentiality Statement (Attachment E-1)", "staff-2"
    ),
    "account-training-completed": _training,
    "business-need-without-an-end": _no_need,
    "revoked-by-separation": _by_separation,
    "revoked-by-end-of-need": _by_need,
    "active-with-a-day-of-deactivation": _active_with_a_day,
    "deactivated-after-creation": _too_early,
    "separation-on-record": _separation_on_record,
    "end-of-need-on-record": _need_on_record,
    "incident-in-order": _in_order,
    "temporary-password-unused": _unused,
    "temporary-password-used-in-time": _used_late,
    "password-set-at-first-login": _not_set,
    "no-personal-device": _device,
    "days-to-come": _to_come,
    "days-before-the-creation": _before,
    "notice-to-come": _step_to_come(
        "notice-to-come",
        "coordinator_notified_on",
        "deactivate-5",
        "The notice is dated DAY, which lies ahead; it was not given yet.",
        "Check the day on which the coordinator was notified.",
    ),
    "information-to-come": _step_to_come(
        "information-to-come",
        "operations_informed_on",
        "deactivate-7",
        "The Operations Unit's information is dated DAY, which lies ahead; "
        "it was not informed yet.",
        "Check the day on which the Operations Unit was informed.",
    ),
    "investigation-to-come": _step_to_come(
        "investigation-to-come",
        "investigated_on",
        "deactivate-8",
        "The investigation is dated DAY, which lies ahead; it did not take place yet.",
        "Check the day of the investigation.",
    ),
    "password-to-come": _password_to_come,
    "password-used-before-it-was-issued": _password_before,
    "deadlines/account-training": _training_over,
    "deadlines/account-training/near": _training_near,
    "deadlines/account-statement": _statement_over,
    "deadlines/account-statement/near": _statement_near,
    "deadlines/account-maintenance": _maintenance_over,
    "deadlines/account-maintenance/near": _maintenance_near,
    "deadlines/account-revoked/near": _revocation_near,
    "duties/incident-notify": _undone(
        "incident-notify",
        "deactivate-5",
        NOTIFY,
        "incident.coordinator_notified_on",
        *("promptness-words", "late-order"),
    ),
    "duties/incident-deactivate": _undone(
        "incident-deactivate",
        "deactivate-6",
        "Deactivate the account.",
        "status",
        *("promptness-words", "status-first", "late-order"),
    ),
    "duties/incident-inform": _undone(
        "incident-inform",
        "deactivate-7",
        INFORM,
        "incident.operations_informed_on",
        "late-order",
    ),
    "duties/incident-investigate": _undone(
        "incident-investigate",
        "deactivate-8",
        INVESTIGATE,
        "incident.investigated_on",
        "late-order",
    ),
}
