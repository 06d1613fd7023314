# SPDX-License-Identifier: MIT
"""`evaluate` says what it takes when it is passed something else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from caljobs_policy import Account, Policy, Request, evaluate, load_policy

DAY = date(2025, 6, 2)
STATE = load_policy("state", DAY)
AT = "`at` takes a datetime, or None for the usual moment, not "


@pytest.mark.parametrize("policy", [None, "state", DAY, Policy])
def test_policy_is_told(policy: Any) -> None:
    with pytest.raises(TypeError, match="`policy` takes a Policy, as `load_policy` returns one"):
        evaluate(policy, Account())


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (DAY, "date; add the time of day, as in `datetime(2025, 6, 2, 12)`"),
        ("2025-06-02", "str"),
        (1_748_880_000, "int"),
        (True, "bool"),
    ],
)
def test_moment_is_told(at: Any, told: str) -> None:
    with pytest.raises(TypeError) as caught:
        evaluate(STATE, Account(), at)
    assert str(caught.value) == AT + told
    # Where the policy has no rule, as well.
    with pytest.raises(TypeError):
        evaluate(load_policy("state", date(2015, 1, 1)), Request(type="data_change"), at)


@pytest.mark.parametrize("engine", [None, 5, ["native"]])
def test_engine_is_told(engine: Any) -> None:
    with pytest.raises(TypeError, match="`engine` takes the name of an engine"):
        evaluate(STATE, Account(), engine=engine)


def test_unknown_engine_is_told() -> None:
    with pytest.raises(ValueError, match="there is no engine `nativ`; did you mean `native`"):
        evaluate(STATE, Account(), engine="nativ")


def test_time_of_a_subclass_is_a_time() -> None:
    class Stamp(datetime):
        """A time as other libraries make them."""

    assert evaluate(STATE, Account(), Stamp(2025, 6, 2, 9)).at.hour == 9
