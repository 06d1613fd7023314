# SPDX-License-Identifier: MIT
"""The values that a real subject gives the variables of a space, to check formulas by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import reduce
from typing import Any

import z3

from caljobs_policy.analysis.formulas.cells import Cell, SignedCell
from caljobs_policy.analysis.formulas.space import Space
from caljobs_policy.analysis.formulas.terms import (
    Formula,
    Number,
    Values,
    is_false,
    is_open,
    valued,
)
from caljobs_policy.analysis.formulas.views import View
from caljobs_policy.dates.durations import day_of, in_zone
from caljobs_policy.decisions.decision import usual_moment
from caljobs_policy.subjects.facts import Fact, Subject
from caljobs_policy.subjects.fields import null_part
from caljobs_policy.subjects.unknown import UNKNOWN


class NotKnownError(ValueError):
    """Some fact of a subject is unknown, so that it is none of a space."""


class Valuation:
    """The truths that formulas have for a subject, in the words of each policy of a space."""

    def __init__(
        self, space: Space, subjects: Sequence[Subject], at: datetime | None = None
    ) -> None:
        self.space, self.subjects = space, subjects
        moment = at or usual_moment(space.policies[0], subjects[0])
        self.at = in_zone(moment, space.clock.zone)
        self.values: Values = list(self._parts())
        for name, cell in space.cells.items():
            self.values += self._of_cell(name, cell)
        for term, follows in space.clock.derived:
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
            return cell.values([self.at])
        fact = self.space.facts[name]
        stated = [self._read(fact, subject) for subject in self.subjects]
        if isinstance(cell, SignedCell):
            return self._signed(cell, fact)
        found: Values = []
        if name in self.space.nulls:
            found.append(valued(self.space.nulls[name], stated[0] is None))
        return found if stated[0] is None else found + list(cell.values(stated))

    def _read(self, fact: Fact, subject: Subject) -> Any:
        value = fact.as_stated.read(subject, self.at, self.space.clock.zone)
        if value is UNKNOWN:
            raise NotKnownError(fact.path)
        return value

    def _signed(self, cell: SignedCell, fact: Fact) -> Values:
        holder: Any = reduce(getattr, fact.steps, self.subjects[0])
        own = [s.signed_on for s in holder.statement or () if s.form == fact.form]
        days = [day for day in own if isinstance(day, date)]
        today = day_of(self.at, self.space.clock.zone)
        past = [day for day in days if day <= today or not self.space.stands]
        ahead = [day for day in days if day not in past]
        found: Values = []
        for listed, has, dated in (
            (past, cell.has_past, cell.past),
            (ahead, cell.has_ahead, cell.ahead),
        ):
            if not is_false(has):
                found.append(valued(has, bool(listed)))
                found.append(valued(dated.day, max(listed, default=today).toordinal()))
        return found

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
            subject, zone = self.subjects[view.number], self.space.clock.zone
            values = [fact.read(subject, self.at, zone) for fact in one.test.facts]
            if None not in values:
                holds = one.test.operator.holds(values[0], values[1:], zone)
                found.append(valued(truth, holds))
        return found

    def _views(self) -> list[View]:
        return [View(self.space, number) for number in range(len(self.subjects))]

    def _places(self, view: View, facts: Sequence[Fact]) -> tuple[str, ...]:
        return tuple(map(view.place, facts))
