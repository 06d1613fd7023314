# SPDX-License-Identifier: MIT
"""All combinations of what unknown facts can be at once: a set of them is the bits of a number.

Combination 0 takes the first option of every variable; counting up, the first variable changes
fastest, as digits do from the right. So a connective of a condition is one operation on numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import prod
from typing import TypeAlias

from attrs import frozen

from caljobs_policy.policy.conditions import AllOf, Condition, Not, Test
from caljobs_policy.policy.rules import Check

Sides: TypeAlias = tuple[int, int]
"""The combinations in which a condition holds, and those in which it does not."""


@frozen(eq=False)
class Axis:
    """One variable among the combinations: how far apart its options lie, and who takes each."""

    stride: int
    having: tuple[int, ...]
    """The combinations that take each option."""

    def moves(self, found: int) -> bool:
        """Return whether changing the variable alone leads into a set of combinations or out."""
        differs = found ^ (found >> self.stride)
        return differs & ~self.having[-1] != 0


def axes_of(sizes: Sequence[int]) -> list[Axis]:
    """Return the axis of each variable, given how many options each has."""
    axes, stride, full = [], 1, (1 << prod(sizes)) - 1
    for size in sizes:
        first = ((1 << stride) - 1) * (full // ((1 << (stride * size)) - 1))
        axes.append(Axis(stride, tuple([first << (stride * option) for option in range(size)])))
        stride *= size
    return axes


class Violations:
    """Finds in which combinations checks are violated, from the truths of single tests there."""

    def __init__(self, full: int, sides: Mapping[Test, Sides]) -> None:
        self.full = full
        self._known: dict[int, Sides] = {}
        self._tests = sides

    def of(self, check: Check) -> int:
        """Return the combinations that violate a check."""
        return self._sides(check.when)[0] & self._sides(check.require)[1]

    def _sides(self, condition: Condition) -> Sides:
        # Equal conditions of a plan are one object, and to compare trees would take longer.
        found = self._known.get(id(condition))
        if found is None:
            found = self._known[id(condition)] = self._worked_out(condition)
        return found

    def _worked_out(self, condition: Condition) -> Sides:
        if isinstance(condition, Test):
            return self._tests[condition]
        if isinstance(condition, Not):
            holds, fails = self._sides(condition.part)
            return fails, holds
        decisive = isinstance(condition, AllOf)
        every, some = self.full, 0
        for part in condition.parts:
            holds, fails = self._sides(part)
            every &= holds if decisive else fails
            some |= fails if decisive else holds
        return (every, some) if decisive else (some, every)


def by_weight(weights: Iterable[int], violated: Iterable[int]) -> dict[int, int]:
    """Return in which combinations something at least as heavy is found, the heaviest first."""
    found: dict[int, int] = {}
    for weight, where in sorted(zip(weights, violated, strict=True), reverse=True):
        found[weight] = found.get(weight, next(reversed(found.values()), 0)) | where
    return found


def weights_in(found: Mapping[int, int], full: int) -> Iterator[int]:
    """Yield the weights of the heaviest findings, and 0 if there may be none."""
    heavier = 0
    for weight, where in (*found.items(), (0, full)):
        if where != heavier:
            yield weight
        heavier = where
