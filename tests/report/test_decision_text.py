# SPDX-License-Identifier: MIT
"""A decision in words: the outcome first, then what is wrong, where it goes, what comes next."""

from __future__ import annotations

from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from rich.console import Console

from caljobs_policy import (
    UNKNOWN,
    Account,
    Outcome,
    Policy,
    Request,
    Requestor,
    Staff,
    TemporaryPassword,
    evaluate,
)
from caljobs_policy.report.decision_text import HEADLINES, decision_text
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
BAD = evolve(
    GOOD,
    submitted_to=("auditor",),
    attachments=(),
    privileges=("big",),
    password="Pass word",  # noqa: S106
)


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    folder = tmp_path_factory.mktemp("sample_area")
    more = """
  password-ends:
    about: account
    title: The password ends
    from: account.temporary_password.issued_at
    count: 24 hours
    clauses: [SAMPLE-1/c]
guides:"""
    return sample_policy(folder, TABLES_YAML.replace("\nguides:", more, 1))


def told(
    policy: Policy, subject: Subject, title: str | None = "A title", width: int = 100, **more: Any
) -> str:
    stream = StringIO()
    console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
    console.print(decision_text(title, evaluate(policy, subject), **more))
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


def sections(text: str) -> dict[str, list[str]]:
    """Return what stands in each section by its heading, blanks in front left out."""
    _, *blocks = text.split("\n\n")
    return {
        heading: [line.strip() for line in rest]
        for heading, *rest in (block.split("\n") for block in blocks)
    }


def test_outcome_comes_first_then_the_case_and_its_policy(policy: Policy) -> None:
    assert told(policy, GOOD).split("\n")[:4] == [
        "ACCEPT  everything is in order",
        "A title",
        "Sample Area, policy of 2025-06-02 (sample_area@2025-01-01)",
        "",
    ]
    assert told(policy, GOOD, None).split("\n")[1].startswith("Sample Area, policy of")


@pytest.mark.parametrize(
    ("subject", "headline"),
    [
        (GOOD, "ACCEPT  everything is in order"),
        (BAD, "RETURN  fix it and send it again"),
        (
            evolve(GOOD, requestor=Requestor(role="boss", name="sample two")),
            "DENY  sending it again will not help",
        ),
        (evolve(GOOD, privileges=("big",)), "AWAIT APPROVAL  somebody else has to approve it"),
        (Request(type="create"), "CANNOT TELL  facts are missing"),
        (Request(type="reset"), "OUT OF SCOPE  the policy does not cover it"),
        (Account(shared=True), "VIOLATION  the policy is broken"),
        (Account(), "COMPLIANT  everything is in order"),
    ],
)
def test_every_outcome_has_a_headline(policy: Policy, subject: Subject, headline: str) -> None:
    assert told(policy, subject).split("\n")[0] == headline


def test_headings_stand_in_the_order_of_use(policy: Policy) -> None:
    assert list(sections(told(policy, BAD, everything=True))) == [
        "What is wrong",
        "Notes",
        "What else was checked",
        "Where it goes",
        "Approvals",
        "By when",
        "Based on the readings",
    ]
    assert list(sections(told(policy, GOOD))) == [
        "Where it goes",
        "What happens next",
        "By when",
        "Based on the readings",
    ]


def test_what_is_wrong_has_remedy_clause_and_section(policy: Policy) -> None:
    wrong = sections(told(policy, BAD))["What is wrong"]
    assert wrong[:3] == [
        "✗ The request went to Auditor; for a branch it goes to Help Desk.",
        "→ Send it to Help Desk.",
        "SAMPLE-1/a, SAMPLE-1/b · Section A, Section B",
    ]
    assert "✗ The Form One is not attached." in wrong
    assert "→ Ask Auditor for approval." in wrong


def test_note_is_told_apart_from_what_is_wrong(policy: Policy) -> None:
    found = sections(told(policy, BAD))
    assert found["Notes"] == [
        "! The password (withheld) is weak.",
        "SAMPLE-1/d · Section A",
    ]
    assert not any("password" in line for line in found["What is wrong"])


def test_reason_for_being_out_of_scope_is_told(policy: Policy) -> None:
    found = sections(told(policy, Request(type="create", privilege_group="tiny")))
    assert found == {"Why": ["✗ A tiny group is outside.", "SAMPLE-1/a · Section A"]}


def test_what_is_not_known_is_asked_for(policy: Policy) -> None:
    assert "State these facts" not in sections(told(policy, GOOD))
    staff = Staff(name="Sample Two", employer="outside", training_completed_on=JUNE)
    found = sections(told(policy, evolve(GOOD, staff=staff, attachments=UNKNOWN)))
    assert found["State these facts"] == ["request.attachments"]
    assert found["What cannot be decided"][0].startswith("? Not known: attachments. Required: ")
    assert "With: Form One (perhaps); Form Two (perhaps)" in found["Where it goes"]


def test_what_would_change_nothing_is_not_asked_for(policy: Policy) -> None:
    text = told(policy, evolve(BAD, staff=Staff()))
    assert text.startswith("RETURN")
    assert "No more facts are needed: none of them would change the outcome." in text
    assert "State these facts" not in text


def test_where_it_goes_names_people_by_their_titles(policy: Policy) -> None:
    assert sections(told(policy, BAD))["Where it goes"] == [
        "From Boss to Help Desk",
        "E-mail: desk@example.org",
        "Subject: New account at North",
        "Copy: Auditor",
        "With: Form One (missing)",
        "SAMPLE-1/a · Section A",
    ]


