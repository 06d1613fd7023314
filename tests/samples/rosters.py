# SPDX-License-Identifier: MIT
"""Rosters of accounts of the sample area, and what reads and reviews them."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from caljobs_policy.dates.durations import noon
from caljobs_policy.policy.policy import Policy
from caljobs_policy.rosters.entry import RosterEntry
from caljobs_policy.rosters.reading.opening import Roster, open_roster
from caljobs_policy.rosters.reading.options import RosterOptions
from caljobs_policy.rosters.reading.rows import Layout, RosterRow, RowReader
from caljobs_policy.rosters.reviewer import Reviewer
from caljobs_policy.rosters.reviewing import review_rows
from caljobs_policy.subjects.account import Account
from tests.samples.profiles import DAY, sample_policy, sound_profile

ROSTER_TABLES_YAML: Final = """\
routing:
  branch: {requestors: boss, coordinator: desk, clauses: [SAMPLE-1/a]}
  partner: {requestors: boss, coordinator: auditor, clauses: [SAMPLE-1/a]}
facts:
  account.told_on: {title: day the boss was told, type: date, left_out: none}
  account.born_on: {title: birth date, type: date, left_out: none, private: true}
rules:
  in-use:
    about: account
    forbid: {account.shared: true}
    say: The account is shared.
    remedy: Give everybody an account.
    clauses: [SAMPLE-1/a]
  closed:
    about: account
    forbid: {account.status: deactivated}
    otherwise: note
    say: The account is closed.
    clauses: [SAMPLE-1/d]
duties:
  tell-the-boss:
    about: account
    when: {account.automation_used: true}
    who: coordinator
    what: Tell the boss.
    to: boss
    promptness: at once
    by: tell_by
    done_by: account.told_on
    while_open: attention
    clauses: [SAMPLE-1/b]
deadlines:
  training:
    about: account
    name: training_ends
    title: Training ends
    from: account.staff.training_completed_on
    count: 365 days
    warning: 30 days
    say: {missed: The training ended <due>., near: The training ends <due>.}
    remedy: {missed: Train again., near: Train in time.}
    clauses: [SAMPLE-1/c]
  password:
    about: account
    name: password_ends
    title: Password ends
    from: account.temporary_password.issued_at
    count: 24 hours
    met_by: account.temporary_password.changed_at
    missed: none
    clauses: [SAMPLE-1/c]
  telling:
    about: account
    name: tell_by
    title: The boss is to be told
    when: {account.automation_used: true}
    from: account.last_maintenance_on
    count: 10 days
    met_by: account.told_on
    missed: none
    clauses: [SAMPLE-1/c]
"""
"""A rule, a note, a duty and deadlines about accounts; two facts of the profile's own."""
AT: Final[datetime] = noon(DAY, ZoneInfo("America/Los_Angeles"))
GOOD_DAY: Final = "2025-05-20"
"""A day of training with which nothing is due."""


def roster_policy(folder: Path) -> Policy:
    """Load the policy of the sample area with rules about accounts."""
    return sample_policy(folder / "sample_area", ROSTER_TABLES_YAML)


def opened(policy: Policy, text: str | bytes, **options: Any) -> Roster:
    """Open a roster that holds a text."""
    data = text.encode() if isinstance(text, str) else text
    return open_roster(BytesIO(data), "r.csv", policy, RosterOptions(**options))


def rows_of(policy: Policy, text: str | bytes, **options: Any) -> list[RosterRow]:
    """Read the rows of a roster, each checked against the policy."""
    roster = opened(policy, text, **options)
    reader = RowReader(roster.layout, policy)
    return [reader.account(raw)[1] for raw in roster.rows]


def accounts(policy: Policy, text: str | bytes, **options: Any) -> list[Account]:
    """Read the accounts of a roster in which nothing is wrong."""
    roster = opened(policy, text, **options)
    reader = RowReader(roster.layout, policy)
    found = [reader.account(raw) for raw in roster.rows]
    assert [str(problem) for _, row in found for problem in row.problems] == []
    return [account for account, _ in found if account is not None]


def faults(policy: Policy, text: str | bytes, **options: Any) -> list[str]:
    """Return what is wrong with the rows of a roster, each with its place and remedy."""
    return [str(problem) for row in rows_of(policy, text, **options) for problem in row.problems]


def reviewed(
    folder: Path, text: str | bytes, within: int = 30, **options: Any
) -> list[RosterEntry]:
    """Review a roster, in the order of its rows."""
    policy = roster_policy(folder)
    roster = opened(policy, text, **options)
    reviewer = reviewer_of(folder, policy, roster.layout, within=within)
    return list(review_rows(reviewer, roster.rows))


def reviewer_of(folder: Path, policy: Policy, layout: Layout, **more: Any) -> Reviewer:
    """Return what reviews a roster of the sample area at noon of its day."""
    area = sound_profile(folder / "sample_area", ROSTER_TABLES_YAML)
    return Reviewer(str(area), policy.day, AT, layout, **more)
