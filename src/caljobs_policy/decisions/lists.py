# SPDX-License-Identifier: MIT
"""The lists of words that an unknown fact can hold: each takes or leaves every word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from math import prod

from attrs import define

from caljobs_policy.decisions.combinations import Axis, Sides, axes_of
from caljobs_policy.decisions.variables import mentioned
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.operators import Operator
from caljobs_policy.policy.operators.lists import Naming
from caljobs_policy.subjects.unknown import Truth


@define(eq=False)
class Lists:
    """Lists of some words, in which each word has an axis of its own, and so has null if it can be.

    Several lists may give the same truths to the tests.
    """

    tests: Sequence[Test]
    words: Sequence[str]
    zone: tzinfo
    nothing: Sequence[Truth] | None
    """What null gives the tests, if it is one of the values."""

    @property
    def size(self) -> int:
        """How many lists there are."""
        return prod(self.sizes)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many options there are on each axis."""
        return (2,) * (len(self.words) + (self.nothing is not None))

    def sides(self, axes: Sequence[Axis], full: int) -> list[Sides]:
        """Return in which combinations each test holds and fails."""
        found = passing(self.tests, self.words, axes, full, self.zone)
        if self.nothing is not None:
            null = axes[-1].taking((1, 2))
            there = full ^ null
            both = zip(found, self.nothing, strict=True)
            found = [where | null if truth else where & there for where, truth in both]
        return [(where, full ^ where) for where in found]


def truths_of_lists(
    tests: Sequence[Test], words: Sequence[str], zone: tzinfo, most: int
) -> list[int] | None:
    """Return the distinct truths that lists of some words give to tests, as the bits of numbers.

    Those that no test so far tells apart are kept together. None if there are more truths of single
    tests than so many.
    """
    full = (1 << 2 ** len(words)) - 1
    alike = {0: full}
    for number, where in enumerate(passing(tests, words, axes_of([2] * len(words)), full, zone)):
        told: dict[int, int] = {}
        for truths, lists in alike.items():
            part = lists & where
            if part:
                told[truths | 1 << number] = part
            if part != lists:
                told[truths] = lists ^ part
        alike = told
        if len(alike) * len(tests) > most:
            return None
    return list(alike)


def told_by_some(tests: Sequence[Test], words: Sequence[str]) -> list[str]:
    """Return the words that it makes a difference to some test to have in a list."""
    named = mentioned(tests)
    others = [word for word in words if word not in named]
    told = {word for test in tests for word in _telling(test.operator, others)}
    return [word for word in words if word in named or word in told]


def _telling(operator: Operator, words: Sequence[str]) -> Iterable[str]:
    """Return which of some words that an operator does not name make a difference to it."""
    return operator.refused(words) if isinstance(operator, Naming) else words


def passing(
    tests: Sequence[Test], words: Sequence[str], axes: Sequence[Axis], full: int, zone: tzinfo
) -> list[int]:
    """Return the lists of some words that pass each test, given the axis of each word."""
    having = {word: axis.taking((1, 2)) for word, axis in zip(words, axes, strict=False)}
    return [_passing(test.operator, having, full, zone) for test in tests]


def _passing(operator: Operator, having: Mapping[str, int], full: int, zone: tzinfo) -> int:
    if not isinstance(operator, Naming):
        return _by_length(operator, having, full, zone)
    found = full
    for word in operator.needed:
        found &= having.get(word, 0)
    for word in operator.refused(having):
        found &= ~having[word]
    return found


def _by_length(operator: Operator, having: Mapping[str, int], full: int, zone: tzinfo) -> int:
    """Return the lists that pass what names no words and asks only whether there are some."""
    filled = 0
    for where in having.values():
        filled |= where
    by_empty, by_filled = (operator.holds(value, (), zone) for value in ((), ("",)))
    return (full ^ filled if by_empty else 0) | (filled if by_filled else 0)
