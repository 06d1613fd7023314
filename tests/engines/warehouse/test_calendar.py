# SPDX-License-Identifier: MIT
"""The tables of days say what Python says of the same days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from caljobs_policy.dates.durations import Duration, Unit, end_ordinal
from caljobs_policy.engines.columns.cells import EPOCH
from caljobs_policy.engines.warehouse.calendar import DAYS, ends_of, local_offsets, utc_offsets

ZONES: Final = ("America/Los_Angeles", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu")
SWITCHES: Final = (date(2025, 3, 9), date(2025, 11, 2), date(2025, 4, 6), date(2025, 10, 5))
TIMES: Final = [
    datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=15 * step)
    for day in (*SWITCHES, date(1986, 1, 1), date(2006, 4, 2), date(2035, 7, 4))
    for step in range(-96, 192)
]


def micros(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


@pytest.mark.parametrize("zone", [*map(ZoneInfo, ZONES)], ids=str)
def test_offsets_of_utc_are_those_of_python(zone: ZoneInfo) -> None:
    rows = {day: rest for day, *rest in utc_offsets(zone).rows()}
    for at in TIMES:
        switch, before, after = rows[at.toordinal() - EPOCH]
        offset = before if switch is not None and micros(at) < switch else after
        assert timedelta(microseconds=offset) == at.astimezone(zone).utcoffset()


@pytest.mark.parametrize("zone", [*map(ZoneInfo, ZONES)], ids=str)
def test_offsets_of_local_clocks_are_those_of_python(zone: ZoneInfo) -> None:
    rows = {day: rest for day, *rest in local_offsets(zone).rows()}
    for at in TIMES:
        shown = micros(at)
        switch, gap_ends, before, after = rows[at.toordinal() - EPOCH]
        local = at.replace(tzinfo=zone)
        is_skipped = local.astimezone(UTC).astimezone(zone).replace(tzinfo=UTC) != at
        assert is_skipped == (switch is not None and switch <= shown < gap_ends)
        if not is_skipped:
            offset = before if switch is not None and shown < switch else after
            assert timedelta(microseconds=offset) == local.utcoffset()


@pytest.mark.parametrize("unit", [Unit.MONTHS, Unit.QUARTERS, Unit.HOURS])
def test_ends_are_those_of_the_one_arithmetic(unit: Unit) -> None:
    zone, duration = ZoneInfo(ZONES[0]), Duration(5, unit)
    ends = dict(ends_of(duration, zone).rows())
    assert list(ends) == list(DAYS)
    for day in (*DAYS[:3], *DAYS[20_000:20_400:7], DAYS[-1]):
        begins = date.fromordinal(day + EPOCH)
        assert ends[day] == end_ordinal(begins, duration, zone) - EPOCH
