# SPDX-License-Identifier: MIT
"""A whole expectation holds, names everything, and is read as it is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from caljobs_policy.analysis.samples import in_json, in_yaml
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.whole import whole_expectation, written_expectation
from caljobs_policy.cases.worked import cases_in
from caljobs_policy.decisions import evaluate
from caljobs_policy.loader.documents import read_documents
from tests.conformance.foreign import WORKED
from tests.samples.profiles import ACCEPT_YAML, TABLES_YAML, sound_profile


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the profile `sample_area` in it."""
    monkeypatch.chdir(tmp_path)
    return sound_profile(tmp_path / "sample_area", TABLES_YAML)


def cases(text: str) -> list[Case]:
    documents = read_documents(text, "cases.yaml")
    found = [case for _, case in cases_in(documents, profile="./sample_area", folders=True)]
    assert all(isinstance(case, Case) for case in found), found
    return [case for case in found if isinstance(case, Case)]


def expecting(expect: Any) -> Case:
    """Return a case that expects something."""
    head = ACCEPT_YAML.partition("expect:")[0]
    (case,) = cases(f"{head}{in_yaml({'expect': expect})}")
    return case


def test_a_whole_expectation_holds_and_names_every_part() -> None:
    (case, *_) = cases(WORKED)
    decision = evaluate(case.policy, case.subject, case.at)
    whole = whole_expectation(decision)
    assert whole["route"]["coordinator"] == decision.route.coordinator if decision.route else False
    assert [*whole["deadlines"]] == [one.name for one in decision.deadlines]
    again = expecting(whole)
    assert again.expect is not None
    assert again.differences(decision) == ()
    assert in_json(written_expectation(again.expect)).items() >= {"outcome": "accept"}.items()


def test_an_expectation_of_another_decision_does_not_hold() -> None:
    wholes = [whole_expectation(evaluate(c.policy, c.subject, c.at)) for c in cases(WORKED)]
    (accepted, *_) = cases(WORKED)
    decision = evaluate(accepted.policy, accepted.subject, accepted.at)
    held = [not expecting(whole).differences(decision) for whole in wholes]
    assert held == [True, False, False, False, False]


@pytest.mark.parametrize(
    "expect",
    [
        {"outcome": "accept"},
        {"clauses": ["SAMPLE-1/a"], "not_clauses": ["SAMPLE-1/b"], "pending": ["SAMPLE-1/c"]},
        {"needs": []},
        {"route": {"subject": None, "send_to": [], "coordinator": None}},
        {"deadlines": {"training_expires": None}},
        {"duties": [{"clauses": ["SAMPLE-1/a"], "to": None, "cc": [], "due": None}]},
        {"not_duties": [{"clauses": ["SAMPLE-1/a"]}], "approvals": {"auditor": False}},
        {"findings": [{"outcome": "return", "clauses": ["SAMPLE-1/a"]}]},
        {"not_findings": [{"result": "pending"}]},
    ],
    ids=str,
)
def test_what_is_written_of_an_expectation_is_what_was_read(expect: Any) -> None:
    case = expecting(expect)
    assert case.expect is not None
    written = written_expectation(case.expect)
    assert written == expect
    assert expecting(written).expect == case.expect
