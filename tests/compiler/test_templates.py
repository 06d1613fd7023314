# SPDX-License-Identifier: MIT
"""Names in the texts of a profile are filled in: parameters, titles, and facts when shown."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from caljobs_policy import (
    UNKNOWN,
    Account,
    PseudoSsn,
    Request,
    Requestor,
    Staff,
    TemporaryPassword,
    evaluate,
)
from caljobs_policy.subjects.facts import Subject
from tests.samples.profiles import faults_of, sample_policy

NOON = datetime(2025, 6, 2, 12)


def said(folder: Path, about: str, text: str, subject: Subject) -> str:
    """Return what a rule that is never met says about a subject."""
    tables = f"""
scope:
  office: {{clauses: [SAMPLE-1/a]}}
  record/pseudo_ssn: {{clauses: [SAMPLE-1/a]}}
parameters:
  grace: {{value: 30 days, clauses: [SAMPLE-1/a]}}
rules:
  one:
    about: {about}
    forbid: {{at: {{given: true}}}}
    say: "{text}"
    clauses: [SAMPLE-1/a]
"""
    (finding,) = evaluate(sample_policy(folder, tables), subject, NOON).findings
    return finding.message


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Nothing to fill in.", "Nothing to fill in."),
        ("At most <grace>.", "At most 30 days."),
        ("Ask <roles.desk> or <roles.boss>.", "Ask Help Desk or Boss."),
        ("Attach <forms.form_one>.", "Attach Form One."),
        ("Less < more > less.", "Less < more > less."),
        ("<grace> and <grace days>", "30 days and <grace days>"),
    ],
)
def test_parameters_and_titles_are_filled_in(tmp_path: Path, text: str, shown: str) -> None:
    assert said(tmp_path, "account", text, Account()) == shown


@pytest.mark.parametrize(
    ("path", "fields", "shown"),
    [
        ("username", {"username": "sample"}, "sample"),
        ("username", {"username": None}, "(none)"),
        ("username", {"username": UNKNOWN}, "(not known)"),
        ("organization", {"organization": "branch"}, "a branch"),
        ("status", {"status": "active"}, "active"),
        ("created_on", {"created_on": date(2025, 1, 31)}, "2025-01-31"),
        ("separated_on", {"separated_on": datetime(2025, 1, 31, 17)}, "2025-01-31 17:00"),
        (
            "temporary_password.issued_at",
            {"temporary_password": TemporaryPassword(issued_at=datetime(2025, 1, 31, 9))},
            "2025-01-31 09:00",
        ),
        ("staff.privileges", {"staff": Staff(privileges=("a", "b"))}, "a, b"),
        ("staff.privileges", {"staff": Staff(privileges=())}, "(none)"),
        ("staff.statement.paper_a", {"staff": Staff(statement=())}, "(none)"),
    ],
)
def test_facts_are_filled_in(tmp_path: Path, path: str, fields: dict[str, Any], shown: str) -> None:
    assert said(tmp_path, "account", f"<account.{path}>!", Account(**fields)) == f"{shown}!"


def test_words_of_a_list_are_shown_by_their_titles(tmp_path: Path) -> None:
    request = Request(type="create", submitted_to=("desk", "auditor"))
    text = "<request.submitted_to>"
    assert said(tmp_path, "request/create", text, request) == "Help Desk, Auditor"


@pytest.mark.parametrize(
    ("about", "path", "subject"),
    [
        ("account", "account.staff.name", Account(staff=Staff(name="Sample One"))),
        (
            "request/create",
            "request.requestor.name",
            Request(type="create", requestor=Requestor(name="Sample One")),
        ),
        ("request/create", "request.password", Request(type="create", password="Sample-1")),  # noqa: S106
        ("record/pseudo_ssn", "record.birth_date", PseudoSsn(birth_date=date(1990, 1, 1))),
        ("record/pseudo_ssn", "record.value", PseudoSsn(value="900000000")),
    ],
)
def test_personal_data_is_withheld(tmp_path: Path, about: str, path: str, subject: Subject) -> None:
    assert said(tmp_path, about, f"<{path}>", subject) == "(withheld)"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<grase>", "there is no parameter, title or fact `grase`"),
        ("<roles.dsek>", "there is no `dsek` in `roles`"),
        ("<account.usernaem>", "there is no parameter, title or fact `account.usernaem`"),
        ("<request.office>", "there is no parameter, title or fact `request.office`"),
        ("<account.staff>", "there is no parameter, title or fact `account.staff`"),
    ],
)
@pytest.mark.parametrize(
    "entry",
    [
        (
            "rules: {r: {about: account, forbid: {account.shared: true}, say:"
            " TEXT, clauses: [SAMPLE-1/a]}}"
        ),
        (
            "rules: {r: {about: account, forbid: {account.shared: true}, remedy:"
            " TEXT, clauses: [SAMPLE-1/a]}}"
        ),
        (
            "exempt: {e: {about: account, when: {account.shared: true}, say: TEXT,"
            " clauses: [SAMPLE-1/a]}}"
        ),
        "duties: {d: {about: account, who: desk, what: TEXT, clauses: [SAMPLE-1/b]}}",
    ],
)
def test_name_that_nothing_goes_by_is_told_in_every_text(
    tmp_path: Path, entry: str, text: str, message: str
) -> None:
    assert faults_of(tmp_path, entry.replace("TEXT", text)) == [message]


@pytest.mark.parametrize("field", ["say", "remedy"])
def test_kind_of_failure_that_there_is_not_is_told(tmp_path: Path, field: str) -> None:
    tables = f"""
rules:
  one:
    about: account
    forbid: {{account.shared: true}}
    {field}: {{to_old: It is old.}}
    clauses: [SAMPLE-1/a]
"""
    assert faults_of(tmp_path, tables) == ["there is no kind of failure `to_old`"]
