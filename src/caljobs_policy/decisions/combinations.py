# SPDX-License-Identifier: MIT
"""All combinations of what unknown facts can be at once: a set of them is the bits of a number.

Combination 0 takes the first option of every variable; counting up, the first variable changes
fastest, as digits do from the right. So a connective of a condition is one operation on numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import prod
from typing import TypeAlias

from attrs import define

from caljobs_policy.decisions.variables import Question
from caljobs_policy.policy.conditions import AllOf, Condition, Not, Test
from caljobs_policy.policy.rules import Check

Sides: TypeAlias = tuple[int, int]
"""The combinations in which a condition holds, and those in which it does not."""


@define(eq=False)
class Axis:
    """One variable among the combinations: how far apart its options lie, and where they begin."""

    stride: int
    size: int
    """How many options it has."""
    begins: int
    """The first of each row of combinations in which it takes all of its options in turn."""

    def taking(self, turns: Iterable[int]) -> int:
        """Return the combinations that take an option from one turn up to the next, and so on.

        The number of turns is even.
        """
        begins, stride, found = self.begins, self.stride, 0
        for turn in turns:
            found = (begins << turn * stride) - found
        return found

    def moves(self, found: int) -> bool:
        """Return whether changing the variable alone leads into a set of combinations or out."""
        differs = found ^ (found >> self.stride)
        return differs & ~self.taking((self.size - 1, self.size)) != 0


def axes_of(sizes: Sequence[int]) -> list[Axis]:
    """Return the axis of each variable, given how many options each has."""
    axes, block, begins = [], prod(sizes), 1
    # From the last to the first, whose rows of combinations lie within the options of the next.
    for size in reversed(sizes):
        stride = block // size
        axes.append(Axis(stride, size, begins))
        # One in each option: what lies as far apart as the options do, up to all of them.
        begins *= ((1 << block) - 1) // ((1 << stride) - 1)
        block = stride
    return axes[::-1]


class Violations:
    """Finds in which combinations checks are violated, from the truths of single tests there."""

    def __init__(self, full: int, sides: Mapping[Question, Sides]) -> None:
        self._all: Sides = (full, 0)
        # Equal conditions of a plan are one object, and to compare trees would take longer.
        self._known = {id(question.test): found for question, found in sides.items()}
        self._sides_of = sides

    def of(self, check: Check) -> int:
        """Return the combinations that violate a check."""
        known, when, require = self._known, check.when, check.require
        applies = known.get(id(when)) or self._sides(when)
        met = known.get(id(require)) or self._sides(require)
        return applies[0] & met[1]

    @cached_property
    def _by_test(self) -> Mapping[Test, Sides]:
        return {question.test: found for question, found in self._sides_of.items()}

    def _sides(self, condition: Condition) -> Sides:
        found = self._known.get(id(condition))
        if found is None:
            found = self._known[id(condition)] = self._worked_out(condition)
        return found

    def _worked_out(self, condition: Condition) -> Sides:
        if isinstance(condition, Test):
            return self._by_test[condition]
        if isinstance(condition, Not):
            holds, fails = self._sides(condition.part)
            return fails, holds
        known = self._known
        sides = [known.get(id(part)) or self._sides(part) for part in condition.parts]
        every, some = self._all
        if isinstance(condition, AllOf):
            for holds, fails in sides:
                every &= holds
                some |= fails
            return every, some
        for holds, fails in sides:
            every &= fails
            some |= holds
        return some, every


def by_weight(weights: Iterable[int], violated: Iterable[int]) -> dict[int, int]:
    """Return in which combinations something at least as heavy is found, the heaviest first."""
    alike: dict[int, int] = {}
    for weight, where in zip(weights, violated, strict=True):
        alike[weight] = alike.get(weight, 0) | where
    found: dict[int, int] = {}
    heavier = 0
    for weight in sorted(alike, reverse=True):
        found[weight] = heavier = heavier | alike[weight]
    return found


def weights_in(found: Mapping[int, int], full: int) -> Iterator[int]:
    """Yield the weights of the heaviest findings, and 0 if there may be none."""
    heavier = 0
    for weight, where in (*found.items(), (0, full)):
        if where != heavier:
            yield weight
        heavier = where
