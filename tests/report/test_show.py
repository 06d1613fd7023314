# SPDX-License-Identifier: MIT
"""A policy in words: its words, numbers, routes, rules, duties, deadlines, guides and readings."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from caljobs_policy import Policy
from caljobs_policy.report.show import policy_text
from tests.things.profiles import EDITION, TABLES_YAML, sample_policy


def shown(policy: Policy) -> str:
    stream = StringIO()
    console = Console(file=stream, width=200, highlight=False, markup=False, emoji=False)
    console.print(policy_text(policy))
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    return shown(sample_policy(tmp_path_factory.mktemp("sample_area"), TABLES_YAML))


def entry(text: str, head: str) -> list[str]:
    """Give the lines of the first entry with a head, its origin left out."""
    lines = text.split("\n")
    start = next(number for number, line in enumerate(lines) if line.strip() == f"• {head}")
    found = [line.strip() for line in lines[start + 1 : start + 9]]
    end = next(number for number, line in enumerate(found) if line.endswith(")") and ":" in line)
    return found[:end]


def test_policy_says_what_it_is_and_what_is_in_force(text: str) -> None:
    first, second, third, *_ = text.split("\n")
    assert first == "Sample Area on 2025-06-02"
    assert second == "In force: sample_area@2025-01-01"
    assert third.startswith("sha256:")


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        ("branch: a branch", []),
        ("deputy: Deputy", ["counts as boss"]),
        ("desk: Help Desk", ["desk@example.org", "555-0100"]),
        ("form_one: Form One", []),
        ("30 days: days of grace (grace)", ["reading: count"]),
        ("a branch: Boss → Help Desk", []),
        ("a partner: Auditor or Boss → Auditor", []),
        (
            "training: the day the training was completed is at most 30 days before the date of"
            " the request",
            [
                "otherwise: return",
                "missing: “There is no training.”",
                "later: “The training comes too late.”",
                "too_old: “The training is older than 30 days.”",
                "reading: count",
            ],
        ),
        (
            "named: the requestor's name is not the same as the staff member's name",
            ["otherwise: deny", "says: “<requestor's name> asks for <staff member's name>.”"],
        ),
        (
            "quiet: the proposed password does not contain “word”",
            ["otherwise: a note", "says: “The password <proposed password> is weak.”"],
        ),
        (
            "in-use: use by several persons: no",
            ["otherwise: violation", "says: “The account is shared.”"],
        ),
        (
            "papers/create/form_two: the list of attachments includes form_two",
            [
                "where the staff member's employer is not inside",
                "otherwise: return",
                "says: “The Form Two is not attached.”",
            ],
        ),
        (
            "approvals/auditor-agrees: the list of approvals on file includes auditor",
            [
                "where the list of privileges asked for is given",
                "otherwise: await_approval",
                "says: “The approval of Auditor is not on file.”",
            ],
        ),
        ("coordinator: Make the account.", ["arises with: accept, await_approval"]),
        (
            "coordinator to requestor (cc Auditor) [at once]: Tell the staff member.",
            ["arises with: accept, await_approval"],
        ),
        (
            "Training ends (training_ends)",
            ["day the training was completed + 30 days", "reading: count"],
        ),
        ("Be kind.", []),
    ],
)
def test_entry_is_shown(text: str, head: str, lines: list[str]) -> None:
    assert entry(text, head) == lines


def test_entry_names_clauses_and_origin(text: str) -> None:
    line = TABLES_YAML.splitlines().index("  training:") + 2
    assert f"SAMPLE-1/a ({_folder(text)}/{EDITION}/tables.yaml:{line})" in text


def _folder(text: str) -> str:
    return text.partition("boss: Boss\n")[2].partition("(")[2].partition(f"/{EDITION}")[0]


def test_exemption_says_whom_it_exempts(text: str) -> None:
    assert "exempt/small: A tiny group is outside." in text
    entry_text = text.partition("exempt/small: ")[2].partition("•")[0]
    lines = [line.strip() for line in entry_text.splitlines()]
    assert lines[1].startswith("where the privilege group asked for is")
    assert lines[2] == "then: out of scope"


def test_routing_is_shown_once_and_not_again_among_the_rules(text: str) -> None:
    assert text.count("a branch: Boss → Help Desk") == 1
    assert "routing/branch" not in text


def test_sections_stand_in_order(text: str) -> None:
    headings = [
        "Organizations",
        "Roles",
        "Forms",
        "Numbers",
        "Who requests, and to whom",
        "request/create",
        "request/change",
        "account",
        "record/closure",
        "Shown, not enforced",
        "How open questions are read",
    ]
    places = [text.index(f"\n{heading}\n") for heading in headings]
    assert places == sorted(places)


def test_reading_shows_its_choices(tmp_path: Path) -> None:
    tables = """
readings:
  open: {question: Which?, answer: This., others: [that]}
  taken: {question: What?, answer: So., others: [thus], chosen: thus}
"""
    text = shown(sample_policy(tmp_path, tables))
    assert "• open: Which?\n    This.\n    also possible: that\n" in text
    assert "• taken: What?\n    So.\n    also possible: thus\n    chosen here: thus" in text


def test_condition_on_a_route_and_legs_of_a_deadline_are_shown(tmp_path: Path) -> None:
    tables = """
routing:
  branch:
    when: {request.office: North}
    requestors: boss
    coordinator: desk
    clauses: [SAMPLE-1/a]
  partner: {requestors: boss, coordinator: desk, clauses: [SAMPLE-1/a]}
deadlines:
  ends:
    about: account
    title: It ends
    when: {account.status: active}
    earliest:
      made: {from: [account.last_maintenance_on, account.created_on], count: 30 days}
      left: {when: {account.shared: true}, from: account.separated_on, count: 1 month}
    clauses: [SAMPLE-1/c]
"""
    text = shown(sample_policy(tmp_path, tables))
    assert entry(text, "a branch: Boss → Help Desk") == ["where the name of the office is North"]
    assert entry(text, "It ends (ends)") == [
        "day of the last annual maintenance, else day the account was created + 30 days",
        "time of the separation + 1 month where use by several persons: yes",
        "the earliest of these",
        "where the status of the account is active",
    ]


def test_policy_without_tables_is_shown(tmp_path: Path) -> None:
    text = shown(sample_policy(tmp_path, ""))
    assert "Who requests" not in text
    assert "Numbers" not in text


def test_days_that_do_not_count_are_shown_as_they_are_written(tmp_path: Path) -> None:
    tables = """
calendar:
  sundays: {title: Sunday, on: every Sunday}
  founding-day: {title: Founding Day, on: [May 4, 2025-12-24], moves: {sunday: monday}}
deadlines:
  ends:
    about: account
    title: It ends
    from: account.created_on
    count: 3 business days
    clauses: [SAMPLE-1/c]
"""
    lines = [line.strip() for line in shown(sample_policy(tmp_path, tables)).split("\n")]
    assert lines.count("• Sunday: every Sunday") == 1
    assert lines.count("• Founding Day: May 4, 2025-12-24; moves from sunday to monday") == 1
