# SPDX-License-Identifier: MIT
"""Random cases near to known ones: some facts are those of other cases, or a little off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import chain, islice
from random import Random
from typing import Any, Final

from attrs import evolve

from caljobs_policy.conformance.posing import Posed, Source, each_once
from caljobs_policy.conformance.record import base_key
from caljobs_policy.conformance.stated import Path, read_when, stating, value_at, wholes, without
from caljobs_policy.dates.durations import days_from

_CHANGES: Final = (1, 1, 1, 2, 3)
"""How many facts of a known case change; most often one, which is what a boundary shows."""
_STEPS: Final = (-1, 1)
_FRUITLESS: Final = 20
"""After so many draws for each case that is wanted there are no more to be found."""


class RandomCases:
    """Draws cases near to known ones; the same seed draws the same ones.

    As cases about every clause lie on both sides of its limits, so do their mixtures, and few of
    them lack what makes everything else uncertain. Subjects at random are mostly incomplete.
    """

    def __init__(self, known: Iterable[Posed], seed: int) -> None:
        # No secret depends on it.
        self._random = Random(seed)  # noqa: S311
        self._known: dict[tuple[str, ...], list[Posed]] = defaultdict(list)
        self._values: dict[tuple[str, ...], dict[Path, list[Any]]] = {}
        for one in known:
            if one.key in one.policy.plans:
                self._known[base_key(one)].append(one)
        for key, cases in self._known.items():
            self._values[key] = defaultdict(list)
            for one in cases:
                for path in wholes(one.stated):
                    self._values[key][path].append(value_at(one.stated, path))

    def draw(self, number: int) -> Iterator[Posed]:
        """Yield so many cases, of each sort of subject under each policy as many."""
        known = chain.from_iterable(self._known.values())
        every = each_once(chain(known, self._drawn(number * _FRUITLESS)))
        return islice((one for one in every if one.source is Source.RANDOM), number)

    def _drawn(self, times: int) -> Iterator[Posed]:
        keys = sorted(self._known)
        for _ in range(times if keys else 0):
            found = self._near(self._random.choice(keys))
            if found is not None:
                yield evolve(found, source=Source.RANDOM)

    def _near(self, key: tuple[str, ...]) -> Posed | None:
        base = self._random.choice(self._known[key])
        stated: Mapping[str, Any] = base.stated
        for _ in range(self._random.choice(_CHANGES)):
            path = self._random.choice([*self._values[key]])
            stated = self._changed(stated, path, self._values[key][path])
        return base.stating(stated)

    def _changed(
        self, stated: Mapping[str, Any], path: Path, values: list[Any]
    ) -> Mapping[str, Any]:
        """Return a statement with another value at a place: one of others, beside it, or none."""
        way = self._random.random()
        is_there = path in set(wholes(stated))
        if way < 0.1:
            return without(stated, path) if is_there else stated
        if way < 0.2:
            return stating(stated, path, None)
        value = self._random.choice(values)
        if way < 0.4:
            value = self._beside(value_at(stated, path) if is_there else value)
        return stating(stated, path, value)

    def _beside(self, value: Any) -> Any:
        """Return a value that is a little off: a day, an hour, one more, a word fewer."""
        step = self._random.choice(_STEPS)
        if isinstance(value, list) and value:
            gone = self._random.randrange(len(value))
            return [one for number, one in enumerate(value) if number != gone]
        if isinstance(value, bool):
            return not value
        if isinstance(value, int):
            return value + step
        found = read_when(value) if isinstance(value, str) else None
        if found is None:
            return value
        if isinstance(found, datetime):
            # An hour earlier or later is only to be found away from the ends of the calendar.
            is_last = found.year in {datetime.min.year, datetime.max.year}
            return value if is_last else (found + timedelta(hours=step)).isoformat()
        return days_from(found, step).isoformat()
