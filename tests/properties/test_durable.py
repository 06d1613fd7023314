# SPDX-License-Identifier: MIT
"""The engine `durable` agrees with the native one on random policies and random subjects."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy import Policy
from caljobs_policy.testing.strategies import subjects
from caljobs_policy.testing.strategies.policies import policies
from caljobs_policy.testing.strategies.single_tests import SAMPLE_KEY
from tests.engines.durable.present import needs_durable
from tests.properties.test_engines import KINDS, SUBMITTED
from tests.samples.agreement import CASES, DRAWN, agree, examples

pytestmark = needs_durable
ENGINES: Final = ("durable", "native")
DAYS: Final = (SUBMITTED - timedelta(days=5), SUBMITTED + timedelta(days=5))


class TestDurable:
    """Both engines give the same decision, field by field."""

    @examples(CASES // 2)
    @given(data=st.data(), policy=policies(), seed=st.integers(0, 2**32))
    def test_they_agree_on_random_policies(
        self, data: st.DataObject, policy: Policy, seed: int
    ) -> None:
        some = st.lists(subjects(policy, SAMPLE_KEY, DAYS), min_size=DRAWN, max_size=DRAWN)
        agree(ENGINES, policy, SAMPLE_KEY, data.draw(some), seed)

    @pytest.mark.parametrize(
        ("policy", "keys"),
        [
            pytest.param(*pair, id=f"{pair[0].editions[0]} on {pair[0].day}: {pair[1][0]}")
            for pair in KINDS
        ],
    )
    @examples(CASES // 2 // len(KINDS))
    @given(data=st.data(), seed=st.integers(0, 2**32))
    def test_they_agree_on_what_is_shipped(
        self, policy: Policy, keys: list[str], data: st.DataObject, seed: int
    ) -> None:
        key = data.draw(st.sampled_from(keys))
        drawn = data.draw(st.lists(subjects(policy, key), min_size=DRAWN, max_size=DRAWN))
        agree(ENGINES, policy, key, drawn, seed)
