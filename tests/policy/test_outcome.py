# SPDX-License-Identifier: MIT
"""Outcomes are ordered as promised, and each sort of subject has its own."""

from __future__ import annotations

import pytest

from caljobs_policy.policy.outcome import Outcome, good_outcome, outcomes_for, usual_failure
from tests.samples.keys import subject_keys

STANDING = ("account", "office", "record/participant")
OTHERS = [key for key in subject_keys() if key not in STANDING]
ASKED = ("out_of_scope", "deny", "return", "cannot_tell", "await_approval", "accept")
KEPT = ("out_of_scope", "violation", "cannot_tell", "attention", "compliant")


@pytest.mark.parametrize("words", [ASKED, KEPT])
def test_the_first_outcome_that_applies_weighs_most(words: tuple[str, ...]) -> None:
    weights = [Outcome(word).weight for word in words]
    assert weights == sorted(set(weights), reverse=True)


def test_a_note_changes_nothing() -> None:
    assert Outcome.NOTE.weight == Outcome.ACCEPT.weight == Outcome.COMPLIANT.weight == 0


def test_three_outcomes_are_good() -> None:
    good = {outcome.value for outcome in Outcome if outcome.is_good}
    assert good == {"accept", "compliant", "out_of_scope"}


@pytest.mark.parametrize("key", STANDING)
def test_what_stands_is_compliant_or_in_violation(key: str) -> None:
    assert outcomes_for(key) == (Outcome.VIOLATION, Outcome.ATTENTION, Outcome.NOTE)
    assert usual_failure(key) is Outcome.VIOLATION
    assert good_outcome(key) is Outcome.COMPLIANT


@pytest.mark.parametrize("key", OTHERS)
def test_what_is_handed_in_is_accepted_or_not(key: str) -> None:
    expected = (Outcome.DENY, Outcome.RETURN, Outcome.AWAIT_APPROVAL, Outcome.NOTE)
    assert outcomes_for(key) == expected
    assert usual_failure(key) is Outcome.RETURN
    assert good_outcome(key) is Outcome.ACCEPT


@pytest.mark.parametrize("key", subject_keys())
def test_the_outcomes_of_findings_are_listed_from_the_heaviest(key: str) -> None:
    weights = [outcome.weight for outcome in outcomes_for(key)]
    assert weights == sorted(weights, reverse=True)
