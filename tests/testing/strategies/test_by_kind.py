# SPDX-License-Identifier: MIT
"""Subjects of each kind fit the words of a policy, and cases about them can be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from caljobs_policy import Policy, check_subject, load_policy
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import cases_in
from caljobs_policy.loader.documents import read_documents
from caljobs_policy.subjects.facts import subject_key
from caljobs_policy.testing import accepted, accounts, cases, offices, records, requests
from caljobs_policy.testing.strategies.policies import policies

POLICY: Final = load_policy("slo_county", date(2025, 6, 2))


@pytest.mark.parametrize(
    ("drawn", "key"),
    [
        (requests, "request/deactivate"),
        (accounts, "account"),
        (offices, "office"),
        (records, "record/planned_break"),
    ],
)
def test_subjects_of_every_type_are_drawn(
    drawn: Callable[[Policy], st.SearchStrategy[Any]], key: str
) -> None:
    subject = find(drawn(POLICY), lambda one: subject_key(one) == key)
    assert check_subject(POLICY, subject) == ()


@given(cases(POLICY) | cases(POLICY, accepted(POLICY)))
def test_case_is_plain_data_that_can_be_read(case: dict[str, Any]) -> None:
    ((_, read),) = cases_in(read_documents(json.dumps(case), "case"))
    assert isinstance(read, Case), read
    assert read.policy == POLICY


def test_smallest_case_states_nothing() -> None:
    case = find(cases(POLICY, accounts(POLICY)), lambda _: True)
    assert case == {"profile": "slo_county", "date": "2025-06-02", "account": {}}


def test_day_that_is_needed_is_that_of_the_policy() -> None:
    found = find(accounts(POLICY), lambda one: isinstance(one.created_on, date))
    assert found.created_on == POLICY.day


@given(policies())
def test_policy_without_types_of_records_has_none(policy: Policy) -> None:
    assert records(policy).is_empty
    assert not cases(policy).is_empty
