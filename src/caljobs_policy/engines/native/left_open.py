# SPDX-License-Identifier: MIT
"""Makes checks alike that differ only in what they ask of an unknown fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from attrs import evolve

from caljobs_policy.engines.native.guards import Guards
from caljobs_policy.policy.conditions import ALWAYS, AnyOf, Condition, Not, Test, exists
from caljobs_policy.policy.rules import Check
from caljobs_policy.subjects.facts import Fact


class Guarded(NamedTuple):
    """A check, the numbers under which it stands, and the values that facts need for it."""

    numbers: tuple[int, ...]
    check: Check
    guards: Guards


def left_open(fact: Fact, checks: Iterable[Guarded]) -> list[Guarded]:
    """Return checks as they are where a fact is unknown, equal ones as one of all their numbers."""
    alike = _Alike(fact)
    found: dict[tuple[Condition, Condition], list[Guarded]] = defaultdict(list)
    for one in checks:
        found[alike.asked(one.check)].append(one)
    return [
        Guarded(
            tuple(chain.from_iterable([one.numbers for one in same])),
            evolve(same[0].check, when=when, require=require),
            without(fact, same[0].guards),
        )
        for (when, require), same in found.items()
    ]


def without(fact: Fact, guards: Guards) -> Guards:
    """Return the values that other facts need."""
    return {other: values for other, values in guards.items() if other != fact}


class _Alike:
    """Conditions with one and the same test wherever they ask of an unknown fact alone."""

    def __init__(self, fact: Fact) -> None:
        self.facts = (fact,)
        self.is_open = exists(fact)
        """Stands for all that cannot be told, which is whatever is asked of an unknown value."""
        self.known: dict[Condition, Condition] = {}

    def asked(self, check: Check) -> tuple[Condition, Condition]:
        """Return when a check applies, and what it requires.

        One that may apply or not is never violated for sure, and is met if what it requires holds.
        """
        when, require = self.made(check.when), self.made(check.require)
        if when is not self.is_open:
            return when, require
        return ALWAYS, when if require is when else AnyOf((require, when))

    def made(self, condition: Condition) -> Condition:
        """Return a condition that is true, false or unknown wherever the given one is."""
        found = self.known.get(condition)
        if found is None:
            found = self.known[condition] = self._made(condition)
        return found

    def _made(self, condition: Condition) -> Condition:
        if isinstance(condition, Test):
            return self.is_open if condition.facts == self.facts else condition
        if isinstance(condition, Not):
            part = self.made(condition.part)
            # The contrary of what cannot be told cannot be told either.
            return part if part is self.is_open else Not(part)
        return type(condition)(tuple([self.made(part) for part in condition.parts]))
