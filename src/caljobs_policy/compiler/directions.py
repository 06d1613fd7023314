# SPDX-License-Identifier: MIT
"""Which direction of a number, a list or a calendar is stricter, judged by its uses."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import Final

from caljobs_policy.dates.durations import Duration, Unit
from caljobs_policy.policy.differences import Direction

LOWER: Final = "lower"
HIGHER: Final = "higher"
CALENDAR: Final = "calendar"
"""The calendar's name among the uses: the more days it closes, the higher it counts."""
_OPPOSITE: Final = {LOWER: HIGHER, HIGHER: LOWER}
_DAYS: Final = {
    Unit.HOURS: (1 / 24, 1 / 24),
    Unit.DAYS: (1, 1),
    Unit.BUSINESS_DAYS: (1, inf),
    Unit.MONTHS: (28, 31),
    Unit.QUARTERS: (90, 184),
}
"""How many days each unit lasts, at least and at most."""


class Directions:
    """Records, by name, which direction is stricter at each use."""

    def __init__(self) -> None:
        self._noted: dict[str, set[str | None]] = {}

    def note(self, name: str, stricter: str | None) -> None:
        """Note a use; None where neither direction can be said to be stricter."""
        self._noted.setdefault(name, set()).add(stricter)

    def of(self, name: str) -> frozenset[str | None]:
        """Return the stricter direction of each use."""
        return frozenset(self._noted.get(name, ()))


def signed(stricter: str | None, sign: int) -> str | None:
    """Return the stricter direction of a test inside a condition.

    `sign` is 1 where it is stricter for the condition to hold for less, -1 where that is looser,
    and 0 where neither can be said.
    """
    if stricter is None or sign == 0:
        return None
    return stricter if sign > 0 else _OPPOSITE[stricter]


def direction(moved: str | None, uses: Iterable[str | None]) -> Direction:
    """Return whether becoming lower or higher makes something stricter or looser, given its uses.

    One looser use is enough to loosen. Without any use, or with one that is unclear, the result
    is unclear too.
    """
    known = set(uses)
    if moved is None or not known:
        return Direction.UNKNOWN
    if _OPPOSITE[moved] in known:
        return Direction.LOOSER
    return Direction.UNKNOWN if None in known else Direction.STRICTER


def longer(now: Duration, was: Duration) -> str | None:
    """Return whether one duration is lower or higher than another in every month, else None.

    A business day lasts a day or longer, so the same number of them is never shorter.
    """
    low, high = (now.amount * days for days in _DAYS[now.unit])
    other_low, other_high = (was.amount * days for days in _DAYS[was.unit])
    same = now.unit is was.unit
    if high < other_low or (same and now.amount < was.amount) or _exceeds(was, now):
        return LOWER
    if low > other_high or (same and now.amount > was.amount) or _exceeds(now, was):
        return HIGHER
    return None


def _exceeds(one: Duration, other: Duration) -> bool:
    units = (one.unit, other.unit)
    return units == (Unit.BUSINESS_DAYS, Unit.DAYS) and one.amount >= other.amount
