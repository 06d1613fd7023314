# SPDX-License-Identifier: MIT
"""Cells are read as facts, in the ways in which spreadsheets write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from caljobs_policy import UNKNOWN, Policy, Statement, load_policy
from caljobs_policy.subjects.account import Account
from tests.samples.profiles import DAY, sound_profile
from tests.samples.rosters import accounts, faults, roster_policy


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    return roster_policy(tmp_path)


def account(policy: Policy, heading: str, cell: str, **options: Any) -> Account:
    quoted = cell.replace('"', '""')
    (found,) = accounts(policy, f'username,{heading}\nanna,"{quoted}"\n', **options)
    return found


@pytest.mark.parametrize("written", ["branch", "Branch", " a branch ", "A  BRANCH", "A-Branch"])
def test_word_may_be_its_key_or_its_title(policy: Policy, written: str) -> None:
    assert account(policy, "organization", written).organization == "branch"


@pytest.mark.parametrize("written", ["active", "Active", "ACTIVE "])
def test_word_of_the_model_may_have_other_letters(policy: Policy, written: str) -> None:
    assert account(policy, "status", written).status == "active"


def test_word_by_a_title_that_two_have_is_not_known(tmp_path: Path) -> None:
    more = "employers: {inside: {title: Same}, outside: {title: Same}, same_too: {title: inside}}\n"
    words = (sound_profile(tmp_path / "x") / "2025-01-01/words.yaml").read_text("utf-8")
    begin, end = words.index("employers:"), words.index("scope:")
    folder = sound_profile(tmp_path / "x", words=f"{words[:begin]}{more}{words[end:]}")
    policy = load_policy(folder, DAY)
    assert account(policy, "staff.employer", "Inside").staff.employer == "inside"
    assert faults(policy, "username,staff.employer\nanna,Same\n") == [
        "r.csv:2:2: `account.staff.employer` has no such value\n  help: did you mean `same_too`?"
    ]


@pytest.mark.parametrize(
    ("written", "flag"),
    [("yes", True), ("TRUE", True), ("true", True), ("No", False), ("FALSE", False)],
)
def test_flags_are_read(policy: Policy, written: str, flag: bool) -> None:
    assert account(policy, "shared", written).shared is flag


def test_flag_of_other_words_is_told(policy: Policy) -> None:
    assert faults(policy, "username,shared\nanna,perhaps\n") == [
        "r.csv:2:2: `account.shared` takes true or false\n"
        "  help: write true or false, in small letters and without quotes"
    ]


@pytest.mark.parametrize("written", ["view; Print checks ;", "view, Print checks"])
def test_lists_are_parted(policy: Policy, written: str) -> None:
    assert account(policy, "staff.privileges", written).staff.privileges == ("view", "print checks")


@pytest.mark.parametrize(
    ("heading", "attribute", "blank"),
    [
        ("created_on", "created_on", UNKNOWN),
        ("separated_on", "separated_on", None),
        ("shared", "shared", None),
    ],
)
def test_blank_cell_is_a_fact_left_out_and_null_one_that_does_not_exist(
    policy: Policy, heading: str, attribute: str, blank: object
) -> None:
    assert getattr(account(policy, heading, "  "), attribute) is blank
    for null in ("null", " null ", "~"):
        assert getattr(account(policy, heading, null), attribute) is None


def test_null_is_known_where_a_blank_is_not(policy: Policy) -> None:
    assert account(policy, "staff.training_completed_on", "").staff.training_completed_on is UNKNOWN
    assert (
        account(policy, "staff.training_completed_on", "null").staff.training_completed_on is None
    )


@pytest.mark.parametrize("written", ["NULL", "Null", "none"])
def test_other_words_for_null_are_told(policy: Policy, written: str) -> None:
    assert faults(policy, f"username,created_on\nanna,{written}\n") == [
        "r.csv:2:2: `account.created_on` is not a date\n"
        "  help: write `null`, in small letters and without quotes, where there is none"
    ]


def test_null_that_cannot_be_is_told(policy: Policy) -> None:
    assert faults(policy, "username,status\nanna,null\n") == [
        "r.csv:2:2: `account.status` must not be null\n  help: leave it out when it is not known"
    ]


def test_text_is_what_it_is(policy: Policy) -> None:
    (found,) = accounts(policy, "username,staff.name\nnull, Null \n")
    assert (found.username, found.staff.name) == ("null", "Null")


@pytest.mark.parametrize("written", ["2025-03-01", "2025-03-01 00:00:00", "2025-03-01T00:00"])
def test_day_is_read(policy: Policy, written: str) -> None:
    assert account(policy, "created_on", written).created_on == date(2025, 3, 1)
    assert account(policy, "separated_on", written).separated_on == date(2025, 3, 1)


def test_time_is_read(policy: Policy) -> None:
    found = account(policy, "separated_on", "2025-03-01T09:00:00Z")
    assert found.separated_on == datetime(2025, 3, 1, 9, tzinfo=UTC)
    issued = account(policy, "temporary_password.issued_at", "2025-03-01 00:00:00")
    assert issued.temporary_password.issued_at == datetime(2025, 3, 1)


@pytest.mark.parametrize("written", ["1 Mar 2025", "2025-3-1", "457170"])
def test_date_of_another_form_is_told(policy: Policy, written: str) -> None:
    assert faults(policy, f"username,created_on\nanna,{written}\n") == [
        "r.csv:2:2: `account.created_on` is not a date\n"
        "  help: write it as year-month-day: 2025-03-01"
    ]


@pytest.mark.parametrize("written", ["03/01/2025", "3/1/25", "3/1/2025 0:00"])
def test_date_with_slashes_asks_for_the_form(policy: Policy, written: str) -> None:
    assert faults(policy, f"username,created_on\nanna,{written}\n") == [
        "r.csv:2:2: `account.created_on` is not a date of the form year-month-day\n"
        "  help: name the form of the dates, as in --date-format %m/%d/%Y"
    ]


def test_date_of_the_form_that_is_named_is_read(policy: Policy) -> None:
    text = "username,created_on,separated_on\na,03/01/2025,3/2/2025\nb,2025-03-01,null\n"
    first, second = accounts(policy, text, date_format="%m/%d/%Y")
    assert (first.created_on, first.separated_on) == (date(2025, 3, 1), date(2025, 3, 2))
    assert (second.created_on, second.separated_on) == (date(2025, 3, 1), None)


def test_date_that_is_not_of_the_form_is_told(policy: Policy) -> None:
    text = "username,Hired,born_on\nanna,31/12/2025,31/12/1990\n"
    found = faults(policy, text, date_format="%m/%d/%Y", headings={"Hired": "created_on"})
    assert found == [
        "r.csv:2:2: `account.created_on` is not a date of the form %m/%d/%Y\n"
        "  help: mend the cell, or write it as 2025-03-01",
        "r.csv:2:3: `account.born_on` is not a date of the form %m/%d/%Y\n"
        "  help: mend the cell, or write it as 2025-03-01",
    ]


def test_statement_is_read_from_its_form_and_day(policy: Policy) -> None:
    text = "username,staff.statement.form,staff.statement.signed_on\na,Paper A,2025-03-01\nb,,\n"
    first, second = accounts(policy, text)
    assert first.staff.statement == (Statement(form="paper_a", signed_on=date(2025, 3, 1)),)
    assert second.staff.statement is UNKNOWN


def test_statement_by_its_title(policy: Policy) -> None:
    found = account(policy, "staff.statement.form", "statement a")
    assert found.staff.statement == (Statement(form="paper_a"),)


def test_statements_are_read_from_a_column_for_each_form(policy: Policy) -> None:
    text = (
        "username,staff.statement.paper_a,staff.statement.paper_b\n"
        "a,2025-03-01,2025-04-01\nb,null,2025-04-01\nc,,2025-04-01\nd,,\n"
    )
    found = [account.staff for account in accounts(policy, text)]
    assert found[0].signed == {"paper_a": date(2025, 3, 1), "paper_b": date(2025, 4, 1)}
    assert found[1].signed == {"paper_a": None, "paper_b": date(2025, 4, 1)}
    # A blank cell says nothing, not that there is nothing.
    assert found[2].signed == {"paper_a": UNKNOWN, "paper_b": date(2025, 4, 1)}
    assert found[3].statement is UNKNOWN


def test_statements_of_both_kinds_of_columns_stand_together(policy: Policy) -> None:
    text = (
        "username,staff.statement.paper_a,staff.statement.form,staff.statement.signed_on\n"
        "a,2025-03-01,paper_b,2025-04-01\n"
    )
    (found,) = accounts(policy, text)
    assert found.staff.signed == {"paper_a": date(2025, 3, 1), "paper_b": date(2025, 4, 1)}


def test_facts_of_the_profile_are_columns(policy: Policy) -> None:
    (found,) = accounts(policy, "username,told_on,account.born_on\na,2025-03-01,1990-01-01\n")
    assert found.own == {"told_on": date(2025, 3, 1), "born_on": date(1990, 1, 1)}


def test_each_cell_that_is_wrong_is_told(policy: Policy) -> None:
    text = "username,organization,status,created_on\nanna,brunch,closed,today\n"
    assert [line.partition("\n")[0] for line in faults(policy, text)] == [
        "r.csv:2:2: `account.organization` has no value `brunch`",
        "r.csv:2:3: `account.status` has no such value",
        "r.csv:2:4: `account.created_on` is not a date",
    ]
