# SPDX-License-Identifier: MIT
"""Work lists as comma-separated values are complete, and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from caljobs_policy import RosterEntry
from caljobs_policy.rosters.writing.phrases import About
from caljobs_policy.rosters.writing.spreadsheet import (
    COLUMNS,
    harmless,
    write_row,
    write_spreadsheet,
)
from tests.samples.profiles import DAY
from tests.samples.rosters import AT, reviewed, roster_policy

HEADER = "username,organization,status,staff.training_completed_on,automation_used,shared\n"


def written(folder: Path, entries: list[RosterEntry]) -> list[dict[str, str]]:
    stream = StringIO(newline="")
    write_spreadsheet(stream, About(roster_policy(folder), AT, "r.csv", 30), entries)
    return list(csv.DictReader(stream.getvalue().splitlines(keepends=True)))


def test_each_account_is_a_row_with_all_that_there_is_to_do(tmp_path: Path) -> None:
    near = DAY - timedelta(340)
    text = f"{HEADER}anna,branch,active,{near},yes,yes\nbob,brunch,,,,\ncleo,,active,,,\n"
    anna, bob, cleo = written(tmp_path, reviewed(tmp_path, text))
    assert list(anna) == list(COLUMNS)
    assert anna == {
        "urgency": "violation",
        "due": "2025-06-27",
        "username": "anna",
        "organization": "branch",
        "contact": "Help Desk",
        "outcome": "violation",
        "what": "The account is shared. | The training ends 2025-06-27.",
        "remedy": "Give everybody an account. | Train in time.",
        "duties": "Help Desk to Boss [at once]: Tell the boss.",
        "coming": "",
        "missing": "",
        "clauses": "SAMPLE-1/a, SAMPLE-1/c, SAMPLE-1/b",
        "line": "2",
    }
    assert (bob["urgency"], bob["outcome"], bob["line"]) == ("unread", "not_evaluated", "3")
    assert bob["what"] == "`account.organization` has no value `brunch`"
    assert bob["remedy"] == "did you mean `branch`?"
    assert (cleo["urgency"], cleo["missing"]) == ("missing", "account.staff.training_completed_on")


def test_deadlines_ahead_have_their_dates(tmp_path: Path) -> None:
    day = DAY - timedelta(334)
    text = f"{HEADER}anna,branch,active,{day},,\n"
    (anna,) = written(tmp_path, reviewed(tmp_path, text, within=31))
    assert (anna["due"], anna["coming"]) == ("2025-07-03", "2025-07-03 Training ends")


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "\n=1", "\0=1", "\x0b=1"),
        *("\u00a0=1", "\u3000=1", "\u200b=1", "\ufeff=1", "\u2060@x", "\u202e-1"),
        *("\uff1d1", "\uff0b1", "\uff0d1", "\uff20x", "\ufe661", "\u207a1", "\u22121"),
    ],
)
def test_text_that_begins_as_a_formula_is_marked(text: str) -> None:
    assert harmless(text).startswith("'")
    assert harmless(text)[1:] == "".join(" " if ord(c) < 32 else c for c in text)


@pytest.mark.parametrize("text", ["", "anna", "a=1", "1-2", "'=1", "(+1)", "peña", "\u00a0a"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("control", ["\r", "\n", "\t", "\0", "\x0b", "\x85"])
def test_cell_stays_one_cell(control: str) -> None:
    stream = StringIO(newline="")
    write_row(stream, ["a", f"b{control}=cmd|calc", 'c,"d'])
    assert stream.getvalue() == 'a,b =cmd|calc,"c,""d"\n'


def test_time_is_told_to_the_minute(tmp_path: Path) -> None:
    text = "username,staff.training_completed_on,temporary_password.issued_at\n"
    text += "anna,2025-05-20,2025-06-02 09:00:30\n"
    (anna,) = written(tmp_path, reviewed(tmp_path, text))
    assert anna["due"] == "2025-06-03 09:00-07:00"
    assert datetime.fromisoformat(anna["due"]).utcoffset() == timedelta(hours=-7)
