# SPDX-License-Identifier: MIT
"""Reads nodes by a reader of plain values, and gives each problem its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import evolve

from caljobs_policy.errors.collecting import Hook, StrangeKey, UnreadableError, told_of
from caljobs_policy.errors.problems import Keys, Place, Problem
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence
from caljobs_policy.syntax.nodes import Mapping as MappingNode


def placed(read: Callable[[Any], Any], *above: str) -> Hook:
    """Return a hook that passes nodes to a reader of plain values and gives problems their places.

    Messages begin with the path of the value below the keys `above`, or with "this" without one.
    """

    def hook(node: AnyNode, _: Any = None) -> Any:
        try:
            return read(bare(node))
        except UnreadableError as error:
            found = [_placed(problem, above, node) for problem in error.problems]
            raise UnreadableError(found) from None

    return hook


def bare(node: AnyNode) -> Any:
    """Return mappings and lists as Python's own; single values stay as written."""
    if isinstance(node, Scalar):
        return None if node.is_null else node
    if isinstance(node, Sequence):
        return [bare(item) for item in node.items]
    return {key.text: bare(value) for key, value in node.entries}


def _placed(problem: Problem, above: tuple[str, ...], node: AnyNode) -> Problem:
    """Return a problem with its place, which is better than the number of an item in a list."""
    told = told_of(evolve(problem, place=_place(problem.keys, node)), *above)
    named_keys = tuple(key for key in problem.keys if isinstance(key, str))
    return evolve(told, message=told_of(evolve(problem, keys=named_keys), *above).message)


def _place(keys: Keys, node: AnyNode) -> Place:
    """Return where the culprit stands, or where what is missing should stand."""
    for key in keys:
        below: AnyNode | None = None
        if isinstance(node, Sequence) and isinstance(key, int):
            below = node.items[key]
        elif isinstance(node, MappingNode):
            below = node.key(key) if isinstance(key, StrangeKey) else node.get(str(key))
        if below is None:
            break
        node = below
    return node.place
