# SPDX-License-Identifier: MIT
"""An item passes if its case comes out as expected; if not, it says how, and what clauses say."""

from __future__ import annotations

from typing import Final

import pytest

from caljobs_policy import EngineError, Problem
from caljobs_policy.cases.inherited import Accounts
from caljobs_policy.decisions.evaluation import ENGINES
from caljobs_policy.engines.verdict import Verdict
from tests.samples.profiles import (
    ACCEPT_YAML,
    RETURN_YAML,
    UNKNOWN_YAML,
    VIOLATION_YAML,
)
from tests.samples.towns import town
from tests.testing.conftest import PASSING, Run

pytest_plugins = ("pytester",)
FAILING: Final = f"{RETURN_YAML}expect: {{outcome: accept, not_clauses: [SAMPLE-1/d]}}\n"
BOSS: Final = ACCEPT_YAML.replace("role: deputy", "role: boss")
VIOLATION: Final = f"{VIOLATION_YAML}expect: {{outcome: violation, not_clauses: [SAMPLE-1/b]}}\n"


def test_failure_says_what_differs_and_what_the_clauses_say_and_no_more(run: Run) -> None:
    result = run("sample_area/cases", one=f"{PASSING}---\n{FAILING}")
    result.assert_outcomes(passed=1, failed=1)
    begin = result.outlines.index(next(one for one in result.outlines if "_ Returned _" in one))
    assert result.outlines[begin + 1 : begin + 8] == [
        "sample_area/cases/one.yaml:14:1",
        "  outcome: expected accept, got return",
        "  not_clauses: SAMPLE-1/d is not met, by quiet",
        "",
        "  SAMPLE-1/a · Section A: Something has to be so.",
        "  SAMPLE-1/b · Section B: Somebody has to do something.",
        "  SAMPLE-1/d · Section A: Something is good to know.",
    ]
    assert "short test summary" in result.outlines[begin + 8]


def test_nothing_that_is_said_of_somebody_is_in_a_failure(run: Run) -> None:
    expect = "expect: {route: {subject: Jane Doe, send_to: [jane@example.org]}}\n"
    result = run("-vv", "-rA", "--showlocals", one=f"{RETURN_YAML}{expect}")
    result.assert_outcomes(failed=1)
    for private in ("Sample One", "Sample Two", "Pass word", "Jane Doe", "jane@example.org"):
        result.stdout.no_fnmatch_line(f"*{private}*")


def test_case_that_expects_nothing_is_skipped(run: Run) -> None:
    result = run("-rs", one=f"{UNKNOWN_YAML}---\n{PASSING}")
    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines(["*sample_area/cases/one.yaml: the case expects nothing"])


@pytest.mark.parametrize(
    ("selected", "names"),
    [
        (["-m", "clause(id='SAMPLE-1/b')"], ["Accepted", "Violation"]),
        (["-m", "clause(id='SAMPLE-1/d') or subject(kind='account')"], ["Returned", "Violation"]),
        (["-m", "subject(type='create')"], ["Accepted", "Returned"]),
        (["-m", "topic(name='two') and not inherited"], ["Violation"]),
        (["-m", "clause"], ["Accepted", "Returned", "Violation"]),
        (["-k", "accepted or two.yaml"], ["Accepted", "Violation"]),
    ],
)
def test_cases_are_selected_by_what_they_are_about(
    run: Run, selected: list[str], names: list[str]
) -> None:
    files = {"one": f"{PASSING}---\n{FAILING}", "two": VIOLATION}
    result = run("-q", "--collect-only", "--strict-markers", *selected, **files)
    assert [line.partition("::")[2] for line in result.outlines if "::" in line] == names


def test_each_engine_that_is_configured_has_to_give_the_answer(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    engines = ("-o", "caljobs_engines=native naive")
    assert run(*engines, one=PASSING).ret == 0
    monkeypatch.setitem(ENGINES, "naive", lambda *_: ((0, 1, 2, 3), ()))
    result = run(*engines)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "sample_area/cases/one.yaml:1:1, decided by the engine `naive`",
            "  outcome: expected accept, got *",
        ]
    )


def test_engine_that_cannot_be_used_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Verdict:
        raise EngineError(Problem("the engine cannot be used", help="install it"))

    monkeypatch.setitem(ENGINES, "durable", refuse)
    result = run("-o", "caljobs_engines=durable", one=PASSING)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["the engine cannot be used", "  help: install it"])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_inherited_cases_run_in_local_words(run: Run, pytester: pytest.Pytester) -> None:
    town(pytester.path)
    texts = [BOSS, ACCEPT_YAML, VIOLATION_YAML.replace("2025-06-02", "2025-02-28")]
    result = run("-v", "-rs", "sample_town", one="---\n".join(texts))
    result.assert_outcomes(passed=1, skipped=2)
    result.stdout.fnmatch_lines(
        [
            "sample_town/profile.yaml::Accepted PASSED*",
            "*nothing stands for the role `deputy`",
            "*sample_town has no edition on its day",
        ]
    )


def test_inherited_case_that_nothing_local_may_change_fails(
    run: Run, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    town(pytester.path)
    monkeypatch.setattr(Accounts, "of", lambda *_: ((), "no local entry accounts for it"))
    result = run("sample_town", one=BOSS)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "sample_area/cases/one.yaml:1:1",
            "  outcome under sample_town: return, above: accept; no local entry accounts for it",
            "  TOWN-1/a · Section 1: Something has to be so.",
        ]
    )
