# SPDX-License-Identifier: MIT
"""Subjects are read from cases, checked against the words of their policy."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from caljobs_policy import UNKNOWN, Account, Policy, Problem, Request, Statement
from caljobs_policy.cases.case_hooks import subject_hook
from caljobs_policy.errors.collecting import Collector
from tests.samples.profiles import node_of, sample_policy

FACTS = """
facts:
  request.urgent: {title: urgency, type: flag}
  account.badge: {title: badge, type: text, left_out: none, private: true}
  account.last_login_on: {title: day of the last login, type: date}
  account.logins: {title: number of logins, type: count}
  account.tags: {title: list of tags, type: words}
  account.level: {title: level, type: word}
  account.seen_at: {title: time it was seen, type: time}
  account.left_on: {title: time it was left, type: date_or_time}
"""


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return sample_policy(tmp_path_factory.mktemp("sample_area"), FACTS)


def read(policy: Policy, kind: str, text: str) -> tuple[Any, list[Problem]]:
    told = Collector()
    return told.read(subject_hook(policy, kind), node_of(text), None), told.problems


def subject(policy: Policy, kind: str, text: str) -> Any:
    found, problems = read(policy, kind, text)
    assert problems == []
    return found


def reported(policy: Policy, kind: str, text: str) -> list[str]:
    """Return the place and message of every problem of a subject that cannot be read."""
    found, problems = read(policy, kind, text)
    assert found is None
    assert all(problem.help for problem in problems)
    return [f"{p.place.line}:{p.place.column}: {p.message}" for p in problems]


def test_every_kind_of_value_is_read(policy: Policy) -> None:
    found = subject(
        policy,
        "request",
        """
type: create
submitted_on: 2025-06-02
organization: branch
office: 007
requestor: {role: boss, name: Sample One}
signed_by_requestor: true
submitted_to: [desk, auditor]
sent_to: desk@example.org
attachments: [form_one]
staff:
  employer: inside
  training_completed_on: null
  statement: {form: paper_a, signed_on: 2025-05-31}
  business_need: false
  privileges: []
separates_on: 2025-06-30T17:00:00
need_ends_on: 2025-06-30
answer: {granted: false, reason: ""}
""",
    )
    assert isinstance(found, Request)
    assert found.submitted_on == date(2025, 6, 2)
    assert found.office == "007"
    assert found.requestor.role == "boss"
    assert found.signed_by_requestor is True
    assert found.submitted_to == ("desk", "auditor")
    assert found.sent_to == ("desk@example.org",)
    assert found.staff.training_completed_on is None
    assert found.staff.statement == (Statement(form="paper_a", signed_on=date(2025, 5, 31)),)
    assert found.staff.business_need is False
    assert found.staff.privileges == ()
    assert found.separates_on == datetime(2025, 6, 30, 17)
    assert found.need_ends_on == date(2025, 6, 30)
    assert found.answer.granted is False
    assert found.answer.reason == ""


def test_a_fact_left_out_is_unknown(policy: Policy) -> None:
    found = subject(policy, "request", "type: create")
    assert found.submitted_on is UNKNOWN
    assert found.attachments is UNKNOWN
    assert found.requestor.role is UNKNOWN
    assert found.staff.statement is UNKNOWN


def test_an_event_left_out_has_not_happened(policy: Policy) -> None:
    request = subject(policy, "request", "type: create")
    assert request.approvals == request.privileges == ()
    assert request.separates_on is request.answer.granted is request.password is None
    account = subject(policy, "account", "{}")
    assert account.shared is account.incident.investigated_on is account.separated_on is None
    assert account.staff.business_need is None


def test_null_means_that_there_is_none(policy: Policy) -> None:
    found = subject(policy, "request", "{type: create, sent_to: null, subject: ~, office: }")
    assert found.sent_to is found.subject is found.office is None


def test_null_for_a_mapping_makes_all_beneath_it_null(policy: Policy) -> None:
    found = subject(policy, "request", "{type: create, staff: null, requestor: null}")
    assert found.staff.employer is found.staff.training_completed_on is None
    assert found.staff.signed == {}
    assert found.requestor.role is None


def test_quoted_null_is_a_text(policy: Policy) -> None:
    assert subject(policy, "account", "username: 'null'").username == "null"


@pytest.mark.parametrize(
    "fact",
    ["organization", "submitted_on", "submitted_to", "attachments"],
)
def test_null_is_refused_if_something_must_exist(policy: Policy, fact: str) -> None:
    _, (problem,) = read(policy, "request", f"{{type: create, {fact}: null}}")
    assert problem.message == f"`request.{fact}` must not be null"
    assert problem.help == "leave it out when it is not known"


@pytest.mark.parametrize(
    ("kind", "text", "path"),
    [
        ("request", "{type: create, requestor: {role: null}}", "request.requestor.role"),
        ("request", "{type: create, staff: {employer: null}}", "request.staff.employer"),
        ("account", "status: null", "account.status"),
    ],
)
def test_null_is_refused_beneath_a_mapping_too(
    policy: Policy, kind: str, text: str, path: str
) -> None:
    _, (problem,) = read(policy, kind, text)
    assert problem.message == f"`{path}` must not be null"


def test_statements_may_be_one_or_a_list(policy: Policy) -> None:
    one = subject(policy, "account", "staff: {statement: {form: paper_a, signed_on: 2025-01-01}}")
    assert one.staff.signed == {"paper_a": date(2025, 1, 1)}
    several = subject(
        policy,
        "account",
        """
