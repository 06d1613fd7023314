# SPDX-License-Identifier: MIT
"""The first day from which a duration reaches another, as in these examples."""

from __future__ import annotations

from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from caljobs_policy.dates.durations import Duration, Unit
from caljobs_policy.dates.reaching import earliest_reaching

ZONE: Final = ZoneInfo("America/Los_Angeles")


@pytest.mark.parametrize(
    ("end", "duration", "first"),
    [
        (date(2025, 6, 2), Duration(365, Unit.DAYS), date(2024, 6, 2)),
        (date(2025, 6, 2), Duration(0, Unit.DAYS), date(2025, 6, 2)),
        (date(2025, 2, 28), Duration(12, Unit.MONTHS), date(2024, 2, 28)),
        (date(2025, 3, 1), Duration(1, Unit.MONTHS), date(2025, 2, 1)),
        (date(2025, 3, 31), Duration(1, Unit.MONTHS), date(2025, 3, 1)),
        (date(2025, 2, 28), Duration(1, Unit.MONTHS), date(2025, 1, 28)),
        (date(2025, 6, 2), Duration(48, Unit.HOURS), date(2025, 5, 31)),
        (date(1, 1, 5), Duration(10, Unit.DAYS), date.min),
        (date(1, 1, 5), Duration(10, Unit.MONTHS), date.min),
        (date.max, Duration(1, Unit.MONTHS), date(9999, 12, 1)),
        (date(2025, 3, 31), Duration(0, Unit.QUARTERS), date(2025, 1, 1)),
        (date(2025, 3, 31), Duration(1, Unit.QUARTERS), date(2024, 10, 1)),
        (date(2025, 4, 1), Duration(1, Unit.QUARTERS), date(2025, 1, 1)),
        (date(2025, 6, 2), Duration(30, Unit.DAYS, early=10), date(2025, 5, 13)),
        (date(2025, 6, 2), Duration(0, Unit.DAYS, early=3), date(2025, 6, 5)),
    ],
)
def test_the_first_day_from_which_an_end_is_reached(
    end: date, duration: Duration, first: date
) -> None:
    assert earliest_reaching(end, duration, ZONE) == first
