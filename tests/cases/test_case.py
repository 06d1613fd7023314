# SPDX-License-Identifier: MIT
"""A case is what it asks, wherever it stands."""

from __future__ import annotations

from datetime import UTC, date, datetime

import attrs

from caljobs_policy import Request, load_policy
from caljobs_policy.cases.case import Case
from caljobs_policy.errors.problems import Place


def test_a_case_is_the_same_wherever_it_stands() -> None:
    policy = load_policy("state", date(2025, 6, 2))
    at = datetime(2025, 6, 2, 12, tzinfo=UTC)
    case = Case("Sample", policy, Request(type="create"), at, None, Place("a.yaml", 3, 5))
    assert case == attrs.evolve(case, place=Place("b.yaml", 1, 1))
    assert case != attrs.evolve(case, title="Another")
