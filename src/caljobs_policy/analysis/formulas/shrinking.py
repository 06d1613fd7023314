# SPDX-License-Identifier: MIT
"""The smallest case that shows the same: as little stated as possible, dates near the moment."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeAlias

from attrs import evolve

from caljobs_policy.analysis.formulas.space import Space
from caljobs_policy.analysis.formulas.stated_values import (
    LEFT_OUT,
    OWN_DAY,
    Keys,
    changed,
    moment_of,
    moved,
    moved_ways,
    places_in,
    value_at,
)
from caljobs_policy.analysis.formulas.witnesses import (
    Case,
    Stated,
    Witness,
    is_confirmed,
    witness_of,
)
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.variables import OTHER
from caljobs_policy.subjects.facts import subject_key

Real: TypeAlias = Callable[[Sequence[Decision]], bool]
"""Returns whether what is asked for holds of the decisions of all policies about a subject."""
_Change: TypeAlias = Callable[[Space, Case, Keys], Iterator[Case]]
"""Yields cases with a change of one sort at some keys."""
_MOST: Final = 1000
"""How many changes are tried."""
_SHORT: Final = (0, 1, 2, 8, 32, 367)
"""How many days from the moment dates are tried, where they cannot lie on its day."""
_CYCLE: Final = 12
"""Within so many years a day of a month falls on each weekday."""
_LEAP_DAY: Final = (2, 29)
_MADE_UP: Final = re.compile(f"{re.escape(OTHER)}+")


def shrunk(space: Space, real: Real, witness: Witness, *, emptied: bool = True) -> Witness:
    """Return a witness from which little can be left out, with dates as near as they may be.

    Each change that is kept makes the case smaller, and only so many are tried. `emptied` says
    whether parts and lists may also be stated to be empty.
    """
    shrinking = _Shrinking(space, real, witness)
    changes = [make for make in _CHANGES if emptied or make is not _emptied]
    for make in (*changes, *changes):
        for keys in [*places_in(shrinking.best.case.stated[0])] if make in _PLACED else [()]:
            while shrinking.goes_on(make, keys):
                pass
    return _named(space, real, shrinking.best)


class _Shrinking:
    """The smallest witness so far, and how many changes may still be tried."""

    def __init__(self, space: Space, real: Real, witness: Witness) -> None:
        self.space, self.real = space, real
        self.best, self.least = witness, _size(space, witness.case)
        self.left = _MOST

    def goes_on(self, make: _Change, keys: Keys) -> bool:
        """Find a smaller witness by one sort of change at a place, if there is one."""
        for case in make(self.space, self.best.case, keys):
            size = _size(self.space, case)
            if size >= self.least or not self.left:
                continue
            self.left -= 1
            tried = witness_of(self.space, case)
            if tried is not None and _shows(tried, self.real) and is_confirmed(tried):
                self.best, self.least = tried, size
                return True
        return False


def _named(space: Space, real: Real, witness: Witness) -> Witness:
    """Return a witness whose made-up words say that they are samples, where that shows the same."""
    best = witness
    found = sorted({*_made_up(witness.case.stated[0])})
    # What is compared with one another is renamed together, if at all.
    for words in (found, *([word] for word in found)):
        said = {word: _MADE_UP.sub("sample", word) for word in words}
        stated = tuple(_renamed(one, said) for one in best.case.stated)
        tried = witness_of(space, Case(stated, best.case.at))
        if tried is not None and _shows(tried, real) and is_confirmed(tried):
            best = tried
    return best


def _made_up(stated: Any) -> Iterator[str]:
    for keys in places_in(stated):
        value = value_at(stated, keys)
        if isinstance(value, str) and OTHER in value:
            yield value


def _renamed(value: Any, said: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _renamed(one, said) for key, one in value.items()}
    if isinstance(value, list):
        return [_renamed(one, said) for one in value]
    return said.get(value, value) if isinstance(value, str) else value


def _size(space: Space, case: Case) -> tuple[int, int, int]:
    """Return how much is stated, how far its dates lie from the moment, and how rough they are."""
    moment, dates = moment_of(space, case), [*_dates(case.stated[0])]
    days = [one.date() if isinstance(one, datetime) else one for one in dates]
    times = [one for one in (*dates, case.at) if isinstance(one, datetime)]
    far = sum(abs((day - moment).days) for day in days) + abs((moment - space.judged[0]).days)
    rough = sum(1 + (t.hour != 12) + 2 * bool(t.minute) + 4 * bool(t.second) for t in times)
    return sum(1 for _ in places_in(case.stated[0])), far, rough


def _dates(stated: Any) -> Iterator[date]:
    for keys in places_in(stated):
        value = value_at(stated, keys)
        if isinstance(value, date):
            yield value


def _shows(witness: Witness, real: Real) -> bool:
    """Return whether a witness still shows what is asked for, and its outcomes are sure."""
    return real(witness.decisions) and all(map(_is_told, witness.decisions))


def _is_told(decision: Decision) -> bool:
    """Return whether what a decision finds for sure tells its outcome, whatever is left out."""
    plan = decision.policy.plans.get(subject_key(decision.subject))
    if plan is None or (decision.hits and decision.hits[0] < plan.exemptions):
        return True
    heaviest = max((plan.weights[number] for number in decision.hits), default=0)
    return decision.outcome is plan.outcomes[heaviest]


def _without(space: Space, case: Case, keys: Keys) -> Iterator[Case]:
    """Leave out a fact, a part or an item of a list, but for its only word."""
    value = value_at(case.stated[0], keys)
    if value is LEFT_OUT or keys == OWN_DAY:
        return
    if isinstance(keys[-1], int):
        is_only_word = isinstance(value, str) and value_at(case.stated[0], keys[:-1]) == [value]
        if is_only_word or not _are_alike(case.stated, keys[:-1]):
            return
    yield changed(case, keys, LEFT_OUT)


def _emptied(space: Space, case: Case, keys: Keys) -> Iterator[Case]:
    """State that a list is empty, or that a part does not exist."""
    value = value_at(case.stated[0], keys)
    if isinstance(value, list) and value:
        yield changed(case, keys, [])
    if isinstance(value, Mapping):
        yield changed(case, keys, None)


def _are_alike(stated: Sequence[Stated], keys: Keys) -> bool:
    """Return whether a list is the same in the words of every policy."""
    first = value_at(stated[0], keys)
    return all(value_at(one, keys) in (first, LEFT_OUT) for one in stated)


def _at_plainer(space: Space, case: Case, keys: Keys) -> Iterator[Case]:
    """Judge a subject at noon, at a full hour or at a full minute."""
    if case.at is not None:
        yield from (evolve(case, at=plain) for plain in _plainer(case.at))


def _plainer(time: datetime) -> Iterator[datetime]:
    """Yield noon, the full hour and the full minute of a time, if it is none."""
    noon = time.replace(hour=12, minute=0, second=0)
    for plain in (noon, time.replace(minute=0, second=0), time.replace(second=0)):
        if plain != time:
            yield plain


def _earlier(space: Space, case: Case, keys: Keys) -> Iterator[Case]:
    """Move the whole case so that it is judged on the first day, or else as near as may be."""
    for ahead in _steps((moment_of(space, case) - space.judged[0]).days):
        yield from moved_ways(case, -ahead)


def _together(space: Space, case: Case, keys: Keys) -> Iterator[Case]:
    """Move all dates but the moment towards it, so that they keep their distances."""
    moment = moment_of(space, case)
    days = [one.date() if isinstance(one, datetime) else one for one in _dates(case.stated[0])]
    for day in dict.fromkeys(days):
        whole, *halves = [*_steps((day - moment).days)] or [0]
        for step in (whole, *_to_years_near(moment, day), *halves):
            later = moved(case, -step)
            own = [one.get(OWN_DAY[0], LEFT_OUT) for one in case.stated]
            kept = [
                one if day_ is LEFT_OUT else {**one, OWN_DAY[0]: day_}
                for one, day_ in zip(later.stated, own, strict=True)
            ]
            yield Case(tuple(kept), case.at)


def _to_years_near(moment: date, day: date) -> Iterator[int]:
    """Yield how many days to move, so that a day falls on the same one of a year near a moment.

    What is closed on some weekday of a month recurs so.
    """
    way = 1 if day.year > moment.year else -1
    for near in range(min(abs(day.year - moment.year), _CYCLE)):
        year = moment.year + way * near
        if (day.month, day.day) != _LEAP_DAY or isleap(year):
            yield (day - day.replace(year=year)).days


def _steps(days: int) -> Iterator[int]:
    """Yield how many days to move: the whole way, all but a few days of it, then half and less."""
    way = 1 if days > 0 else -1
    yield from (days - way * short for short in _SHORT if short < abs(days))
    days = int(days / 2)
    while days:
        yield days
        days = int(days / 2)


def _nearer(space: Space, case: Case, keys: Keys) -> Iterator[Case]:
    """Move a date towards the moment; a time becomes one at a full hour."""
    value = value_at(case.stated[0], keys)
    if not isinstance(value, date):
        return
    day = value.date() if isinstance(value, datetime) else value
    for step in _steps((day - moment_of(space, case)).days):
        yield changed(case, keys, value - timedelta(days=step))
    if isinstance(value, datetime):
        yield from _rounder(case, keys, value)


def _rounder(case: Case, keys: Keys, value: datetime) -> Iterator[Case]:
    """Make a time plainer: a day, noon, a full hour, a full minute."""
    yield changed(case, keys, value.date())
    for plain in _plainer(value):
        yield changed(case, keys, plain)


_CHANGES: Final = (_without, _emptied, _at_plainer, _earlier, _together, _nearer)
"""The changes that are tried, twice in this order, as one may make room for another."""
_PLACED: Final = (_without, _emptied, _nearer)
"""The changes that are tried for each thing that is stated."""
