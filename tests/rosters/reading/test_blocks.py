# SPDX-License-Identifier: MIT
"""Blocks of rows: the usual ones are read without places, the others are left to be read singly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from caljobs_policy import Policy
from caljobs_policy.rosters.reading.blocks import Block, BlockReader
from caljobs_policy.rosters.reading.rows import RowReader
from tests.samples.rosters import opened, roster_policy

KEYS = "username,status,staff.statement.form,staff.statement.signed_on"


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    return roster_policy(tmp_path)


def block_of(policy: Policy, text: str, **options: Any) -> Block:
    roster = opened(policy, text, **options)
    return BlockReader(roster.layout, policy).read(list(roster.rows))


def assert_read_as_singly(policy: Policy, text: str, usual: list[int], **options: Any) -> None:
    roster = opened(policy, text, **options)
    rows, reader = list(roster.rows), RowReader(roster.layout, policy)
    block = BlockReader(roster.layout, policy).read(rows)
    assert block.usual == usual
    accounts = [block.account(number) for number in range(len(usual))]
    assert accounts == [reader.account(rows[row])[0] for row in usual]
    assert None not in accounts


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("username,status\na,active\nb,\nc,Active\n,null\n", [0, 1, 2]),
        ("username,status\na,active\nb\nc,gone\nd,active,\ne,active\n", [0, 4]),
        ('username,status\na,active\n"b,active\nc,active\n', [0, 2]),
        (f"{KEYS}\na,active,paper_a,2025-01-02\nb,,,\nc,,paper_a,\nd,,,x\n", [0, 1, 2]),
        ("username,staff.statement.paper_a\na,2025-01-02\nb,null\nc,\n", [0, 1, 2]),
        ("username,other,shared\na,x,yes\nb,y,maybe\n", [0]),
    ],
)
def test_usual_rows_of_tables_are_read_as_singly(
    policy: Policy, text: str, usual: list[int]
) -> None:
    assert_read_as_singly(policy, text, usual)


def test_dates_of_tables_have_the_form_that_was_named(policy: Policy) -> None:
    text = "username,created_on\na,02/03/2025\nb,2025-02-03\nc,2025-02-30\n"
    assert_read_as_singly(policy, text, [0, 1], date_format="%m/%d/%Y")
    assert block_of(policy, text).usual == [1]


@pytest.mark.parametrize(
    "row",
    [
        '{"account": {"status": "active", "staff": {"employer": "inside"}}}',
        '{"account.staff.employer": "inside", "staff": {"name": null}, "shared": false}',
        '{"staff": {"statement": {"form": "paper_a", "signed_on": "2025-01-02"}}}',
        '{"staff": {"statement": [{"form": "paper_a"}]}}',
        '{"username": "peña \\"x\\""}',
    ],
)
def test_usual_rows_of_json_are_read_as_singly(policy: Policy, row: str) -> None:
    assert_read_as_singly(policy, f"{row}\n", [0])


@pytest.mark.parametrize(
    "row",
    [
        '{"status": "active", "status": "active"}',
        '{"staff": {"name": "a"}, "staff.name": "a"}',
        '{"account": {"status": "active"}, "status": "active"}',
        '{"staff": [{"name": "a"}]}',
        '{"staff": null}',
        '{"staff": {"statement": [{"form": "paper_a"}, {"form": "paper_a"}]}}',
        '{"staff": {"statement": {"paper_a": "2025-01-02"}}}',
        '{"username": "\\ud800"}',
        '{"shared": "true"}',
        '{"shared": NaN}',
        '{"other": 1}',
        '{"username": "a"',
        "[1]",
        "[" * 100_000,
    ],
)
def test_unusual_rows_of_json_are_left_to_be_read_singly(policy: Policy, row: str) -> None:
    assert block_of(policy, f'{{"username": "a"}}\n{row}\n').usual == [0]


def test_block_without_rows_is_empty(policy: Policy) -> None:
    assert block_of(policy, "username\n").usual == []
