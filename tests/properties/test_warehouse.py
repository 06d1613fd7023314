# SPDX-License-Identifier: MIT
"""Tables in a database are answered as their rows are, one by one."""

from __future__ import annotations

from datetime import datetime
from itertools import product
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from caljobs_policy import Policy
from caljobs_policy.policy.policy import ListedWord
from caljobs_policy.testing.strategies.policies import policies
from caljobs_policy.testing.strategies.single_tests import SAMPLE_KEY
from tests.properties.test_engines import SHIPPED, STATE
from tests.samples.agreement import CASES, rows_of_each
from tests.samples.databases import of_duckdb
from tests.samples.dated import policies_about_dates, policies_with_deadlines
from tests.samples.tables import MOMENTS, ZONES, Tables, assert_alike

KEYS: Final = [
    (policy, key) for policy in SHIPPED for key in policy.plans if not key.startswith("request")
]
ROWS: Final = rows_of_each(len(KEYS))
UNTIL_RARE: Final = 5
"""Of how many rows one is made with many gaps, whose search takes long."""
MOST: Final = 2_000
"""How many rows are about one moment, if there are more moments."""
DRAWN: Final = 200
"""How many rows a query is about, as Ibis takes about a second to write one."""
PHASES: Final = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
"""Not the one that explains, as Ibis takes eight times as long where each line is traced."""


@pytest.mark.parametrize(("policy", "key"), KEYS, ids=[f"{p.editions[0]}-{key}" for p, key in KEYS])
def test_rows_are_decided_under_shipped_policies_as_one_by_one(policy: Policy, key: str) -> None:
    random = Random(key)  # noqa: S311  # it draws tests
    moments = random.sample(MOMENTS, min(len(MOMENTS), 1 + ROWS // MOST))
    for at, (gaps, share) in product(moments, ((0.02, 1), (0.3, UNTIL_RARE))):
        tables = Tables(policy, key, random, at)
        rows = 1 + ROWS // share // len(moments)
        assert_alike(tables.sample(rows, gaps), tables, of_duckdb)


@settings(max_examples=max(2, CASES // 4 // DRAWN), phases=PHASES)
@given(
    policy=policies(),
    seed=st.integers(0, 10**6),
    gaps=st.sampled_from([0, 0.05, 0.3]),
)
def test_rows_are_decided_under_random_policies_as_one_by_one(
    policy: Policy, seed: int, gaps: float
) -> None:
    types = {"create": ListedWord("create", "create")}
    known = evolve(policy, words={**policy.words, "request_types": types, "record_types": {}})
    tables = Tables(known, SAMPLE_KEY, Random(seed))  # noqa: S311  # it draws tests
    assert_alike(tables.sample(DRAWN, gaps), tables, of_duckdb)


@settings(max_examples=max(2, CASES // 4 // DRAWN), phases=PHASES)
@given(
    policy=st.one_of(policies_about_dates(STATE), policies_with_deadlines(STATE)),
    seed=st.integers(0, 10**6),
    gaps=st.sampled_from([0.05, 0.3]),
    at=st.sampled_from(MOMENTS),
    zone=st.sampled_from(ZONES),
)
def test_dates_are_compared_as_in_rows_one_by_one(
    policy: Policy, seed: int, gaps: float, at: datetime, zone: str
) -> None:
    elsewhere = evolve(policy, zone=ZoneInfo(zone))
    tables = Tables(elsewhere, "account", Random(seed), at)  # noqa: S311  # it draws tests
    assert_alike(tables.sample(DRAWN, gaps), tables, of_duckdb)
