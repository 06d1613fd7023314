# SPDX-License-Identifier: MIT
"""Hooks that read the parts of a case: subjects, single facts and declared mappings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, TypeVar

from attrs import evolve, frozen

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import (
    Collector,
    Hook,
    StrangeKey,
    UnreadableError,
    told_of,
)
from caljobs_policy.errors.privacy import named
from caljobs_policy.errors.problems import Keys, Place, Problem
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.subject_reading import converter_of
from caljobs_policy.syntax.declaration import Declared
from caljobs_policy.syntax.field_hooks import FieldsHook
from caljobs_policy.syntax.node_hooks import mapping
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence
from caljobs_policy.syntax.nodes import Mapping as MappingNode


@frozen
class CasePart(Declared):
    """A mapping in a case; messages repeat its keys only if they are misspelled known ones."""

    empty: ClassVar[str | None] = None
    """What a message says if nothing is written in it, where something has to be."""


C = TypeVar("C", bound=CasePart)


class CasePartHook(FieldsHook[C]):
    """Reads a mapping in a case as its class declares it."""

    def __call__(self, node: AnyNode, _: Any = None) -> C:
        """Read a mapping, or the shorthand for one."""
        told = Collector()
        found = told.read(mapping, self.whole(node))
        if self.cls.empty and node == MappingNode(()):
            remedy = f"name one of: {', '.join(self.keys)}"
            told.add(Code.MISSING, node.place, self.cls.empty, remedy)
        values, _ = self.fields(found, told)
        return told.result(self.cls(**values))

    def whole(self, node: AnyNode) -> AnyNode:
        """Return a node as a mapping if it is the shorthand for one, which a list never is."""
        return node if isinstance(node, Sequence) else super().whole(node)

    def unknown(self, key: str) -> str:
        """Return what is wrong with a key that the class does not declare."""
        return f"{self.cls.noun} has no {named('key', key, self.keys)}"


def subject_hook(policy: Policy, kind: str) -> Hook:
    """Return a hook that reads subjects of a kind in the words of a policy."""
    return placed(partial(converter_of(policy).read, kind), kind)


def placed(read: Callable[[Any], Any], *above: str) -> Hook:
    """Return a hook that passes nodes to a reader of plain values and gives problems their places.

    Messages begin with the path of the value below the keys `above`, or with "this" without one.
    """

    def hook(node: AnyNode, _: Any = None) -> Any:
        try:
            return read(_bare(node))
        except UnreadableError as error:
            found = [_placed(problem, above, node) for problem in error.problems]
            raise UnreadableError(found) from None

    return hook


def _bare(node: AnyNode) -> Any:
    """Return mappings and lists as Python's own; single values stay as written."""
    if isinstance(node, Scalar):
        return None if node.is_null else node
    if isinstance(node, Sequence):
        return [_bare(item) for item in node.items]
    return {key.text: _bare(value) for key, value in node.entries}


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
