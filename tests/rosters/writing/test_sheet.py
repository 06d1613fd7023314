# SPDX-License-Identifier: MIT
"""Every form of a review sheet states what it was drawn from, and how."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from caljobs_policy import Problem
from caljobs_policy.errors.problems import Place
from caljobs_policy.rosters.sample import Quarter, Sheet
from caljobs_policy.rosters.writing.page import write_sheet_page
from caljobs_policy.rosters.writing.sheet import (
    drawn_from,
    sheet_listing,
    write_sheet_values,
)
from tests.samples.rosters import AT, reviewed, roster_policy

TEXT = (
    "username,organization,status,staff.training_completed_on,shared\n"
    "anna,branch,active,2025-05-20,\nbob,partner,active,2025-05-20,yes\n<b>eve,nowhere,,,\n"
)


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    return Sheet(
        policy=roster_policy(tmp_path),
        at=AT,
        roster="r.csv",
        roster_digest="sha256:12ab",
        quarter=Quarter(2025, 2),
        seed="=seed",
        size=10,
        method="by lot",
        population={"branch": 1200, "partner": 3, "": 1},
        shares={"branch": 3},
        entries=tuple(reviewed(tmp_path, TEXT)),
        left_out=(Problem("the row has no user name", Place("r.csv", 9, 1), "fill it in"),),
    )


def told(sheet: Sheet) -> dict[str, str]:
    return {
        "Roster": "r.csv, sha256:12ab",
        "Policy": f"sample_area@2025-01-01, {sheet.policy.digest}",
        "Reviewed at": "2025-06-02 12:00-07:00",
        "Quarter": "2025Q2: 2025-04-01 to 2025-06-30",
        "Seed": "=seed",
        "Size": "3 of 1,204 accounts (10 requested)",
        "Method": "by lot",
        "Accounts": "none 1 (0 drawn), branch 1,200 (3 drawn), partner 3 (0 drawn)",
        "Left out": "1 row",
    }


def test_all_that_is_needed_to_draw_it_again_is_told(sheet: Sheet) -> None:
    assert dict(drawn_from(sheet)) == told(sheet)


def test_listing_tells_it(sheet: Sheet) -> None:
    stream = StringIO()
    console = Console(file=stream, width=200, highlight=False)
    for part in sheet_listing(sheet):
        console.print(part)
    lines = [line.strip() for line in stream.getvalue().splitlines()]
    assert {f"{name}: {value}" for name, value in told(sheet).items()} <= set(lines)
    assert "Help Desk, a branch: 1" in lines
    assert "✓ nothing found" in lines
    assert "✗ The account is shared. (SAMPLE-1/a)" in lines
    assert "`account.organization` has no such value (r.csv:4:2)" in lines
    assert "left out: the row has no user name (r.csv:9:1)" in lines


def test_values_tell_it_in_each_row(sheet: Sheet) -> None:
    stream = StringIO(newline="")
    write_sheet_values(stream, sheet)
    rows = list(csv.DictReader(stream.getvalue().splitlines()))
    assert [row["username"] for row in rows] == ["<b>eve", "bob", "anna"]
    drawn = {name.lower().replace(" ", "_"): value for name, value in told(sheet).items()}
    for row in rows:
        assert drawn | {"seed": "'=seed"} == {name: row[name] for name in drawn}
    assert [row["outcome"] for row in rows] == ["not_evaluated", "violation", "compliant"]


def test_page_tells_it_and_escapes_names(sheet: Sheet) -> None:
    stream = StringIO()
    write_sheet_page(stream, sheet)
    page = stream.getvalue()
    for value in told(sheet).values():
        assert value in page
    assert "<b>eve" not in page
    assert "&lt;b&gt;eve" in page
    assert "the row has no user name" in page
