# SPDX-License-Identifier: MIT
"""The engine `durable` agrees with the native one on random policies and random subjects."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Final

import pytest
from attrs import evolve, fields
from hypothesis import given, settings
from hypothesis import strategies as st

from caljobs_policy import Policy, evaluate
from caljobs_policy.decisions.decision import usual_moment
from caljobs_policy.engines import durable, native
from caljobs_policy.subjects.facts import Subject
from caljobs_policy.testing.policies import policies
from caljobs_policy.testing.single_tests import SAMPLE_KEY
from caljobs_policy.testing.strategies import subjects
from tests.conftest import IN_CI
from tests.engines.durable.present import needs_durable
from tests.properties.test_engines import KINDS, SUBMITTED

pytestmark = needs_durable
CASES: Final = {"ci": 10_000, "soak": 100_000, "quick": 500}.get(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if IN_CI else ""), 2_000
)
"""How many random cases are compared: half under random policies, half under shipped ones."""
MIXED: Final = 50
"""How many cases are made of the parts of a few subjects, which are slow to draw."""
DAYS: Final = (SUBMITTED - timedelta(days=5), SUBMITTED + timedelta(days=5))


def examples(cases: int) -> settings:
    return settings(max_examples=max(1, -(-cases // MIXED)))


def mixed(drawn: Sequence[Subject], chance: Random) -> Subject:
    """Return a subject whose every fact is that of one of several subjects."""
    return evolve(
        drawn[0],
        **{
            field.alias: getattr(chance.choice(drawn), field.name)
            for field in fields(type(drawn[0]))
            if field.init and field.name != "type"
        },
    )


def compare(policy: Policy, key: str, drawn: Sequence[Subject], seed: int) -> None:
    """Compare the verdicts of many subjects, and the decisions of the first ones, field by field.

    All of a decision beside the verdict is worked out by the same functions, from the verdict.
    """
    chance = Random(seed)  # noqa: S311  # it draws tests
    plan = policy.plans[key]
    for number in range(MIXED):
        subject = drawn[number] if number < len(drawn) else mixed(drawn, chance)
        at = usual_moment(policy, subject)
        expected = native.verdict(policy, plan, subject, at)
        assert durable.verdict(policy, plan, subject, at) == expected
        if number <= len(drawn):
            one = evaluate(policy, subject, engine="durable")
            other = evaluate(policy, subject, engine="native")
            assert one.to_dict(everything=True) == other.to_dict(everything=True)


class TestDurable:
    """Both engines give the same decision, field by field."""

    @examples(CASES // 2)
    @given(data=st.data(), policy=policies(), seed=st.integers(0, 2**32))
    def test_they_agree_on_random_policies(
        self, data: st.DataObject, policy: Policy, seed: int
    ) -> None:
        some = st.lists(subjects(policy, SAMPLE_KEY, DAYS), min_size=3, max_size=3)
        compare(policy, SAMPLE_KEY, data.draw(some), seed)

    @pytest.mark.parametrize(
        ("policy", "keys"),
        [
            pytest.param(*pair, id=f"{pair[0].editions[0]} on {pair[0].day}: {pair[1][0]}")
            for pair in KINDS
        ],
    )
    @examples(CASES // 2 // len(KINDS))
    @given(data=st.data(), seed=st.integers(0, 2**32))
    def test_they_agree_on_what_is_shipped(
        self, policy: Policy, keys: list[str], data: st.DataObject, seed: int
    ) -> None:
        key = data.draw(st.sampled_from(keys))
        drawn = data.draw(st.lists(subjects(policy, key), min_size=3, max_size=3))
        compare(policy, key, drawn, seed)
