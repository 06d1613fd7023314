# SPDX-License-Identifier: MIT
"""Subjects are read from plain Python and from JSON, and every fault is reported with its path."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

import pytest

from caljobs_policy import (
    UNKNOWN,
    Account,
    Closure,
    Code,
    Policy,
    Problem,
    Request,
    Requestor,
    Staff,
    Statement,
    SubjectError,
    load_policy,
    read_subject,
)
from caljobs_policy.subjects.foreign import without_blanks
from tests.samples.profiles import sample_policy

STATE = load_policy("state", date(2025, 6, 2))
NAN = float("nan")
FACTS = """
facts:
  request.urgent: {title: urgency, type: flag}
  request.tags: {title: list of tags, type: words}
  account.badge: {title: badge, type: text, left_out: none, private: true}
"""


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return sample_policy(tmp_path_factory.mktemp("sample_area"), FACTS)


def told(kind: str, mapping: Any, policy: Policy = STATE) -> list[Problem]:
    with pytest.raises(SubjectError) as caught:
        read_subject(policy, kind, mapping)
    assert all(problem.help for problem in caught.value.problems)
    return list(caught.value.problems)


def test_request_is_read_from_plain_python() -> None:
    found = read_subject(
        STATE,
        "request",
        {
            "type": "create",
            "submitted_on": date(2025, 6, 2),
            "requestor": Requestor(role="manager_supervisor"),
            "signed_by_requestor": True,
            "submitted_to": ("mis_administrator",),
            "attachments": {"training_certificate", "access_request_form"},
            "staff": {
                "employer": "edd",
                "statement": {"form": "de7410", "signed_on": "2025-05-31"},
                "duties": None,
                "business_need": UNKNOWN,
            },
            "separates_on": datetime(2025, 6, 30, 17),
            "answer": None,
        },
    )
    assert found == Request(
        type="create",
        submitted_on=date(2025, 6, 2),
        requestor=Requestor(role="manager_supervisor"),
        signed_by_requestor=True,
        submitted_to=["mis_administrator"],
        attachments=["access_request_form", "training_certificate"],
        staff=Staff(
            employer="edd",
            statement=Statement(form="de7410", signed_on=date(2025, 5, 31)),
            duties=None,
        ),
        separates_on=datetime(2025, 6, 30, 17),
    )


def test_account_is_read_from_json() -> None:
    text = (
        '{"status": "deactivated", "created_on": "2025-01-02", "shared": false, "staff": null,'
        ' "temporary_password": {"issued_at": "2025-01-02T09:00:00.250-08:00"},'
        ' "separated_on": "2025-02-03"}'
    )
    found = read_subject(STATE, "account", json.loads(text))
    assert isinstance(found, Account)
    assert found.created_on == date(2025, 1, 2)
    assert found.shared is False
    assert found.staff.employer is None
    assert found.deactivated_on is UNKNOWN
    pacific = timezone(timedelta(hours=-8))
    issued = datetime(2025, 1, 2, 9, 0, 0, 250_000, tzinfo=pacific)
    assert found.temporary_password.issued_at == issued
    assert found.separated_on == date(2025, 2, 3)


def test_type_of_a_record_chooses_its_facts() -> None:
    given = {"type": "closure", "exited_on": "2025-05-01"}
    assert read_subject(STATE, "record", given) == Closure(exited_on=date(2025, 5, 1))
    assert given == {"type": "closure", "exited_on": "2025-05-01"}
    (problem,) = told("record", {"type": "closure", "code": "x"})
    assert (problem.message, problem.pointer) == ("`record` has no such key", "")
    (missing,) = told("record", {"exited_on": "2025-05-01"})
    assert (missing.message, missing.path) == ("`record.type` is missing", "type")


def test_subject_that_is_one_already_is_only_checked() -> None:
    record = Closure(exited_on=None)
    assert read_subject(STATE, "record", record) is record
    request = Request(type="create", requestor=Requestor(role="nobody"))
    (problem,) = told("request", request)
    assert problem.path == "requestor.role"
    (problem,) = told("account", request)
    assert problem.message == "`account` takes a mapping"


def test_words_of_a_part_that_is_an_object_are_checked_too() -> None:
    (problem,) = told("request", {"type": "create", "staff": Staff(employer="local_areaa")})
    assert problem.message == "`request.staff.employer` has no value `local_areaa`"
    assert problem.pointer == "/staff/employer"


def test_own_facts_of_a_profile_are_read(policy: Policy) -> None:
    found = read_subject(policy, "request", {"type": "change", "urgent": True, "tags": ["a"]})
    assert found.own == {"urgent": True, "tags": ("a",)}
    (problem,) = told("request", {"type": "change", "urgent": "true"}, policy)
    assert problem.path == "urgent"


def test_ten_faults_are_ten_problems_with_pointers() -> None:
    problems = told(
        "request",
        {
            "type": "crate",
            "submitted_on": "2025-02-30",
            "organization": 7,
            "signed_by_requestor": "false",
            "submitted_to": ["mis_administrator", "mis_adminstrator"],
            "attachments": None,
            "office": ["one", "two"],
            "staff": {
                "employer": "EDD",
                "statement": [{"form": "e1"}, {"form": "e1", "signed_on": NAN}],
                "emploier": "edd",
            },
        },
    )
    assert {p.pointer: (p.message, p.help, p.code) for p in problems} == {
        "/type": (
            "`request.type` has no value `crate`",
            "did you mean `create`?",
            Code.UNKNOWN_WORD,
        ),
        "/submitted_on": (
            "`request.submitted_on` is a day that does not exist",
            "check the month and its number of days",
            Code.NOT_A_DATE,
        ),
        "/organization": (
            "`request.organization` takes a word",
            "give it as a text, in quotes",
            Code.WRONG_KIND,
        ),
        "/signed_by_requestor": (
            "`request.signed_by_requestor` takes true or false",
            "give true or false, and neither a number nor a text",
            Code.NOT_A_FLAG,
        ),
        "/submitted_to/1": (
            "`request.submitted_to[1]` has no value `mis_adminstrator`",
            "did you mean `mis_administrator`?",
            Code.UNKNOWN_WORD,
        ),
        "/attachments": (
            "`request.attachments` must not be null",
            "leave it out when it is not known",
            Code.NULL,
        ),
        "/office": ("`request.office` takes a text", "give one value, not a list", Code.WRONG_KIND),
        "/staff/employer": (
            "`request.staff.employer` has no value `EDD`",
            "did you mean `edd`?",
            Code.UNKNOWN_WORD,
        ),
        "/staff/statement/1/signed_on": (
            "`request.staff.statement[1].signed_on` has no value",
            "leave it out when it is not known",
            Code.WRONG_KIND,
        ),
        "/staff/emploier": (
            "`request.staff` has no key `emploier`",
            "did you mean `employer`?",
            Code.UNKNOWN_KEY,
        ),
    }


def test_key_that_may_be_a_name_is_repeated_nowhere() -> None:
    (problem,) = told("request", {"type": "create", "Zelda Quillfeather": True})
    assert "Quillfeather" not in repr(problem)
    assert problem.pointer == ""


@pytest.mark.parametrize(
    ("kind", "fact", "value", "message"),
    [
        ("account", "shared", "false", "takes true or false"),
        ("account", "shared", 0, "takes true or false"),
        ("account", "shared", NAN, "has no value"),
        ("account", "username", 7, "takes a text"),
        ("account", "username", True, "takes a text"),
        ("account", "username", b"sample", "takes a text"),
        ("account", "username", ["sample"], "takes a text"),
        ("account", "username", {"a": 1}, "takes a text"),
        ("account", "username", "x" * 2_000_000, "is too long"),
        ("account", "status", ["active"], "takes a word"),
        ("account", "status", object(), "takes a word"),
        ("account", "status", None, "must not be null"),
        ("account", "created_on", datetime(2025, 6, 2, 9), "takes a date"),
        ("account", "created_on", 20250602, "takes a date"),
        ("account", "created_on", "2025-W01-1", "is not a date"),
        ("account", "created_on", "20250602", "is not a date"),
        ("account", "separated_on", "2025-06-02T25:00", "has a time that does not exist"),
        ("account", "separated_on", 1.5, "takes a date, with or without time"),
        ("account", "staff", "Sample", "takes a mapping"),
        ("account", "staff", [{}], "takes a mapping"),
        ("account", "incident", Staff(), "takes a mapping"),
        ("office", "accounts", -1, "must not be below 0"),
        ("office", "accounts", 2.5, "takes a whole number"),
        ("office", "accounts", float("inf"), "takes a whole number"),
        ("office", "accounts", "3", "takes a whole number"),
        ("office", "accounts", True, "takes a whole number"),
    ],
)
def test_nothing_is_guessed(kind: str, fact: str, value: Any, message: str) -> None:
    (problem,) = told(kind, {fact: value})
    assert problem.message == f"`{kind}.{fact}` {message}"
    assert problem.path == fact


@pytest.mark.parametrize("value", [None, 7, "create", [], Account(), object(), NAN])
def test_anything_but_a_mapping_is_refused(value: Any) -> None:
    (problem,) = told("request", value)
    assert problem.message == "`request` takes a mapping"


def test_items_of_lists_are_named_by_their_numbers() -> None:
    given = {"type": "create", "submitted_to": ["mis_administrator", None, 7, ["x"], {"a": 1}]}
    assert [(p.pointer, p.help) for p in told("request", given)] == [
        ("/submitted_to/1", "leave it out of the list"),
        ("/submitted_to/2", "give it as a text, in quotes"),
        ("/submitted_to/3", "give one value, not a list"),
        ("/submitted_to/4", "give one value, not a mapping"),
    ]


def test_nesting_a_thousand_deep_is_refused() -> None:
    mapping: Any = {}
    several: Any = []
    for _ in range(1_000):
        mapping, several = {"staff": mapping}, [several]
    assert told("request", {"type": "create", "staff": mapping})[0].path == "staff"
    assert told("request", {"type": "create", "attachments": several})[0].path == "attachments[0]"


def test_mapping_that_is_far_too_large_is_refused_at_once() -> None:
    (problem,) = told("request", dict.fromkeys(map(str, range(1_000_000)), "x" * 100))
    assert (problem.message, problem.code) == ("`request` has too many keys", Code.TOO_LARGE)
    (problem,) = told("account", {"staff": {"privileges": ["x"] * 1_000_000}})
    assert (problem.path, problem.code) == ("staff.privileges", Code.TOO_LARGE)


def test_row_that_is_far_too_large_is_refused_before_its_blank_cells_are_left_out() -> None:
    row = dict.fromkeys(map(str, range(1_000_000)), NAN)
    assert without_blanks({"account": row})["account"] is row
    several = ["x"] * 1_000_000
    assert without_blanks({"account": {"staff": {"privileges": several}}}) == {
        "account": {"staff": {"privileges": several}}
    }


def test_misspelt_kind_is_reported() -> None:
    (problem,) = told("reqest", {})
    assert problem.message == "there is no kind of subject `reqest`"
    assert problem.help == "did you mean `request`?"


def test_anything_but_a_policy_is_refused() -> None:
    with pytest.raises(TypeError, match="`policy` takes a Policy"):
        read_subject("state", "request", {})  # type: ignore[arg-type]


class Status(StrEnum):
    ACTIVE = "active"


class Timestamp(datetime):
    """A time as pandas has it."""

    def to_pydatetime(self, warn: bool = True) -> datetime:
        return datetime.combine(self.date(), self.timetz())


class NaTType:
    """The value that marks a missing time in pandas."""


class NumPyScalar:
    """A value as NumPy has it."""

    ndim = 0

    def __init__(self, value: Any, kind: str = "O") -> None:
        self.value = value
        self.dtype = type("dtype", (), {"kind": kind})

    def tolist(self) -> Any:
        return self.value

    def __str__(self) -> str:
        return str(self.value)


@pytest.mark.parametrize(
    ("kind", "fact", "value", "read"),
    [
        ("account", "status", Status.ACTIVE, "active"),
        ("account", "created_on", Timestamp(2025, 6, 2), date(2025, 6, 2)),
        ("account", "separated_on", Timestamp(2025, 6, 2), date(2025, 6, 2)),
        ("account", "separated_on", Timestamp(2025, 6, 2, 9), datetime(2025, 6, 2, 9)),
        (
            "account",
            "separated_on",
            Timestamp(2025, 6, 2, tzinfo=UTC),
            datetime(2025, 6, 2, tzinfo=UTC),
        ),
        ("account", "created_on", NumPyScalar("2025-06-02", "M"), date(2025, 6, 2)),
        (
            "account",
            "separated_on",
            NumPyScalar("2025-06-02T09:00:00.000000000", "M"),
            datetime(2025, 6, 2, 9),
        ),
        ("account", "shared", NumPyScalar(value=True), True),
        ("office", "accounts", NumPyScalar(12), 12),
        ("office", "accounts", 12.0, 12),
    ],
)
def test_values_of_tables_are_read_as_what_they_are(
    kind: str, fact: str, value: Any, read: Any
) -> None:
    found = getattr(read_subject(STATE, kind, {fact: value}), fact)
    assert found == read
    assert type(found) is type(read)


def test_time_of_a_table_is_no_day() -> None:
    (problem,) = told("account", {"created_on": Timestamp(2025, 6, 2, 9)})
    assert problem.message == "`account.created_on` takes a date"


def test_array_is_a_list() -> None:
    array = NumPyScalar(["cash"])
    found = read_subject(STATE, "request", {"type": "change", "privileges": array})
    assert isinstance(found, Request)
    assert found.privileges == ("cash",)


@pytest.mark.parametrize("blank", [NAN, NaTType()])
def test_blank_cell_is_refused_unless_it_is_left_out(blank: Any) -> None:
    row = {"username": "sample", "created_on": blank, "staff": {"name": blank}}
    assert [p.path for p in told("account", row)] == ["created_on", "staff.name"]
    found = read_subject(STATE, "account", without_blanks(row))
    assert found == Account(username="sample", staff=Staff(name=None))
