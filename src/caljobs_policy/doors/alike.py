# SPDX-License-Identifier: MIT
"""Which rows of a table have the same needs, so that only one of them has to be searched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Final, TypeVar

import polars as pl
from attrs import frozen

from caljobs_policy.decisions.variables import Asked
from caljobs_policy.doors.open_dates import OpenDate, is_tried
from caljobs_policy.engines.columns.cells import Cells, either
from caljobs_policy.engines.columns.table import Table
from caljobs_policy.engines.columns.verdicts import Truths, bits_of
from caljobs_policy.engines.verdict import Verdict
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.rules import Check, Plan
from caljobs_policy.subjects.facts import Fact

K = TypeVar("K")
_ROW: Final = "row"


def rows_alike(
    plan: Plan,
    verdicts: tuple[pl.Series, Sequence[Verdict]],
    truths: Truths,
    table: Table,
    where: pl.Series,
) -> pl.Series:
    """Return lists of rows that have the same needs; `where` says which rows are asked about.

    The search finds the same for two rows if the same checks are open, the same of their facts
    are unknown, and the others give the tests the same truths. Facts with which unknown ones are
    compared have to be the same, too.
    """
    numbers, found = verdicts
    questions = [_question(plan, verdict) for verdict in found]
    each = {one: number for number, one in enumerate(dict.fromkeys(questions))}
    question = pl.Series([each[one] for one in questions], dtype=pl.UInt32)[numbers.filter(where)]
    opened = {
        plan.checks[number]: pl.Series([number in checks for _, checks in each])[question]
        for number in sorted({number for _, checks in each for number in checks})
    }
    keys = [question, *_Likeness(truths, table, where, opened, Asked()).columns()]
    frame = pl.DataFrame([one.alias(str(number)) for number, one in enumerate(keys)])
    rows = pl.Series(_ROW, range(len(where)), dtype=pl.UInt32).filter(where)
    return frame.with_columns(rows).group_by(frame.columns).agg(_ROW)[_ROW]


def _question(plan: Plan, verdict: Verdict) -> tuple[int, tuple[int, ...]]:
    """Return the weight of what is found, and the unsure checks that weigh more."""
    hits, unsure = verdict
    weight = max((plan.weights[n] for n in hits), default=0)
    return weight, tuple(n for n in unsure if plan.weights[n] > weight)


@frozen(eq=False)
class _Likeness:
    """What rows have to have in common, of those that are asked about."""

    truths: Truths
    table: Table
    where: pl.Series
    opened: Mapping[Check, pl.Series]
    """In which of the rows each check is open."""
    asked: Asked

    def columns(self) -> Iterator[pl.Series]:
        """Yield columns that are alike in two rows only if these have the same needs."""
        masks = _gathered(
            (test, where) for check, where in self.opened.items() for test in check.tests
        )
        read = _gathered((fact, where) for test, where in masks.items() for fact in test.facts)
        unknown = {
            fact: where & self._some(cells.unknown)
            for fact, where in read.items()
            if (cells := self.table(fact)).unknown is not None
        }
        truths = {test: self._some(self.truths(test)) for test in masks}
        yield from self._bits(masks[test] & truth for test, truth in truths.items())
        yield from self._bits(masks[test] & truth.is_null() for test, truth in truths.items())
        yield from self._bits(unknown.values())
        forms = {fact: where for fact, where in unknown.items() if fact.form is not None}
        yield from self._bits(
            where & self._some(self.table.is_marked(fact)) for fact, where in forms.items()
        )
        yield from self._partners(masks, unknown)

    def _partners(
        self, masks: Mapping[Test, pl.Series], unknown: Mapping[Fact, pl.Series]
    ) -> Iterator[pl.Series]:
        """Yield what matters of the facts with which unknown ones are compared."""
        stated = _gathered((self.asked.source(fact).fact, where) for fact, where in unknown.items())
        exactly: list[tuple[Fact, pl.Series]] = []
        for source, where in stated.items():
            tests = [test for test in masks if source in self.asked.stated(test)]
            if not is_tried(source, tests, self.asked):
                exactly += [(f, where & masks[t]) for t in tests for f in t.facts if f.steps]
            elif any(
                fact.steps and self.asked.source(fact).fact != source
                for t in tests
                for fact in t.facts
            ):
                is_open = [
                    where & masks[test] & ~self._others(test, source, stated) for test in tests
                ]
                yield OpenDate(source, tests, is_open, self.asked, self.table, self._read).truths()
        for fact, where in _gathered(exactly).items():
            cells = self._read(fact)
            yield either(where, cells.value, None)
            if cells.micros is not None:
                yield either(where, cells.micros, None)

    def _others(self, test: Test, source: Fact, stated: Mapping[Fact, pl.Series]) -> pl.Series:
        """Return where another fact of a test is unknown as well."""
        others = (stated[one] for one in self.asked.stated(test) if one != source and one in stated)
        return reduce(or_, others, pl.Series([False]).new_from_index(0, len(self)))

    def _read(self, fact: Fact) -> Cells:
        """Return what a fact holds in the rows that are asked about."""
        cells = self.table(fact)
        micros = None if cells.micros is None else self._some(cells.micros)
        return Cells(fact.kind, self._some(cells.value), micros=micros)

    def _bits(self, masks: Iterable[pl.Series]) -> Iterator[pl.Series]:
        known = [one.fill_null(value=False) for one in masks]
        return bits_of([*enumerate(known)], "", len(self))

    def __len__(self) -> int:
        return int(self.where.sum())

    def _some(self, column: pl.Series) -> pl.Series:
        """Return the rows that are asked about."""
        if len(column) < len(self.where):
            column = column.new_from_index(0, len(self.where))
        return column.filter(self.where)


def _gathered(masks: Iterable[tuple[K, pl.Series]]) -> dict[K, pl.Series]:
    """Return where any of the masks under the same key is true."""
    found: dict[K, pl.Series] = {}
    for key, mask in masks:
        found[key] = found[key] | mask if key in found else mask
    return found
