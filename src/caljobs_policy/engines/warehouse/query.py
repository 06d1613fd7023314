# SPDX-License-Identifier: MIT
"""A query over a table of Ibis, and what has been asked of its database so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any, Final, TypeAlias

import ibis
import polars as pl
from attrs import field, frozen

from caljobs_policy.engines.warehouse.steps import Node, written

MOST_DISTINCT: Final = 100_000
"""Of how many values Python is asked at most; a table with more is decided elsewhere."""
Fetch: TypeAlias = Callable[[Any], Any]
"""Runs an expression of Ibis, and returns the rows as a table of Arrow."""


class TooManyValuesError(Exception):
    """A column has more values than can be asked of one by one."""


@frozen(eq=False)
class Query:
    """A table, with the function that asks its database."""

    table: Any
    fetch: Fetch
    doubts: list[Any] = field(factory=list)
    """Columns that say where a row has to be decided elsewhere."""
    _numbers: Iterator[int] = field(factory=count)
    """Those of the tables that may be joined to it."""

    def doubt(self, where: Any) -> None:
        """Have rows decided elsewhere."""
        self.doubts.append(where)

    def beside(self, rows: pl.DataFrame) -> Any:
        """Return a table to be joined, whose columns have names of their own."""
        begins = f"j{next(self._numbers)}"
        inner = rows.rename({name: f"{begins}_{n}" for n, name in enumerate(rows.columns)})
        return ibis.memtable(inner)

    def distinct(self, nodes: Sequence[Node]) -> list[tuple[Any, ...]]:
        """Fetch the values that stand together in a row; none of them is null."""
        table = written(self.table, {f"v{number}": node for number, node in enumerate(nodes)})
        rows = table.drop_null().distinct().limit(MOST_DISTINCT + 1)
        found = frame_from(self.fetch(rows))
        if found.height > MOST_DISTINCT:
            raise TooManyValuesError
        return found.rows()


def frame_from(rows: Any) -> pl.DataFrame:
    """Return a frame of rows that a database has answered with."""
    return pl.DataFrame(rows)
