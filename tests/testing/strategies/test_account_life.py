# SPDX-License-Identifier: MIT
"""A system that answers as the policy does lives through the life of an account; no other does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from caljobs_policy import Decision, Policy, evaluate, load_policy, read_subject
from caljobs_policy.testing import AccountLife

DAY: Final = date(2025, 6, 2)
SHORT: Final = settings(max_examples=max(3, settings().max_examples // 8), stateful_step_count=15)


def naive(policy: Policy, case: Mapping[str, Any]) -> Decision:
    """Answer a case by the slow engine."""
    (kind,) = {"request", "account"} & case.keys()
    subject = read_subject(policy, kind, case[kind])
    return evaluate(policy, subject, datetime.fromisoformat(case["at"]), engine="naive")


@pytest.mark.parametrize("name", ["state", "la_city", "slo_county"])
def test_our_engines_agree_on_the_life_of_an_account(name: str) -> None:
    class OurLife(AccountLife):
        policy = load_policy(name, DAY)

        def answer(self, case: dict[str, Any]) -> Mapping[str, Any]:
            return naive(self.policy, case).to_dict()

    run_state_machine_as_test(OurLife, settings=SHORT)


class CarelessLife(AccountLife):
    """A system that does not look at personal devices, and claims nothing of requests."""

    policy = load_policy("state", DAY)

    def answer(self, case: dict[str, Any]) -> Mapping[str, Any] | None:
        if "request" in case:
            return None
        case["account"].pop("personal_device_used", None)
        return {"outcome": naive(self.policy, case).outcome.value}


def test_system_that_misses_a_clause_is_caught_in_the_step_that_shows_it() -> None:
    with pytest.raises(AssertionError) as found:
        run_state_machine_as_test(CarelessLife, settings=settings(max_examples=200))
    assert "outcome: the policy says violation, the system compliant" in str(found.value)
    assert "  personal_device_used: true\n" in str(found.value)
    told = "\n".join(found.value.__notes__)
    assert "state.account_is_misused(how='personal_device_used')" in told
    assert "time_passes" not in told


class SilentLife(AccountLife):
    """A system that raises."""

    policy = load_policy("state", DAY)

    def answer(self, case: dict[str, Any]) -> Mapping[str, Any]:
        raise RuntimeError("no connection")


def test_system_that_raises_is_told() -> None:
    with pytest.raises(AssertionError, match="the adapter raised RuntimeError: no connection"):
        run_state_machine_as_test(SilentLife, settings=SHORT)
