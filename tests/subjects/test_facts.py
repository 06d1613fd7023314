# SPDX-License-Identifier: MIT
"""Facts are named, found and read from a subject as the contract says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from caljobs_policy import (
    UNKNOWN,
    Account,
    Closure,
    Office,
    Participant,
    Request,
    Staff,
    Statement,
)
from caljobs_policy.subjects.facts import (
    AT,
    Fact,
    Subject,
    fact_named,
    facts_about,
    subject_class,
    subject_key,
)
from caljobs_policy.subjects.fields import Holds, Kind
from caljobs_policy.subjects.record import RECORDS
from tests.samples.keys import subject_keys

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
    """Return a subject of which nothing is said."""
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
    read = {path: fact.read(bare(key), MOMENT, UTC) for path, fact in facts_about(key).items()}
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
    assert named("request.staff.training_completed_on").read(request, None, UTC) == DAY


def test_the_moment_is_a_fact_of_every_subject() -> None:
    for key in subject_keys():
        assert named("at", key) is AT
    assert AT.read(Office(), MOMENT, UTC) is MOMENT


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
    assert fact.read(Account(own=own), None, UTC) is value
    assert fact.asked(Account(own=own), None, UTC) == (fact.path,)


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
def test_anything_but_a_fact_has_no_name(path: str) -> None:
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
    assert fact.read(request, None, UTC) is value
    assert asked is None or fact.asked(request, None, UTC) == asked


def test_nobody_has_signed_anything() -> None:
    assert named(FORM).read(Request(type="create", staff=None), None, UTC) is None
    form = named("account.staff.statement.e1", "account")
    assert form.read(Account(staff=None), None, UTC) is None
    assert form.read(Account(staff=None), MOMENT, UTC) is None


def test_a_plain_fact_is_asked_for_by_its_name() -> None:
    assert named("request.office").asked(Request(type="create"), None, UTC) == ("request.office",)


HAPPENS = {
    "account": {
        "staff.training_completed_on",
        "created_on",
        "last_maintenance_on",
        "temporary_password.issued_at",
        "temporary_password.first_login_at",
        "temporary_password.changed_at",
        "deactivated_on",
        "incident.coordinator_notified_on",
        "incident.operations_informed_on",
        "incident.investigated_on",
    },
    "office": {"last_sample_review_on"},
    "record/participant": {
        "last_service_on",
        "last_case_note_on",
        "exited_on",
        "last_follow_up_on",
    },
}
"""What has not happened where it is dated after the moment; all other dates may lie ahead."""
ZONE = ZoneInfo("America/Los_Angeles")
NEXT_DAY = date(2025, 6, 3)


@pytest.mark.parametrize("key", subject_keys())
def test_only_what_stands_at_a_moment_has_dates_that_happen(key: str) -> None:
    kind = key.split("/")[0]
    found = {path for path, fact in facts_about(key).items() if fact.happens}
    assert found == {f"{kind}.{name}" for name in HAPPENS.get(key, set())}


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        (DAY, DAY),
        (NEXT_DAY, UNKNOWN),
        (date.max, UNKNOWN),
        (datetime(2025, 6, 2, 12), datetime(2025, 6, 2, 12)),
        (datetime(2025, 6, 2, 12, 0, 1), UNKNOWN),
        # The zone of the policy decides which day it is, and the moment is local there.
        (datetime(2025, 6, 2, 19, tzinfo=UTC), datetime(2025, 6, 2, 19, tzinfo=UTC)),
        (datetime(2025, 6, 2, 19, 0, 1, tzinfo=UTC), UNKNOWN),
        (None, None),
        (UNKNOWN, UNKNOWN),
    ],
)
def test_what_is_dated_after_the_moment_has_not_happened(stated: Any, read: Any) -> None:
    # Of a deactivation that lies ahead it is not known when it was.
    fact = named("account.deactivated_on", "account")
    assert fact.read(Account(status="active", deactivated_on=stated), MOMENT, ZONE) == read
    created = named("account.last_maintenance_on", "account")
    if not isinstance(stated, datetime):
        happened = None if read is UNKNOWN and stated is not UNKNOWN else read
        assert created.read(Account(last_maintenance_on=stated), MOMENT, ZONE) == happened
    assert (
        fact.as_stated.read(Account(status="active", deactivated_on=stated), MOMENT, ZONE) == stated
    )
    separated = named("account.separated_on", "account")
    assert separated.read(Account(separated_on=stated), MOMENT, ZONE) == stated


def test_the_day_of_a_moment_is_that_of_the_zone() -> None:
    fact = named("account.created_on", "account")
    at = datetime(2025, 6, 3, 6, tzinfo=UTC)
    assert fact.read(Account(created_on=NEXT_DAY), at, ZONE) is None
    assert fact.read(Account(created_on=NEXT_DAY), at, UTC) == NEXT_DAY


def test_own_facts_happen_where_subjects_stand_at_a_moment() -> None:
    seen = Fact("record.seen_on", Holds(Kind.DAY, "seen", happens=True), ("seen_on",), own=True)
    seen = evolve(seen, happens=True)
    own = {"record.seen_on": seen}
    found = fact_named("record.seen_on", "record/participant", own)
    other = fact_named("record.seen_on", "record/closure", own)
    assert found is not None
    assert other is not None
    participant = Participant(own={"seen_on": NEXT_DAY})
    assert found.read(participant, MOMENT, ZONE) is None
    assert other.read(Closure(own={"seen_on": NEXT_DAY}), MOMENT, ZONE) == NEXT_DAY
