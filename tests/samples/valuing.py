# SPDX-License-Identifier: MIT
"""The values that a real subject gives the variables of a space, to check formulas by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import reduce
from typing import Any, Final, TypeAlias

import z3

from caljobs_policy.analysis.formulas.cells import (
    Cell,
    CountCell,
    DatedCell,
    FlagCell,
    SignedCell,
    TextCell,
)
from caljobs_policy.analysis.formulas.space import Space
from caljobs_policy.analysis.formulas.terms import Formula, Number, is_open
from caljobs_policy.analysis.formulas.views import View
from caljobs_policy.analysis.formulas.word_cells import WordCell, WordsCell, likest
from caljobs_policy.dates.durations import day_of, in_zone, second_of
from caljobs_policy.decisions.decision import usual_moment
from caljobs_policy.subjects.facts import Fact, Subject
from caljobs_policy.subjects.fields import null_part
from caljobs_policy.subjects.unknown import UNKNOWN

Values: TypeAlias = list[tuple[Any, Any]]
"""Variables with the values that a subject gives them."""


class NotKnownError(ValueError):
    """Some fact of a subject is unknown, so that it is none of a space."""


class Valuation:
    """The truths that formulas have for a subject, in the words of each policy of a space."""

    def __init__(
        self, space: Space, subjects: Sequence[Subject], at: datetime | None = None
    ) -> None:
        self.space, self.subjects = space, subjects
        pairs = zip(space.policies, subjects, strict=True)
        self.moments = [in_zone(at or usual_moment(*pair), pair[0].zone) for pair in pairs]
        self.values: Values = list(self._parts())
        for name, cell in space.cells.items():
            self.values += self._of_cell(name, cell)
        for term, follows in space.symbols.derived:
            self.values.append(valued(term, follows(self.number)))
        self.values += self._of_texts()

    def holds(self, formula: Formula) -> bool:
        """Return whether a formula holds for the subject."""
        found = self._simple(formula)
        if z3.is_true(found) or z3.is_false(found):
            return bool(z3.is_true(found))
        if is_open(found):
            message = f"the formula leaves open: {found}"
            raise ValueError(message)
        return bool(found)

    def number(self, number: Number) -> int:
        """Return the value that a number has for the subject."""
        found = self._simple(number)
        if is_open(found):
            return int(found.as_long()) if z3.is_int_value(found) else self.space.first.toordinal()
        return int(found)

    def _simple(self, term: Formula | Number) -> Any:
        return z3.simplify(z3.substitute(term, *self.values)) if is_open(term) else term

    def _parts(self) -> Values:
        found: Values = []
        for steps, null in self.space.parts.items():
            part = reduce(getattr, steps, self.subjects[0])
            found.append(valued(null, part is null_part(type(part))))
        return found

    def _of_cell(self, name: str, cell: Cell) -> Values:
        if name == "at":
            return values_of(cell, self.moments)
        fact = self.space.facts[name]
        stated = [self._read(fact, subject) for subject in self.subjects]
        if isinstance(cell, SignedCell):
            return self._signed(cell, fact)
        found: Values = []
        if name in self.space.nulls:
            found.append(valued(self.space.nulls[name], stated[0] is None))
        return found if stated[0] is None else found + list(values_of(cell, stated))

    def _read(self, fact: Fact, subject: Subject) -> Any:
        value = fact.as_stated.read(subject, self.moments[0], self.space.clock.zone)
        if value is UNKNOWN:
            raise NotKnownError(fact.path)
        return value

    def _signed(self, cell: SignedCell, fact: Fact) -> Values:
        holder: Any = reduce(getattr, fact.steps, self.subjects[0])
        own = [s.signed_on for s in holder.statement or () if s.form == fact.form]
        days = [day for day in own if isinstance(day, date)]
        return values_of(cell, [sorted({max(some) for some in self._read_of(days) if some})])

    def _read_of(self, days: list[date]) -> Iterator[list[date]]:
        """Yield the days of which each policy reads the last one, and all of them."""
        yield days
        if self.space.stands:
            for policy, at in zip(self.space.policies, self.moments, strict=True):
                today = day_of(at, policy.zone)
                yield [day for day in days if day <= today]

    def _of_texts(self) -> Values:
        """Return the truths of tests of texts, as far as all exists that they read."""
        texts = self.space.texts
        found: Values = []
        for one, truth in texts.truths.items():
            view = next(
                (v for v in self._views() if self._places(v, one.test.facts) == one.places), None
            )
            if view is None:
                continue
            subject, at, zone = *self._judged(view), view.policy.zone
            values = [fact.read(subject, at, zone) for fact in one.test.facts]
            if None not in values:
                holds = one.test.operator.holds(values[0], values[1:], zone)
                found.append(valued(truth, holds))
        return found

    def _judged(self, view: View) -> tuple[Subject, datetime]:
        return self.subjects[view.number], self.moments[view.number]

    def _views(self) -> list[View]:
        return [View(self.space, number) for number in range(len(self.subjects))]

    def _places(self, view: View, facts: Sequence[Fact]) -> tuple[str, ...]:
        return tuple(map(view.place, facts))


def valued(variable: Any, value: bool | int) -> tuple[Any, Any]:
    """Return a variable with a value of it."""
    made = z3.BoolVal if isinstance(value, bool) else z3.IntVal
    return variable, made(value, variable.ctx)


def values_of(cell: Cell, stated: Sequence[Any]) -> Values:
    """Return the values of a fact's variables for what it holds under each policy."""
    return _VALUES[type(cell)](cell, stated)