def test_place_for_a_request_of_another_organization_has_another_way(policy: Policy) -> None:
    where = sections(told(policy, evolve(GOOD, organization="partner")))["Where it goes"]
    assert where[0] == "From Auditor or Boss to Auditor"
    assert not any(line.startswith(("E-mail", "Subject", "Copy")) for line in where)


def test_approvals_say_whether_they_are_on_file(policy: Policy) -> None:
    asked = evolve(GOOD, privileges=("big",))
    assert sections(told(policy, asked))["Approvals"] == [
        "Auditor: not on file",
        "SAMPLE-1/b · Section B",
    ]
    agreed = evolve(asked, approvals=("auditor",))
    assert sections(told(policy, agreed))["Approvals"][0] == "Auditor: on file"


def test_what_happens_next_says_who_to_whom_and_how_soon(policy: Policy) -> None:
    assert sections(told(policy, GOOD))["What happens next"] == [
        "1. Help Desk: Make the account.",
        "SAMPLE-1/b · Section B",
        "2. Help Desk to requestor (cc Auditor) [at once] [by 2025-07-02]: Tell the staff member.",
        "SAMPLE-1/b · Section B",
    ]


def test_by_when_shows_how_it_was_counted(policy: Policy) -> None:
    assert sections(told(policy, GOOD))["By when"] == [
        "2025-07-02  Training ends",
        "request.staff.training_completed_on 2025-06-02 + 30 days = 2025-07-02",
        "SAMPLE-1/c · Section C",
    ]
    issued = TemporaryPassword(issued_at=datetime(2025, 6, 2, 9))
    by_when = sections(told(policy, Account(temporary_password=issued)))["By when"]
    assert by_when[0] == "2025-06-03 09:00 PDT  The password ends"


def test_what_is_due_first_comes_first(tmp_path: Path) -> None:
    tables = """
deadlines:
  later:
    about: account
    title: Later
    from: account.created_on
    count: 60 days
    clauses: [SAMPLE-1/c]
  sooner:
    about: account
    title: Sooner
    from: account.created_on
    count: 30 days
    clauses: [SAMPLE-1/c]
"""
    found = sections(told(sample_policy(tmp_path, tables), Account(created_on=JUNE)))
    assert found["By when"][::3] == ["2025-07-02  Sooner", "2025-08-01  Later"]


def test_readings_are_named(policy: Policy) -> None:
    assert sections(told(policy, GOOD))["Based on the readings"] == ["count"]


def test_rules_that_are_met_are_shown_when_everything_is_asked_for(policy: Policy) -> None:
    besides = sections(told(policy, GOOD, everything=True))["What else was checked"]
    assert "✓ The Form One is attached." in besides
    assert any(line.startswith("· ") for line in besides)


def test_differences_come_last(policy: Policy) -> None:
    text = told(policy, GOOD, differences=["outcome: expected return, got accept"])
    heading = "Differs from what the case expects"
    assert list(sections(text))[-1] == heading
    assert sections(text)[heading] == ["outcome: expected return, got accept"]


def test_personal_data_is_withheld(policy: Policy) -> None:
    text = told(policy, evolve(BAD, requestor=Requestor(role="boss", name="SAMPLE TWO")))
    assert "(withheld) asks for (withheld)." in text
    assert "sample two" not in text.casefold()
    assert "Pass word" not in text


@pytest.mark.parametrize("sign", ["\x1b", "\x9b", "\u202e", "\x07"])
def test_text_of_a_user_can_steer_no_terminal(policy: Policy, sign: str) -> None:
    text = told(policy, evolve(GOOD, office=f"North{sign}"), f"A{sign}title", differences=[sign])
    assert "New account at North\N{REPLACEMENT CHARACTER}" in text
    assert sign not in text


def test_narrow_terminal_loses_nothing(policy: Policy) -> None:
    text = told(policy, BAD, width=40, everything=True)
    assert max(len(line) for line in text.split("\n")) <= 40
    words = told(policy, BAD, width=200, everything=True).split()
    assert text.split() == words


def test_every_outcome_of_a_decision_can_be_told() -> None:
    assert set(HEADLINES) == set(Outcome) - {Outcome.NOTE}


def test_what_is_pending_calls_for_attention_and_tells_its_remedy(tmp_path: Path) -> None:
    tables = """
deadlines:
  training:
    about: account
    title: Training ends
    from: account.staff.training_completed_on
    count: 30 days
    warning: 5 days
    say: {near: The training ends <due>.}
    remedy: {near: Train again in time.}
    clauses: [SAMPLE-1/c]
"""
    account = Account(staff=Staff(training_completed_on=date(2025, 5, 6)))
    found = sections(told(sample_policy(tmp_path, tables), account))
    assert found["What needs attention"] == [
        "! The training ends 2025-06-05.",
        "→ Train again in time.",
        "SAMPLE-1/c · Section C",
    ]
    assert "What is wrong" not in found


def test_note_of_which_it_cannot_be_told_is_marked_as_such(tmp_path: Path) -> None:
    tables = """
rules:
  calm: {about: account, forbid: {account.shared: true}, otherwise: note, clauses: [SAMPLE-1/a]}
"""
    text = told(sample_policy(tmp_path, tables), Account(shared=UNKNOWN))
    assert [line.strip()[:2] for line in text.split("\n") if "Not known: " in line] == ["? "]
