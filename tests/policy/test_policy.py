# SPDX-License-Identifier: MIT
"""A plan summarizes its checks, and a policy is identified by its digest."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

import attrs
from hypothesis.vendor.pretty import pretty

from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.conditions import ALWAYS, Test
from caljobs_policy.policy.operators import After, Is
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import ListedWord, Policy
from caljobs_policy.policy.rules import Check, Origin, Plan
from caljobs_policy.subjects.facts import AT, facts_about

FACTS = facts_about("account")
SHARED = Test(FACTS["account.shared"], Is(True))
OVER = Test(AT, After(FACTS["account.separated_on"]))


def check(outcome: Outcome, **more: Any) -> Check:
    return Check("sample", SHARED, outcome, ("SAMPLE-1/a",), Origin("area@2025-01-01"), **more)


def policy(**more: Any) -> Policy:
    values: dict[str, Any] = {
        "jurisdiction": "area",
        "title": "Area",
        "day": date(2025, 6, 2),
        "editions": ("area@2025-01-01", "base@2020-01-31"),
        "zone": UTC,
        "digest": "sha256:0",
        "plans": {},
        "words": {"roles": {"boss": ListedWord("boss", "Boss")}},
        "parameters": {},
        "clauses": {},
        "readings": {},
        "guides": (),
        "facts": {},
    }
    return Policy(**(values | more))


def test_a_plan_sums_up_its_checks() -> None:
    exempt = check(Outcome.OUT_OF_SCOPE, exempts=True)
    plan = Plan("account", (exempt, check(Outcome.VIOLATION), check(Outcome.NOTE)))
    assert plan.exemptions == 1
    assert plan.weights == (60, 40, 0)
    assert plan.good is Outcome.COMPLIANT
    assert plan.outcomes == {0: Outcome.COMPLIANT, 60: Outcome.OUT_OF_SCOPE, 40: Outcome.VIOLATION}
    assert not plan.reads_moment


def test_a_plan_without_checks_is_met() -> None:
    plan = Plan("request/create", ())
    assert plan.outcomes == {0: Outcome.ACCEPT}
    assert plan.good is Outcome.ACCEPT


def test_a_plan_knows_whether_the_moment_matters() -> None:
    timed = check(Outcome.VIOLATION, when=OVER)
    assert Plan("account", (timed,)).reads_moment
    assert Plan("account", (attrs.evolve(timed, when=ALWAYS, require=OVER),)).reads_moment


def test_policies_with_one_digest_on_one_day_are_one() -> None:
    assert policy(title="Another") == policy()
    assert hash(policy(title="Another")) == hash(policy())
    assert policy(digest="sha256:1") != policy()
    assert policy() != "sha256:0"


def test_a_policy_on_another_day_of_its_editions_says_the_same_and_is_another() -> None:
    one = policy()
    other = one.on(date(2025, 6, 3))
    assert other.day == date(2025, 6, 3)
    assert other != one
    assert {one: "this", other: "that"}[one.on(one.day)] == "this"
    assert other.made("sample", lambda _: object()) is one.made("sample", lambda _: object())


def test_a_policy_says_what_it_is() -> None:
    expected = "<Policy area on 2025-06-02: area@2025-01-01, base@2020-01-31>"
    assert repr(policy()) == expected
    # What failing examples of properties are printed with, which would take minutes for each field.
    assert pretty(policy()) == expected


def test_a_word_has_its_title_or_itself() -> None:
    assert policy().title_of("roles", "boss") == "Boss"
    assert policy().title_of("roles", "desk") == "desk"
    assert policy().title_of("forms", "boss") == "boss"


def test_an_origin_is_the_same_wherever_it_stands() -> None:
    assert Origin("area@2025-01-01", Place("a.yaml", 3, 5)) == Origin("area@2025-01-01")
