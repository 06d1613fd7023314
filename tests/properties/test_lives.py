# SPDX-License-Identifier: MIT
"""What holds of an account all its life, whatever is done and asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Final

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from caljobs_policy import Decision, Policy, Result, evaluate, load_policy, read_subject
from caljobs_policy.testing import AccountLife

POLICIES: Final = [
    ("state", date(2025, 6, 2)),
    ("state", date(2021, 2, 28)),
    ("la_city", date(2025, 6, 2)),
    ("slo_county", date(2025, 6, 2)),
]
FEW: Final = settings(max_examples=max(3, settings().max_examples // 5), stateful_step_count=12)


class Life(AccountLife):
    """A life in which nobody is asked but the policy."""

    def answer(self, case: dict[str, Any]) -> Mapping[str, Any] | None:
        return None

    def decided(self) -> Decision:
        """Return what is decided about the account as it stands."""
        account = read_subject(self.policy, "account", self.account or {})
        return evaluate(self.policy, account, self.now)


class TestWaiting:
    """Waiting never removes a missed deadline, and never makes an outcome better."""

    @pytest.mark.parametrize(("name", "day"), POLICIES)
    def test_holds(self, name: str, day: date) -> None:
        class Patient(Life):
            policy: ClassVar[Policy] = load_policy(name, day)

            @rule(days=st.integers(0, 400), hours=st.integers(0, 23))
            def time_passes(self, days: int, hours: int) -> None:
                before = self.decided()
                super().time_passes(days, hours)
                after = self.decided()
                assert missed(before) <= missed(after)
                assert before.outcome.weight <= after.outcome.weight

        run_state_machine_as_test(Patient, settings=FEW)


def missed(decision: Decision) -> set[str]:
    """Return the deadlines that were missed, by the rules that say so."""
    unmet = (one.rule for one in decision.findings if one.result is Result.NOT_MET)
    return {rule for rule in unmet if rule.startswith("deadlines/")}
