# SPDX-License-Identifier: MIT
"""What the facts of a subject hold for one policy of a space."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date
from functools import partial
from typing import Any, Final, TypeVar

from attrs import frozen

from caljobs_policy.analysis.formulas.cells import (
    Cell,
    DatedCell,
    SignedCell,
    TextCell,
)
from caljobs_policy.analysis.formulas.clock import Clock
from caljobs_policy.analysis.formulas.space import Space, after
from caljobs_policy.analysis.formulas.terms import (
    FALSE,
    TRUE,
    Dated,
    Formula,
    Model,
    any_of,
    between,
    compared,
    denied,
    number_in,
)
from caljobs_policy.analysis.formulas.text_candidates import Wanted
from caljobs_policy.analysis.formulas.texts import Beside
from caljobs_policy.analysis.formulas.word_cells import WordCell, WordsCell
from caljobs_policy.policy.operators import Operator
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Plan
from caljobs_policy.subjects.facts import AT, Fact
from caljobs_policy.subjects.fields import WORDED, Kind

_Cell = TypeVar("_Cell", bound=Cell)
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
    def plan(self) -> Plan:
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

    def cell(self, fact: Fact, kind: type[_Cell]) -> _Cell:
        """Return the variables of a fact, which are of a kind: a proof must not guess."""
        cell = self.space.cell(fact)
        if not isinstance(cell, kind):
            message = f"`{fact.path}` has no {kind.__name__}, but a {type(cell).__name__}"
            raise TypeError(message)
        return cell

    def null(self, fact: Fact) -> Formula:
        """Return whether a fact is read as null."""
        if fact.constant is not None or fact == AT:
            return FALSE
        if fact.form is not None:
            return self._signed(fact)[0]
        null = self.space.cell(fact).null
        if not fact.happens:
            return null
        return any_of([null, after(self._seen(fact), self.at)])

    def dated(self, fact: Fact) -> Dated:
        """Return the day or time that a fact holds."""
        if fact.constant is not None:
            return self.clock.fixed(fact.constant)
        if fact == AT:
            return self.at
        if fact.form is not None:
            return self._signed(fact)[1]
        return self._seen(fact)

    def _seen(self, fact: Fact) -> Dated:
        return self.space.seen(self.cell(fact, DatedCell).dated, self.policy.zone)

    def _signed(self, fact: Fact) -> tuple[Formula, Dated]:
        """Return whether a form was not signed as a fact reads it, and the day that it reads."""
        cell = self.cell(fact, SignedCell)
        counts = self._has_come if fact.happens and self.space.stands else _always
        there, signed = cell.last(counts)
        return any_of([cell.null, denied(there)]), signed

    def _has_come(self, dated: Dated) -> Formula:
        return compared(dated, self.at, "<=")

    def is_text(self, fact: Fact) -> bool:
        """Return whether a fact holds a text, of which only the truths of tests are known."""
        return fact.kind in WORDED and isinstance(self.space.cell(fact), TextCell)

    def words(self, fact: Fact) -> Mapping[str, Formula]:
        """Return for each word whether a fact holds it, alone or in a list."""
        if fact.kind is Kind.WORDS:
            return self.cell(fact, WordsCell).bits[self.number]
        return self.cell(fact, WordCell).bits[self.number]

    def place(self, fact: Fact) -> str:
        """Return the name of what a test of texts reads; policies may know a word by several."""
        if self.is_text(fact):
            return next(name for name, one in self.space.facts.items() if one.path == fact.path)
        if fact.kind is Kind.WORD:
            return f"{fact.path} of {self.number}"
        return f"{fact.path}{' at the moment' if fact.happens else ''} in {self.policy.zone}"

    def beside(self, fact: Fact) -> Beside:
        """Return how a test of a text finds and says what is read beside it: a word or a day."""
        if fact.kind is Kind.WORD:
            cell, words = self.cell(fact, WordCell), self.words(fact)
            return Beside(
                lambda model: cell.stated(model, self.number), lambda word, _: words[word]
            )
        dated = self.dated(fact)
        return Beside(lambda model: _day_in(model, dated), partial(_reads_as, dated))


def _always(_: Dated) -> Formula:
    return TRUE


def _day_in(model: Model, dated: Dated) -> date:
    return date.fromordinal(number_in(model, dated.day))


def _reads_as(dated: Dated, value: date, tests: Wanted) -> Formula:
    """Return the formula that a day is one that some tests of a text take for the same."""
    ends = [value.toordinal(), value.toordinal()]
    for side, step in enumerate((-1, 1)):
        for _ in range(_LONGEST):
            if not _reads_alike(tests, value, date.fromordinal(ends[side] + step)):
                break
            ends[side] += step
    return between(ends[0], dated.day, ends[1])


def _reads_alike(tests: Wanted, one: date, other: date) -> bool:
    """Return whether tests of a text read two days alike."""
    operators = (test.test.operator for test in tests if len(test.places) > 1)
    return all(_boundary(operator, one) == _boundary(operator, other) for operator in operators)


def _boundary(operator: Operator, day: date) -> list[Any]:
    """Return the texts at the boundary of a test beside a day."""
    return list(operator.cells(Kind.TEXT, 0, [None, day], UTC))
