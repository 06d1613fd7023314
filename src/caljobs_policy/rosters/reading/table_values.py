# SPDX-License-Identifier: MIT
"""Reads the cells of tables as values of facts, each text of a column once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from caljobs_policy.plain.memo import Lookup
from caljobs_policy.policy.policy import Policy
from caljobs_policy.rosters.reading.cells import CellReader
from caljobs_policy.rosters.reading.columns import Column
from caljobs_policy.rosters.reading.rows import Cells, Layout, Raw
from caljobs_policy.rosters.reading.values import Found
from caljobs_policy.subjects.fields import Kind


class TableValues:
    """Reads the rows of one table."""

    def __init__(self, layout: Layout, policy: Policy) -> None:
        cells = CellReader(policy, layout.date_form)
        self._width = len(layout.columns)
        self._columns = [
            (number, column, _once(cells.values(column), column))
            for number, column in enumerate(layout.columns)
            if column is not None
        ]

    def read(self, rows: Sequence[Raw]) -> Found:
        """Return which rows have a cell for each column, and what these state by column."""
        width = self._width
        whole, cells = [], []
        for number, row in enumerate(rows):
            if isinstance(row, Cells) and row.fault is None and len(row.cells) == width:
                whole.append(number)
                cells.append(row.cells)
        texts = [*zip(*cells, strict=True)]
        if not texts:
            return [], {}
        return whole, {
            column: [*map(read, texts[number])] for number, column, read in self._columns
        }


def _once(read: Callable[[str], Any], column: Column) -> Callable[[str], Any]:
    """Return what reads each text once, unless nearly every row has another."""
    return read if column.holds.kind is Kind.TEXT else Lookup(read).__getitem__
