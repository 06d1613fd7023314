# SPDX-License-Identifier: MIT
"""Subjects are written as mappings that JSON can hold, and without what is private."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from caljobs_policy import (
    UNKNOWN,
    Account,
    Answer,
    Closure,
    OwnRecord,
    PseudoSsn,
    Request,
    Requestor,
    Staff,
    Statement,
    TemporaryPassword,
    load_policy,
    read_subject,
    subject_to_dict,
)

REQUEST = Request(
    type="create",
    submitted_on=date(2025, 6, 2),
    subject="Access for Sample, Zelda",
    requestor=Requestor(role="manager_supervisor", name="Sample One"),
    staff=Staff(
        name="Zelda Sample",
        training_completed_on=None,
        statement=[Statement(form="e1", signed_on=date(2025, 5, 1)), Statement()],
        privileges=["cash"],
    ),
    separates_on=datetime(2025, 6, 30, 17),
    answer=Answer(),
    password="Vulpine!7x",  # noqa: S106  # nobody's
    own={"tags": ("a", "b"), "seen_on": date(2025, 1, 2)},
)


def test_subject_is_written_as_a_case_would_have_it() -> None:
    found = subject_to_dict(REQUEST, private=True)
    assert found == {
        "type": "create",
        "submitted_on": "2025-06-02",
        "subject": "Access for Sample, Zelda",
        "requestor": {"role": "manager_supervisor", "name": "Sample One"},
        "staff": {
            "name": "Zelda Sample",
            "training_completed_on": None,
            "statement": [{"form": "e1", "signed_on": "2025-05-01"}, {}],
            "privileges": ["cash"],
        },
        "separates_on": "2025-06-30T17:00:00",
        "answer": {},
        "password": "Vulpine!7x",
        "tags": ["a", "b"],
        "seen_on": "2025-01-02",
    }
    assert json.loads(json.dumps(found)) == found


def test_private_facts_are_left_out_with_all_that_repeats_them() -> None:
    found = subject_to_dict(REQUEST)
    assert found["requestor"] == {"role": "manager_supervisor"}
    assert not {"password", "subject", "tags", "seen_on"} & set(found)
    assert "name" not in found["staff"]
    assert subject_to_dict(PseudoSsn(birth_date=date(1990, 1, 2), value="1")) == {
        "type": "pseudo_ssn"
    }


def test_what_is_left_out_stays_so_and_null_is_written() -> None:
    assert subject_to_dict(Account()) == {}
    assert subject_to_dict(Account(staff=None, incident=None)) == {"staff": None}
    assert subject_to_dict(Closure(exited_on=None)) == {"type": "closure", "exited_on": None}


def test_fact_that_is_not_known_though_it_usually_has_not_happened_is_written() -> None:
    assert subject_to_dict(Account(shared=UNKNOWN)) == {"shared": UNKNOWN}


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (
            datetime(1880, 1, 1, tzinfo=ZoneInfo("America/Los_Angeles")),
            "1880-01-01T00:00:00-07:52:58",
        ),
        (datetime(2025, 6, 2, 9, 0, 0, 250, timezone(timedelta(hours=14))), None),
        (datetime(2025, 6, 2, 9, tzinfo=timezone(-timedelta(hours=13, seconds=1))), None),
        (datetime.max.replace(tzinfo=UTC), None),
    ],
)
def test_time_is_read_back_with_its_offset(moment: datetime, written: str | None) -> None:
    account = Account(separated_on=moment, temporary_password=TemporaryPassword(issued_at=moment))
    found = subject_to_dict(account)
    assert found["separated_on"] == (written or moment.isoformat())
    back = read_subject(load_policy("state", date(2025, 6, 2)), "account", found)
    assert back == account
    assert isinstance(back, Account)
    assert isinstance(back.separated_on, datetime)
    assert back.separated_on.utcoffset() == moment.utcoffset()


def test_own_facts_of_a_record_of_an_own_type_are_private_too() -> None:
    record = OwnRecord(type="visit", own={"seen_on": date(2025, 6, 2), "tags": ("a",), "by": None})
    assert subject_to_dict(record) == {"type": "visit"}
    assert subject_to_dict(record, private=True) == {
        "type": "visit",
        "seen_on": "2025-06-02",
        "tags": ["a"],
        "by": None,
    }


def test_text_that_reads_like_one_that_was_withheld_is_written() -> None:
    assert subject_to_dict(Account(username="(withheld)")) == {"username": "(withheld)"}


def test_texts_that_repeat_a_fact_of_a_profiles_own_are_left_out() -> None:
    request = Request(type="create", office="badge A1234567", own={"badge": "A1234567"})
    assert subject_to_dict(request) == {"type": "create"}
    assert subject_to_dict(request, private=True)["office"] == "badge A1234567"
