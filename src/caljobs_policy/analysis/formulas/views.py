# SPDX-License-Identifier: MIT
"""What the facts of a subject hold for one policy of a space."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Final

from attrs import frozen

from caljobs_policy.analysis.formulas.cells import (
    Cell,
    CountCell,
    DatedCell,
    FlagCell,
    SignedCell,
    TextCell,
)
from caljobs_policy.analysis.formulas.clock import Clock, second_of
from caljobs_policy.analysis.formulas.space import Space, after
from caljobs_policy.analysis.formulas.terms import (
    FALSE,
    TRUE,
    Dated,
    Formula,
    Model,
    all_of,
    any_of,
    between,
    compared,
    denied,
    holds_in,
    number_in,
    same,
)
from caljobs_policy.analysis.formulas.text_candidates import Wanted
from caljobs_policy.analysis.formulas.word_cells import WordCell, WordsCell
from caljobs_policy.policy.operators import Operator
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Plan
from caljobs_policy.subjects.facts import AT, Fact
from caljobs_policy.subjects.fields import DATED, Kind

_NAMED: Final = frozenset({Kind.WORD, Kind.WORDS})
"""What policies may know by several names."""
_LONGEST: Final = 400
"""How far days are followed that read alike."""


@frozen(eq=False)
class View:
    """The facts of a space as one of its policies reads them."""

    space: Space
    number: int
    """The place of the policy among those of the space."""

    @property
    def policy(self) -> Policy:
        """The policy that reads them."""
        return self.space.policies[self.number]

    @property
    def plan(self) -> Plan | None:
        """What the policy says of the subjects."""
        return self.space.plans[self.number]

    @property
    def clock(self) -> Clock:
        """What is known of days and times where the policy applies."""
        return self.space.clocks[self.policy.zone]

    @property
    def at(self) -> Dated:
        """The moment at which the policy judges."""
        return self.space.moments[self.policy.zone]

    def cell(self, fact: Fact) -> Cell:
        """Return the variables of a fact."""
        return self.space.cell(fact)

    def has_cell(self, fact: Fact) -> bool:
        """Return whether a fact has plain variables: neither the moment nor a signature has."""
        return bool(fact.steps) and fact.form is None

    def null(self, fact: Fact) -> Formula:
        """Return whether a fact is read as null."""
        if fact.constant is not None or fact == AT:
            return FALSE
        if fact.form is not None:
            return self._signed(fact)[0]
        cell = self.space.cell(fact)
        if not fact.happens or not isinstance(cell, DatedCell):
            return cell.null
        return any_of([cell.null, after(self._seen(cell), self.at)])

    def dated(self, fact: Fact) -> Dated:
        """Return the day or time that a fact holds."""
        if fact.constant is not None:
            return self.clock.fixed(fact.constant)
        if fact == AT:
            return self.at
        if fact.form is not None:
            return self._signed(fact)[1]
        cell = self.space.cell(fact)
        if not isinstance(cell, DatedCell):
            raise TypeError(fact.path)
        return self._seen(cell)

    def _seen(self, cell: DatedCell) -> Dated:
        return self.space.seen(cell.dated, self.policy.zone)

    def _signed(self, fact: Fact) -> tuple[Formula, Dated]:
        """Return whether a form was not signed as a fact reads it, and the day that it reads."""
        cell = self.cell(fact)
        if not isinstance(cell, SignedCell):
            raise TypeError(fact.path)
        counts = self._has_come if fact.happens and self.space.stands else _always
        there, signed = cell.last(counts)
        return any_of([cell.null, denied(there)]), signed

    def _has_come(self, dated: Dated) -> Formula:
        return compared(dated, self.at, "<=")

    def is_text(self, fact: Fact) -> bool:
        """Return whether a fact holds a text, of which only the truths of tests are known."""
        return self.has_cell(fact) and isinstance(self.cell(fact), TextCell)

    def place(self, fact: Fact) -> str:
        """Return the name of what a fact holds; policies may know a word by several names."""
        if self.is_text(fact):
            return next(name for name, one in self.space.facts.items() if one.path == fact.path)
        happens = " at the moment" if fact.happens else ""
        if fact.kind in DATED:
            return f"{fact.path}{happens} in {self.policy.zone}"
        is_worded = self.has_cell(fact) and fact.kind in _NAMED
        return f"{fact.path}{happens}{f' of {self.number}' if is_worded else ''}"

    def stated(self, fact: Fact) -> tuple[Callable[[Model], Any], Callable[[Any, Wanted], Formula]]:
        """Return how to find what a fact holds in a model, and to say that it holds a value."""
        cell = self.cell(fact) if self.has_cell(fact) else None
        if isinstance(cell, FlagCell | CountCell | WordCell | WordsCell):
            return (lambda model: _whole(cell.stated(model, self.number))), self._said(cell)
        dated, clock = self.dated(fact), self.clock
        return (lambda model: _date_in(model, dated, clock)), _said_of(dated)

    def _said(
        self, cell: FlagCell | CountCell | WordCell | WordsCell
    ) -> Callable[[Any, Wanted], Formula]:
        def said(value: Any, _: Wanted) -> Formula:
            if isinstance(cell, FlagCell):
                return cell.flag if value else denied(cell.flag)
            if isinstance(cell, CountCell):
                return cell.count == value
            if isinstance(cell, WordCell):
                return cell.bits[self.number][value]
            bits = cell.bits[self.number]
            return all_of(same(bit, word in value) for word, bit in bits.items())

        return said


def _always(_: Dated) -> Formula:
    return TRUE


def _whole(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _date_in(model: Model, dated: Dated, clock: Clock) -> date:
    if holds_in(model, dated.timed):
        return clock.moment(number_in(model, dated.second))
    return date.fromordinal(number_in(model, dated.day))


def _said_of(dated: Dated) -> Callable[[Any, Wanted], Formula]:
    def said(value: date, tests: Wanted) -> Formula:
        if isinstance(value, datetime):
            return all_of([dated.timed, dated.second == second_of(value)])
        ends = [value.toordinal(), value.toordinal()]
        for side, step in enumerate((-1, 1)):
            for _ in range(_LONGEST):
                if not _reads_alike(tests, value, date.fromordinal(ends[side] + step)):
                    break
                ends[side] += step
        inside = between(ends[0], dated.day, ends[1])
        return all_of([denied(dated.timed), inside])

    return said


def _reads_alike(tests: Wanted, one: date, other: date) -> bool:
    """Return whether tests of a text read two days alike."""
    operators = (test.test.operator for test in tests if len(test.places) > 1)
    return all(_boundary(operator, one) == _boundary(operator, other) for operator in operators)


def _boundary(operator: Operator, day: date) -> list[Any]:
    """Return the texts at the boundary of a test beside a day."""
    return list(operator.cells(Kind.TEXT, 0, [None, day], UTC))
