# SPDX-License-Identifier: MIT
"""What is drawn as accepted is accepted, a near miss lacks one fact, and both shrink to little."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from attrs import evolve
from hypothesis import find, given, settings
from hypothesis import strategies as st

from caljobs_policy import Outcome, Policy, Subject, evaluate, load_policy, subject_to_dict
from caljobs_policy.conformance.stated import apart, leaves, without
from caljobs_policy.policy.conditions import NEVER
from caljobs_policy.policy.rules import Check, Origin
from caljobs_policy.policy.subject_reading import read_subject
from caljobs_policy.subjects.facts import kind_of_key, subject_key
from caljobs_policy.testing import NearMiss, accepted, near_misses, policies, subjects
from caljobs_policy.testing.strategies import accepting
from caljobs_policy.testing.strategies.single_tests import SAMPLE_KEY

DAY: Final = date(2025, 6, 2)
POLICIES: Final = [
    load_policy(name, day)
    for name in ("state", "la_city", "slo_county")
    for day in (DAY, date(2025, 12, 31))
]
GOOD: Final = {Outcome.ACCEPT, Outcome.COMPLIANT}
FEW: Final = max(5, settings().max_examples // 5)
"""How many are drawn where each takes as long as a hundred decisions."""


def outcomes(policy: Policy, subject: Subject) -> set[Outcome]:
    """Return what two engines find."""
    return {evaluate(policy, subject, engine=engine).outcome for engine in ("native", "naive")}


def stated(subject: Subject) -> dict[str, Any]:
    """Return what a subject states, forms of statements by their names."""
    return subject_to_dict(subject, private=True)


@given(st.sampled_from(POLICIES).flatmap(lambda one: st.tuples(st.just(one), accepted(one))))
def test_what_is_drawn_as_accepted_is_accepted(drawn: tuple[Policy, Subject]) -> None:
    policy, subject = drawn
    assert outcomes(policy, subject) <= GOOD


@settings(max_examples=FEW)
@given(st.sampled_from(POLICIES).flatmap(lambda one: st.tuples(st.just(one), near_misses(one))))
def test_near_miss_would_be_accepted_but_for_one_fact(drawn: tuple[Policy, NearMiss]) -> None:
    policy, missed = drawn
    assert outcomes(policy, missed.accepted) <= GOOD
    (outcome,) = outcomes(policy, missed.subject)
    assert not outcome.is_good
    assert outcome is not Outcome.CANNOT_TELL
    (path,) = apart(stated(missed.accepted), stated(missed.subject))
    kind = kind_of_key(subject_key(missed.subject))
    assert missed.fact.startswith(".".join([kind, *map(str, path)]))


@pytest.mark.parametrize("policy", POLICIES[:5:2])
def test_drawing_begins_with_what_states_nothing_that_could_be_left_out(policy: Policy) -> None:
    for key in policy.plans:
        start = accepting._start(policy, key)
        assert start is not None
        said = stated(start.decision.subject)
        for path, _ in leaves(said):
            if path[0] not in {"type", "submitted_on"}:
                fewer = read_subject(policy, kind_of_key(key), without(said, path))
                assert evaluate(policy, fewer).outcome not in GOOD, (key, path)


def test_example_shrinks_to_what_somebody_would_write() -> None:
    policy = POLICIES[0]
    late = find(
        near_misses(policy, "request/reset"), lambda one: one.fact == "request.submitted_to"
    )
    said = stated(late.subject)
    assert len([*leaves(said)]) < 8
    assert str(said["submitted_on"]) == "2025-06-02"


@given(st.data(), policies())
def test_what_some_subject_shows_to_be_possible_is_found(
    data: st.DataObject, policy: Policy
) -> None:
    if evaluate(policy, data.draw(subjects(policy, SAMPLE_KEY))).outcome is Outcome.ACCEPT:
        found = data.draw(accepted(policy, SAMPLE_KEY))
        assert evaluate(policy, found).outcome is Outcome.ACCEPT


def with_checks(policy: Policy, key: str, *checks: Check) -> Policy:
    plans = {key: evolve(policy.plans[key], checks=checks)}
    return evolve(policy, plans=plans, digest=f"{policy.digest} with {len(checks)} checks")


def test_policy_that_accepts_nothing_or_everything_says_so() -> None:
    key, origin = "request/create", Origin("sample@2025-01-01")
    never = Check("never", NEVER, Outcome.DENY, (), origin)
    strict, lenient = with_checks(POLICIES[0], key, never), with_checks(POLICIES[0], key)
    for strategy, message in (
        (accepted(strict), "nothing that `state` accepts was found"),
        (accepted(strict, key), "no `request/create` that `state` accepts was found"),
        (near_misses(lenient, key), "no single fact keeps `request/create` from being accepted"),
    ):
        with pytest.raises(LookupError, match=message):
            find(strategy, lambda _: True)


def test_key_that_the_policy_has_no_rules_about_is_told_with_the_nearest() -> None:
    message = r"`state` has no rules about `request/creat`; did you mean `request/create`\?"
    with pytest.raises(LookupError, match=message):
        accepted(POLICIES[0], "request/creat")
