# SPDX-License-Identifier: MIT
"""Durations end in columns on the days, and at the times, on which they end elsewhere."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from caljobs_policy.dates.business_days import BusinessCalendar, ClosedDay, Weekly, Yearly
from caljobs_policy.dates.durations import Duration, Unit, day_of, plus
from caljobs_policy.engines.columns.cells import EPOCH, Cells, ended, moment
from caljobs_policy.subjects.fields import Kind

ZONE: Final = ZoneInfo("America/Los_Angeles")
DAYS: Final = [date(2023, 12, 1) + timedelta(step) for step in range(900)]
CALENDAR: Final = BusinessCalendar(
    (
        ClosedDay("Saturday", Weekly(5)),
        ClosedDay("Sunday", Weekly(6)),
        ClosedDay("July 4", Yearly(7, 4), ((5, 4), (6, 0))),
    )
)
DURATIONS: Final = [
    Duration(amount, unit, CALENDAR if unit is Unit.BUSINESS_DAYS else None, early)
    for unit in Unit
    for amount in (0, 1, 3, 25)
    for early in (None, 0, 5)
]


@pytest.mark.parametrize("duration", DURATIONS, ids=repr)
def test_durations_from_each_day_end_on_the_same_day(duration: Duration) -> None:
    start = pl.Series([day.toordinal() - EPOCH for day in DAYS], dtype=pl.Int32)
    ends = ended(Cells(Kind.DAY, start), duration, ZONE).value.to_list()
    expected = [day_of(plus(day, duration, ZONE), ZONE) for day in DAYS]
    assert [date.fromordinal(end + EPOCH) for end in ends] == expected


@pytest.mark.parametrize("duration", DURATIONS, ids=repr)
def test_durations_from_times_end_at_the_same_time(duration: Duration) -> None:
    times = [datetime(2025, 3, 7, 3) + timedelta(hours=step) for step in range(0, 9000, 7)]
    moments = [moment(time, ZONE) for time in times]
    start = Cells(
        Kind.TIME,
        pl.Series([day for day, _ in moments], dtype=pl.Int32),
        micros=pl.Series([micros for _, micros in moments], dtype=pl.Int64),
    )
    found = ended(start, duration, ZONE)
    ends = [plus(time, duration, ZONE) for time in times]
    expected = [moment(end, ZONE) for end in ends]
    assert found.value.to_list() == [day for day, _ in expected]
    if found.micros is not None:
        assert found.micros.to_list() == [micros for _, micros in expected]
    else:
        assert not any(isinstance(end, datetime) for end in ends)
