# SPDX-License-Identifier: MIT
"""What is measured is set beside what gives the same output; each group checks that itself."""

from __future__ import annotations

import json
from contextlib import ExitStack

import pytest

from benchmarks import answers, growth, left_open, rosters
from benchmarks.cases import AT, POLICY, UNSURE, Stated
from benchmarks.sample_rosters import roster_text
from benchmarks.twins import TWINS, roster
from caljobs_policy import evaluate
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.rosters.reviewer import WITHIN


def test_stages_of_what_is_known_are_set_beside_functions_that_say_the_same() -> None:
    assert len({pair.name for pair in answers.known_pairs()}) == 40


def test_a_function_that_says_something_else_is_not_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = "request/create"
    wrong = TWINS[key]._replace(route=lambda request, at: None)
    monkeypatch.setitem(TWINS, key, wrong)
    with pytest.raises(AssertionError, match="route"):
        list(answers.known_pairs())


@pytest.mark.parametrize("stated", UNSURE, ids=lambda stated: stated.title)
def test_what_is_not_wholly_known_cannot_be_told(stated: Stated) -> None:
    decision = evaluate(POLICY, answers.subject_of(stated), AT)
    assert decision.outcome is Outcome.CANNOT_TELL


@pytest.mark.parametrize("title", ["request, ten unknown facts", "account, ten unknown facts"])
def test_ten_facts_are_unknown_where_ten_are_said_to_be(title: str) -> None:
    (stated,) = (one for one in UNSURE if one.title == title)
    decision = evaluate(POLICY, answers.subject_of(stated), AT)
    # Whether an account was deactivated is unknown as well, as its status is.
    assert len([need for need in decision.needs if need != "account.deactivated_on"]) == 10


def test_generated_rules_are_found_broken_by_hand_as_by_the_profile() -> None:
    with ExitStack() as folders:
        cases = {pair.case for pair in growth.growth_pairs(folders, (25, 250))}
    assert {f"250 rules, {some}" for some in ("none applies", "25 apply", "all apply")} <= cases


def test_rules_are_left_open_by_what_is_unknown_alone() -> None:
    pairs = list(left_open.open_pairs(250))
    decisions = {"decision", "decision, first", "decision, nothing written"}
    assert {pair.stage for pair in pairs} == {"verdict", *decisions}
    assert len({pair.name for pair in pairs}) == len(pairs) == 4 * (6 + 25 + 1)


def test_roster_by_hand_is_the_same_line_by_line() -> None:
    assert [pair.stage for pair in rosters.roster_pairs()].count("all of it") == 2


def test_a_fifth_of_the_roster_has_something_to_be_done() -> None:
    rows = roster.read(roster_text().encode())
    written = [json.loads(line) for line in roster.written(roster.entries(rows, AT, WITHIN))]
    assert 0.15 < sum(bool(line["reasons"]) for line in written) / len(written) < 0.25
