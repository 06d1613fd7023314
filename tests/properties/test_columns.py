# SPDX-License-Identifier: MIT
"""Tables are answered as their rows are, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from random import Random
from typing import Final
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from caljobs_policy import Policy, decide_columns, decide_many
from caljobs_policy.decisions import search
from caljobs_policy.policy.policy import ListedWord
from caljobs_policy.subjects.facts import subject_keys
from caljobs_policy.testing.strategies.policies import policies
from caljobs_policy.testing.strategies.single_tests import SAMPLE_KEY
from tests.properties.test_engines import SHIPPED, STATE
from tests.samples.agreement import CASES, rows_of_each
from tests.samples.broken import SECRET, broken
from tests.samples.dated import policies_about_dates
from tests.samples.tables import AT, MOMENTS, ZONES, Tables, assert_alike

KEYS: Final = [(policy, key) for policy in SHIPPED for key in policy.plans]
ROWS: Final = rows_of_each(len(KEYS))
UNTIL_RARE: Final = 20
"""Of how many rows one is made with many gaps, whose search takes long."""
DRAWN: Final = 20


@pytest.mark.parametrize(("policy", "key"), KEYS, ids=[f"{p.editions[0]}-{key}" for p, key in KEYS])
@pytest.mark.parametrize(("gaps", "share"), [(0, 2), (0.02, 2), (0.3, UNTIL_RARE)])
def test_rows_are_decided_under_shipped_policies_as_one_by_one(
    policy: Policy, key: str, gaps: float, share: int
) -> None:
    random = Random(f"{key} {gaps}")  # noqa: S311  # it draws tests
    for at in MOMENTS:
        tables = Tables(policy, key, random, at)
        assert_alike(tables.sample(1 + ROWS // share // len(MOMENTS), gaps), tables)


@pytest.mark.parametrize(("policy", "key"), KEYS, ids=[f"{p.editions[0]}-{key}" for p, key in KEYS])
@pytest.mark.parametrize("gaps", [0.1, 0.4])
def test_rows_that_differ_little_have_the_needs_of_each(
    policy: Policy, key: str, gaps: float
) -> None:
    random = Random(f"{key} {gaps} alike")  # noqa: S311  # it draws tests
    for _ in range(1 + ROWS // DRAWN // 4):
        tables = Tables(policy, key, random, random.choice(MOMENTS))
        assert_alike(tables.sample(DRAWN, gaps, alike=True), tables)


@settings(max_examples=max(8, CASES // 4 // DRAWN))
@given(
    policy=st.sampled_from(SHIPPED),
    place=st.integers(0, 99),
    seed=st.integers(0, 10**6),
    gaps=st.sampled_from([0, 0.05, 0.3]),
)
def test_of_what_is_broken_the_same_is_told_as_row_by_row(
    policy: Policy, place: int, seed: int, gaps: float
) -> None:
    keys = [key for key in subject_keys(policy.words) if not key.startswith("request")]
    key, random = keys[place % len(keys)], Random(seed)  # noqa: S311  # it draws tests
    sample = broken(Tables(policy, key, random).sample(DRAWN, gaps), random)
    rows = [{key.partition("/")[0]: mapping} for mapping in sample.mappings]
    answers = decide_columns(policy, sample.frame, AT, kind=key)
    for answer, one in zip(answers.to_dicts(), decide_many(policy, rows, AT), strict=True):
        assert told(answer["problems"]) == told(map(str, getattr(one, "problems", ())))
        assert answer["outcome"] == getattr(one, "outcome", None)
        assert answer["needs"] == [*getattr(one, "needs", ())]
    assert SECRET not in str(answers["problems"].to_list())


def told(problems: Iterable[str]) -> list[str]:
    """Return problems sorted; a table has no order among the signed forms of a row."""
    return sorted(re.sub(r"\[\d+\]", "[]", problem) for problem in problems)


@settings(max_examples=max(4, CASES // 2 // DRAWN))
@given(
    policy=policies(),
    seed=st.integers(0, 10**6),
    gaps=st.sampled_from([0, 0.05, 0.3]),
    alike=st.booleans(),
)
def test_rows_are_decided_under_random_policies_as_one_by_one(
    policy: Policy, seed: int, gaps: float, *, alike: bool
) -> None:
    types = {"create": ListedWord("create", "create")}
    known = evolve(policy, words={**policy.words, "request_types": types, "record_types": {}})
    tables = Tables(known, SAMPLE_KEY, Random(seed))  # noqa: S311  # it draws tests
    assert_alike(tables.sample(DRAWN, gaps, alike=alike), tables)


@pytest.mark.parametrize("key", ["account", "request/create"])
@pytest.mark.parametrize("most", [0, 5])
def test_rows_have_the_needs_of_each_where_more_is_open_than_is_searched(
    key: str, most: int
) -> None:
    tables = Tables(STATE, key, Random(f"{key} {most}"))  # noqa: S311  # it draws tests
    with patch.object(search, "MOST_OPEN", most):
        assert_alike(tables.sample(DRAWN, 0.2, alike=True), tables)


@settings(max_examples=max(4, CASES // 2 // DRAWN))
@given(
    policy=policies_about_dates(STATE),
    seed=st.integers(0, 10**6),
    gaps=st.sampled_from([0.05, 0.3]),
    alike=st.booleans(),
    at=st.sampled_from(MOMENTS),
    zone=st.sampled_from(ZONES),
)
def test_dates_are_compared_as_in_rows_one_by_one(  # all are drawn
    policy: Policy, seed: int, gaps: float, at: datetime, zone: str, *, alike: bool
) -> None:
    elsewhere = evolve(policy, zone=ZoneInfo(zone))
    tables = Tables(elsewhere, "account", Random(seed), at)  # noqa: S311  # it draws tests
    assert_alike(tables.sample(DRAWN, gaps, alike=alike), tables)
