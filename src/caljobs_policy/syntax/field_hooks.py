# SPDX-License-Identifier: MIT
"""Reads mappings by the keys that classes declare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import Collector, Hook
from caljobs_policy.errors.near import near_word, remedy_for
from caljobs_policy.syntax.declaration import Declared, declared
from caljobs_policy.syntax.nodes import AnyNode, Scalar
from caljobs_policy.syntax.nodes import Mapping as MappingNode

if TYPE_CHECKING:
    from cattrs import Converter

D = TypeVar("D", bound=Declared)


def hooks_of(cls: type[Declared], converter: Converter) -> Mapping[str, Hook]:
    """Return the hook for the declared type of each key of a class."""
    return {key: converter.get_structure_hook(f.type) for key, f in declared(cls).items()}


class FieldsHook(Generic[D]):
    """Reads a mapping as a class declares it."""

    def __init__(self, cls: type[D], hooks: Mapping[str, Hook]) -> None:
        self.cls, self.keys, self.hooks = cls, declared(cls), hooks
        self.arguments = {key: str(f.alias) for key, f in self.keys.items()}

    def unknown(self, key: str) -> str:
        """Return what is wrong with a key that the class does not declare."""
        raise NotImplementedError

    def whole(self, node: AnyNode) -> AnyNode:
        """Return a node as a mapping if it is the shorthand for one."""
        if self.cls.shorthand is None or isinstance(node, MappingNode):
            return node
        return MappingNode(((Scalar(self.cls.shorthand, place=node.place), node),), node.place)

    def fields(self, node: MappingNode, told: Collector) -> tuple[dict[str, Any], set[str]]:
        """Return the values of the fields as arguments, and the keys with faults."""
        values: dict[str, Any] = {}
        rest: dict[str, AnyNode] = {}
        faulty: set[str] = set()
        for name, value in node.entries:
            meant, before = name.text, len(told.problems)
            hook = self.hooks.get(meant)
            if hook is None:
                meant = self._meant(name, node, told)
                hook = self.hooks.get(meant)
                if hook is None:
                    rest[meant] = value
                    continue
            found = told.read(hook, value, None)
            if len(told.problems) == before:
                values[self.arguments[meant]] = found
                continue
            faulty.add(meant)
            if found is not None:
                values[self.arguments[meant]] = found
        return (values if self.cls.rest is None else {**values, self.cls.rest: rest}), faulty

    def _meant(self, name: Scalar, node: MappingNode, told: Collector) -> str:
        """Return the key that is meant: an unknown one is reported, and read as the nearest."""
        if self.cls.rest is not None:
            return name.text
        remedy = remedy_for(name.text, self.keys, "its keys are")
        told.add(Code.UNKNOWN_KEY, name.place, self.unknown(name.text), remedy)
        near = near_word(name.text, self.keys)
        return near if near is not None and node.get(near) is None else name.text
