# SPDX-License-Identifier: MIT
"""A duty is done where a fact or a condition shows it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from caljobs_policy import Account, Request, Requestor, evaluate
from caljobs_policy.subjects.unknown import UNKNOWN
from tests.engines.durable.present import ENGINES_HERE
from tests.samples.profiles import faults_of, sample_policy

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
        "`tell` has `while_open`, but nothing says when it is done"
    ]


OWED = """
routing:
  branch: {requestors: anyone, coordinator: desk, clauses: [SAMPLE-1/a]}
  partner: {requestors: anyone, coordinator: auditor, clauses: [SAMPLE-1/a]}
facts:
  account.told: {title: told, type: flag, left_out: none}
  request.told: {title: told, type: flag, left_out: none}
duties:
  tell:
    about: account
    who: coordinator
    what: Tell the auditor.
    to: auditor
    done_by: account.told
    while_open: violation
    clauses: [SAMPLE-1/b]
  answer:
    about: request/create
    who: coordinator
    what: Answer.
    to: requestor
    arises: always
    done_by: request.told
    while_open: return
    clauses: [SAMPLE-1/b]
"""


@pytest.mark.parametrize(
    ("organization", "outcome", "is_listed"),
    [("branch", "violation", True), ("partner", "compliant", False)],
)
def test_open_duty_of_a_role_towards_itself_counts_for_nothing(
    tmp_path: Path, organization: str, outcome: str, is_listed: bool
) -> None:
    policy = sample_policy(tmp_path, OWED)
    for engine in ENGINES_HERE:
        decision = evaluate(policy, Account(organization=organization), NOON, engine=engine)
        assert decision.outcome == outcome
        assert bool(decision.duties) is is_listed
        assert bool(decision.findings) is is_listed


def test_open_duty_of_an_account_knows_no_exception_of_the_routing(tmp_path: Path) -> None:
    row = "  partner: {requestors: anyone, coordinator: auditor, clauses: [SAMPLE-1/a]"
    pier = "{when: {request.office: Pier}, coordinator: desk, clauses: [SAMPLE-1/a]}"
    assert row in OWED
    policy = sample_policy(tmp_path, OWED.replace(row, f"{row}, except: {{pier: {pier}}}"))
    decision = evaluate(policy, Account(organization="partner"), NOON)
    assert (decision.outcome, decision.duties) == ("compliant", ())


@pytest.mark.parametrize(
    ("organization", "role", "is_open"),
    [
        ("branch", "boss", True),
        ("branch", "desk", False),
        ("partner", "desk", True),
        ("partner", "auditor", False),
    ],
)
def test_open_duty_towards_a_requestor_who_has_to_do_it_counts_for_nothing(
    tmp_path: Path, organization: str, role: str, is_open: bool
) -> None:
    request = Request(type="create", organization=organization, requestor=Requestor(role=role))
    decision = evaluate(sample_policy(tmp_path, OWED), request, NOON)
    assert ("duties/answer" in [finding.rule for finding in decision.findings]) is is_open
    assert bool(decision.duties) is is_open


def test_duty_towards_the_role_that_has_to_do_it_is_refused(tmp_path: Path) -> None:
    tables = OWED.replace("who: coordinator\n    what: Tell", "who: auditor\n    what: Tell")
    assert faults_of(tmp_path, tables) == [
        "`tell` is owed to the role that has to do it, so it never arises"
    ]
