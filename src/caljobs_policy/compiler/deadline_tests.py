# SPDX-License-Identifier: MIT
"""The conditions under which a deadline is missed or near, made from its legs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import evolve, frozen

from caljobs_policy.dates.durations import Duration
from caljobs_policy.policy.conditions import NEVER, AnyOf, Condition, Not, Test, both, exists
from caljobs_policy.policy.operators import AtLeast, MoreThan
from caljobs_policy.policy.rules import Leg
from caljobs_policy.subjects.facts import AT, Fact


@frozen
class DeadlineTests:
    """Makes the conditions under which a deadline is missed or near."""

    met_by: tuple[Fact, ...]
    met_when: Condition | None
    beyond: type[MoreThan | AtLeast]
    """The test that a moment is too late."""

    @property
    def met(self) -> Condition:
        """The condition that something has met it."""
        usual = AnyOf(tuple(exists(fact) for fact in self.met_by))
        return usual if self.met_when is None else self.met_when

    def missed(self, legs: Iterable[Leg]) -> Condition:
        """Return the condition that what meets it, or else the moment, is past the earliest leg."""

        def late(trigger: Fact, count: Duration) -> Condition:
            def beyond(fact: Fact) -> Condition:
                return Test(fact, self.beyond(count, "after", trigger))

            if self.met_when is None:
                return _first_that_exists((*self.met_by, AT), beyond)
            late = both(self.met_when, _first_that_exists(self.met_by, beyond))
            return AnyOf((late, both(Not(self.met_when), beyond(AT))))

        return any_of(self._leg(leg, late, leg.count) for leg in legs)

    def near(self, legs: Iterable[Leg], warning: int) -> Condition:
        """Return the condition that the warning time has begun and nothing meets it yet."""
        legs = tuple(legs)

        def reached(trigger: Fact, count: Duration) -> Condition:
            return Test(AT, AtLeast(count, "after", trigger))

        begun = any_of(self._leg(leg, reached, evolve(leg.count, early=warning)) for leg in legs)
        return both(both(begun, Not(self.missed(legs))), Not(self.met))

    def _leg(
        self, leg: Leg, make: Callable[[Fact, Duration], Condition], count: Duration
    ) -> Condition:
        found = _first_that_exists(leg.triggers, lambda trigger: make(trigger, count))
        return both(leg.when, found)


def _first_that_exists(facts: tuple[Fact, ...], make: Callable[[Fact], Condition]) -> Condition:
    """Return the condition on the first of some facts that exists; it fails if none does."""
    if not facts:
        return NEVER
    fact, *rest = facts
    if not rest:
        return make(fact)
    there = exists(fact)
    others = _first_that_exists(tuple(rest), make)
    return AnyOf((both(there, make(fact)), both(Not(there), others)))


def any_of(parts: Iterable[Condition]) -> Condition:
    """Return the condition that any of some conditions holds."""
    found = tuple(parts)
    return found[0] if len(found) == 1 else AnyOf(found)


def counts(leg: Leg) -> Condition:
    """Return the condition that a leg counts: it applies, and its trigger exists."""
    return both(leg.when, any_of(exists(fact) for fact in leg.triggers))
