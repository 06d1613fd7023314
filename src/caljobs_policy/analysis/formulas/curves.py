# SPDX-License-Identifier: MIT
"""Rising functions of days that the solver does not know and learns piece by piece.

Months, quarters, business days and the local midnights of a zone are no linear arithmetic. Each is
a function without a meaning, of which only bounds are said. Where the solver guesses one of its
values wrongly, the longest straight piece of the real function around the guess is said too, and
that the function never falls. After many such pieces, all its values are looked at, and how far
apart from its line and from other functions they really lie is said. A model is taken for true only
once nothing is left to learn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from attrs import frozen

from caljobs_policy.analysis.formulas.symbols import Symbols
from caljobs_policy.analysis.formulas.terms import (
    Formula,
    Model,
    Number,
    all_of,
    between,
    implies,
    is_open,
    number_in,
)

_LONGEST: Final = 400
"""How far a piece is followed to either side."""
_MANY: Final = 24
"""After so many pieces, it is worth looking at all values."""


@frozen
class _Piece:
    """Where a function is straight."""

    first: int
    last: int
    slope: int
    shift: int

    def value(self, at: int) -> int:
        return self.slope * at + self.shift

    def about(self, at: Number, value: Number) -> Formula:
        """Return what the piece says of the function's value somewhere."""
        inside = between(self.first, at, self.last)
        return all_of(
            [
                implies(inside, value == self.slope * at + self.shift),
                implies(at < self.first, value <= self.value(self.first)),
                implies(at > self.last, value >= self.value(self.last)),
            ]
        )


class Curve:
    """A function of whole numbers that never falls, and lies between two parallel lines."""

    def __init__(
        self,
        name: str,
        real: Callable[[int], int],
        slope: int,
        bounds: tuple[int, int],
        *,
        days: range,
        symbols: Symbols,
    ) -> None:
        self.name = name
        self.function = symbols.function(name)
        self.real = real
        self.slope = slope
        self.bounds = bounds
        """How far below and above the line it lies at most."""
        self.days = days
        """Where it is asked for by subjects."""
        self.values: list[int] = []
        """All its values there, once they have been looked at."""
        self.measured: set[tuple[int, str]] = set()
        """Of which places it was said how far it lies there from its line or another function."""
        self.say = symbols.say
        self.places: dict[int, tuple[Number, Number]] = {}
        """Each term that it was asked for, by its number in the solver, with its value there."""
        self.pieces: list[_Piece] = []

    def at(self, place: Number) -> Number:
        """Return the value of the function somewhere."""
        if not is_open(place):
            return self.real(place)
        if place.get_id() not in self.places:
            value = self.function(place)
            self.places[place.get_id()] = (place, value)
            below, above = self.bounds
            line = self.slope * place
            self.say(between(line + below, value, line + above))
            for piece in self.pieces:
                self.say(piece.about(place, value))
        return self.places[place.get_id()][1]

    def corrected(self, model: Model) -> int:
        """Learn what a model gets wrong, and return how many pieces that took."""
        before = len(self.pieces)
        for place, value in list(self.places.values()):
            where, guess = number_in(model, place), number_in(model, value)
            if guess != self.real(where) and not self._knows(where, before):
                self.learn(where)
        return len(self.pieces) - before

    def measure(self, others: Iterable[Curve]) -> None:
        """Look at all values after many pieces, and say how far they lie from other values."""
        if not self.values and len(self.pieces) > _MANY:
            self.values = [self.real(day) for day in self.days]
        if not self.values:
            return
        days, slope = self.days, self.slope
        line = range(slope * days.start, slope * days.stop, slope)
        near = [other for other in others if other.values and other is not self]
        for number, (place, value) in self.places.items():
            self._say_apart(number, "its line", value - slope * place, line)
            for other in near:
                if number in other.places:
                    far = value - other.places[number][1]
                    self._say_apart(number, other.name, far, other.values)

    def _say_apart(self, number: int, other: str, far: Number, values: Sequence[int]) -> None:
        """Say once of a place how far it lies from other values, on the days of subjects."""
        if (number, other) not in self.measured:
            self.measured.add((number, other))
            real = [one - two for one, two in zip(self.values, values, strict=True)]
            inside = between(self.days[0], self.places[number][0], self.days[-1])
            self.say(implies(inside, between(min(real), far, max(real))))

    def _knows(self, where: int, before: int) -> bool:
        """Return whether a piece that was just learned tells the value somewhere."""
        return any(piece.first <= where <= piece.last for piece in self.pieces[before:])

    def learn(self, where: int) -> None:
        """Learn the longest straight piece around a place."""
        pieces = (self._piece(where, slope) for slope in {self.slope, 0})
        piece = max(pieces, key=lambda one: one.last - one.first)
        self.pieces.append(piece)
        for place, value in self.places.values():
            self.say(piece.about(place, value))

    def _piece(self, where: int, slope: int) -> _Piece:
        shift = self.real(where) - slope * where
        ends = [where, where]
        for side, step in enumerate((-1, 1)):
            for _ in range(_LONGEST):
                if self.real(ends[side] + step) != slope * (ends[side] + step) + shift:
                    break
                ends[side] += step
        return _Piece(ends[0], ends[1], slope, shift)
