# SPDX-License-Identifier: MIT
"""Reads the tables of a profile: cattrs finds for each field the hook of its declared type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, get_args

from caljobs_policy.codes import Code
from caljobs_policy.errors import Problem, near_word, shown
from caljobs_policy.syntax.converter import Collector, Hook, UnreadableError
from caljobs_policy.syntax.declaration import Keyed, declared_keys, declared_others
from caljobs_policy.syntax.entries import Entry
from caljobs_policy.syntax.node_hooks import HOOKS, by_key, mapping
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence, Word
from caljobs_policy.syntax.nodes import Mapping as MappingNode
from caljobs_policy.syntax.sections import Section

if TYPE_CHECKING:
    from cattrs import Converter

K = TypeVar("K", bound=Keyed)
_TIGHT: Final = re.compile(r"([A-Za-z][\w/-]{0,60}):\S.*", re.DOTALL)
"""A key and its value without a blank between them, which is one word for YAML."""


def read_keyed(pair: tuple[Scalar, AnyNode], cls: type[K]) -> K:
    """Read a key with what stands under it; raises `UnreadableError` with all that is wrong."""
    return entry_converter().structure(pair, cls)


def read_table(node: AnyNode, section: Section) -> Mapping[str, Entry]:
    """Read the entries of a table, by their keys; those of a deeper one by `outer/inner`.

    Raises `UnreadableError` with all that is wrong, and the table nevertheless.
    """
    told = Collector()
    found: dict[str, Entry] = {}
    hook = entry_converter().get_structure_hook(section.entry)
    for pair in _pairs(section, node, told):
        entry = told.read(hook, pair)
        name = f"{entry.key.text}#{len(found)}" if section.repeats else entry.key.text
        if name in found:
            remedy = f"it stands at {found[name].key.place} too; remove one"
            told.add(Code.DUPLICATE, entry.key.place, f"{shown(name)} stands here twice", remedy)
        else:
            found[name] = entry
    return told.result(found)


def _pairs(section: Section, node: AnyNode, told: Collector) -> Iterator[tuple[Scalar, AnyNode]]:
    if isinstance(node, Scalar) and node.is_null:
        return
    if isinstance(node, Sequence):
        yield from _identified(section.listed_by, node, told)
        return
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
    """Return the converter that reads all that is declared as written, from nodes."""
    from cattrs import Converter  # noqa: PLC0415  # a policy at hand is evaluated without it

    converter = Converter(detailed_validation=False)
    converter.register_structure_hook_factory(HOOKS.__contains__, lambda type_: HOOKS[type_])
    converter.register_structure_hook_factory(_holds_entries, _entries_hook)
    converter.register_structure_hook_factory(_is_keyed, _EntryHook)
    return converter


def _is_keyed(cls: Any) -> bool:
    return isinstance(cls, type) and issubclass(cls, Keyed)


def _holds_entries(type_: Any) -> bool:
    return any(map(_is_keyed, get_args(type_)))


def _entries_hook(type_: Any, converter: Converter) -> Hook:
    return by_key(converter.get_structure_hook(get_args(type_)[1]), tuple)


class _EntryHook(Generic[K]):
    """Reads a key and what stands under it as an entry.

    An entry with faults is what is left of it, so that the rest is looked at in the same run and
    nobody is told that it is missing.
    """

    def __init__(self, cls: type[K], converter: Converter) -> None:
        self.cls, self.others = cls, declared_others(cls)
        self.keys = declared_keys(cls)
        self.hooks = {name: converter.get_structure_hook(k.type) for name, k in self.keys.items()}
        self.needed = [name for name, key in self.keys.items() if key.is_needed]

    def __call__(self, pair: tuple[Scalar, AnyNode], _: Any) -> K:
        key, node = pair
        if self.cls.shorthand is not None and not isinstance(node, MappingNode):
            short = Scalar(self.cls.shorthand, place=node.place)
            node = MappingNode(((short, node),), node.place)
        if not isinstance(node, MappingNode):
            raise UnreadableError(
                [self._misshapen(key, node)], self._made(key, node, {}, self.keys)
            )
        told = Collector()
        values, faulty = self._fields(node, told)
        for name in self.needed:
            if name not in faulty and self.keys[name].argument not in values:
                remedy = f"add `{name}:` with {self.keys[name].takes}"
                told.add(Code.MISSING, node.place, f"{shown(key.text)} lacks `{name}`", remedy)
                faulty.add(name)
        return told.result(self._made(key, node, values, faulty))

    def _fields(self, node: MappingNode, told: Collector) -> tuple[dict[str, Any], set[str]]:
        """Return the values of the fields as arguments, and the keys with faults."""
        values: dict[str, Any] = {}
        faulty: set[str] = set()
        others: dict[str, AnyNode] = {}
        for name, value in node.entries:
            if self.others is not None and name.text not in self.keys:
                others[name.text] = value
                continue
            before = len(told.problems)
            meant = name.text if name.text in self.keys else self._meant(name, node, told)
            if meant not in self.keys:
                continue
            found = told.read(self.hooks[meant], value)
            if found is not None:
                values[self.keys[meant].argument] = found
            if len(told.problems) > before:
                faulty.add(meant)
        return (values if self.others is None else {**values, self.others: others}), faulty

    def _meant(self, name: Scalar, node: MappingNode, told: Collector) -> str:
        """Report an unknown key, and return the nearest one unless that is written as well."""
        near = near_word(name.text, self.keys)
        message = f"{shown(name.text)} is not a key of {self.cls.noun}"
        remedy = f"did you mean `{near}`?" if near else self._its_keys()
        told.add(Code.UNKNOWN_KEY, name.place, message, remedy)
        return near if near is not None and node.get(near) is None else name.text

    def _misshapen(self, key: Scalar, node: AnyNode) -> Problem:
        """Report what stands in place of a mapping, often for want of a space after a colon."""
        plain = [one for one in (key, node) if isinstance(one, Scalar) and not one.quoted]
        for scalar in plain:
            if tight := _TIGHT.match(scalar.text):
                message = f"missing space after the colon in {shown(tight[0])}"
                remedy = f"write `{tight[1]}: ` with a space after the colon"
                return Problem(message, scalar.place, remedy, code=Code.SYNTAX)
        message = f"{shown(key.text)} takes a mapping"
        return Problem(message, node.place, self._its_keys(), code=Code.WRONG_KIND)

    def _its_keys(self) -> str:
        return f"its keys are: {', '.join(self.keys)}"

    def _made(
        self, key: Scalar, node: AnyNode, values: Mapping[str, Any], faulty: Iterable[str]
    ) -> K:
        word = Word(key.text, key.place)
        return self.cls(key=word, place=node.place, node=node, faulty=frozenset(faulty), **values)
