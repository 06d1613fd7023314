# SPDX-License-Identifier: MIT
"""Expectations are read completely; an unknown name never makes a case pass."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from caljobs_policy import Policy, Problem
from caljobs_policy.cases.expectation import (
    Expectation,
    ExpectedDeadline,
    ExpectedDuty,
    ExpectedFinding,
    ExpectedRoute,
)
from caljobs_policy.cases.expectation_hooks import expectation_hook
from caljobs_policy.errors.collecting import Collector
from tests.samples.profiles import TABLES_YAML, node_of, sample_policy


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return sample_policy(tmp_path_factory.mktemp("sample_area"), TABLES_YAML)


def read(policy: Policy, text: str) -> tuple[Expectation, list[Problem]]:
    told = Collector()
    return told.read(expectation_hook(policy), node_of(text), None), told.problems


def expected(policy: Policy, text: str) -> Expectation:
    found, problems = read(policy, text)
    assert problems == []
    return found


def test_every_key_is_read(policy: Policy) -> None:
    found = expected(
        policy,
        """
outcome: return
clauses: [SAMPLE-1/a, SAMPLE-1/b]
not_clauses: SAMPLE-1/c
pending: SAMPLE-1/b
findings: [papers/create/form_one, {rule: training, outcome: note, clauses: SAMPLE-1/a}]
not_findings: {rule: training, result: pending}
needs: [request.office]
route:
  coordinator: desk
  requestors: [boss]
  send_to: desk@example.org
  subject: null
  cc: []
  clauses: [SAMPLE-1/a]
deadlines:
  training_ends: 2025-06-30
duties:
  - SAMPLE-1/b
  - {clauses: [SAMPLE-1/b], who: desk, to: null, cc: auditor, due: 2025-06-30}
