# SPDX-License-Identifier: MIT
"""Accounts with which nothing is to be done are found together, and are those found one by one."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from caljobs_policy import Outcome, Policy, RosterEntry, Urgency
from caljobs_policy.rosters import reviewer as blockwise
from caljobs_policy.rosters.quiet import quiet_finder
from caljobs_policy.rosters.reading.blocks import BlockReader
from caljobs_policy.rosters.reading.rows import RowReader
from caljobs_policy.rosters.reviewer import WORTHWHILE, BlockReviewer
from caljobs_policy.rosters.reviewing import review_rows
from tests.samples.profiles import DAY
from tests.samples.rosters import AT, GOOD_DAY, opened, reviewer_of, roster_policy

KEYS = "username,status,staff.training_completed_on,temporary_password.issued_at,shared"
ROWS = {
    "in order": (f"active,{GOOD_DAY},,no", Outcome.COMPLIANT),
    "of which nothing is known": (",,,", None),
    "shared": (f"active,{GOOD_DAY},,yes", None),
    "in which only a note is found": (f"deactivated,{GOOD_DAY},,no", Outcome.COMPLIANT),
    "with an old training": ("active,2024-01-01,,no", None),
    "with a training that ends soon": ("active,2024-06-20,,no", None),
    "with a password that ends": (f"active,{GOOD_DAY},2025-06-02 11:00,no", None),
    "with a password that ended": (f"active,{GOOD_DAY},2025-05-02 11:00,no", Outcome.COMPLIANT),
}


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    return roster_policy(tmp_path)


def outcomes(policy: Policy, *rows: str, within: int = 30) -> list[Outcome | None]:
    roster = opened(policy, "\n".join([KEYS, *(f"a{n},{row}" for n, row in enumerate(rows))]))
    block = BlockReader(roster.layout, policy).read(list(roster.rows))
    assert len(block.usual) == len(rows)
    finder = quiet_finder(policy, AT, within)
    assert finder is not None
    return [*finder.outcomes(block.facts)]


@pytest.mark.parametrize("what", ROWS)
def test_an_account_is_quiet_where_nothing_is_to_be_done(policy: Policy, what: str) -> None:
    row, outcome = ROWS[what]
    assert outcomes(policy, row) == [outcome]


def test_a_deadline_counts_within_so_many_days(policy: Policy) -> None:
    row = f"active,{DAY - timedelta(325)},,no"
    assert outcomes(policy, row, within=39) == [Outcome.COMPLIANT]
    assert outcomes(policy, row, within=40) == [None]


@pytest.mark.parametrize("row", ["paper_a", ""])
def test_a_form_without_its_day_is_not_decided_in_columns(policy: Policy, row: str) -> None:
    roster = opened(policy, f"other,staff.statement.form\nx,{row}\n")
    block = BlockReader(roster.layout, policy).read(list(roster.rows))
    finder = quiet_finder(policy, AT, 30)
    assert finder is not None
    assert finder.outcomes(block.facts) == [None]


def test_at_a_moment_that_columns_cannot_be_asked_about_nothing_is_quiet(policy: Policy) -> None:
    assert quiet_finder(policy, AT.replace(year=2040), 30) is None


def test_entries_of_a_block_are_those_of_its_rows(tmp_path: Path, policy: Policy) -> None:
    some = [row for row, _ in ROWS.values()] + ["active", "gone,,,", "active,x,,no", ",,,maybe"]
    text = "".join(f"user{n},{some[n % len(some)]}\n" for n in range(2 * WORTHWHILE))
    roster = opened(policy, f"{KEYS}\n{text}")
    rows, reviewer = list(roster.rows), reviewer_of(tmp_path, policy, roster.layout)
    together, reader = BlockReviewer(reviewer, policy), RowReader(roster.layout, policy)
    entries = together.entries(rows)
    assert together.finder is not None
    assert entries == [reviewer.entry(reader, row) for row in rows]
    assert {entry.urgency for entry in entries} == {*Urgency}


@pytest.mark.parametrize("column", KEYS.split(","))
def test_a_column_without_sense_is_told_in_a_block_as_row_by_row(
    tmp_path: Path, policy: Policy, monkeypatch: pytest.MonkeyPatch, column: str
) -> None:
    monkeypatch.setattr(blockwise, "WORTHWHILE", 1)
    keys = KEYS.split(",")
    number = keys.index(column)
    rows = [[f"user{n}", *row.split(",")] for n, (row, _) in enumerate(ROWS.values())]
    for cell in (b"", b"null", b"17", b"17.5.2025", b'"a;b"', b"acti\xe9", b"a\x00b"):
        for some in (rows, rows[:1]):
            # All rows have the cell, or one of them does.
            lines = [[c.encode() for c in row] for row in rows]
            for line in lines[: len(some)]:
                line[number] = cell
            text = b"\n".join([KEYS.encode(), *map(b",".join, lines)])
            assert_same_entries(tmp_path, policy, text, most=len(some))
    missing = [",".join(row[:number] + row[number + 1 :]) for row in [keys, *rows]]
    assert_same_entries(tmp_path, policy, "\n".join(missing).encode(), most=0)


def assert_same_entries(folder: Path, policy: Policy, text: bytes, most: int) -> None:
    """Compare entries of a block with those of its rows; so many have no outcome at most."""
    roster = opened(policy, text)
    rows, reviewer = list(roster.rows), reviewer_of(folder, policy, roster.layout)
    together, reader = BlockReviewer(reviewer, policy), RowReader(roster.layout, policy)
    entries = together.entries(rows)
    assert entries == [reviewer.entry(reader, row) for row in rows]
    assert sum(entry.outcome is None for entry in entries) <= most
    assert all(entry.outcome or entry.problems[0].place.column for entry in entries)


@pytest.mark.parametrize(("rows", "engine"), [(WORTHWHILE - 1, "native"), (WORTHWHILE, "naive")])
def test_few_rows_and_other_engines_go_one_by_one(
    tmp_path: Path, policy: Policy, rows: int, engine: str
) -> None:
    roster = opened(policy, KEYS + "\n" + "a,gone,,,\n" * rows)
    reviewer = reviewer_of(tmp_path, policy, roster.layout, engine=engine)
    together = BlockReviewer(reviewer, policy)
    assert len(together.entries(list(roster.rows))) == rows
    assert together.finder is None


def test_without_polars_rows_go_one_by_one(
    tmp_path: Path, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "".join(f"user{n},active,{GOOD_DAY},,no\n" for n in range(WORTHWHILE))
    roster = opened(policy, f"{KEYS}\n{text}")
    together = BlockReviewer(reviewer_of(tmp_path, policy, roster.layout), policy)
    monkeypatch.setitem(sys.modules, "polars", None)
    assert {entry.outcome for entry in together.entries(list(roster.rows))} == {Outcome.COMPLIANT}
    assert together.finder is None


def test_workers_start_anew_once_polars_has_begun_its_threads(
    tmp_path: Path, policy: Policy
) -> None:
    text = "".join(f"user{n},active,{GOOD_DAY},,no\n" for n in range(2 * WORTHWHILE))

    def entries(jobs: int) -> list[RosterEntry]:
        roster = opened(policy, f"{KEYS}\n{text}")
        reviewer = reviewer_of(tmp_path, policy, roster.layout)
        return list(review_rows(reviewer, roster.rows, jobs, WORTHWHILE))

    assert "polars" in sys.modules
    assert entries(2) == entries(1)
