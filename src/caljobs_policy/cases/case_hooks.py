# SPDX-License-Identifier: MIT
"""What reads the parts of a case from nodes: a subject, a single fact, and declared mappings."""

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
    """A mapping in a case; a key that it has not may be personal."""

    no_key: ClassVar[str] = "there is no"
    """How messages begin that go on with the noun."""
    empty: ClassVar[str | None] = None
    """What messages say where nothing stands in it, if something must."""


C = TypeVar("C", bound=CasePart)


class CasePartHook(FieldsHook[C]):
    """Reads a mapping in a case as its class declares it."""

    def __call__(self, node: AnyNode, _: Any = None) -> C:
        """Read a mapping, or what is the shorthand for one."""
        told = Collector()
        found = told.read(mapping, self.whole(node))
        if self.cls.empty and node == MappingNode(()):
            remedy = f"name one of: {', '.join(self.keys)}"
            told.add(Code.MISSING, node.place, self.cls.empty, remedy)
        values, _ = self.fields(found, told)
        return told.result(self.cls(**values))

    def whole(self, node: AnyNode) -> AnyNode:
        """Return a node as a mapping if it is the shorthand for one; a list never is."""
        return node if isinstance(node, Sequence) else super().whole(node)

    def unknown(self, key: str) -> str:
        """Return what is wrong with a key, which is quoted only if it is a misspelt one."""
        return f"{self.cls.no_key} {named(self.cls.noun, key, self.keys)}"


def subject_hook(policy: Policy, kind: str) -> Hook:
    """Return what reads subjects of a kind in the words of a policy."""
    return placed(partial(converter_of(policy).read, kind), kind)


def placed(read: Callable[[Any], Any], *above: str) -> Hook:
    """Return what reads nodes by a reader of plain values, and reports problems at their places.

    Messages begin with the path below some keys, or with `this` where there is none.
    """

    def hook(node: AnyNode, _: Any = None) -> Any:
        try:
            return read(_bare(node))
        except UnreadableError as error:
            found = [_placed(problem, above, node) for problem in error.problems]
            raise UnreadableError(found) from None

    return hook


def _bare(node: AnyNode) -> Any:
    """Return mappings and lists as those of Python, with single values as they are written."""
    if isinstance(node, Scalar):
        return None if node.is_null else node
    if isinstance(node, Sequence):
        return [_bare(item) for item in node.items]
    return {key.text: _bare(value) for key, value in node.entries}


def _placed(problem: Problem, above: tuple[str, ...], node: AnyNode) -> Problem:
    """Return a problem at its place, which identifies an item of a list better than a number."""
    told = told_of(evolve(problem, place=_place(problem.keys, node)), *above)
    named_keys = tuple(key for key in problem.keys if isinstance(key, str))
    return evolve(told, message=told_of(evolve(problem, keys=named_keys), *above).message)


def _place(keys: Keys, node: AnyNode) -> Place:
    """Return where the culprit stands; what is missing, where it should."""
    for key in keys:
        if isinstance(key, StrangeKey) and isinstance(node, MappingNode):
            return (node.key(key) or node).place
        below = _below(node, key)
        if below is None:
            return node.place
        node = below
    return node.place


def _below(node: AnyNode, key: str | int) -> AnyNode | None:
    if isinstance(key, int):
        return node.items[key] if isinstance(node, Sequence) else None
    return node.get(key) if isinstance(node, MappingNode) else None