def _of_dated(cell: DatedCell, stated: Sequence[date]) -> Values:
    """Return the day, and the second; one at midnight where it is only a day."""
    value, zone = stated[0], cell.clock.zone
    if isinstance(value, datetime):
        second = second_of(value, zone)
        day = cell.clock.real_day(second)
    else:
        second = second_of(datetime(value.year, value.month, value.day), zone)
        day = value.toordinal()
    dated = cell.dated
    known = [(dated.day, day), (dated.second, second), (dated.timed, isinstance(value, datetime))]
    return [valued(term, one) for term, one in known if _is_variable(term)]


def _is_variable(term: Formula | Number) -> bool:
    return is_open(term) and term.decl().kind() == z3.Z3_OP_UNINTERPRETED and not term.children()


def _of_signed(cell: SignedCell, stated: Sequence[Sequence[date]]) -> Values:
    """Return the values for days in their order."""
    days = [day.toordinal() for day in stated[0]]
    found: Values = []
    for number, (has, dated) in enumerate(cell.signed):
        found.append(valued(has, number < len(days)))
        found.append(valued(dated.day, days[number] if number < len(days) else 1))
    return found


def _of_word(cell: WordCell, stated: Sequence[str]) -> Values:
    """Return the numbers of the words, of which policies of one profile share one."""
    numbered = zip(cell.indexes, cell.bits, stated, strict=True)
    first, *others = [(index, [*bits].index(word)) for index, bits, word in numbered]
    own = [first, *(other for other in others if other[0] is not first[0])]
    return [valued(*pair) for pair in own]


def _of_words(cell: WordsCell, stated: Sequence[Sequence[str]]) -> Values:
    """Return which words are there; one that no test mentions is like any other such word."""
    found: Values = []
    for bits, words in zip(cell.bits, stated, strict=True):
        there = {word if word in bits else likest(word, bits) for word in words}
        found += [valued(bit, word in there) for word, bit in bits.items()]
    return found


_VALUES: Final[Mapping[type[Cell], Callable[[Any, Sequence[Any]], Values]]] = {
    FlagCell: lambda cell, stated: [valued(cell.flag, stated[0])],
    CountCell: lambda cell, stated: [valued(cell.count, stated[0])],
    # The tests of texts have the truths.
    TextCell: lambda cell, stated: [],
    DatedCell: _of_dated,
    SignedCell: _of_signed,
    WordCell: _of_word,
    WordsCell: _of_words,
}
"""The values of a fact's variables, by the exact class of its cell."""
