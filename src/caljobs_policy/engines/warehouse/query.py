# SPDX-License-Identifier: MIT
"""A query over a table of Ibis, as it grows: each step adds columns to those before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final, TypeAlias

import ibis
import polars as pl
from attrs import define, field, frozen
from ibis import _

MOST_DISTINCT: Final = 100_000
"""Of how many values Python is asked at most; a table with more is decided elsewhere."""
Fetch: TypeAlias = Callable[[Any], Any]
"""Runs an expression of Ibis, and returns the rows as a table of Arrow."""


class TooManyValuesError(Exception):
    """A column has more values than can be asked of one by one."""


@frozen
class Joined:
    """A table that is joined where columns of the query are equal to its first ones."""

    keys: Sequence[str]
    table: Any

    @property
    def brings(self) -> list[str]:
        """The names of its further columns."""
        return list(self.table.columns[len(self.keys) :])

    def to(self, table: Any) -> Any:
        """Join it to the table of a query."""
        pairs = zip(self.keys, self.table.columns, strict=False)
        return table.left_join(self.table, [*pairs])


@define
class Step:
    """Columns that are worked out from those before them, and then tables that are joined."""

    columns: dict[str, tuple[Any, AbstractSet[str]]] = field(factory=dict)
    """Expressions, each with the names of the columns that it is made of."""
    joined: list[Joined] = field(factory=list)

    def needed_for(self, names: AbstractSet[str]) -> tuple[AbstractSet[str], list[Joined]]:
        """Return which columns have to be there for these to be, and what has to be joined."""
        joined = [one for one in self.joined if not names.isdisjoint(one.brings)]
        brought = {name for one in joined for name in one.brings}
        return names - brought | {key for one in joined for key in one.keys}, joined


@frozen(eq=False)
class Query:
    """A table with the columns that were asked of it, by the step at which each is there."""

    table: Any
    fetch: Fetch
    doubts: list[Any] = field(factory=list)
    """Columns that say where a row has to be decided elsewhere."""
    _steps: list[Step] = field(factory=list)

    def doubt(self, where: Any) -> None:
        """Have rows decided elsewhere."""
        self.doubts.append(where)

    def named(self, step: int, expression: Any, uses: AbstractSet[str]) -> str:
        """Make an expression a column of its own, which is there at the next step."""
        columns = self._step(step).columns
        name = f"c{step}_{len(columns)}"
        columns[name] = expression, uses
        return name

    def join(self, step: int, keys: Sequence[str], rows: pl.DataFrame) -> list[str]:
        """Join a table by its first columns; its others are there at the next step, as named."""
        joined = self._step(step).joined
        begins = f"j{step}_{len(joined)}"
        inner = rows.rename({name: f"{begins}_{n}" for n, name in enumerate(rows.columns)})
        joined.append(Joined(keys, ibis.memtable(inner)))
        return joined[-1].brings

    def distinct(
        self, step: int, columns: Sequence[tuple[Any, AbstractSet[str]]]
    ) -> list[tuple[Any, ...]]:
        """Fetch the values that stand together in a row; none of them is null."""
        table = self.upto(step, {name for _, uses in columns for name in uses})
        named = {f"v{number}": one for number, (one, _) in enumerate(columns)}
        rows = table.select(**named).drop_null().distinct().limit(MOST_DISTINCT + 1)
        found = frame_from(self.fetch(rows))
        if found.height > MOST_DISTINCT:
            raise TooManyValuesError
        return found.rows()

    def upto(self, step: int, names: AbstractSet[str]) -> Any:
        """Return the table with some of the columns that are there at a step.

        What they do not need is left out, as Ibis takes long over long queries.
        """
        if not step:
            return self.table
        last = self._step(step - 1)
        needed, joined = last.needed_for(names)
        uses = (last.columns[name][1] if name in last.columns else {name} for name in needed)
        table = self.upto(step - 1, frozenset().union(*uses))
        table = table.select(
            **{
                name: last.columns[name][0] if name in last.columns else _[name]
                for name in sorted(needed)
            }
        )
        if joined:
            # Ibis would put these columns into the joins before, and then not find them.
            table = table.view()
        for one in joined:
            table = one.to(table)
        return table

    def _step(self, number: int) -> Step:
        while len(self._steps) <= number:
            self._steps.append(Step())
        return self._steps[number]


def frame_from(rows: Any) -> pl.DataFrame:
    """Return a frame of rows that a database has answered with."""
    return pl.DataFrame(rows)
