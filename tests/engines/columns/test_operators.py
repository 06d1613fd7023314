# SPDX-License-Identifier: MIT
"""What cannot be asked of columns is decided row by row."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import polars as pl

from caljobs_policy import decide_columns, evaluate, read_subject
from caljobs_policy.dates.durations import Duration, Unit
from caljobs_policy.engines.columns.cells import MOST_HOURS
from caljobs_policy.engines.columns.operators import is_lacking
from caljobs_policy.policy import operators as ops
from caljobs_policy.policy.conditions import Test
from caljobs_policy.subjects.facts import AT, Fact, fact_named
from tests.engines.test_operators import policy_of

NOW: Final = datetime(2025, 6, 2, 9)


def fact(path: str) -> Fact:
    found = fact_named(path, "account", {})
    assert found is not None
    return found


ISSUED, NAME = fact("account.temporary_password.issued_at"), fact("account.username")
LONG: Final = Test(ISSUED, ops.AtLeast(Duration(MOST_HOURS + 1, Unit.HOURS), "before", AT))
FILLED: Final = Test(NAME, ops.ContainsWords((ISSUED,)))


def test_years_of_hours_and_times_in_texts_are_lacking() -> None:
    assert is_lacking(LONG)
    assert is_lacking(FILLED)
    assert not is_lacking(Test(ISSUED, ops.AtLeast(Duration(MOST_HOURS, Unit.HOURS), "before", AT)))


def test_rows_under_a_policy_with_such_a_test_have_their_answers() -> None:
    policy, plan = policy_of("account", [LONG, FILLED])
    times = [datetime(2024, 1, 1), datetime(2025, 1, 1), None]
    frame = pl.DataFrame({"temporary_password.issued_at": times, "username": ["a", "b", "c"]})
    found = decide_columns(policy, frame, NOW)
    for time, name, outcome, hits in zip(
        *(times, frame["username"], found["outcome"], found["hits"]), strict=True
    ):
        stated = {} if time is None else {"temporary_password": {"issued_at": time}}
        decision = evaluate(
            policy, read_subject(policy, "account", {"username": name, **stated}), NOW
        )
        assert outcome == decision.outcome
        assert hits.to_list() == [plan.checks[n].id for n in decision.hits]
