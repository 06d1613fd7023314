# SPDX-License-Identifier: MIT
"""Reads the tables of a profile: cattrs finds for each field the hook of its declared type."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import Collector, Hook
from caljobs_policy.errors.problems import shown
from caljobs_policy.syntax.declaration import Keyed, needed, takes
from caljobs_policy.syntax.entries import Entry
from caljobs_policy.syntax.field_hooks import FieldsHook, hooks_of
from caljobs_policy.syntax.node_hooks import HOOKS, by_key, mapping
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence, Word
from caljobs_policy.syntax.nodes import Mapping as MappingNode
from caljobs_policy.syntax.sections import Section

if TYPE_CHECKING:
    from cattrs import Converter

K = TypeVar("K", bound=Keyed)
_TIGHT: Final = re.compile(r"[A-Za-z][\w/-]{0,60}:\S")
"""A key and its value without a blank between them, which is one word for YAML."""


def read_table(node: AnyNode, section: Section) -> Mapping[str, Entry]:
    """Read the entries of a table, by their keys; those of a deeper one by `outer/inner`."""
    told = Collector()
    found: dict[str, Entry] = {}
    hook = entry_converter().get_structure_hook(section.entry)
    for pair in _pairs(section, node, told):
        entry = told.read(hook, pair, None)
        name = f"{entry.key.text}#{len(found)}" if section.repeats else entry.key.text
        if name in found:
            remedy = f"it is also at {found[name].key.place}; remove one"
            told.add(Code.DUPLICATE, entry.key.place, f"{shown(name)} stands here twice", remedy)
        else:
            found[name] = entry
    return told.result(found)


def _pairs(section: Section, node: AnyNode, told: Collector) -> Iterator[tuple[Scalar, AnyNode]]:
    if isinstance(node, Sequence):
        yield from _identified(section.listed_by, node, told)
    elif not (isinstance(node, Scalar) and node.is_null):
        for key, value in told.read(mapping, node).entries:
            if not section.nested:
                yield key, value
                continue
            for inner, below in told.read(mapping, value).entries:
                yield Scalar(f"{key.text}/{inner.text}", place=inner.place), below


def _identified(name: str, node: Sequence, told: Collector) -> Iterator[tuple[Scalar, AnyNode]]:
    """Return the entries of a list, each of which has its key under a name such as `id`."""
    for item in node.items:
        key = told.read(mapping, item).get(name)
        if isinstance(key, Scalar) and isinstance(item, MappingNode):
            yield key, MappingNode(tuple(e for e in item.entries if e[0].text != name), item.place)
        elif isinstance(item, MappingNode):
            message, remedy = f"the entry has no `{name}`", f"add `{name}:` with its name"
            told.add(Code.MISSING, item.place, message, remedy)


@cache
def entry_converter() -> Converter:
    """Return the converter that reads a key with what stands under it, as a class declares it.

    It raises `UnreadableError` with all that is wrong, and what is left nevertheless.
    """
    from cattrs import Converter  # noqa: PLC0415  # a policy at hand is evaluated without it

    converter = Converter(detailed_validation=False)
    converter.register_structure_hook_factory(HOOKS.__contains__, lambda type_: HOOKS[type_])
    converter.register_structure_hook_factory(_is_keyed, _entry_hook)
    converter.register_structure_hook_factory(
        lambda type_: any(map(_is_keyed, get_args(type_))), _entries_hook
    )
    return converter


def _is_keyed(cls: Any) -> bool:
    return isinstance(cls, type) and issubclass(cls, Keyed)


def _entry_hook(cls: type[Keyed], converter: Converter) -> Hook:
    return _EntryHook(cls, hooks_of(cls, converter))


def _entries_hook(type_: Any, converter: Converter) -> Hook:
    return by_key(converter.get_structure_hook(get_args(type_)[1]), tuple)


class _EntryHook(FieldsHook[K]):
    """Reads a key and what stands under it as an entry.

    An entry with faults is what is left of it, so that the rest is looked at in the same run and
    nobody is told that it is missing.
    """

    def __init__(self, cls: type[K], hooks: Mapping[str, Hook]) -> None:
        super().__init__(cls, hooks)
        self.needed = {name: f for name, f in self.keys.items() if needed in f.metadata}
        self.needed_arguments = {self.arguments[name] for name in self.needed}

    def __call__(self, pair: tuple[Scalar, AnyNode], _: Any) -> K:
        key, node = pair
        node = self.whole(node)
        told = Collector()
        if isinstance(node, MappingNode):
            values, faulty = self.fields(node, told)
            if not self.needed_arguments <= values.keys():
                faulty |= self._lacking(key, node, values, faulty, told)
        else:
            values, faulty = {}, set(self.keys)
            self._misshapen(key, node, told)
        fields: Any = {"place": node.place, "node": node, "faulty": frozenset(faulty), **values}
        return told.result(self.cls(key=Word(key.text, key.at), **fields))

    def unknown(self, key: str) -> str:
        """Return what is wrong with a key; profiles are public, so it is quoted."""
        return f"{shown(key)} is not a key of {self.cls.noun}"

    def _lacking(
        self, key: Scalar, node: AnyNode, values: Collection[str], faulty: set[str], told: Collector
    ) -> set[str]:
        """Report the keys that an entry lacks."""
        lacking = {n for n in self.needed if self.arguments[n] not in values} - faulty
        for name in lacking:
            remedy = f"add `{name}:` with {takes(self.needed[name].type)}"
            told.add(Code.MISSING, node.place, f"{shown(key.text)} lacks `{name}`", remedy)
        return lacking

    def _misshapen(self, key: Scalar, node: AnyNode, told: Collector) -> None:
        """Report what stands in place of a mapping, often for want of a space after a colon."""
        for scalar in (key, node):
            if isinstance(scalar, Scalar) and not scalar.quoted and _TIGHT.match(scalar.text):
                name = scalar.text.partition(":")[0]
                message = f"missing space after the colon in {shown(scalar.text)}"
                remedy = f"write `{name}: ` with a space after the colon"
                told.add(Code.SYNTAX, scalar.place, message, remedy)
                return
        message = f"{shown(key.text)} takes a mapping"
        remedy = f"its keys are: {', '.join(self.keys)}"
        told.add(Code.WRONG_KIND, node.place, message, remedy)