staff:
  statement:
    - {form: paper_a, signed_on: 2025-01-01}
    - {form: paper_a, signed_on: 2025-03-01}
    - {form: paper_b, signed_on: null}
""",
    )
    assert several.staff.signed == {"paper_a": date(2025, 3, 1), "paper_b": None}
    assert several.staff.unsigned is None
    none = subject(policy, "account", "staff: {statement: []}")
    assert (none.staff.signed, none.staff.unsigned) == ({}, None)


def test_single_word_is_a_list_of_one(policy: Policy) -> None:
    assert subject(policy, "request", "{type: create, attachments: form_one}").attachments == (
        "form_one",
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [("{type: closure}", "Closure"), ("{type: pseudo_ssn, has_ssn: false}", "PseudoSsn")],
)
def test_type_of_a_record_chooses_its_facts(policy: Policy, text: str, name: str) -> None:
    assert type(subject(policy, "record", text)).__name__ == name


def test_office_is_read(policy: Policy) -> None:
    found = subject(policy, "office", "{accounts: 012, mis_administrators: '2'}")
    assert (found.accounts, found.mis_administrators) == (12, 2)


def test_own_facts_of_a_profile_are_read(policy: Policy) -> None:
    account = subject(
        policy,
        "account",
        """
badge: 00-17
last_login_on: 2025-05-01
logins: 3
tags: [a, b]
level: high
seen_at: 2025-05-01T09:00
left_on: 2025-05-01
""",
    )
    assert account.own == {
        "badge": "00-17",
        "last_login_on": date(2025, 5, 1),
        "logins": 3,
        "tags": ("a", "b"),
        "level": "high",
        "seen_at": datetime(2025, 5, 1, 9),
        "left_on": date(2025, 5, 1),
    }
    assert subject(policy, "request", "{type: change, urgent: true}").own == {"urgent": True}


def test_own_fact_left_out_is_not_filled_in(policy: Policy) -> None:
    account = subject(policy, "account", "{}")
    assert account.own == {}
    assert policy.facts["account.badge"].read(account, None, UTC) is None
    assert policy.facts["account.last_login_on"].read(account, None, UTC) is UNKNOWN


def test_own_facts_are_checked_by_their_types(policy: Policy) -> None:
    text = "{last_login_on: soon, logins: few, urgent: true, bagde: x}"
    assert reported(policy, "account", text) == [
        "1:17: `account.last_login_on` is not a date",
        "1:31: `account.logins` is not a whole number",
        "1:36: `account` has no such key",
        "1:50: `account` has no key `bagde`",
    ]
    _, problems = read(policy, "account", "bagde: x")
    assert problems[0].help == "did you mean `badge`?"


@pytest.mark.parametrize(
    ("kind", "text", "problem"),
    [
        ("request", "create", "1:1: `request` takes a mapping"),
        ("request", "[create]", "1:1: `request` takes a mapping"),
        ("request", "type:create", "1:1: `request` is missing a space after a colon"),
        ("request", "{}", "1:1: `request.type` is missing"),
        ("request", "type: null", "1:7: `request.type` is missing"),
        ("request", "type: crate", "1:7: `request.type` has no value `crate`"),
        ("request", "type: [create]", "1:7: `request.type` takes one word"),
        ("record", "{}", "1:1: `record.type` is missing"),
        ("record", "type: zebra", "1:7: `record.type` has no such value"),
        ("record", "{type: closure, code: x}", "1:17: `record` has no such key"),
        ("account", "type: x", "1:1: `account` has no such key"),
        ("account", "status: activ", "1:9: `account.status` has no value `activ`"),
        ("account", "status: [active]", "1:9: `account.status` takes a word"),
        ("account", "username: {a: b}", "1:11: `account.username` takes a text"),
        ("account", "organization: brunch", "1:15: `account.organization` has no value `brunch`"),
        ("account", "staff: boss", "1:8: `account.staff` takes a mapping"),
        ("account", "staff: {nmae: x}", "1:9: `account.staff` has no such key"),
        ("account", "shared: yes", "1:9: `account.shared` takes true or false"),
        ("account", "shared: True", "1:9: `account.shared` takes true or false"),
        ("account", "shared: 'true'", "1:9: `account.shared` takes true or false"),
        (
            "account",
            "created_on: 2025-02-30",
            "1:13: `account.created_on` is a day that does not exist",
        ),
        (
            "account",
            "created_on: 2025-02-28T09:00",
            "1:13: `account.created_on` has a time of day",
        ),
        ("account", "created_on: [x]", "1:13: `account.created_on` takes a date"),
        (
            "account",
            "temporary_password: {issued_at: 2025-02-28}",
            "1:33: `account.temporary_password.issued_at` is not a date with a time",
        ),
        (
            "account",
            "separated_on: 2025-02-28T25:00",
            "1:15: `account.separated_on` has a time that does not exist",
        ),
        ("office", "accounts: -1", "1:11: `office.accounts` is not a whole number"),
        ("office", "accounts: 2.5", "1:11: `office.accounts` is not a whole number"),
        ("office", "accounts: ٣", "1:11: `office.accounts` is not a whole number"),
        (
            "office",
            "accounts: 1000000000",
            "1:11: `office.accounts` is not a whole number",
        ),
        (
            "request",
            "{type: create, attachments: [form_on]}",
            "1:30: `request.attachments` has no value `form_on`",
        ),
        (
            "request",
            "{type: create, attachments: [null]}",
            "1:30: `request.attachments` must not be null",
        ),
        (
            "request",
            "{type: create, submitted_to: {a: b}}",
            "1:30: `request.submitted_to` takes a list of words",
        ),
        (
            "request",
            "{type: create, staff: {statement: paper_a}}",
            "1:35: `request.staff.statement` takes a mapping",
        ),
        (
            "request",
            "{type: create, staff: {statement: [{form: paper_c}]}}",
            "1:43: `request.staff.statement.form` has no value `paper_c`",
        ),
        (
            "request",
            "{type: create, staff: {statement: {signed: 2025-01-01}}}",
            "1:36: `request.staff.statement` has no such key",
        ),
    ],
)
def test_problem_has_its_place_and_help(policy: Policy, kind: str, text: str, problem: str) -> None:
    assert reported(policy, kind, text) == [problem]


@pytest.mark.parametrize(
    ("kind", "text", "remedy"),
    [
        ("request", "type: crate", "did you mean `create`?"),
        ("account", "status: activ", "did you mean `active`?"),
        ("account", "status: gone", "known are: active, deactivated"),
        ("account", "staf: {}", "did you mean `staff`?"),
        (
            "office",
            "zebra: x",
            "its keys are: organization, mis_administrators, accounts, last_sample_review_on",
        ),
        ("account", "organization: zebra", "known are: branch, partner"),
    ],
)
def test_help_names_the_nearest_word_or_lists_all(
    policy: Policy, kind: str, text: str, remedy: str
) -> None:
    _, (problem,) = read(policy, kind, text)
    assert problem.help == remedy


@pytest.mark.parametrize("name", ["Null", "NULL", "'null'", "None"])
def test_somebody_may_be_called_null(policy: Policy, name: str) -> None:
    found = subject(policy, "request", f"{{type: create, staff: {{name: {name}}}}}")
    assert found.staff.name == name.strip("'")


@pytest.mark.parametrize("nothing", ["null", "~", ""])
def test_null_may_be_written_in_three_ways(policy: Policy, nothing: str) -> None:
    found = subject(policy, "request", f"type: create\nstaff:\n  name: {nothing}\n")
    assert found.staff.name is None


@pytest.mark.parametrize(
    "text",
    [
        "created_on: NULL",
        "shared: None",
        "staff: Null",
        "temporary_password: {issued_at: 'null'}",
    ],
)
def test_help_says_how_to_write_null(policy: Policy, text: str) -> None:
    _, (problem,) = read(policy, "account", text)
    remedy = "write `null`, in small letters and without quotes, where there is none"
    assert problem.help == remedy


def test_all_problems_of_a_subject_are_reported(policy: Policy) -> None:
    text = """
status: activ
shared: maybe
zebra: x
staff: {employer: nobody, training_completed_on: soon}
"""
    assert len(reported(policy, "account", text)) == 5


def test_wrong_birth_date_is_not_repeated(policy: Policy) -> None:
    _, (problem,) = read(policy, "record", "{type: pseudo_ssn, birth_date: 1990-13-01}")
    assert problem.message == "`record.birth_date` is a day that does not exist"
    assert "1990" not in str(problem)


def test_words_without_a_vocabulary_are_kept(policy: Policy) -> None:
    found = subject(policy, "request", "{type: create, privileges: [whatever, cash_1]}")
    assert found.privileges == ("whatever", "cash_1")


def test_account_equals_one_built_in_python(policy: Policy) -> None:
    text = "{username: sample, status: active, created_on: 2025-01-01}"
    assert subject(policy, "account", text) == Account(
        username="sample", status="active", created_on=date(2025, 1, 1)
    )
