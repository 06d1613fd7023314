# SPDX-License-Identifier: MIT
"""The facts of all rows of a table that lies elsewhere, as they stand at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from attrs import frozen

from caljobs_policy.engines.columns.cells import Cells, Values, moment
from caljobs_policy.engines.columns.layout import NULL, TYPE, UNSTATED
from caljobs_policy.engines.columns.stated import Stated
from caljobs_policy.engines.columns.table import Table
from caljobs_policy.engines.warehouse.column import Column, fixed
from caljobs_policy.engines.warehouse.query import Query
from caljobs_policy.engines.warehouse.steps import Named
from caljobs_policy.engines.warehouse.values import Reader, nothing
from caljobs_policy.subjects.facts import type_of_key
from caljobs_policy.subjects.fields import Holds, Kind


@frozen(eq=False)
class Source:
    """A table as a query has it."""

    query: Query
    reader: Reader
    columns: Mapping[str, tuple[str, Any]]
    """For each column of the table that may state a fact, its name in the query and its type."""

    def column(self, name: str) -> Column:
        """Return a column of the table."""
        return Column(self.query, Named(self.columns[name][0]))


@frozen(eq=False)
class RemoteTable(Table):
    """Reads facts from a table that lies elsewhere."""

    def bad(self) -> Values:
        """Return which rows have a cell that has to be read, and perhaps refused, row by row."""
        holds = dict(self.layout.columns)
        return self._any(self._is_bad(name, holds) for name in self.frame.columns)

    def _is_bad(self, name: str, holds: Mapping[str, Holds]) -> Values:
        column, dtype = self.frame.column(name), self.frame.columns[name][1]
        if name in holds:
            return self._read(name, holds[name]).bad
        if name == TYPE and dtype.is_string():
            return (column != type_of_key(self.layout.key)).fill_null(value=False)
        if not self._is_mark(name):
            return column.is_not_null()
        return self._nowhere() if self.may_be(name) else column.fill_null(value=False)

    def _single(self, value: date | datetime) -> Cells:
        day, micros = moment(value, self.policy.zone)
        if micros is None:
            return Cells(Kind.DAY, fixed(self.frame.query, day))
        return Cells(
            Kind.TIME, fixed(self.frame.query, day), micros=fixed(self.frame.query, micros)
        )

    def _says(self, name: str) -> Values:
        column = self.frame.column(name)
        return column.fill_null(value=False) if self._is_mark(name) else column.is_not_null()

    def _read(self, name: str, holds: Holds) -> Stated:
        if name not in self._stated:
            if name in self.frame.columns:
                dtype = self.frame.columns[name][1]
                stated = self.frame.reader.stated_in(self.frame.column(name), dtype, holds)
            else:
                stated = nothing(fixed(self.frame.query, None))
            self._stated[name] = stated
        return self._stated[name]

    def _mark(self, name: str) -> Values:
        if name in self.frame.columns and self.frame.columns[name][1].is_boolean():
            return self.frame.column(name).fill_null(value=False)
        return self._nowhere()

    def _is_mark(self, name: str) -> bool:
        is_flag = self.frame.columns[name][1].is_boolean()
        return bool(is_flag and name.endswith((NULL, UNSTATED)))

    def _nowhere(self) -> Values:
        return fixed(self.frame.query, False)
