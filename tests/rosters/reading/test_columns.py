# SPDX-License-Identifier: MIT
"""Headings become columns, and others are reported with their places."""

from __future__ import annotations

from pathlib import Path

import pytest

from caljobs_policy.errors.problems import Place
from caljobs_policy.rosters.reading.columns import Headings, Known
from caljobs_policy.subjects.fields import Kind
from tests.samples.rosters import roster_policy


@pytest.fixture
def known(tmp_path: Path) -> Known:
    return Known(roster_policy(tmp_path))


def named(known: Known, *headings: str, **mapped: str) -> Headings:
    return known.named(headings, mapped, Place("r.csv", 3, 1))


def texts(headings: Headings) -> list[str]:
    return [str(problem) for problem in headings.problems]


def test_each_key_is_known_with_and_without_the_kind_of_subject(known: Known) -> None:
    bare = {key for key in known.columns if not key.startswith("account.")}
    assert {f"account.{key}" for key in bare} == known.columns.keys() - bare
    assert all(known.columns[f"account.{key}"] is known.columns[key] for key in bare)


def test_keys_are_those_of_a_case_and_the_profile(known: Known) -> None:
    bare = {key for key in known.columns if not key.startswith("account.")}
    assert bare == {
        *("username", "organization", "status", "created_on", "last_maintenance_on"),
        *("staff.name", "staff.employer", "staff.training_completed_on", "staff.business_need"),
        *("staff.privileges", "staff.duties", "staff.statement.form"),
        *("staff.statement.signed_on", "staff.statement.paper_a", "staff.statement.paper_b"),
        *("temporary_password.issued_at", "temporary_password.first_login_at"),
        *("temporary_password.changed_at", "separated_on", "need_ended_on", "deactivated_on"),
        *("incident.coordinator_notified_on", "incident.operations_informed_on"),
        *("incident.investigated_on", "personal_device_used", "shared", "automation_used"),
        *("manager_can_view_credentials", "administers", "has_separate_admin_account"),
        *("told_on", "born_on"),
    }


def test_column_of_a_form_tells_which(known: Known) -> None:
    column = known.columns["staff.statement.paper_b"]
    assert (column.form, column.holds.kind) == ("paper_b", Kind.DAY)
    assert column.path == ("staff", "statement", "paper_b")
    assert known.columns["staff.statement.form"].form is None


def test_headings_may_stand_for_keys(known: Known) -> None:
    found = named(known, " user  NAME ", "status", "", **{"User name": "account.username"})
    assert [column and column.key for column in found.columns] == ["username", "status", None]
    assert (found.problems, found.unread) == ([], [])


def test_unknown_headings_are_told_with_their_column(known: Known) -> None:
    found = named(known, "username", "Notes", "Status")
    assert [str(problem) for problem in found.unread] == [
        "r.csv:3:2: column 2 is not read: its heading is not the key of a fact\n"
        '  help: if it holds a fact, use --map "HEADING=KEY"',
        "r.csv:3:3: column 3 is not read: its heading is not the key of a fact\n"
        "  help: did you mean `status`?",
    ]


def test_key_that_stands_twice_is_told(known: Known) -> None:
    found = named(known, "username", "x", "account.username", x="username")
    assert texts(found) == [
        "r.csv:3:2: columns 1 and 2 both hold `username`\n  help: remove one of them",
        "r.csv:3:3: columns 1 and 3 both hold `username`\n  help: remove one of them",
    ]


def test_heading_that_stands_twice_is_told(known: Known) -> None:
    found = named(known, "x", "X", x="username")
    assert texts(found) == [
        "r.csv:3:2: columns 1 and 2 both hold `username`\n  help: remove one of them"
    ]


def test_unknown_key_of_a_map_is_told(known: Known) -> None:
    found = named(known, "x", "y", x="usernam", y="zebra")
    assert texts(found) == [
        "r.csv:3:1: there is no key `usernam` for the heading `x`\n"
        "  help: did you mean `username`?",
        "r.csv:3:1: there is no key `zebra` for the heading `y`\n"
        "  help: `caljobs-policy docs roster` lists the keys",
    ]
    assert found.unread == []


def test_heading_that_does_not_exist_is_told(known: Known) -> None:
    found = named(known, "username", "State", **{"States": "status", "zebra": "shared"})
    assert texts(found) == [
        "r.csv:3:1: no column is headed `States`\n  help: did you mean `State`?",
        "r.csv:3:1: no column is headed `zebra`\n  help: look at the roster's first line",
    ]


def test_first_line_that_may_be_data_is_not_repeated(known: Known) -> None:
    found = named(known, "anna", "Anna Secret", **{"Ana Secret": "username"})
    assert texts(found) == [
        "r.csv:3:1: no column is headed `Ana Secret`\n  help: look at the roster's first line"
    ]
