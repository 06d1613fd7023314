# SPDX-License-Identifier: MIT
"""The reasons of a decision: the result of each check, and what it rests on."""

from __future__ import annotations

import gc
import weakref
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from caljobs_policy import UNKNOWN, Account, Decision, Finding, Outcome, Result, evaluate
from tests.samples.profiles import sample_policy

NOON = datetime(2025, 6, 2, 12)
DUE = """
facts:
  account.began: {title: begin, type: date}
  account.told: {title: told, type: flag}
  account.asked: {title: asked, type: flag}
deadlines:
  limit:
    about: account
    title: Limit
    from: account.began
    count: 10 days
    warning: 5 days
    say: {missed: It was due <due>., near: It is due <due>.}
    remedy: {missed: Mend it., near: Do it in time.}
    clauses: [SAMPLE-1/c]
rules:
  no-limit-ahead:
    about: account
    forbid: {near: limit}
    otherwise: note
    say: The limit is near.
    clauses: [SAMPLE-1/d]
  never-near:
    about: account
    forbid: {near: limit}
    say: Too near.
    clauses: [SAMPLE-1/a]
duties:
  tell:
    about: account
    when: {account.asked: true}
    who: boss
    what: Tell them.
    done_by: account.told
    while_open: attention
    clauses: [SAMPLE-1/b]
  note:
    about: account
    when: {account.asked: true}
    who: boss
    what: Note it.
    done_by: account.told
    while_open: note
    clauses: [SAMPLE-1/b]
  break:
    about: account
    when: {account.asked: true}
    who: boss
    what: Mend it.
    done_by: account.told
    while_open: violation
    clauses: [SAMPLE-1/b]
"""


def decided(folder: Path, tables: str = DUE, **own: Any) -> Decision:
    return evaluate(sample_policy(folder, tables), Account(own=own), NOON)


def results(decision: Decision) -> dict[str, str]:
    return {finding.rule: finding.result.value for finding in decision.all_findings}


def finding(decision: Decision, rule: str) -> Finding:
    (found,) = (one for one in decision.findings if one.rule == rule)
    return found


@pytest.mark.parametrize(
    ("began", "missed", "near"),
    [
        (date(2025, 5, 22), "not_met", "met"),
        (date(2025, 5, 23), "met", "pending"),
        (date(2025, 5, 28), "met", "pending"),
        (date(2025, 5, 29), "met", "met"),
        (UNKNOWN, "cannot_tell", "cannot_tell"),
    ],
)
def test_a_near_deadline_is_pending_and_a_missed_one_not_met(
    tmp_path: Path, began: Any, missed: str, near: str
) -> None:
    own = {} if began is UNKNOWN else {"began": began}
    found = results(decided(tmp_path, **own))
    assert found["deadlines/limit"] == missed
    assert found["deadlines/limit/near"] == near
    # A rule that asks for the same is of the same sort, unless it is broken by it.
    assert found["no-limit-ahead"] == near
    assert found["never-near"] == ("not_met" if near == "pending" else near)


@pytest.mark.parametrize(("told", "open_"), [(True, False), (False, True), (None, True)])
def test_an_open_duty_is_pending_unless_it_breaks_a_clause(
    tmp_path: Path, told: bool | None, open_: bool
) -> None:
    found = results(decided(tmp_path, told=told, asked=True, began=None))
    assert found["duties/tell"] == ("pending" if open_ else "met")
    assert found["duties/note"] == ("pending" if open_ else "met")
    assert found["duties/break"] == ("not_met" if open_ else "met")


def test_what_is_pending_is_told_with_its_text_and_remedy(tmp_path: Path) -> None:
    decision = decided(tmp_path, began=date(2025, 5, 28))
    found = finding(decision, "deadlines/limit/near")
    assert found.result is Result.PENDING
    assert found.outcome is Outcome.ATTENTION
    assert (found.message, found.remedy) == ("It is due 2025-06-07.", "Do it in time.")
    told = {one["rule"]: one["result"] for one in decision.to_dict()["findings"]}
    assert told["deadlines/limit/near"] == "pending"


def test_a_decision_rests_on_what_it_tells_and_no_more(tmp_path: Path) -> None:
    tables = """
readings:
  told: {question: Told?, answer: Yes.}
  kept: {question: Kept?, answer: Yes.}
rules:
  broken: {about: account, forbid: {account.shared: true}, reading: told, clauses: [SAMPLE-1/a]}
  met: {about: account, forbid: {account.administers: true}, reading: kept, clauses: [SAMPLE-1/a]}
"""
    decision = evaluate(sample_policy(tmp_path, tables), Account(shared=True), NOON)
    assert decision.readings == ("told",)
    assert decision.to_dict()["readings"] == ["told"]
    assert decision.to_dict(everything=True)["readings"] == ["kept", "told"]


@pytest.mark.parametrize(("organization", "arises"), [("branch", True), ("partner", False)])
def test_a_duty_of_a_role_towards_itself_does_not_arise(
    tmp_path: Path, organization: str, arises: bool
) -> None:
    tables = """
routing:
  branch: {requestors: boss, coordinator: desk, clauses: [SAMPLE-1/a]}
  partner: {requestors: boss, coordinator: auditor, clauses: [SAMPLE-1/a]}
duties:
  tell:
    about: account
    who: coordinator
    what: Tell the auditor.
    to: auditor
    clauses: [SAMPLE-1/b]
"""
    decision = evaluate(sample_policy(tmp_path, tables), Account(organization=organization), NOON)
    assert [duty.who for duty in decision.duties] == (["desk"] if arises else [])


def scribble(data: Any) -> None:
    """Change every mapping and every list of some plain data."""
    for one in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        scribble(one)
    if isinstance(data, dict):
        data["scribbled"] = True
    elif isinstance(data, list):
        data.append("scribbled")


def test_plain_data_is_the_callers_own(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, DUE)
    account = Account(own={"began": date(2025, 5, 1), "asked": True, "told": False})
    decision = evaluate(policy, account, NOON)
    expected = decision.to_dict(everything=True)
    scribble(decision.to_dict(everything=True))
    assert decision.to_dict(everything=True) == expected
    assert evaluate(policy, account, NOON).to_dict(everything=True) == expected


def test_a_decision_with_reasons_goes_when_nobody_needs_it(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, DUE)
    decision = evaluate(policy, Account(own={"began": date(2025, 5, 1), "asked": True}), NOON)
    assert decision.to_dict(everything=True)["findings"]
    known = weakref.ref(decision)
    gc.disable()
    try:
        del decision
        assert known() is None
    finally:
        gc.enable()
