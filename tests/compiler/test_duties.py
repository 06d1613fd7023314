# SPDX-License-Identifier: MIT
"""A duty is done where a fact or a condition shows it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from caljobs_policy import Account, evaluate
from caljobs_policy.model.unknown import UNKNOWN
from tests.engine.durable.present import ENGINES_HERE
from tests.things.profiles import faults_of, sample_policy

NOON = datetime(2025, 6, 2, 12)
TABLES = """
facts:
  account.told: {title: told, type: flag, left_out: none}
duties:
  tell:
    about: account
    who: boss
    what: Tell them.
    done_by: account.told
    done_when: {account.status: deactivated}
    while_open: violation
    clauses: [SAMPLE-1/b]
"""


@pytest.mark.parametrize(
    ("account", "outcome", "is_listed"),
    [
        (Account(status="active"), "violation", True),
        (Account(status="active", own={"told": True}), "compliant", False),
        (Account(status="deactivated"), "compliant", False),
        (Account(status=UNKNOWN), "cannot_tell", False),
        (Account(status=UNKNOWN, own={"told": True}), "compliant", False),
    ],
)
def test_condition_or_fact_shows_a_duty_done(
    tmp_path: Path, account: Account, outcome: str, is_listed: bool
) -> None:
    policy = sample_policy(tmp_path, TABLES)
    for engine in ENGINES_HERE:
        decision = evaluate(policy, account, NOON, engine=engine)
        assert decision.outcome == outcome
        assert bool(decision.duties) is is_listed


def test_condition_alone_shows_a_duty_done(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, TABLES.replace("    done_by: account.told\n", ""))
    assert evaluate(policy, Account(status="active"), NOON).outcome == "violation"
    assert evaluate(policy, Account(status="deactivated"), NOON).outcome == "compliant"


def test_duty_that_counts_while_it_is_open_says_when_it_is_done(tmp_path: Path) -> None:
    tables = TABLES.replace("    done_by: account.told\n", "").replace(
        "    done_when: {account.status: deactivated}\n", ""
    )
    assert faults_of(tmp_path, tables) == [
        "`tell` counts while it is open, and nothing says when it is done"
    ]
