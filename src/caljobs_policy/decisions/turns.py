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
    failing: tuple[Turns, ...] | None = None
    """Under which it fails; None if it does so wherever it does not hold."""

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many options there are on each of its axes."""
        return (self.size,)

    def sides(self, axes: Sequence[Axis], full: int) -> list[Sides]:
        """Return in which combinations each test holds and fails."""
        (axis,) = axes
        holding = map(axis.taking, self.holding)
        if self.failing is None:
            return [(where, full ^ where) for where in holding]
        return [*zip(holding, map(axis.taking, self.failing), strict=True)]


FREE: Final = Options(2, ((0, 1),))
TOO_MANY: Final = Options(0)


def options_from(rows: Iterable[tuple[Truth, ...]]) -> Options:
    """Return the distinct ones of some truths, each in the order of the tests."""
    distinct = list(dict.fromkeys(rows))
    columns = list(zip(*distinct, strict=True))
    holding = tuple([_turns([truth is True for truth in column]) for column in columns])
    if not any(None in column for column in columns):
        return Options(len(distinct), holding)
    failing = tuple([_turns([truth is False for truth in column]) for column in columns])
    return Options(len(distinct), holding, failing)


def options_from_bits(rows: Iterable[int], tests: int) -> Options:
    """Return the distinct ones of some truths, each of which are the bits of a number."""
    distinct = list(dict.fromkeys(rows))
    turns: dict[int, list[int]] = {1 << test: [] for test in range(tests)}
    before = 0
    for option, row in enumerate((*distinct, 0)):
        changed = row ^ before
        while changed:
            bit = changed & -changed
            turns[bit].append(option)
            changed ^= bit
        before = row
    return Options(len(distinct), tuple(map(tuple, turns.values())))


def _turns(truths: Sequence[bool]) -> Turns:
    changes = map(ne, chain((False,), truths), chain(truths, (False,)))
    return tuple([option for option, changed in enumerate(changes) if changed])
