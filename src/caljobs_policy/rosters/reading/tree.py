# SPDX-License-Identifier: MIT
"""Facts with dotted keys, put together as the nested mapping that a case would have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import define, field

from caljobs_policy.errors.problems import Place
from caljobs_policy.rosters.reading.columns import ACCOUNT
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence
from caljobs_policy.syntax.nodes import Mapping as MappingNode

_MOST_DOTS = 5
"""No key of an account has more; what follows them is one unknown key."""


@define
class Tree:
    """A mapping that grows; below each key stands a value or a further mapping."""

    place: Place
    values: dict[str, tuple[Scalar, AnyNode]] = field(factory=dict)
    branches: dict[str, Tree] = field(factory=dict)

    def put(self, path: tuple[str, ...], place: Place, value: AnyNode) -> bool:
        """Put a value at a path; False where something stands there, or a value above it."""
        *above, last = path
        branch = self
        for name in above:
            if name in branch.values:
                return False
            branch = branch.branches.setdefault(name, Tree(place))
        if last in branch.values or last in branch.branches:
            return False
        branch.values[last] = (Scalar(last, place=place), value)
        return True

    def put_all(self, node: MappingNode, above: tuple[str, ...] = ()) -> Iterator[Scalar]:
        """Put what a mapping holds, its keys nested or with dots; give those that stand twice."""
        for key, value in node.entries:
            path = (*above, *key.text.split(".", _MOST_DOTS))
            is_inner = isinstance(value, MappingNode) and bool(value.entries)
            if path[0] == ACCOUNT and (is_inner or len(path) > 1):
                path = path[1:]
            if isinstance(value, MappingNode) and is_inner:
                yield from self.put_all(value, path)
            elif not self.put(path, key.place, value):
                yield key

    def gather(self, path: tuple[str, ...], items: Iterable[AnyNode]) -> None:
        """Make a list of the mapping at a path, if there is one, and of further items."""
        *above, last = path
        branch = self
        for name in above:
            branch = branch.branches.setdefault(name, Tree(self.place))
        first = branch.branches.pop(last, None)
        found = [] if first is None else [first.node()]
        branch.values[last] = (
            Scalar(last, place=self.place),
            Sequence((*found, *items), self.place),
        )

    def node(self) -> MappingNode:
        """Return the whole as a mapping."""
        inner = [(Scalar(n, place=b.place), b.node()) for n, b in self.branches.items()]
        return MappingNode((*self.values.values(), *inner), self.place)
