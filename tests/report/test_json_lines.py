# SPDX-License-Identifier: MIT
"""Answers as JSON have the form of the contract, one object a line."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from caljobs_policy import (
    Account,
    CaseError,
    Policy,
    Problem,
    Request,
    Requestor,
    Staff,
    TemporaryPassword,
    evaluate,
)
from caljobs_policy.errors.problems import Place
from caljobs_policy.report.json_lines import decision_line, problems_line
from caljobs_policy.subjects.facts import Subject
from tests.samples.profiles import TABLES_YAML, sample_policy

JUNE = date(2025, 6, 2)
GOOD = Request(
    type="create",
    submitted_on=JUNE,
    organization="branch",
    office="North",
    requestor=Requestor(role="boss", name="Sample One"),
    submitted_to=("desk",),
    attachments=("form_one",),
    staff=Staff(name="Sample Two", employer="inside", training_completed_on=JUNE),
)
EXPIRY = """
deadlines:
  temporary_password_expires:
    about: account
    title: It expires
    from: account.temporary_password.issued_at
    count: 24 hours
    clauses: [SAMPLE-1/c]
"""


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return sample_policy(tmp_path_factory.mktemp("sample_area"), TABLES_YAML)


def answer(policy: Policy, subject: Subject, **more: Any) -> dict[str, Any]:
    line = decision_line("A title", evaluate(policy, subject), **more)
    assert "\n" not in line
    found: dict[str, Any] = json.loads(line)
    return found


def test_good_answer_is_whole(policy: Policy) -> None:
    assert answer(policy, GOOD) == {
        "case": "A title",
        "policy": {
            "jurisdiction": "sample_area",
            "date": "2025-06-02",
            "editions": ["sample_area@2025-01-01"],
            "digest": policy.digest,
        },
        "subject": "request/create",
        "outcome": "accept",
        "findings": [],
        "route": {
            "requestors": ["boss"],
            "coordinator": "desk",
            "submit_to": ["desk"],
            "send_to": ["desk@example.org"],
            "cc": ["auditor"],
            "subject": "New account at North",
            "clauses": ["SAMPLE-1/a"],
        },
        "approvals": [],
        "duties": [
            {
                "who": "desk",
                "what": "Make the account.",
                "to": None,
                "cc": [],
                "promptness": None,
                "due": None,
                "clauses": ["SAMPLE-1/b"],
            },
            {
                "who": "desk",
                "what": "Tell the staff member.",
                "to": "requestor",
                "cc": ["auditor"],
                "promptness": "at once",
                "due": "2025-07-02",
                "clauses": ["SAMPLE-1/b"],
            },
        ],
        "deadlines": [
            {
                "name": "training_ends",
                "due": "2025-07-02",
                "derivation": [
                    "request.staff.training_completed_on 2025-06-02 + 30 days = 2025-07-02"
                ],
                "clauses": ["SAMPLE-1/c"],
            }
        ],
        "needs": [],
        "readings": ["count"],
    }


def test_finding_that_is_not_met_says_why(policy: Policy) -> None:
    staff = Staff(employer="inside", training_completed_on=date(2025, 5, 2))
    found = answer(policy, Request(type="create", submitted_on=JUNE, staff=staff))
    (finding,) = (f for f in found["findings"] if f["rule"] == "training")
    assert finding == {
        "rule": "training",
        "result": "not_met",
        "outcome": "return",
        "clauses": ["SAMPLE-1/a"],
        "edition": "sample_area@2025-01-01",
        "message": "The training is older than 30 days.",
        "remedy": "Train again.",
        "readings": ["count"],
        "because": {
            "request.staff.training_completed_on": "2025-05-02",
            "request.submitted_on": "2025-06-02",
        },
    }


def test_finding_that_cannot_be_told_has_needs_of_its_own(policy: Policy) -> None:
    found = answer(policy, Request(type="create", submitted_on=JUNE))
    assert found["outcome"] == "cannot_tell"
    assert found["needs"] == sorted(found["needs"])
    (finding,) = (f for f in found["findings"] if f["rule"] == "training")
    assert finding["result"] == "cannot_tell"
    assert finding["needs"] == ["request.staff.training_completed_on"]
    assert finding["because"] == {"request.submitted_on": "2025-06-02"}


def test_subject_without_rules_has_no_route(policy: Policy) -> None:
    found = answer(policy, Request(type="reset"))
    assert (found["outcome"], found["route"]) == ("out_of_scope", None)
    (finding,) = found["findings"]
    assert (finding["rule"], finding["outcome"], finding["clauses"]) == (
        "scope",
        "out_of_scope",
        [],
    )


def test_everything_adds_what_is_met_or_does_not_apply(policy: Policy) -> None:
    results = [f["result"] for f in answer(policy, GOOD, everything=True)["findings"]]
    assert set(results) == {"met", "not_applicable"}


def test_time_has_its_offset(tmp_path: Path) -> None:
    issued = TemporaryPassword(issued_at=datetime(2025, 6, 2, 9))
    found = answer(sample_policy(tmp_path, EXPIRY), Account(temporary_password=issued))
    assert [deadline["due"] for deadline in found["deadlines"]] == ["2025-06-03T09:00:00-07:00"]


def test_approval_says_whether_it_is_on_file(policy: Policy) -> None:
    request = Request(type="create", privileges=("big",), approvals=("auditor",))
    assert answer(policy, request)["approvals"] == [
        {"role": "auditor", "given": True, "clauses": ["SAMPLE-1/b"]}
    ]


def test_differences_come_last_and_only_where_there_are_any(policy: Policy) -> None:
    found = answer(policy, GOOD, differences=["outcome: expected return, got accept"])
    assert list(found)[-1] == "differences"
    assert found["differences"] == ["outcome: expected return, got accept"]
    assert "differences" not in answer(policy, GOOD)


def test_personal_data_is_withheld(policy: Policy) -> None:
    request = Request(
        type="create",
        requestor=Requestor(role="boss", name="Sample Same"),
        staff=Staff(name="Sample Same"),
        password="Pass word",  # noqa: S106
    )
    found = answer(policy, request, everything=True)
    because = {key: value for f in found["findings"] for key, value in f["because"].items()}
    names = {"request.requestor.name", "request.staff.name", "request.password"}
    assert {because[name] for name in names} == {"(withheld)"}
    assert "Same" not in json.dumps(found)
    assert "Pass word" not in json.dumps(found)


def test_problems_take_the_place_of_an_answer() -> None:
    error = CaseError(
        [
            Problem("the second", Place("x.yaml", 3, 5), "remedy it", keys=("staff", "name")),
            Problem("the first", Place("x.yaml", 2, 9)),
        ]
    )
    assert json.loads(problems_line(None, error)) == {
        "case": None,
        "problems": [
            {"place": "x.yaml:2:9", "message": "the first", "help": None, "code": "bad-case"},
            {
                "place": "x.yaml:3:5",
                "message": "the second",
                "help": "remedy it",
                "code": "bad-case",
                "pointer": "/staff/name",
            },
        ],
    }


@pytest.mark.parametrize("title", ["\x1b[31m", "\x9b5m", "\u202e", "\u2028", "\ud800", "\x00\n"])
def test_title_can_steer_no_terminal(policy: Policy, title: str) -> None:
    line = decision_line(title, evaluate(policy, GOOD))
    assert line.isprintable()
    assert json.loads(line)["case"] == title
    assert problems_line(title, CaseError([])).isprintable()
