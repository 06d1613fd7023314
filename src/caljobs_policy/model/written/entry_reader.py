# SPDX-License-Identifier: MIT
"""Reads the entries of a profile's tables, with every key that is not known reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final, TypeVar

from attrs import field, frozen

from caljobs_policy.errors import Place, Problem, nearest, shown
from caljobs_policy.model.written.entries import Entry, Row
from caljobs_policy.model.written.nodes import AnyNode, Scalar, Sequence
from caljobs_policy.model.written.nodes import Mapping as MappingNode
from caljobs_policy.model.written.sections import Section
from caljobs_policy.model.written.shapes import Shape, Word, Written, arguments_of, shapes_of
from caljobs_policy.model.written.values import day_from

E = TypeVar("E", bound=Entry)
_TIGHT: Final = re.compile(r"([A-Za-z][\w/-]{0,60}):\S.*", re.DOTALL)
"""A key and its value without a blank between them, which is one word for YAML."""


@frozen
class EntryReader:
    """Reads entries and collects what is wrong with them."""

    problems: list[Problem]
    broken: set[str] = field(factory=set)
    """The keys of entries that could not be read; that they are missing is told by nothing else."""

    def table(self, section: Section, node: AnyNode) -> Mapping[str, Entry]:
        """Read the entries of a table, by their keys; those of a deeper one by `outer/inner`."""
        if isinstance(node, Scalar) and node.is_null:
            return {}
        found: dict[str, Entry] = {}
        for key, value in self._entries_of(section, node):
            entry = self.entry(section.entry, key, value)
            if entry is not None and section.repeats:
                found[f"{entry.key.text}#{len(found)}"] = entry
            elif entry is not None and entry.key.text in found:
                first = found[entry.key.text].key.place
                self._add(
                    key.place,
                    f"{shown(entry.key.text)} stands here twice",
                    f"it stands at {first} too; remove one",
                )
            elif entry is not None:
                found[entry.key.text] = entry
        return found

    def _entries_of(self, section: Section, node: AnyNode) -> Iterator[tuple[Scalar, AnyNode]]:
        if isinstance(node, Sequence):
            yield from self._identified(section.listed_by, node)
            return
        for key, value in self._mapping(node).entries:
            if not section.nested:
                yield key, value
                continue
            for inner, below in self._mapping(value).entries:
                yield Scalar(f"{key.text}/{inner.text}", place=inner.place), below

    def _identified(self, name: str, node: Sequence) -> Iterator[tuple[Scalar, AnyNode]]:
        """Give the entries of a list, each of which has its key under a name such as `id`."""
        for item in node.items:
            mapping = self._mapping(item)
            key = mapping.get(name)
            if isinstance(key, Scalar):
                rest = tuple((k, v) for k, v in mapping.entries if k.text != name)
                yield key, MappingNode(rest, item.place)
            elif isinstance(item, MappingNode):
                remedy = f"add `{name}:` with its name"
                self._add(item.place, f"the entry has no `{name}`", remedy)

    def entry(self, cls: type[E], key: Scalar, node: AnyNode) -> E | None:
        """Read one entry; None after a problem."""
        shapes = shapes_of(cls)
        if cls.shorthand is not None and not isinstance(node, MappingNode):
            short = Scalar(cls.shorthand, place=node.place)
            node = MappingNode(((short, node),), node.place)
        if not isinstance(node, MappingNode):
            self._refuse(key, node, shapes)
            self.broken.add(key.text)
            return None
        values: dict[str, Any] = {}
        columns: dict[str, AnyNode] = {}
        before = len(self.problems)
        for name, value in node.entries:
            if name.text in shapes:
                values[name.text] = self._value(shapes[name.text], value)
            elif cls is Row:
                columns[name.text] = value
            else:
                help_text = nearest(name.text, shapes) or _keys(shapes)
                self._add(name.place, f"{shown(name.text)} is no key of this entry", help_text)
        self._require(shapes, key, node, values)
        if len(self.problems) > before:
            self.broken.add(key.text)
            return None
        if cls is Row:
            values["columns"] = columns
        arguments = arguments_of(cls, values)
        return cls(key=Word(key.text, key.place), place=node.place, node=node, **arguments)

    def _refuse(self, key: Scalar, node: AnyNode, shapes: Mapping[str, Written]) -> None:
        """Tell what stands where a mapping has to; often a blank is missing after a colon."""
        for text, place in ((key, key.place), (node, node.place)):
            if isinstance(text, Scalar) and not text.quoted and (tight := _TIGHT.match(text.text)):
                fault = f"a blank is missing after the colon in {shown(tight[0])}"
                self._add(place, fault, f"write `{tight[1]}: ` with a blank after the colon")
                return
        self._add(node.place, f"{shown(key.text)} takes a mapping", _keys(shapes))

    def _require(
        self,
        shapes: Mapping[str, Written],
        key: Scalar,
        node: MappingNode,
        values: Mapping[str, Any],
    ) -> None:
        for name, written in shapes.items():
            if written.required and name != "columns" and name not in values:
                self._add(
                    node.place,
                    f"{shown(key.text)} lacks `{name}`",
                    f"add `{name}:` with {written.shape.value}",
                )

    def _value(self, written: Written, node: AnyNode) -> Any:
        if written.shape is Shape.ENTRIES:
            cls = written.entry or Entry
            entries = ((k, self.entry(cls, k, v)) for k, v in self._mapping(node).entries)
            return {key.text: entry for key, entry in entries if entry is not None}
        return _READERS[written.shape](self, node)

    def text(self, node: AnyNode) -> str | None:
        """Read a text; one that runs over several lines becomes one line."""
        if isinstance(node, Scalar) and not node.is_null:
            return " ".join(node.text.split())
        remedy = "write one, in quotes where it holds a colon or starts with a bracket"
        self._add(node.place, "a text is expected here", remedy)
        return None

    def texts(self, node: AnyNode) -> Mapping[str, Word]:
        """Read a text, or one for each kind of failure; each keeps its place."""
        if isinstance(node, Scalar):
            text = self.text(node)
            return {} if text is None else {"else": Word(text, node.place)}
        found = {}
        for key, value in self._mapping(node).entries:
            text = self.text(value)
            if text is not None:
                found[key.text] = Word(text, value.place)
        return found

    def word(self, node: AnyNode) -> Word | None:
        """Read a word."""
        if isinstance(node, Scalar) and node.text:
            return Word(node.text, node.place)
        self._add(node.place, "a word is expected here", "write one")
        return None

    def words(self, node: AnyNode) -> tuple[Word, ...]:
        """Read a word or a list of words."""
        items = node.items if isinstance(node, Sequence) else (node,)
        if not items:
            self._add(node.place, "the list is empty", "name at least one word")
        found = [self.word(item) for item in items]
        return tuple(word for word in found if word is not None)

    def named_words(self, node: AnyNode) -> Mapping[str, Word]:
        """Read a mapping of names to words."""
        pairs = ((key.text, self.word(value)) for key, value in self._mapping(node).entries)
        return {key: word for key, word in pairs if word is not None}

    def nodes(self, node: AnyNode) -> Mapping[str, AnyNode]:
        """Keep a mapping as it is written."""
        return {key.text: value for key, value in self._mapping(node).entries}

    def flag(self, node: AnyNode) -> bool | None:
        """Read true or false."""
        if isinstance(node, Scalar) and not node.quoted and node.text in {"true", "false"}:
            return node.text == "true"
        remedy = "write true or false, in small letters and without quotes"
        self._add(node.place, "true or false is expected here", remedy)
        return None

    def day(self, node: AnyNode) -> date | None:
        """Read a date."""
        found, fault = day_from(node.text) if isinstance(node, Scalar) else (None, None)
        if found is None:
            message, help_text = "a date is expected here", "write it as 2025-03-01"
            if fault is not None and isinstance(node, Scalar):
                message, help_text = f"{shown(node.text)} {fault[0]}", fault[1]
            self._add(node.place, message, help_text)
        return found

    def _mapping(self, node: AnyNode) -> MappingNode:
        if isinstance(node, MappingNode):
            return node
        self._add(node.place, "a mapping is expected here", "write `key: value` in each line")
        return MappingNode((), node.place)

    def _add(self, place: Place, message: str, help_text: str | None = None) -> None:
        self.problems.append(Problem(message, place, help_text))


def _keys(shapes: Mapping[str, Written]) -> str:
    return f"its keys are: {', '.join(shapes)}"


def _as_written(reader: EntryReader, node: AnyNode) -> AnyNode:
    return node


_READERS: Mapping[Shape, Callable[[EntryReader, AnyNode], Any]] = {
    Shape.TEXT: EntryReader.text,
    Shape.TEXTS: EntryReader.texts,
    Shape.WORD: EntryReader.word,
    Shape.WORDS: EntryReader.words,
    Shape.NAMED_WORDS: EntryReader.named_words,
    Shape.FLAG: EntryReader.flag,
    Shape.DAY: EntryReader.day,
    Shape.NODES: EntryReader.nodes,
    Shape.CONDITION: _as_written,
    Shape.DURATION: _as_written,
    Shape.NODE: _as_written,
}
