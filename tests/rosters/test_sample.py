# SPDX-License-Identifier: MIT
"""Quarters are read and have their days; a sheet states how it was drawn."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caljobs_policy import Outcome, Problem, RosterEntry, Urgency
from caljobs_policy.errors.problems import Place
from caljobs_policy.rosters.sample import Quarter, Sheet, quarter_from
from tests.samples.rosters import AT, roster_policy


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026q2", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("0001Q1", date(1, 1, 1), date(1, 3, 31)),
        ("9999Q4", date(9999, 10, 1), date(9999, 12, 31)),
    ],
)
def test_quarter_has_its_days(text: str, first: date, last: date) -> None:
    quarter = quarter_from(text)
    assert quarter is not None
    assert (quarter.first, quarter.last, str(quarter)) == (first, last, text.upper())


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026", "2026Q", "2026Q0", "2026Q5", "2026Q11", "2026 Q1", "26Q1", "0000Q1"),
        *("2026-1", "2026QQ", "20²6Q1", "Q12026", "+202Q1", "2026Q1 "),
        *("\u0662\u0660\u0662\u0666Q1", "2026Q\u0661"),
    ],
)
def test_what_is_no_quarter_is_none(text: str) -> None:
    assert quarter_from(text) is None


def entry(number: int, contact: str | None, organization: str | None) -> RosterEntry:
    return RosterEntry(
        number=number,
        place=Place("r.csv", number + 1, 1),
        username=f"user{number}",
        organization=organization,
        contact=contact,
        outcome=Outcome.COMPLIANT,
        urgency=Urgency.NONE,
    )


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    entries = (
        entry(1, "desk", "branch"),
        entry(2, None, None),
        entry(3, "auditor", "partner"),
        entry(4, "desk", "branch"),
        entry(5, "desk", "partner"),
    )
    left_out = (Problem("the row has no user name", Place("r.csv", 9, 1), "fill it in"),)
    quarter = Quarter(2025, 2)
    return Sheet(
        policy=roster_policy(tmp_path),
        at=AT,
        roster="r.csv",
        roster_digest="sha256:0",
        quarter=quarter,
        seed="seed",
        size=5,
        method="by lot",
        population={"partner": 2, "branch": 3},
        entries=entries,
        left_out=left_out,
    )


def test_accounts_stand_by_point_of_contact_and_organization(sheet: Sheet) -> None:
    groups = [(who, where, [e.number for e in found]) for who, where, found in sheet.by_contact]
    assert groups == [
        ("no point of contact", "", [2]),
        ("Auditor", "a partner", [3]),
        ("Help Desk", "a branch", [1, 4]),
        ("Help Desk", "a partner", [5]),
    ]


def test_json_form_tells_what_it_was_drawn_from(sheet: Sheet) -> None:
    found = sheet.to_dict()
    assert [account["row"] for account in found.pop("accounts")] == [1, 2, 3, 4, 5]
    assert found == {
        "roster": "r.csv",
        "roster_digest": "sha256:0",
        "policy": sheet.policy.digest,
        "at": "2025-06-02T12:00:00-07:00",
        "quarter": "2025Q2",
        "seed": "seed",
        "size": 5,
        "method": "by lot",
        "population": {"branch": 3, "partner": 2},
        "shares": {},
        "created_after": 0,
        "left_out": ["r.csv:9:1: the row has no user name\n  help: fill it in"],
    }
