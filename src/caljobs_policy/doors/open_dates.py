# SPDX-License-Identifier: MIT
"""What an unknown date can make of its tests beside known dates, in all rows at once.

The same values are tried as in the search of a single row (`decisions/options.py`), so two rows for
which the same truths are found have the same needs, however their known dates differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from functools import reduce
from operator import or_
from typing import Any, Final, TypeAlias

import polars as pl
from attrs import field, frozen

from caljobs_policy.dates.durations import Moment, day_of, in_zone
from caljobs_policy.decisions.variables import Asked, anchor
from caljobs_policy.engines.columns.cells import DAWN, EPOCH, Cells, either, local_days
from caljobs_policy.engines.columns.dates import EARLIEST, LATEST
from caljobs_policy.engines.columns.operators import truth_of
from caljobs_policy.engines.columns.table import Table
from caljobs_policy.policy.conditions import Test
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import DATED, Kind

_MOST_TESTS: Final = 15
"""How many tests of a date are tried together: two bits of a number for each."""
_MICROSECOND: Final = timedelta(microseconds=1)
_CASE, _TRUTHS, _ROW = "case", "truths", "row"
_TRIED: Final = {_CASE: pl.UInt32, "day": pl.Int32, "micros": pl.Int64}
_Point: TypeAlias = tuple[int | None, int | None]
"""A day, or the microsecond of a time."""


def is_tried(fact: Fact, tests: Sequence[Test], asked: Asked) -> bool:
    """Return whether values of a date can be tried in all rows at once."""
    return (
        len(tests) <= _MOST_TESTS
        and all(read.kind in DATED for test in tests for read in test.facts)
        and all(asked.stated(test).count(fact) == 1 for test in tests)
    )


@frozen(eq=False)
class OpenDate:
    """A stated date that is unknown in some rows, and the tests that it alone leaves open."""

    fact: Fact
    tests: Sequence[Test]
    where: Sequence[pl.Series]
    """In which rows it alone leaves each test open."""
    asked: Asked
    table: Table
    read: Callable[[Fact], Cells]
    """What another fact holds in these rows."""
    beside: Sequence[Fact] = field(init=False)
    """The known dates with which it is compared."""
    _points: dict[Any, list[_Point]] = field(factory=dict, init=False)

    @beside.default
    def _known_beside(self) -> Sequence[Fact]:
        read = dict.fromkeys(fact for test in self.tests for fact in test.facts)
        return [fact for fact in read if self._is_beside(fact)]

    def _is_beside(self, fact: Fact) -> bool:
        return bool(fact.steps) and self.asked.source(fact).fact != self.fact

    def truths(self) -> pl.Series:
        """Return a text for each row that is the same only where the same truths are possible."""
        columns = [one.alias(f"open {number}") for number, one in enumerate(self.where)]
        for number, fact in enumerate(self.beside):
            asking = zip(self.tests, self.where, strict=True)
            where = reduce(or_, (one for test, one in asking if fact in test.facts))
            cells = self.read(fact)
            columns.append(either(where, cells.value, None).alias(f"day {number}"))
            micros = either(where, cells.micros, None).cast(pl.Int64)
            columns.append(micros.alias(f"micros {number}"))
        frame = pl.DataFrame(columns)
        cases = frame.with_row_index(_ROW).group_by(frame.columns).agg(_ROW)
        return cases.select(_ROW, self._found(cases)).explode(_ROW).sort(_ROW)[_TRUTHS]

    def _found(self, cases: pl.DataFrame) -> pl.Series:
        """Return for each case which truths values of the date can give the tests."""
        tried = pl.DataFrame(self._tried(cases), schema=_TRIED, orient="row").unique()
        in_case = cases[tried[_CASE]]
        # Where Polars may read a time differently, a case is like no other.
        near = tried["micros"].is_between(EARLIEST, LATEST, closed="left").fill_null(value=True)
        micros = either(near, tried["micros"], None)
        days = tried["day"].fill_null(local_days(micros, self.table.policy.zone))
        values = Cells(self.fact.kind, days, micros=_or_none(micros))
        bits = pl.Series([0], dtype=pl.Int32).new_from_index(0, tried.height)
        for number, test in enumerate(self.tests):
            cells = [self._cells(fact, values, in_case) for fact in test.facts]
            truth = truth_of(test.operator, cells, self.table.policy.zone)
            is_open = in_case[f"open {number}"]
            holds = (is_open & truth).fill_null(value=False)
            bits |= holds.cast(pl.Int32) * (1 << 2 * number)
            bits |= (is_open & truth.is_null()).cast(pl.Int32) * (2 << 2 * number)
        bits = either(near, bits, -1 - tried[_CASE].cast(pl.Int32))
        each = pl.DataFrame({_CASE: tried[_CASE], _TRUTHS: bits}).group_by(_CASE)
        found = each.agg(pl.col(_TRUTHS).unique().sort().cast(pl.String)).sort(_CASE)
        return found[_TRUTHS].list.join(" ")

    def _cells(self, fact: Fact, values: Cells, in_case: pl.DataFrame) -> Cells:
        """Return what a fact holds where a value is tried."""
        if not fact.steps:
            return self.table(fact)
        if fact not in self.beside:
            return self.table.happened(fact, values) if fact.happens else values
        number = self.beside.index(fact)
        micros = _or_none(in_case[f"micros {number}"])
        return Cells(fact.kind, in_case[f"day {number}"], micros=micros)

    def _tried(self, cases: pl.DataFrame) -> list[tuple[int, int | None, int | None]]:
        """Return values to try in each case, with its number."""
        zone, at, kind = self.table.policy.zone, self.table.at, self.fact.kind
        usual: list[Moment] = [anchor(self.table.policy, self.fact)]
        usual += [] if kind is Kind.TIME else [day_of(at, zone)]
        usual += [] if kind is Kind.DAY else [at]
        points = [_point(value, zone) for value in usual]
        return [
            (number, *point)
            for number, case in enumerate(cases.iter_rows(named=True))
            for point in (*points, *self._around(case))
        ]

    def _around(self, case: dict[str, Any]) -> Iterator[_Point]:
        """Yield what lies on each side of every boundary of the tests that are open in a case."""
        for number, test in enumerate(self.tests):
            if not case[f"open {number}"]:
                continue
            beside = [
                (case[f"day {known}"], case[f"micros {known}"])
                for fact in test.facts
                for known in ([self.beside.index(fact)] if fact in self.beside else [])
            ]
            key = (number, *beside)
            if key not in self._points:
                self._points[key] = self._worked_out(test, beside)
            yield from self._points[key]

    def _worked_out(
        self, test: Test, beside: Sequence[tuple[int | None, int | None]]
    ) -> list[_Point]:
        zone, known = self.table.policy.zone, iter(beside)
        values = [self._value(fact, known) for fact in test.facts]
        position = self.asked.stated(test).index(self.fact)
        cells = test.operator.cells(self.fact.kind, position, values, zone)
        return [_point(value, zone) for value in cells]

    def _value(self, fact: Fact, known: Iterator[tuple[int | None, int | None]]) -> Moment | None:
        if not fact.steps:
            return fact.constant or self.table.at
        if fact not in self.beside:
            return None
        day, micros = next(known)
        if micros is not None:
            return DAWN + timedelta(microseconds=micros)
        return None if day is None else date.fromordinal(day + EPOCH)


def _point(value: Moment, zone: tzinfo) -> _Point:
    if isinstance(value, datetime):
        return None, (in_zone(value, zone) - DAWN) // _MICROSECOND
    return value.toordinal() - EPOCH, None


def _or_none(micros: pl.Series) -> pl.Series | None:
    return micros if micros.count() else None
