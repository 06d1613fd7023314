# SPDX-License-Identifier: MIT
"""Facts are named, found and read off a subject as the contract says."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from caljobs_policy import UNKNOWN, Account, Office, Request, Staff, Statement
from caljobs_policy.model.facts import (
    AT,
    Fact,
    Subject,
    fact_named,
    facts_about,
    subject_class,
    subject_key,
    subject_keys,
)
from caljobs_policy.model.fields import Holds, Kind
from caljobs_policy.model.record import RECORDS

DAY = date(2025, 6, 2)
MOMENT = datetime(2025, 6, 2, 12)
OWN = Fact("account.badge", Holds(Kind.TEXT, "badge"), ("badge",), own=True)
OWN_OPTIONAL = Fact(
    "account.locked", Holds(Kind.FLAG, "lock", optional=True), ("locked",), own=True
)
NOTHING_YET = {
    "request": {
        "requestor.name",
        "staff.name",
        "staff.privileges",
        "privilege_group",
        "privileges",
        "privileges_removed",
        "separates_on",
        "need_ends_on",
        "employment_status",
        "approvals",
        "answer.granted",
        "answer.reason",
        "password",
    },
    "account": {
        "staff.name",
        "staff.privileges",
        "staff.business_need",
        "last_maintenance_on",
        "temporary_password.issued_at",
        "temporary_password.first_login_at",
        "temporary_password.changed_at",
        "separated_on",
        "need_ended_on",
        "incident.coordinator_notified_on",
        "incident.operations_informed_on",
        "incident.investigated_on",
        "personal_device_used",
        "shared",
        "automation_used",
        "manager_can_view_credentials",
        "administers",
        "has_separate_admin_account",
    },
    "record/data_entry": {"exited_on", "approvals"},
    "record/planned_break": {
        "approvals",
        "future_activity.begins_on",
        "future_activity.ends_on",
    },
    "record/participant": {
        "exited_on",
        "closure_form_completed",
        "planned_break_open",
        "declined_follow_up",
        "last_follow_up_on",
    },
}


def bare(key: str) -> Subject:
    """Give a subject of which nothing is said."""
    kind, _, type_ = key.partition("/")
    cls: Any = subject_class(key)
    subject: Subject = cls(type=type_) if kind == "request" else cls()
    return subject


def named(path: str, key: str = "request/create") -> Fact:
    fact = fact_named(path, key, {})
    assert fact is not None
    return fact


@pytest.mark.parametrize("key", subject_keys())
def test_a_subject_has_its_key(key: str) -> None:
    assert subject_key(bare(key)) == key
    assert isinstance(bare(key), subject_class(key))


def test_keys_are_listed_by_kind() -> None:
    assert subject_keys("account") == ("account",)
    assert subject_keys("record") == tuple(f"record/{name}" for name in RECORDS)
    assert "request/create" in subject_keys("request")
    assert {key.split("/")[0] for key in subject_keys()} == {
        "request",
        "account",
        "office",
        "record",
    }


@pytest.mark.parametrize("key", subject_keys())
def test_what_is_left_out_is_unknown_or_has_not_happened(key: str) -> None:
    kind = key.split("/")[0]
    read = {path: fact.read(bare(key), MOMENT) for path, fact in facts_about(key).items()}
    del read["at"]
    assert all(value in (UNKNOWN, None, ()) for path, value in read.items() if path[-5:] != ".type")
    settled = {path for path, value in read.items() if value is not UNKNOWN}
    nothing_yet = NOTHING_YET.get(key, NOTHING_YET.get(kind, set()))
    given = {"request.type"} if kind == "request" else set()
    assert settled == {f"{kind}.{name}" for name in nothing_yet} | given


@pytest.mark.parametrize("key", subject_keys())
def test_every_fact_can_be_named(key: str) -> None:
    for path, fact in facts_about(key).items():
        assert fact.path == path
        assert fact.title.strip()
        if fact.kind is not Kind.STATEMENTS:
            assert fact_named(path, key, {}) == fact


def test_a_fact_is_read_where_it_stands() -> None:
    request = Request(type="create", staff=Staff(training_completed_on=DAY))
    assert named("request.staff.training_completed_on").read(request, None) == DAY


def test_the_moment_is_a_fact_of_every_subject() -> None:
    for key in subject_keys():
        assert named("at", key) is AT
    assert AT.read(Office(), MOMENT) is MOMENT


@pytest.mark.parametrize(
    ("own", "fact", "value"),
    [
        ({"badge": "B-1"}, OWN, "B-1"),
        ({"badge": None}, OWN, None),
        ({}, OWN, UNKNOWN),
        ({"locked": True}, OWN_OPTIONAL, True),
        ({}, OWN_OPTIONAL, None),
    ],
)
def test_a_profiles_own_fact_is_read_by_name(own: dict[str, Any], fact: Fact, value: Any) -> None:
    assert fact.read(Account(own=own), None) is value
    assert fact.asked(Account(own=own)) == (fact.path,)


def test_a_profiles_own_fact_is_about_its_kind_of_subject_alone() -> None:
    assert fact_named("account.badge", "account", {"account.badge": OWN}) is OWN
    assert fact_named("account.badge", "request/create", {"account.badge": OWN}) is None


@pytest.mark.parametrize(
    "path",
    [
        "request.staf",
        "staff.employer",
        "account.username",
        "request.staff",
        "request.staff.statement",
        "request.staff.employer.edd",
        "",
        "request",
    ],
)
def test_what_is_no_fact_has_no_name(path: str) -> None:
    assert fact_named(path, "request/create", {}) is None


FORM = "request.staff.statement.e1"


@pytest.mark.parametrize(
    ("statement", "value", "asked"),
    [
        (UNKNOWN, UNKNOWN, ("request.staff.statement",)),
        (None, None, None),
        ([], None, None),
        (Statement(form="e1", signed_on=DAY), DAY, None),
        (Statement(form="e1", signed_on=None), None, None),
        (Statement(form="e1"), UNKNOWN, ("request.staff.statement.signed_on",)),
        (Statement(form="e2", signed_on=DAY), None, None),
        (Statement(signed_on=DAY), UNKNOWN, ("request.staff.statement.form",)),
        (
            Statement(),
            UNKNOWN,
            ("request.staff.statement.form", "request.staff.statement.signed_on"),
        ),
    ],
)
def test_a_signature_is_read_by_its_form(
    statement: Any, value: Any, asked: tuple[str, ...] | None
) -> None:
    request = Request(type="create", staff=Staff(statement=statement))
    fact = named(FORM)
    assert fact.kind is Kind.DAY
    assert "e1" in fact.title
    assert fact.read(request, None) is value
    assert asked is None or fact.asked(request) == asked


def test_nobody_has_signed_anything() -> None:
    assert named(FORM).read(Request(type="create", staff=None), None) is None
    assert named("account.staff.statement.e1", "account").read(Account(staff=None), None) is None


def test_a_plain_fact_is_asked_by_its_name() -> None:
    assert named("request.office").asked(Request(type="create")) == ("request.office",)
