# SPDX-License-Identifier: MIT
"""What tests come to under each option of a variable, as the options at which that changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from operator import ne
from typing import Final, TypeAlias

from attrs import define

from caljobs_policy.decisions.combinations import Axis, Sides
from caljobs_policy.subjects.unknown import Truth

Turns: TypeAlias = tuple[int, ...]
"""The first option under which something is so, then the first after it under which it is not, and
so on. The number of turns is even; the last may lie behind all options."""


@define(eq=False)
class Options:
    """The distinct truths that some tests can have together, each of which is an option."""

    size: int
    """How many there are; 0 if there are too many to work them out."""
    holding: tuple[Turns, ...] = ()
    """Under which options each test holds."""
    unsure: tuple[Turns, ...] = ()
    """Under which it neither holds nor fails; nothing at all if there is none."""

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many options there are on each of its axes."""
        return (self.size,)

    def sides(self, axes: Sequence[Axis], full: int) -> list[Sides]:
        """Return in which combinations each test holds and fails."""
        (axis,) = axes
        holding = [axis.taking(turns) for turns in self.holding]
        if not self.unsure:
            return [(where, full ^ where) for where in holding]
        unsure = map(axis.taking, self.unsure)
        return [(h, full ^ h ^ u) for h, u in zip(holding, unsure, strict=True)]


FREE: Final = Options(2, ((0, 1),))
TOO_MANY: Final = Options(0)


def options_from(rows: Iterable[tuple[Truth, ...]]) -> Options:
    """Return the distinct ones of some truths, each in the order of the tests."""
    distinct = list(dict.fromkeys(rows))
    columns = list(zip(*distinct, strict=True))
    holding = tuple([_turns([truth is True for truth in column]) for column in columns])
    if not any(None in column for column in columns):
        return Options(len(distinct), holding)
    unsure = tuple([_turns([truth is None for truth in column]) for column in columns])
    return Options(len(distinct), holding, unsure)


def options_from_bits(rows: Iterable[int], tests: int) -> Options:
    """Return the distinct ones of some truths, each of which are the bits of a number.

    Bits beyond those of the tests say of each in turn that it neither holds nor fails.
    """
    distinct = list(dict.fromkeys(rows))
    is_sure = max(distinct) < 1 << tests
    bits = tests if is_sure else 2 * tests
    turns: dict[int, list[int]] = {1 << number: [] for number in range(bits)}
    before = 0
    for option, row in enumerate((*distinct, 0)):
        changed = row ^ before
        while changed:
            bit = changed & -changed
            turns[bit].append(option)
            changed ^= bit
        before = row
    found = tuple(map(tuple, turns.values()))
    return Options(len(distinct), found[:tests], found[tests:])


def _turns(truths: Sequence[bool]) -> Turns:
    changes = map(ne, chain((False,), truths), chain(truths, (False,)))
    return tuple([option for option, changed in enumerate(changes) if changed])
