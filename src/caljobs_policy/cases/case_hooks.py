# SPDX-License-Identifier: MIT
"""Hooks that read the parts of a case: its subject, and mappings that classes declare."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar, TypeVar

from attrs import frozen

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import Collector, Hook
from caljobs_policy.errors.privacy import named
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.subject_reading import converter_of
from caljobs_policy.subjects.placing import placed
from caljobs_policy.syntax.declaration import Declared
from caljobs_policy.syntax.field_hooks import FieldsHook
from caljobs_policy.syntax.node_hooks import mapping
from caljobs_policy.syntax.nodes import AnyNode, Sequence
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
