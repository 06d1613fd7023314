# SPDX-License-Identifier: MIT
"""What passes between processes comes back as it was."""

from __future__ import annotations

import pickle
from copy import deepcopy
from pathlib import Path

import pytest

from caljobs_policy import Urgency
from caljobs_policy.rosters.reading.rows import RowReader
from caljobs_policy.rosters.transport import (
    packed_entries,
    packed_rows,
    unpacked_entries,
    unpacked_rows,
)
from tests.samples.rosters import GOOD_DAY, opened, reviewer_of, roster_policy

TABLE = f"""\
username,organization,status,staff.training_completed_on,shared
overdue,branch,active,2024-01-01,no
near,partner,active,2024-06-20,no
in order,branch,active,{GOOD_DAY},no
,branch,active,{GOOD_DAY},no
unstated,,,,
unread,branch,x,,
shared,partner,active,{GOOD_DAY},yes
short,branch
"not closed,branch,active,,
"""
LINES = f"""\
{{"username": "a", "organization": "branch", "staff.training_completed_on": "2024-01-01"}}
{{"username": "b", "status": "active", "staff": {{"training_completed_on": "{GOOD_DAY}"}}}}
{{"username": "c", "status": "active"
\0
"""


@pytest.mark.parametrize("text", [TABLE, LINES])
def test_rows_and_entries_come_back(tmp_path: Path, text: str) -> None:
    policy = roster_policy(tmp_path)
    roster = opened(policy, text)
    rows, reader = list(roster.rows), RowReader(roster.layout, policy)
    assert unpacked_rows(pickle.loads(pickle.dumps(packed_rows(rows)))) == rows
    reviewer = reviewer_of(tmp_path, policy, roster.layout)
    entries = [reviewer.entry(reader, row) for row in rows]
    packed = pickle.loads(pickle.dumps(packed_entries(entries)))
    assert list(unpacked_entries(packed, rows, roster.layout.file)) == entries
    assert {entry.urgency for entry in entries} >= {Urgency.NONE, Urgency.UNREAD}
    assert [isinstance(one, tuple) for one in packed] == [
        entry.urgency is Urgency.NONE for entry in entries
    ]


def test_entries_can_be_copied(tmp_path: Path) -> None:
    policy = roster_policy(tmp_path)
    roster = opened(policy, TABLE)
    reader = RowReader(roster.layout, policy)
    reviewer = reviewer_of(tmp_path, policy, roster.layout)
    for row in roster.rows:
        entry = reviewer.entry(reader, row)
        assert deepcopy(entry) == entry == pickle.loads(pickle.dumps(entry, 2))
