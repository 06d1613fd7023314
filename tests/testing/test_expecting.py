# SPDX-License-Identifier: MIT
"""A test in Python says what it expects as a case does, and every difference is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caljobs_policy import CaseError, Decision, Outcome, evaluate, read_subject
from caljobs_policy.testing import assert_decision
from tests.samples.profiles import TABLES_YAML, sample_policy

REQUEST = {
    "type": "create",
    "submitted_on": "2025-06-02",
    "organization": "branch",
    "office": "North",
    "requestor": {"role": "deputy", "name": "Sample One"},
    "submitted_to": "desk",
    "attachments": ["form_one", "form_two"],
    "staff": {"name": "Sample Two", "employer": "outside", "training_completed_on": "2025-05-31"},
}


@pytest.fixture
def decision(tmp_path: Path) -> Decision:
    policy = sample_policy(tmp_path / "sample_area", TABLES_YAML)
    return evaluate(policy, read_subject(policy, "request", REQUEST))


def test_decision_that_is_as_expected_passes(decision: Decision) -> None:
    assert_decision(
        decision,
        outcome=Outcome.ACCEPT,
        not_clauses=("SAMPLE-1/a",),
        deadlines={"training_ends": date(2025, 6, 30)},
        route={"coordinator": "desk", "cc": ["auditor"]},
        needs=[],
    )


def test_every_difference_is_told_with_the_clauses(decision: Decision) -> None:
    with pytest.raises(AssertionError) as found:
        assert_decision(decision, outcome="return", deadlines={"training_ends": None})
    assert str(found.value).splitlines() == [
        "the decision differs",
        "  outcome: expected return, got accept",
        "  deadlines.training_ends: expected none, got 2025-06-30",
        "",
        "  SAMPLE-1/c · Section C: Something ends.",
    ]


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        ({"outcom": "accept"}, "an expectation has no key `outcom`"),
        ({"outcome": "acept"}, "there is no outcome `acept`"),
        ({"clauses": ["SAMPLE-1/z"]}, "there is no clause `SAMPLE-1/z`"),
        ({}, "nothing is expected"),
    ],
)
def test_expectation_that_cannot_be_read_is_no_pass(
    decision: Decision, expected: dict[str, Any], message: str
) -> None:
    with pytest.raises(CaseError) as found:
        assert_decision(decision, **expected)
    assert str(found.value).startswith(f"{message}\n  help: ")


def test_value_that_stands_in_no_case_is_refused(decision: Decision) -> None:
    with pytest.raises(TypeError, match="an expectation takes no Decision"):
        assert_decision(decision, outcome=decision)
