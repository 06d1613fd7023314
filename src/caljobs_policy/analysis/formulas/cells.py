# SPDX-License-Identifier: MIT
"""The variables of one stated fact, by what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise
from typing import Any

from attrs import evolve, frozen

from caljobs_policy.analysis.formulas.clock import Clock
from caljobs_policy.analysis.formulas.symbols import Symbols
from caljobs_policy.analysis.formulas.terms import (
    Dated,
    Formula,
    Model,
    Number,
    all_of,
    between,
    either,
    holds_in,
    implies,
    number_in,
)
from caljobs_policy.syntax.single_values import LARGEST


@frozen(eq=False)
class Cell:
    """A stated fact; `null` holds where it is known not to exist."""

    null: Formula

    def stated(self, model: Model, view: int) -> Any:
        """Return what the fact holds in a model, in the words of a policy; it exists."""
        raise NotImplementedError

    def variables(self) -> Iterable[Any]:
        """Return what varies beside whether the fact exists."""
        return ()


@frozen(eq=False)
class FlagCell(Cell):
    """True or false."""

    flag: Formula

    def stated(self, model: Model, view: int) -> bool:
        """Return whether it is so."""
        return holds_in(model, self.flag)

    def variables(self) -> Iterable[Any]:
        """Return the flag."""
        return (self.flag,)


@frozen(eq=False)
class CountCell(Cell):
    """A whole number."""

    count: Number

    def stated(self, model: Model, view: int) -> int:
        """Return the number."""
        return number_in(model, self.count)

    def variables(self) -> Iterable[Any]:
        """Return the number."""
        return (self.count,)


@frozen(eq=False)
class TextCell(Cell):
    """A text, of which only the truths of its tests are variables."""


@frozen(eq=False)
class DatedCell(Cell):
    """A day, a time or either."""

    dated: Dated
    clock: Clock

    def stated(self, model: Model, view: int) -> date:
        """Return the day or the time."""
        if holds_in(model, self.dated.timed):
            return self.clock.moment(number_in(model, self.dated.second))
        return date.fromordinal(number_in(model, self.dated.day))

    def variables(self) -> Iterable[Any]:
        """Return the day, the second and which of them counts."""
        return (self.dated.timed, self.dated.day, self.dated.second)


@frozen(eq=False)
class SignedCell(Cell):
    """The days on which one form was signed, from the first to the last, as far as they matter."""

    signed: tuple[tuple[Formula, Dated], ...]
    """Each day with whether there are so many; where there is one, there are all before it."""

    def stated(self, model: Model, view: int) -> list[date]:
        """Return the days."""
        there = [dated for has, dated in self.signed if holds_in(model, has)]
        return [date.fromordinal(number_in(model, dated.day)) for dated in there]

    def last(self, counts: Callable[[Dated], Formula]) -> tuple[Formula, Dated]:
        """Return whether any of the days up to some day counts, and the last one that does."""
        (first, found), *others = self.signed
        for has, dated in others:
            found = evolve(dated, day=either(all_of([has, counts(dated)]), dated.day, found.day))
        return all_of([first, counts(self.signed[0][1])]), found

    def variables(self) -> Iterable[Any]:
        """Return whether and when the form was signed."""
        return [term for has, dated in self.signed for term in (has, dated.day)]


def signed_cell(name: str, null: Formula, clock: Clock, many: int) -> SignedCell:
    """Return the cell of so many signatures of a form, or fewer."""
    symbols = clock.symbols
    numbers = range(1, many + 1)
    signed = [(symbols.flag(f"{name} {n}"), clock.day(f"{name} {n} day")) for n in numbers]
    for (has, dated), (has_next, following) in pairwise(signed):
        symbols.say(implies(has_next, all_of([has, dated.day < following.day])))
    return SignedCell(null, tuple(signed))


def count_cell(name: str, null: Formula, symbols: Symbols) -> CountCell:
    """Return the cell of a whole number."""
    count = symbols.number(name)
    symbols.say(between(0, count, LARGEST))
    return CountCell(null, count)
