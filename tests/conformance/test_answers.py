# SPDX-License-Identifier: MIT
"""An answer claims what it names, and strange words in it are told with near ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from caljobs_policy import Policy
from caljobs_policy.conformance.adapters.adapter import Reply
from caljobs_policy.conformance.answers import Claims, read_claims
from caljobs_policy.conformance.asking import judged
from caljobs_policy.conformance.running import Held
from tests.conformance.foreign import held_to, knowing


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    return held_to(tmp_path_factory.mktemp("profiles") / "sample_area")


@pytest.fixture
def policy(held: Held) -> Policy:
    return held.policies[0]


def claims(policy: Policy, answer: Any) -> Claims:
    found = read_claims(policy, answer)
    assert found is not None
    return found


def fault(held: Held, answer: Any) -> str | None:
    return judged(next(iter(held.cases)), Reply(answer)).fault


@pytest.mark.parametrize("answer", [None, {}, {"outcome": None}, {"subject": "account"}])
def test_an_answer_that_says_nothing_claims_nothing(policy: Policy, answer: Any) -> None:
    assert read_claims(policy, answer) is None


def test_a_whole_decision_claims_everything(held: Held) -> None:
    right = knowing(held.policies[0])
    for case in held.cases:
        found = judged(case, Reply(right(dict(case.asked))))
        assert found.claims is not None
        assert len(found.claims.aspects) == 7
        assert not found.differences


def test_clauses_of_findings_that_are_not_met_are_claimed(policy: Policy) -> None:
    findings = [
        {"result": "not_met", "clauses": ["SAMPLE-1/a"]},
        {"result": "cannot_tell", "clauses": ["SAMPLE-1/b"]},
    ]
    assert claims(policy, {"findings": findings}).said.clauses == ("SAMPLE-1/a",)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("accept", "the answer is no mapping (answer as a decision's JSON does)"),
        ({1: 2}, "the answer is no mapping (answer as a decision's JSON does)"),
        ({"outcom": "accept"}, "the answer has no key `outcom` (did you mean `outcome`?)"),
        ({"outcome": "acept"}, "there is no outcome `acept` (did you mean `accept`?)"),
        ({"clauses": ["SAMPLE-1/aa"]}, "there is no clause `SAMPLE-1/aa`"),
        ({"route": {"coordinator": "dsk"}}, "there is no such role"),
        ({"deadlines": {"training_end": None}}, "there is no deadline `training_end`"),
        ({"deadlines": [{"due": "2025-06-02"}]}, "a part of the answer has no `name`"),
        ({"findings": "none"}, "`findings` is no list"),
        ({"outcome": {"accept"}}, "the answer is no plain data of JSON"),
        ({"outcome": ["accept"]}, "a single value is expected here"),
        ({"problems": []}, "the system cannot evaluate the case"),
    ],
)
def test_what_is_wrong_with_an_answer_is_told(held: Held, answer: Any, told: str) -> None:
    found = fault(held, answer)
    assert found is not None
    assert found.startswith(told)


def test_all_that_is_wrong_is_told_together(held: Held) -> None:
    found = fault(held, {"outcome": "acept", "clauses": ["SAMPLE-1/aa"]})
    assert found is not None
    assert found.count("there is no") == 2


def test_how_duties_are_worded_is_not_compared(held: Held) -> None:
    case = next(iter(held.cases))
    answer = knowing(held.policies[0])(dict(case.asked))
    worded = [{**duty, "what": "Otherwise.", "promptness": "soon"} for duty in answer["duties"]]
    found = judged(case, Reply({"duties": worded}))
    assert (found.fault, found.differences) == (None, ())


def test_dates_of_python_are_no_json_and_the_remedy_says_so(held: Held, tmp_path: Path) -> None:
    found = fault(held, {"outcome": tmp_path})
    assert found is not None
    assert "write dates as 2025-06-02" in found
