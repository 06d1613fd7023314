# SPDX-License-Identifier: MIT
"""Hypothesis strategies for subjects of one kind, and for cases about them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from caljobs_policy.analysis.samples import in_json
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.account import Account, Office
from caljobs_policy.subjects.facts import (
    RECORD,
    REQUEST,
    TYPES,
    Subject,
    kind_of_key,
    subject_key,
)
from caljobs_policy.subjects.record import Record
from caljobs_policy.subjects.request import Request
from caljobs_policy.subjects.writing import subject_to_dict
from caljobs_policy.testing.strategies.fitting import subjects


def requests(policy: Policy) -> st.SearchStrategy[Request]:
    """Return requests of every type that a policy knows, also of those out of its scope."""
    return _of_every_type(policy, REQUEST)


def accounts(policy: Policy) -> st.SearchStrategy[Account]:
    """Return accounts in the words of a policy."""
    return _of_key(policy, "account")


def offices(policy: Policy) -> st.SearchStrategy[Office]:
    """Return offices in the words of a policy."""
    return _of_key(policy, "office")


def records(policy: Policy) -> st.SearchStrategy[Record]:
    """Return records of every type that a policy knows, also of those out of its scope."""
    return _of_every_type(policy, RECORD)


def cases(
    policy: Policy, of: st.SearchStrategy[Subject] | None = None
) -> st.SearchStrategy[dict[str, Any]]:
    """Return cases as plain data of JSON, about some subjects or else about any.

    Each names the profile and the day of the policy.
    """
    some = st.deferred(lambda: _of_any_kind(policy)) if of is None else of
    return some.map(lambda subject: _case(policy, subject))


def _of_any_kind(policy: Policy) -> st.SearchStrategy[Subject]:
    return st.one_of(requests(policy), accounts(policy), offices(policy), records(policy))


def _case(policy: Policy, subject: Subject) -> dict[str, Any]:
    stated = in_json(subject_to_dict(subject, private=True))
    kind = kind_of_key(subject_key(subject))
    return {"profile": policy.jurisdiction, "date": policy.day.isoformat(), kind: stated}


def _of_every_type(policy: Policy, kind: str) -> st.SearchStrategy[Any]:
    types = [*policy.words.get(TYPES[kind], ())]
    if not types:
        return st.nothing()
    return st.sampled_from(types).flatmap(lambda name: subjects(policy, f"{kind}/{name}"))


def _of_key(policy: Policy, key: str) -> st.SearchStrategy[Any]:
    return subjects(policy, key)
