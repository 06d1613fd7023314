# SPDX-License-Identifier: MIT
"""Reads dates and times; only the ISO form is read."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final, TypeAlias

Fault: TypeAlias = tuple[str, str]
"""What is wrong with a text, as the end of a sentence about it, and the remedy.

Whether the text itself may be quoted depends on who wrote it.
"""
TIGHT_COLON: Final = re.compile(r"\s*(?:- +)*[^\s:#'\"]+:[^\s:/]")
"""A key and its value without a space between them, which is one text in YAML."""
_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?"
)
_FARTHEST: Final = timedelta(hours=14)
_NO_OFFSET: Final = ("has an offset that does not exist", "offsets go from -14:00 to +14:00")


def day_from(text: str) -> tuple[date | None, Fault | None]:
    """Read a date such as 2025-03-01, or say what is wrong."""
    match = _DAY.fullmatch(text)
    if match is None:
        if _TIME.fullmatch(text):
            return None, ("has a time of day", "give the day alone")
        return None, ("is not a date", "write it as year-month-day: 2025-03-01")
    try:
        return date(int(match[1]), int(match[2]), int(match[3])), None
    except ValueError:
        return None, ("is a day that does not exist", "check the month and its number of days")


def time_from(text: str, *, exact: bool = False) -> tuple[datetime | None, Fault | None]:
    """Read a date with its time, with or without an offset, or say what is wrong.

    A fraction of a second, as programs write it, is dropped unless the time is to be `exact`.
    """
    match = _TIME.fullmatch(text)
    if match is None:
        remedy = "write it as 2025-03-01T09:00:00-08:00"
        return None, ("is not a date with a time", remedy)
    day, fault = day_from(match[1])
    if day is None:
        return None, fault
    hour, minute, second = int(match[2]), int(match[3]), int(match[4] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None, (
            "has a time that does not exist",
            "hours go to 23, minutes and seconds to 59",
        )
    zone, fault = _offset_from(match[6])
    if fault is not None:
        return None, fault
    micro = int(match[5][:6].ljust(6, "0")) if exact and match[5] else 0
    return datetime(day.year, day.month, day.day, hour, minute, second, micro, zone), None


@lru_cache(maxsize=256)
def _offset_from(text: str | None) -> tuple[timezone | None, Fault | None]:
    """Read an offset; before time zones were introduced, local times had some with seconds."""
    if text is None:
        return None, None
    if text == "Z":
        return UTC, None
    hours, minutes, seconds = int(text[1:3]), int(text[4:6]), int(text[7:9] or 0)
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if minutes > 59 or seconds > 59 or offset > _FARTHEST:
        return None, _NO_OFFSET
    return timezone(-offset if text[0] == "-" else offset), None


def offset_fault(moment: datetime) -> Fault | None:
    """Say what is wrong with a time's offset, or return None if it can be written and read back."""
    if moment.tzinfo is None:
        return None
    try:
        offset = moment.utcoffset() or timedelta()
    except Exception:  # the time zone of a program may raise anything
        return "has a time zone that tells no offset", "use one that `zoneinfo` has"
    return _NO_OFFSET if abs(offset) > _FARTHEST or offset.microseconds else None


def day_or_time_from(
    text: str, *, exact: bool = False
) -> tuple[date | datetime | None, Fault | None]:
    """Read a date with or without its time, or say what is wrong."""
    has_time = len(text) > 10 and _DAY.match(text)
    return time_from(text, exact=exact) if has_time else day_from(text)
