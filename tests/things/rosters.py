# SPDX-License-Identifier: MIT
"""Rosters of accounts of the sample area, with what a review needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from caljobs_policy.loader.roster.rows import Raw, Roster, RowReader, open_roster
from caljobs_policy.model.account import Account
from caljobs_policy.model.durations import noon
from caljobs_policy.model.policy import Policy
from caljobs_policy.model.roster import RosterOptions, RosterRow
from tests.things.profiles import DAY, sample_policy

ROSTER_TABLES_YAML: Final = """\
routing:
  branch: {requestors: boss, coordinator: desk, clauses: [SAMPLE-1/a]}
  partner: {requestors: boss, coordinator: auditor, clauses: [SAMPLE-1/a]}
facts:
  account.supervisor_told_on: {kind: date, title: day the supervisor was told, private: true}
rules:
  in-use:
    about: account
    forbid: {account.shared: true}
    say: The account is shared.
    remedy: Give everybody an account.
    clauses: [SAMPLE-1/a]
  status-told:
    about: account
    forbid: {account.status: deactivated}
    otherwise: note
    say: The account is closed.
    clauses: [SAMPLE-1/d]
duties:
  tell:
    about: account
    when: {account.automation_used: true}
    who: coordinator
    what: Tell the supervisor.
    to: boss
    promptness: at once
    done_by: account.supervisor_told_on
    while_open: attention
    clauses: [SAMPLE-1/b]
deadlines:
  training_ends:
    about: account
    title: Training ends
    from: account.staff.training_completed_on
    count: 365 days
    warning: 30 days
    missed: {say: The training ended <due>., remedy: Train again.}
    near: {say: The training ends <due>.}
    clauses: [SAMPLE-1/c]
  password_ends:
    about: account
    title: Password ends
    from: account.temporary_password.issued_at
    met_by: account.temporary_password.changed_at
    count: 24 hours
    clauses: [SAMPLE-1/c]
"""
