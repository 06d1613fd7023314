# SPDX-License-Identifier: MIT
"""Reasons from generated code are those that the meaning of conditions gives, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unittest.mock import patch

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy import Decision, Outcome, Policy, evaluate
from caljobs_policy.engines import naive, native
from caljobs_policy.policy.outcome import FOUND_RESULTS
from caljobs_policy.testing.strategies import subjects
from caljobs_policy.testing.strategies.policies import policies
from caljobs_policy.testing.strategies.single_tests import SAMPLE_KEY
from tests.properties.test_engines import SHIPPED

MOMENTS = st.none() | st.datetimes(datetime(2023, 1, 1), datetime(2026, 12, 31))
INTERPRETED = {policy: evolve(policy) for policy in SHIPPED}
"""The same policies, for which nothing was generated."""


@contextmanager
def without_generated_code() -> Iterator[None]:
    """Have all that reasons ask answered by the naive engine."""
    with patch.object(native, "answering", naive.answering):
        yield


def reasons(decision: Decision) -> dict[str, Any]:
    """All that a decision says and holds."""
    told = decision.reasons
    return {
        "short": decision.to_dict(),
        "all": decision.to_dict(everything=True),
        "record": decision.record(private=True),
        "findings": told.all_findings,
        "deadlines": told.deadlines,
        "duties": told.duties,
        "latest": told.latest_due,
    }


def agree(compiled: Policy, interpreted: Policy, subject: Any, at: datetime | None) -> None:
    found = reasons(evaluate(compiled, subject, at))
    with without_generated_code():
        assert found == reasons(evaluate(interpreted, subject, at, engine="naive"))
    assert_brief(evaluate(compiled, subject, at))


def assert_brief(decision: Decision) -> None:
    """What is found is the same in brief."""
    found = [] if decision.outcome is Outcome.OUT_OF_SCOPE else decision.findings
    assert decision.reasons.briefs(lambda _: True) == [
        (one.rule, one.result, one.outcome, one.clauses, one.message, one.remedy)
        for one in found
        if one.result in FOUND_RESULTS
    ]


@pytest.mark.parametrize("policy", SHIPPED, ids=repr)
@given(data=st.data(), at=MOMENTS)
def test_reasons_of_shipped_policies_are_those_of_the_oracle(
    data: st.DataObject, policy: Policy, at: datetime | None
) -> None:
    key = data.draw(st.sampled_from(sorted(policy.plans)))
    agree(policy, INTERPRETED[policy], data.draw(subjects(policy, key)), at)


@given(data=st.data(), policy=policies())
def test_reasons_of_random_policies_are_those_of_the_oracle(
    data: st.DataObject, policy: Policy
) -> None:
    agree(policy, evolve(policy), data.draw(subjects(policy, SAMPLE_KEY)), None)