not_duties: SAMPLE-1/d
approvals: {auditor: false, boss: true}
""",
    )
    assert found.outcome == "return"
    assert found.clauses == ("SAMPLE-1/a", "SAMPLE-1/b")
    assert found.not_clauses == ("SAMPLE-1/c",)
    assert found.pending == ("SAMPLE-1/b",)
    assert found.findings == (
        ExpectedFinding(rule="papers/create/form_one"),
        ExpectedFinding(rule="training", outcome="note", clauses=("SAMPLE-1/a",)),
    )
    assert found.not_findings == (ExpectedFinding(rule="training", result="pending"),)
    assert found.needs == ("request.office",)
    assert found.route == ExpectedRoute(
        coordinator="desk",
        requestors=("boss",),
        send_to=("desk@example.org",),
        subject=None,
        cc=(),
        clauses=("SAMPLE-1/a",),
    )
    assert found.deadlines == {"training_ends": ExpectedDeadline(date(2025, 6, 30))}
    assert found.duties == (
        ExpectedDuty(("SAMPLE-1/b",)),
        ExpectedDuty(("SAMPLE-1/b",), who="desk", to=None, cc=("auditor",), due=date(2025, 6, 30)),
    )
    assert found.not_duties == (ExpectedDuty(("SAMPLE-1/d",)),)
    assert found.approvals == {"auditor": False, "boss": True}


def test_what_is_not_named_is_not_compared(policy: Policy) -> None:
    assert expected(policy, "needs: []").needs == ()
    assert Expectation().needs is None


def test_deadline_may_be_due_at_a_time_or_not_be_listed(policy: Policy) -> None:
    assert expected(policy, "deadlines: {training_ends: 2025-06-30T17:00}").deadlines == {
        "training_ends": ExpectedDeadline(datetime(2025, 6, 30, 17))
    }
    assert expected(policy, "deadlines: {training_ends: null}").deadlines == {"training_ends": None}


def test_deadline_may_have_clauses(policy: Policy) -> None:
    text = "deadlines: {training_ends: {due: 2025-06-30, clauses: [SAMPLE-1/c, SAMPLE-1/d]}}"
    assert expected(policy, text).deadlines == {
        "training_ends": ExpectedDeadline(date(2025, 6, 30), ("SAMPLE-1/c", "SAMPLE-1/d"))
    }
    assert expected(policy, "deadlines: {training_ends: {clauses: SAMPLE-1/c}}").deadlines == {
        "training_ends": ExpectedDeadline(None, ("SAMPLE-1/c",))
    }


def test_duty_may_be_due_at_a_time_or_never(policy: Policy) -> None:
    text = "duties: [{due: 2025-06-30T17:00}, {who: requestor, due: null}]"
    assert expected(policy, text).duties == (
        ExpectedDuty(due=datetime(2025, 6, 30, 17)),
        ExpectedDuty(who="requestor", due=None),
    )


@pytest.mark.parametrize("name", ["soft_exit", "annual_maintenance_due"])
def test_shipped_deadline_that_the_policy_lacks_may_only_be_expected_not_to_be_listed(
    policy: Policy, name: str
) -> None:
    assert expected(policy, f"deadlines: {{{name}: null}}").deadlines == {name: None}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("outcome", "1:1: a mapping is expected here"),
        ("{}", "1:1: nothing is expected"),
        ("outcom: return", "1:1: an expectation has no key `outcom`"),
        ("outcome: retrun", "1:10: there is no outcome `retrun`"),
        ("outcome: Return", "1:10: there is no outcome `Return`"),
        ("outcome: note", "1:10: there is no such outcome"),
        ("outcome: [return]", "1:10: a single value is expected here"),
        ("clauses: SAMPLE-1/aa", "1:10: there is no clause `SAMPLE-1/aa`"),
        ("not_clauses: [SAMPLE-1/z]", "1:15: there is no clause `SAMPLE-1/z`"),
        ("clauses: [[SAMPLE-1/a]]", "1:11: a word is expected here"),
        ("clauses: null", "1:10: a word is expected here"),
        ("needs: request.staff.employr", "1:8: there is no fact `request.staff.employr`"),
        ("needs: [Ann Sample]", "1:9: there is no such fact"),
        ("route: {requestors: [bosss, boss]}", "1:22: there is no such role"),
        ("route: {coordinator: auditors}", "1:22: there is no role `auditors`"),
        ("needs: null", "1:8: a word is expected here"),
        ("needs: {a: b}", "1:8: a word is expected here"),
        ("route: desk", "1:8: a mapping is expected here"),
        ("route: {coordinatr: desk}", "1:9: a route has no key `coordinatr`"),
        ("route: {coordinator: [desk]}", "1:22: a single value is expected here"),
        ("route: {requestors: [null]}", "1:22: a word is expected here"),
        ("route: {clauses: SAMPLE-1/z}", "1:18: there is no clause `SAMPLE-1/z`"),
        ("deadlines: [training_ends]", "1:12: a mapping is expected here"),
        (
            "deadlines: {training_end: 2025-06-30}",
            "1:13: there is no deadline `training_end`",
        ),
        ("deadlines: {training_end: null}", "1:13: there is no deadline `training_end`"),
        ("deadlines: {soft_exit: 2025-06-30}", "1:13: there is no such deadline"),
        ("deadlines: {training_ends: soon}", "1:28: this is not a date"),
        ("deadlines: {training_ends: [x]}", "1:28: a mapping is expected here"),
        ("findings: trainin", "1:11: there is no rule `trainin`"),
        ("findings: {}", "1:11: the finding is empty"),
        ("findings: {rule: training, result: met}", "1:36: there is no such result"),
        ("findings: {rule: training, outcome: retrun}", "1:37: there is no outcome `retrun`"),
        ("not_findings: [{outcom: note}]", "1:17: a finding has no key `outcom`"),
        ("pending: SAMPLE-1/z", "1:10: there is no clause `SAMPLE-1/z`"),
        ("deadlines: {training_ends: {}}", "1:28: the deadline is empty"),
        ("deadlines: {training_ends: {due: null}}", "1:34: this must not be null"),
        (
            "deadlines: {training_ends: {clause: SAMPLE-1/c}}",
            "1:29: a deadline has no key `clause`",
        ),
        (
            "deadlines: {training_ends: {clauses: SAMPLE-1/z}}",
            "1:38: there is no clause `SAMPLE-1/z`",
        ),
        ("not_duties: {who: dsek}", "1:19: there is no such role"),
        ("duties: {to: auditors}", "1:14: there is no role `auditors`"),
        ("duties: {cc: [boss, bos]}", "1:21: there is no such role"),
        ("duties: {due: soon}", "1:15: this is not a date"),
        ("duties: SAMPLE-1/z", "1:9: there is no clause `SAMPLE-1/z`"),
        ("duties: {clause: SAMPLE-1/a}", "1:10: a duty has no key `clause`"),
        ("duties: {who: [desk]}", "1:15: a single value is expected here"),
        ("duties: [[SAMPLE-1/a]]", "1:10: a mapping is expected here"),
        ("duties: {}", "1:9: the duty is empty"),
        ("not_duties: {clauses: SAMPLE-1/z}", "1:23: there is no clause `SAMPLE-1/z`"),
        ("approvals: auditor", "1:12: a mapping is expected here"),
        ("approvals: {auditor: no}", "1:22: true or false is expected here"),
        ("approvals: {auditor: [true]}", "1:22: true or false is expected here"),
        ("approvals: {auditor: 'true'}", "1:22: true or false is expected here"),
    ],
)
def test_problem_has_its_place(policy: Policy, text: str, problem: str) -> None:
    _, problems = read(policy, text)
    assert [f"{p.place.line}:{p.place.column}: {p.message}" for p in problems] == [problem]


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("outcom: return", "did you mean `outcome`?"),
        ("outcome: retrun", "did you mean `return`?"),
        ("clauses: SAMPEL-1/a", "did you mean `SAMPLE-1/a`?"),
        ("deadlines: {training_end: null}", "did you mean `training_ends`?"),
        (
            "route: {zebra: x}",
            "its keys are: requestors, coordinator, submit_to, send_to, cc, subject, clauses",
        ),
        ("approvals: {auditor: no}", "write true or false, in small letters and without quotes"),
    ],
)
def test_help_names_the_nearest_word_or_lists_all(policy: Policy, text: str, remedy: str) -> None:
    _, (problem,) = read(policy, text)
    assert problem.help == remedy


@pytest.mark.parametrize(
    "text",
    [
        *("Ann Sample: x", "outcome: Ann Sample", "clauses: [Ann Sample]", "needs: Ann Sample"),
        *("route: {Ann Sample: x}", "route: {coordinator: Ann Sample}", "duties: Ann Sample"),
        *("duties: {due: Ann Sample}", "not_duties: {who: Ann Sample}"),
        *("deadlines: {Ann Sample: null}", "deadlines: {training_ends: Ann Sample}"),
        *("approvals: {Ann Sample: true}", "approvals: {auditor: Ann Sample}"),
    ],
)
def test_no_value_is_repeated(policy: Policy, text: str) -> None:
    _, problems = read(policy, text)
    assert problems
    assert not any("Sample" in str(problem.message) for problem in problems)


def test_all_problems_are_reported(policy: Policy) -> None:
    _, problems = read(policy, "{outcome: x, clauses: y, route: {z: 1}, duties: [v, w]}")
    assert len(problems) == 5
