# SPDX-License-Identifier: MIT
"""Writes what is worked out of a table as a query in steps, each of them a table of its own.

What is used more than once becomes a column of a step, so that it is worked out once, and written
once. Ibis would write it, and take its time over it, wherever it is used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

import ibis
import ibis.expr.types as ir
from attrs import define, field, frozen

_LONGEST: Final = 60
"""How many operations an expression has before it becomes a column, as databases nest few."""
_NAME: Final = "caljobs_policy_{}"
"""What steps are called in the query, which no table in it may be called."""


@frozen(eq=False)
class Named:
    """A column of the table."""

    name: str
    parts: Sequence[Node] = ()


@frozen(eq=False)
class Fixed:
    """A value that is the same in all rows."""

    value: Any
    parts: Sequence[Node] = ()


@frozen(eq=False)
class Made:
    """What Ibis makes of other columns."""

    make: Callable[..., Any]
    parts: Sequence[Node]


@frozen(eq=False)
class Joined:
    """A table that is joined where columns are equal to its first ones."""

    keys: Sequence[Node]
    table: Any

    @property
    def brings(self) -> tuple[str, ...]:
        """The names of its further columns."""
        return (*self.table.columns[len(self.keys) :],)

    def to(self, table: Any, keys: Sequence[str]) -> Any:
        """Join it to a table that has the columns under these names."""
        return table.left_join(self.table, [*zip(keys, self.table.columns, strict=False)])


@frozen(eq=False)
class Brought:
    """A further column of a table that is joined."""

    joined: Joined
    name: str

    @property
    def parts(self) -> Sequence[Node]:
        """The columns that the table is joined by."""
        return self.joined.keys


Node: TypeAlias = Named | Fixed | Made | Brought


def written(table: Any, outputs: Mapping[str, Node]) -> Any:
    """Return a table of some columns under other names, worked out of a table."""
    return _Writer(table, outputs).written()


@define
class _Step:
    """Columns that are worked out, and then tables that are joined."""

    columns: dict[str, Node] = field(factory=dict)
    joined: dict[Joined, Sequence[str]] = field(factory=dict)
    """Tables, each with the names of the columns that it is joined by."""

    def brought(self) -> set[str]:
        return {name for one in self.joined for name in one.brings}


class _Writer:
    """Places all that is worked out in steps, and writes them."""

    def __init__(self, table: Any, outputs: Mapping[str, Node]) -> None:
        self.table = table
        self.outputs = outputs
        self.names: dict[Node, str] = {}
        """The names of those that are columns of a step."""
        self.ready: dict[Node, int] = {}
        """From which step on each can be used."""
        self.sizes: dict[Node, int] = {}
        self.steps = [_Step()]
        nodes = _in_order(outputs.values())
        self.uses = Counter(part for node in nodes for part in node.parts)
        self.uses.update(outputs.values())
        for node in nodes:
            self._place(node)

    def _place(self, node: Node) -> None:
        """Find the step at which something is worked out, after all that it is made of."""
        step = max((self.ready[part] for part in node.parts), default=0)
        if isinstance(node, Named):
            self._name(node, node.name, 0)
        elif isinstance(node, Fixed):
            self.ready[node] = 0
        elif isinstance(node, Brought):
            keys = {key: self._key(key) for key in node.parts}
            step = max(map(self._joined_by, keys))
            self._step(step).joined[node.joined] = [*keys.values()]
            self._name(node, node.name, step + 1)
        else:
            self.ready[node] = step
            self.sizes[node] = 1 + sum(self.sizes.get(part, 0) for part in node.parts)
            if self.uses[node] > 1 or self.sizes[node] > _LONGEST:
                self._make_column(node)

    def _key(self, node: Node) -> str:
        if node not in self.names:
            # Databases join by columns.
            self._make_column(node)
        return self.names[node]

    def _joined_by(self, key: Node) -> int:
        """Return from which step on tables are joined by a column: if made, already where it is."""
        return self.ready[key] - 1 if isinstance(key, Made) else self.ready[key]

    def _make_column(self, node: Node) -> None:
        columns = self._step(self.ready[node]).columns
        name = f"c{self.ready[node]}_{len(columns)}"
        columns[name] = node
        self._name(node, name, self.ready[node] + 1)

    def _name(self, node: Node, name: str, ready: int) -> None:
        self.names[node], self.ready[node], self.sizes[node] = name, ready, 0

    def _step(self, number: int) -> _Step:
        while len(self.steps) <= number:
            self.steps.append(_Step())
        return self.steps[number]

    def written(self) -> Any:
        """Return the table that the last step leads to."""
        needed = self._needed()
        table = self.table
        for number, step in enumerate(self.steps):
            columns = {
                name: _column(self._of(table, step.columns[name], inner=True))
                if name in step.columns
                else table[name]
                for name in sorted(needed[number])
            }
            table = table.select(**columns).alias(_NAME.format(number))
            for joined, keys in step.joined.items():
                table = joined.to(table, keys)
        return table.select(
            **{name: _column(self._of(table, one)) for name, one in self.outputs.items()}
        )

    def _needed(self) -> list[set[str]]:
        """Return the columns that each step has to hand on; what nothing needs is left out."""
        needed = {name for one in self.outputs.values() for name in self._leaves(one)}
        found = []
        for step in reversed(self.steps):
            keys = {key for names in step.joined.values() for key in names}
            handed = needed - step.brought() | keys
            found.append(handed)
            needed = handed - step.columns.keys()
            for name in handed & step.columns.keys():
                needed |= {*self._leaves(step.columns[name], inner=True)}
        return found[::-1]

    def _leaves(self, node: Node, *, inner: bool = False) -> Iterator[str]:
        """Yield the names of the columns that the expression of something has."""
        if node in self.names and not inner:
            yield self.names[node]
        else:
            for part in node.parts:
                yield from self._leaves(part)

    def _of(self, table: Any, node: Node, *, inner: bool = False) -> Any:
        """Return the expression of something over a table that has all it is made of."""
        if isinstance(node, Fixed):
            return node.value
        if isinstance(node, Made) and (inner or node not in self.names):
            return node.make(*(self._of(table, part) for part in node.parts))
        return table[self.names[node]]


def _column(value: Any) -> Any:
    """Return a value as Ibis takes it for a column."""
    if value is None:
        return ibis.null("int64")
    return value if isinstance(value, ir.Value) else ibis.literal(value)


def _in_order(nodes: Iterable[Node]) -> list[Node]:
    """Return all that some are made of, and then these themselves, each once."""
    found: dict[Node, None] = {}
    waiting = [(node, False) for node in nodes]
    while waiting:
        node, is_open = waiting.pop()
        if is_open:
            found[node] = None
        elif node not in found:
            waiting.append((node, True))
            waiting += [(part, False) for part in node.parts if part not in found]
    return [*found]
