# SPDX-License-Identifier: MIT
"""Tells Hypothesis, when it is imported, how policies and subjects are drawn by their types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from caljobs_policy.policy.policy import Policy


def register() -> None:
    """Register a strategy for policies, and one for each class of subjects.

    Subjects are in the words of an installed profile.
    """
    from hypothesis import strategies as st

    from caljobs_policy.policy.policy import Policy
    from caljobs_policy.subjects.account import Account, Office
    from caljobs_policy.subjects.record import Record
    from caljobs_policy.subjects.request import Request

    st.register_type_strategy(Policy, st.deferred(_policies))
    kinds = {Request: "requests", Account: "accounts", Office: "offices", Record: "records"}
    for cls, name in kinds.items():
        st.register_type_strategy(cls, _of_some_policy(name))


def _policies() -> SearchStrategy[Policy]:
    from caljobs_policy.testing.strategies.policies import policies

    return policies()


def _of_some_policy(name: str) -> SearchStrategy[Any]:
    """Return what a strategy draws for some installed policy."""
    from hypothesis import strategies as st

    def drawn() -> SearchStrategy[Any]:
        from caljobs_policy.testing.strategies import by_kind

        of: Callable[[Policy], SearchStrategy[Any]] = getattr(by_kind, name)
        able = [policy for policy in _installed() if not of(policy).is_empty]
        return st.sampled_from(able).flatmap(of)

    return st.deferred(drawn)


def _installed() -> Iterator[Policy]:
    """Yield the policies that hold when the latest edition of each installed profile begins."""
    from caljobs_policy.errors.exceptions import PolicyError
    from caljobs_policy.loader.folders import profile_names
    from caljobs_policy.loader.policies import load_policy, load_profile

    for name in profile_names():
        try:
            yield load_policy(name, load_profile(name).editions[-1].start)
        except PolicyError:
            continue
