# SPDX-License-Identifier: MIT
"""The worked cases of a shipped profile reach all of it that a subject can reach."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.covering.coverage import Coverage
from caljobs_policy.analysis.covering.reached import reached
from caljobs_policy.loader.folders import profile_names
from caljobs_policy.loader.store import read_chain

_ROLE_IS_THE_CONDITION: Final = "the exception holds for that requestor alone"
_NOT_USED: Final = "the rule is about a password that nobody used"
_USED: Final = "the rule is about a password that was used, so the moment decides nothing"

BEYOND_REACH: Final = {
    "state": {
        "no case fails `routing/local_area/requestor/1`": _ROLE_IS_THE_CONDITION,
        "no case fails `routing/local_area/requestor/2`": _ROLE_IS_THE_CONDITION,
        "`temporary-password-unused`: no case has `account.temporary_password.": _NOT_USED,
        "`temporary-password-used-in-time`: no case has `at`": _USED,
    },
    "slo_county": {"no case fails `routing/service_provider/requestor/2`": _ROLE_IS_THE_CONDITION},
}
"""How what no subject can reach is told, by the profile that says it, with the reason."""


@pytest.mark.parametrize("name", profile_names())
def test_worked_cases_reach_all_that_a_subject_can_reach(name: str) -> None:
    examined = Examined(read_chain(name), date(2025, 6, 2))
    coverage = Coverage(examined)
    for case in examined.cases:
        coverage.add(reached(case))
    beyond = BEYOND_REACH.get(name, {})
    gaps = {
        next((start for start in beyond if gap.message.startswith(start)), gap.message)
        for gap in coverage.gaps()
    }
    assert gaps == beyond.keys()
