# SPDX-License-Identifier: MIT
"""Times calls against yardsticks so that a busy machine leaves the ratios as they are.

What counts is the CPU time of this process, so that waiting for the processor costs nothing. A call
and its yardstick run one right after the other, in short slices and changing order, so that what
slows the processor slows both. Each round gives a ratio; the median of these is told, with the
quartiles.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from time import process_time_ns
from typing import Any, Final, Protocol

from attrs import define, field, frozen

_SLICE: Final = 5_000_000
"""How many nanoseconds a slice takes at least, unless one call takes longer."""
_ENOUGH: Final = 2_000_000_000
"""After so many nanoseconds a pair is not measured again."""
_LEAST: Final = 9
"""How many rounds there are whatever they take."""


class Slices(Protocol):
    """What is timed in slices."""

    def nanoseconds(self, calls: int) -> float:
        """Return the CPU time of some calls."""

    def calls_a_slice(self) -> int:
        """Return how many calls fill a slice; all that is made when first used is made now."""


@frozen
class Timed:
    """A call that is timed; `prepare`, which is not, makes what it is given each time."""

    call: Callable[..., object]
    prepare: Callable[[], Any] | None = None

    def nanoseconds(self, calls: int) -> int:
        """Return the CPU time of some calls, with that of clearing away what they leave behind."""
        if self.prepare is not None:
            return sum(self._once(self.prepare()) for _ in range(calls))
        gc.collect()
        begin = process_time_ns()
        self._repeat(calls)
        gc.collect()
        return process_time_ns() - begin

    def _repeat(self, calls: int) -> None:
        call = self.call
        for _ in range(calls):
            call()

    def _once(self, given: object) -> int:
        # Else what preparing left behind would be cleared away in some calls, and not in others.
        gc.collect()
        begin = process_time_ns()
        self.call(given)
        return process_time_ns() - begin

    def calls_a_slice(self) -> int:
        """Return how many calls fill a slice; all that is made when first used is made now."""
        if self.prepare is not None:
            return 1
        # What the first call makes would else count as if every call made it.
        self._repeat(1)
        calls = 1
        while True:
            begin = process_time_ns()
            self._repeat(calls)
            taken = process_time_ns() - begin
            if taken >= _SLICE:
                return calls
            calls = max(2 * calls, min(20 * calls, calls * _SLICE // max(taken, 1) + 1))


@frozen
class Pair:
    """A call with its yardstick; `per` is how many things one call is about, such as rows."""

    group: str
    case: str
    stage: str
    call: Slices
    yardstick: Slices
    beside: str = "by hand"
    """What the yardstick is."""
    per: int = 1

    @property
    def name(self) -> str:
        """The name by which runs are compared."""
        return " / ".join((self.group, self.case, self.stage, self.beside))


@define
class Measured:
    """The times of a pair, a round each, in nanoseconds for each thing."""

    pair: Pair
    calls: list[float] = field(factory=list)
    yardsticks: list[float] = field(factory=list)
    spent: float = 0

    def add_round(self, calls: int, others: int, *, yardstick_first: bool) -> None:
        """Time the call and its yardstick once more."""
        pair = self.pair
        other = pair.yardstick.nanoseconds(others) if yardstick_first else 0
        own = pair.call.nanoseconds(calls)
        other = other or pair.yardstick.nanoseconds(others)
        self.calls.append(own / calls / pair.per)
        self.yardsticks.append(other / others / pair.per)
        self.spent += own + other

    @property
    def ratios(self) -> list[float]:
        """How many times as long the call took, in each round."""
        return [one / other for one, other in zip(self.calls, self.yardsticks, strict=True)]

    @property
    def ratio(self) -> float:
        """The median of the ratios."""
        return median(self.ratios)

    @property
    def quartiles(self) -> tuple[float, float]:
        """The ratios between which the middle half lies."""
        low, _, high = quantiles(self.ratios, n=4)
        return low, high

    @property
    def microseconds(self) -> tuple[float, float]:
        """The fastest round of the call and that of the yardstick."""
        return min(self.calls) / 1_000, min(self.yardsticks) / 1_000


def measure(pairs: Sequence[Pair], most: int, told: Callable[[str], None]) -> list[Measured]:
    """Measure pairs in at most so many interleaved rounds, fewer for what takes long."""
    found = [Measured(pair) for pair in pairs]
    sizes = [(p.call.calls_a_slice(), p.yardstick.calls_a_slice()) for p in pairs]
    # What is there by now is not looked through whenever garbage is cleared away.
    gc.freeze()
    for number in range(most):
        told(f"round {number + 1} of {most}")
        for one, (calls, others) in zip(found, sizes, strict=True):
            if number < _LEAST or one.spent < _ENOUGH:
                one.add_round(calls, others, yardstick_first=bool(number % 2))
    gc.unfreeze()
    return found
