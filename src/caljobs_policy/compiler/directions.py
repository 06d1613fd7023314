# SPDX-License-Identifier: MIT
"""Which way a change goes: whether an override makes a policy stricter or looser."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from typing import Final

from attrs import evolve

from caljobs_policy.compiler.problems import Problems
from caljobs_policy.model.durations import Duration, Unit, duration_from
from caljobs_policy.model.outcome import Outcome
from caljobs_policy.model.policy import AppliedOverride

LOWER: Final = "lower"
HIGHER: Final = "higher"
STRICTER: Final = "stricter"
LOOSER: Final = "looser"
OTHER: Final = "other"
_OPPOSITE: Final = {LOWER: HIGHER, HIGHER: LOWER}
_DAYS: Final = {
    Unit.HOURS: (1 / 24, 1 / 24),
    Unit.DAYS: (1, 1),
    Unit.BUSINESS_DAYS: (1, inf),
    Unit.MONTHS: (28, 31),
    Unit.QUARTERS: (90, 184),
}
"""How many days each lasts, at least and at most."""


class Directions:
    """Notes, for every parameter, which direction is stricter where it is used."""

    def __init__(self) -> None:
        self._noted: dict[str, set[str]] = {}

    def note(self, parameter: str, stricter: str | None, sign: int) -> None:
        """Note a use; `sign` is 1 where it is stricter that the test holds for less, else -1."""
        if stricter is not None and sign:
            found = stricter if sign > 0 else _OPPOSITE[stricter]
            self._noted.setdefault(parameter, set()).add(found)

    def stricter(self, parameter: str) -> str | None:
        """Give the direction that is stricter in all uses; None where there is no such one."""
        found = self._noted.get(parameter, set())
        return next(iter(found)) if len(found) == 1 else None


def judged(override: AppliedOverride, stricter: str | None, problems: Problems) -> AppliedOverride:
    """Give an override with its direction, and refuse one that goes farther than it may."""
    direction = _direction(override, stricter)
    needs_right = direction in {LOOSER, OTHER}
    if needs_right and not (override.reason and (override.authority or not override.binding)):
        what = "a clause under `authority` and the `reason`"
        problems.add(
            override.place,
            f"`{override.what}` {_SAYS[direction]} from {_short(override.was)} "
            f"to {_short(override.now)}, without a right to",
            f"name {what if override.binding else 'the `reason`'}",
        )
    return evolve(override, direction=direction)


_SAYS: Final[Mapping[str, str]] = {
    LOOSER: "is made looser,",
    OTHER: "is replaced,",
}


def _short(text: str) -> str:
    return f"{text[:60]}…" if len(text) > 60 else text


def _direction(override: AppliedOverride, stricter: str | None) -> str:
    if not override.changes_decisions:
        return ""
    if override.is_number:
        return _of_number(override, stricter)
    if override.what.endswith("/otherwise"):
        return _of_outcome(override)
    removed = override.now == "none"
    return LOOSER if removed and override.what.count("/") <= 1 else OTHER


def _of_number(override: AppliedOverride, stricter: str | None) -> str:
    was, now = duration_from(override.was), duration_from(override.now)
    if was is None or now is None or stricter is None:
        return OTHER
    order = _compare(now, was)
    if order is None:
        return OTHER
    return STRICTER if order == (-1 if stricter == LOWER else 1) else LOOSER


def _compare(one: Duration, other: Duration) -> int | None:
    """Compare lengths: -1 or 1 where one is shorter or longer whatever the month, else None."""
    low, high = (one.amount * days for days in _DAYS[one.unit])
    other_low, other_high = (other.amount * days for days in _DAYS[other.unit])
    if high < other_low or (one.unit is other.unit and one.amount < other.amount):
        return -1
    if low > other_high or (one.unit is other.unit and one.amount > other.amount):
        return 1
    return None


def _of_outcome(override: AppliedOverride) -> str:
    weights = {outcome.value: outcome.weight for outcome in Outcome}
    was, now = weights.get(override.was), weights.get(override.now)
    if was is None or now is None:
        return OTHER
    return STRICTER if now > was else LOOSER
