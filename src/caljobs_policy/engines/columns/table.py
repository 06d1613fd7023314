# SPDX-License-Identifier: MIT
"""The facts of all rows of a table, as they stand at one moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import reduce
from operator import gt, or_
from typing import Any

import polars as pl
from attrs import evolve, field, frozen

from caljobs_policy.engines.columns.cells import Cells, Values, compared, either, single
from caljobs_policy.engines.columns.layout import NULL, TYPE, UNSTATED, Layout
from caljobs_policy.engines.columns.stated import Stated
from caljobs_policy.engines.columns.states import left_out, said
from caljobs_policy.engines.columns.values import nothing, stated_in
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import AT, Fact, type_of_key
from caljobs_policy.subjects.fields import Holds, Kind
from caljobs_policy.subjects.unknown import UNKNOWN


@frozen(eq=False)
class Table:
    """Reads facts from the columns of a table."""

    policy: Policy
    layout: Layout
    frame: Any
    """A frame of Polars, or what stands for one whose rows lie elsewhere."""
    at: datetime
    _stated: dict[str, Stated] = field(factory=dict)
    _cells: dict[Fact, Cells] = field(factory=dict)

    def bad(self) -> Values:
        """Return which rows have a cell that has to be read, and perhaps refused, row by row."""
        holds = dict(self.layout.columns)
        return self._any(self._bad_in(column, holds) for column in self.frame.iter_columns())

    def _bad_in(self, column: Values, holds: Mapping[str, Holds]) -> Values:
        if column.name in holds:
            return self._read(column.name, holds[column.name]).bad
        if column.name == TYPE and column.dtype == pl.String:
            return column.ne(type_of_key(self.layout.key)).fill_null(value=False)
        if column.dtype != pl.Boolean or not column.name.endswith((NULL, UNSTATED)):
            return column.is_not_null()
        return self._nowhere() if self.may_be(column.name) else column.fill_null(value=False)

    def may_be(self, mark: str) -> bool:
        """Return whether what a mark stands beside may be unknown, or null, as the mark says."""
        base, _, ending = mark.rpartition("|")
        holds = dict(self.layout.columns)
        if base not in holds:
            return base in self.layout.forms
        return f"|{ending}" == UNSTATED or holds[base].nullable

    def __call__(self, fact: Fact) -> Cells:
        """Return what a fact holds in each row."""
        if fact not in self._cells:
            self._cells[fact] = self._fact(fact)
        return self._cells[fact]

    def _fact(self, fact: Fact) -> Cells:
        if fact.constant is not None:
            return self._single(fact.constant)
        if not fact.steps:
            return self._single(self.at)
        if fact.happens:
            return self.happened(fact, self(fact.as_stated))
        if fact.form is not None:
            return self._signature(fact)
        return self._sure(fact, self._with_states(fact))

    def _single(self, value: date | datetime) -> Cells:
        return single(value, self.policy.zone)

    def happened(self, fact: Fact, cells: Cells) -> Cells:
        """Return a fact without the dates that lie after the moment."""
        ahead = compared(cells, self(AT), gt).fill_null(value=False)
        if not ahead.any():
            return cells
        unknown = cells.unknown
        if fact.form is None and fact.to_come is UNKNOWN:
            unknown = ahead if unknown is None else unknown | ahead
        micros = None if cells.micros is None else cells.micros.set(ahead, None)
        return evolve(cells, value=cells.value.set(ahead, None), micros=micros, unknown=unknown)

    def _sure(self, fact: Fact, cells: Cells) -> Cells:
        """Read null as unknown where another fact says that there has to be something."""
        if fact.holds.sure_with is None:
            return cells
        name, word = fact.holds.sure_with
        steps = (*fact.steps[:-1], name)
        path = ".".join(steps)
        other = self(Fact(path, self.layout.facts[path], steps))
        unknown = (other.value == word).fill_null(value=False)
        if other.unknown is not None:
            unknown |= other.unknown
        unknown &= cells.null
        return evolve(cells, unknown=unknown if cells.unknown is None else cells.unknown | unknown)

    def _with_states(self, fact: Fact) -> Cells:
        """Say of what is not stated whether it is unknown, does not exist or is an empty list."""
        name = ".".join(fact.steps)
        stated = _unmarked(self._read(name, fact.holds), self._marked(name))
        states = [*self._states(fact, name, stated)]
        value, lists = stated.value, stated.lists
        empty = self._any(where for state, where in states if state == ())
        if empty.any():
            lists = (*lists, ())
            value = either(empty, len(lists) - 1, value)
        unknown = self._any(where for state, where in states if state is UNKNOWN)
        return Cells(fact.kind, value, unknown if unknown.any() else None, stated.micros, lists)

    def _states(self, fact: Fact, name: str, stated: Stated) -> Iterator[tuple[Any, Values]]:
        """Yield what a fact that is not stated is read as, each with the rows where it is so."""
        key = self.layout.key
        unknown, null = self._mark(name + UNSTATED), self._mark(name + NULL)
        yield said(key, fact, UNKNOWN), unknown
        yield said(key, fact, None), null & ~unknown
        absent = stated.value.is_null() & ~unknown & ~null
        parts = () if fact.own else fact.steps[:-1]
        for depth in range(len(parts)):
            given = self._given(parts[: depth + 1])
            yield left_out(key, fact, depth), absent & ~given
            absent &= given
        yield left_out(key, fact, len(parts)), absent

    def _signature(self, fact: Fact) -> Cells:
        """Return the day on which a form was signed; one that is not listed was not."""
        name = fact.path.partition(".")[2]
        listed = name.rpartition(".")[0]
        stated = _unmarked(self._read(name, fact.holds), self._marked(name))
        any_form = self._given((*listed.split("."),))
        null = self._mark(listed + NULL) & ~self._mark(listed + UNSTATED)
        unknown = self._mark(name + UNSTATED) | ~(any_form | null)
        return Cells(Kind.DAY, stated.value, unknown if unknown.any() else None)

    def is_marked(self, fact: Fact) -> Values:
        """Return where a column beside that of a fact says that it is unknown."""
        return self._mark(fact.path.partition(".")[2] + UNSTATED)

    def _given(self, part: tuple[str, ...]) -> Values:
        """Return where any fact of a part is stated, or said to be unknown or not to exist."""
        begun = ".".join(part) + "."
        return self._any(self._says(name) for name in self.frame.columns if name.startswith(begun))

    def _says(self, name: str) -> Values:
        """Return where a column says something."""
        column = self.frame[name]
        is_mark = column.dtype == pl.Boolean and name.endswith((NULL, UNSTATED))
        return column.fill_null(value=False) if is_mark else column.is_not_null()

    def _read(self, name: str, holds: Holds) -> Stated:
        if name not in self._stated:
            if name in self.frame.columns:
                self._stated[name] = stated_in(
                    self.frame[name], holds, self.policy, midnights=self.layout.midnights
                )
            else:
                empty = pl.Series([None], dtype=pl.Null).new_from_index(0, self.frame.height)
                self._stated[name] = nothing(empty, holds.kind)
        return self._stated[name]

    def _marked(self, name: str) -> Values:
        return self._mark(name + UNSTATED) | self._mark(name + NULL)

    def _mark(self, name: str) -> Values:
        """Return where a column beside another is true."""
        if name in self.frame.columns and self.frame[name].dtype == pl.Boolean:
            return self.frame[name].fill_null(value=False)
        return self._nowhere()

    def _nowhere(self) -> Values:
        return pl.Series([False]).new_from_index(0, self.frame.height)

    def _any(self, masks: Iterable[Values]) -> Values:
        return reduce(or_, masks, self._nowhere())


def _unmarked(stated: Stated, marked: Values) -> Stated:
    """Return what is stated without what a column beside it says is unknown or null."""
    if not marked.any():
        return stated
    micros = None if stated.micros is None else stated.micros.set(marked, None)
    return evolve(stated, value=stated.value.set(marked, None), micros=micros)
