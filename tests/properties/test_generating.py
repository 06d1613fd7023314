# SPDX-License-Identifier: MIT
"""Of random policies, all is shown by a case, or no random subject shows it."""

from __future__ import annotations

from random import Random
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from caljobs_policy import Policy, evaluate
from caljobs_policy.analysis.covering.targets import Target, targets_of, targets_reached
from caljobs_policy.analysis.generating.plan_cases import PlanCases
from caljobs_policy.testing.strategies.policies import policies
from caljobs_policy.testing.strategies.single_tests import SAMPLE_KEY
from tests.samples.known_subjects import drawn

FEW: Final = max(4, settings().max_examples // 25)
"""How many policies are tried."""
SEARCHED: Final = 300
"""How many subjects are searched at random for what no case shows."""


def targets(policy: Policy) -> list[Target]:
    checks = policy.plans[SAMPLE_KEY].checks
    return [*dict.fromkeys(target for check in checks for target in targets_of(check))]


@settings(max_examples=FEW)
@given(policies(), st.integers(0, 10**9))
def test_what_no_case_shows_no_random_subject_shows(policy: Policy, seed: int) -> None:
    wanted = targets(policy)
    cases = PlanCases(policy, SAMPLE_KEY, wanted)
    missing = set()
    for target in wanted:
        made = cases.reach(target)
        if made is not None:
            assert target in targets_reached(made.decision)
            assert target in made.reaches
        elif not cases.bounds.get(target):
            missing.add(target)
    random = Random(seed)  # noqa: S311  # no secret
    for _ in range(SEARCHED if missing else 0):
        subject, at = drawn(random, policy, SAMPLE_KEY)
        assert missing.isdisjoint(targets_reached(evaluate(policy, subject, at)))
