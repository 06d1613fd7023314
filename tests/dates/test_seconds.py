# SPDX-License-Identifier: MIT
"""Days told in elapsed seconds, compared with the times that lie in them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy.dates.durations import FIRST_DAY, LAST_DAY, day_of, second_of
from caljobs_policy.dates.seconds import second_of_day, seconds_in

ZONES: Final = [
    ZoneInfo("America/Los_Angeles"),
    # Its clocks were put forward at midnight, so that some days begin at one.
    ZoneInfo("America/Sao_Paulo"),
]
TIMES = st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1))


@pytest.mark.parametrize("zone", ZONES, ids=str)
@given(time=TIMES)
def test_a_time_lies_in_the_seconds_of_its_day_alone(zone: ZoneInfo, time: datetime) -> None:
    local = time.replace(tzinfo=zone)
    second = second_of(local, zone)
    assert seconds_in(local, zone) == (second, second)
    day = day_of(local, zone)
    for step in (-1, 0, 1):
        first, last = seconds_in(day + timedelta(step), zone)
        assert (first <= second <= last) is (step == 0)


@pytest.mark.parametrize(("change", "hours"), [(date(2025, 3, 9), 23), (date(2025, 11, 2), 25)])
def test_a_day_is_as_long_as_its_clocks_say(change: date, hours: int) -> None:
    first, last = seconds_in(change, ZONES[0])
    assert last + 1 - first == 3600 * hours


@pytest.mark.parametrize("day", [FIRST_DAY, LAST_DAY])
def test_days_go_on_beyond_the_calendar(day: int) -> None:
    begins = [second_of_day(day + step, ZONES[0]) for step in range(-3, 4)]
    assert [later - begin for begin, later in pairwise(begins)] == [86_400] * 6
