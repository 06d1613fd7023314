# SPDX-License-Identifier: MIT
"""The generated functions hold nothing of a profile, and are made once."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from caljobs_policy import Request, evaluate, load_policy
from caljobs_policy.engines import native
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.operators import Is, StartsWith
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check, Origin, Plan
from caljobs_policy.testing.strategies.single_tests import SAMPLE_KEY, sample_fact

POLICY = load_policy("la_city", date(2025, 6, 2))
HOSTILE = "'''\"\\\n__import__('os').abort()#"


def with_check(check: Check) -> Policy:
    return evolve(POLICY, plans={SAMPLE_KEY: Plan(SAMPLE_KEY, (check,))})


@pytest.mark.parametrize("operator", [Is(HOSTILE), StartsWith(HOSTILE)])
def test_a_hostile_value_is_only_a_value(operator: Any) -> None:
    office = sample_fact("request.office")
    check = Check("x", Test(office, operator), Outcome.RETURN, ("X-1/a",), Origin("x@2025-01-01"))
    policy = with_check(check)
    good = evaluate(policy, Request(type="create", office=HOSTILE))
    bad = evaluate(policy, Request(type="create", office="office"))
    assert (good.outcome, bad.outcome) == (Outcome.ACCEPT, Outcome.RETURN)


def test_the_function_of_a_plan_is_made_once_even_in_threads() -> None:
    policy = evolve(POLICY)
    plan = policy.plans["request/create"]
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(native.function_for(policy, plan)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len({id(function) for function in found}) == 1


def test_threads_give_the_same_decisions() -> None:
    request = Request(type="create", submitted_on=date(2025, 6, 2))
    expected = evaluate(POLICY, request).to_dict(everything=True)
    found: list[dict[str, Any]] = []

    def decide() -> None:
        found.extend(evaluate(POLICY, request).to_dict(everything=True) for _ in range(5))

    threads = [threading.Thread(target=decide) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 20
