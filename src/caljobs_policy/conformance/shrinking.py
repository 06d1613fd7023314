# SPDX-License-Identifier: MIT
"""The smallest case in which a system and a policy still disagree in the same way."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from caljobs_policy.conformance.asking import Answered
from caljobs_policy.conformance.posing import Posed
from caljobs_policy.conformance.stated import (
    alike,
    apart,
    distance,
    leaves,
    nearer,
    places,
    stating,
    without,
)
from caljobs_policy.policy.outcome import FOUND_RESULTS, Outcome

Still: TypeAlias = Callable[[Answered], bool]
"""Whether an answer shows the disagreement that is looked at."""
_Moves: TypeAlias = Callable[[Posed], Iterator[Mapping[str, Any]]]
_Size: TypeAlias = Callable[[Answered], tuple[float, ...]]
MOST_ASKED: Final = 400
"""So many questions are asked for one disagreement; the shipped profiles take up to 150."""


class Shrinker:
    """Makes one disagreement smaller, within a number of questions."""

    def __init__(self, ask: Callable[[Posed], Answered], still: Still) -> None:
        self._ask, self._still = ask, still
        self.left = MOST_ASKED
        self._tried: set[str] = set()

    @property
    def is_cut_off(self) -> bool:
        """Whether there may be a smaller case, as no more questions were left."""
        return self.left <= 0

    def smallest(self, found: Answered, bases: Iterable[Posed]) -> Answered:
        """Return a case that no single change makes smaller.

        The fewer findings, the smaller; then the fewer facts, then the nearer dates and numbers.
        """
        base = nearest(found.posed, bases)
        if base is not None:
            found = self._descended(found, lambda posed: _towards(posed, base), _size)
        return self._descended(found, _simpler, _size)

    def towards(self, found: Answered, base: Posed) -> Answered:
        """Return a case that differs in as few places as can be from one without disagreement."""
        self._tried.clear()
        return self._descended(
            found, lambda posed: _towards(posed, base), lambda one: (_gap(one.posed, base),)
        )

    def _descended(self, found: Answered, moves: _Moves, size: _Size) -> Answered:
        while True:
            smaller = self._step(found, moves, size)
            if smaller is None:
                return found
            found = smaller

    def _step(self, found: Answered, moves: _Moves, size: _Size) -> Answered | None:
        """Return the first smaller case that shows the same, or None."""
        for stated in moves(found.posed):
            key = json.dumps(stated, sort_keys=True)
            if key in self._tried or self.left <= 0:
                continue
            self._tried.add(key)
            posed = found.posed.stating(stated)
            if posed is None or posed.key != found.posed.key:
                continue
            # What the policy says is known without a question.
            plain = Answered(posed, posed.decide())
            if plain.decision.outcome is not found.decision.outcome or size(plain) >= size(found):
                continue
            self.left -= 1
            answered = self._ask(posed)
            if answered.fault is None and self._still(answered):
                return answered
        return None


def nearest(posed: Posed, bases: Iterable[Posed]) -> Posed | None:
    """Return the case that differs from one in the fewest places."""
    return min(bases, key=lambda one: _gap(posed, one), default=None)


def _size(one: Answered) -> tuple[float, ...]:
    is_open = one.decision.outcome is Outcome.CANNOT_TELL
    results = [finding.result for finding in one.decision.findings]
    findings = sum(is_open or result in FOUND_RESULTS for result in results)
    stated = one.posed.stated
    return findings, sum(1 for _ in leaves(stated)), distance(stated, one.posed.at)


def _gap(posed: Posed, base: Posed) -> int:
    return len(apart(posed.stated, base.stated))


def _towards(posed: Posed, base: Posed) -> Iterator[Mapping[str, Any]]:
    for path in apart(posed.stated, base.stated):
        yield alike(posed.stated, base.stated, path)


def _simpler(posed: Posed) -> Iterator[Mapping[str, Any]]:
    """Yield what a case states with something left out, or nearer to its moment."""
    stated = posed.stated
    for path in places(stated):
        yield without(stated, path)
    for path, value in leaves(stated):
        for other in nearer(value, posed.at):
            yield stating(stated, path, other)
