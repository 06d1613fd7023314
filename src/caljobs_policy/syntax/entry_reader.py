# SPDX-License-Identifier: MIT
"""Reads the entries of a profile's tables.

An entry with faults is an entry nevertheless, so that the rest of it is looked at in the same run
and nobody is told that it is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, TypeVar

from attrs import frozen

from caljobs_policy.errors import Place, Problem, near_word, shown
from caljobs_policy.syntax.entries import Entry, Row
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence, Word
from caljobs_policy.syntax.nodes import Mapping as MappingNode
from caljobs_policy.syntax.scalars import day_from
from caljobs_policy.syntax.sections import Section
from caljobs_policy.syntax.shapes import Shape, Written, arguments_of, shapes_of

E = TypeVar("E", bound=Entry)
_SEVERAL: Final = re.compile(r"[,;]")
"""What stands between words that are meant to be several."""
_TIGHT: Final = re.compile(r"([A-Za-z][\w/-]{0,60}):\S.*", re.DOTALL)
"""A key and its value without a blank between them, which is one word for YAML."""


@frozen
class EntryReader:
    """Reads entries and collects what is wrong with them."""

    problems: list[Problem]

    def table(self, section: Section, node: AnyNode) -> Mapping[str, Entry]:
        """Read the entries of a table, by their keys; those of a deeper one by `outer/inner`."""
        if isinstance(node, Scalar) and node.is_null:
            return {}
        found: dict[str, Entry] = {}
        for key, value in self._entries_of(section, node):
            entry = self.entry(section.entry, key, value)
            if section.repeats:
                found[f"{entry.key.text}#{len(found)}"] = entry
            elif entry.key.text in found:
                first = found[entry.key.text].key.place
                self._add(
                    key.place,
                    f"{shown(entry.key.text)} stands here twice",
                    f"it stands at {first} too; remove one",
                )
            else:
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
        """Return the entries of a list, each of which has its key under a name such as `id`."""
        for item in node.items:
            mapping = self._mapping(item)
            key = mapping.get(name)
            if isinstance(key, Scalar):
                rest = tuple((k, v) for k, v in mapping.entries if k.text != name)
                yield key, MappingNode(rest, item.place)
            elif isinstance(item, MappingNode):
                remedy = f"add `{name}:` with its name"
                self._add(item.place, f"the entry has no `{name}`", remedy)

    def entry(self, cls: type[E], key: Scalar, node: AnyNode) -> E:
        """Read one entry; it knows of which of its fields something was told."""
        shapes = shapes_of(cls)
        if cls.shorthand is not None and not isinstance(node, MappingNode):
            short = Scalar(cls.shorthand, place=node.place)
            node = MappingNode(((short, node),), node.place)
        if not isinstance(node, MappingNode):
            self._refuse(key, node, shapes)
            return _made(cls, key, node, {}, shapes)
        values: dict[str, Any] = {}
        columns: dict[str, AnyNode] = {}
        faulty: set[str] = set()
        for name, value in node.entries:
            meant = self._field(name, node, shapes, free=cls is Row)
            if meant is None:
                columns[name.text] = value
                continue
            before = len(self.problems)
            values[meant] = self._value(shapes[meant], value) if meant in shapes else None
            if len(self.problems) > before or meant != name.text:
                faulty.add(meant)
        faulty |= self._lacking(shapes, key, node, values)
        if cls is Row:
            values["columns"] = columns
        return _made(cls, key, node, {k: v for k, v in values.items() if v is not None}, faulty)

    def _field(
        self, name: Scalar, node: MappingNode, shapes: Mapping[str, Written], *, free: bool
    ) -> str | None:
        """Return which field a key means; one that is misspelt means the nearest one."""
        if name.text in shapes:
            return name.text
        if free:
            return None
        near = near_word(name.text, shapes)
        message = f"{shown(name.text)} is not a key of this entry"
        self._add(name.place, message, f"did you mean `{near}`?" if near else _keys(shapes))
        return near if near is not None and node.get(near) is None else name.text

    def _refuse(self, key: Scalar, node: AnyNode, shapes: Mapping[str, Written]) -> None:
        """Tell what stands where a mapping has to, often for want of a space after a colon."""
        for text, place in ((key, key.place), (node, node.place)):
            if isinstance(text, Scalar) and not text.quoted and (tight := _TIGHT.match(text.text)):
                fault = f"missing space after the colon in {shown(tight[0])}"
                self._add(place, fault, f"write `{tight[1]}: ` with a space after the colon")
                return
        self._add(node.place, f"{shown(key.text)} takes a mapping", _keys(shapes))

    def _lacking(
        self,
        shapes: Mapping[str, Written],
        key: Scalar,
        node: MappingNode,
        values: Mapping[str, Any],
    ) -> set[str]:
        """Report the fields that have to be there and are not."""
        lacking = {n for n, one in shapes.items() if one.required and n not in {*values, "columns"}}
        for name in lacking:
            message = f"{shown(key.text)} lacks `{name}`"
            self._add(node.place, message, f"add `{name}:` with {shapes[name].shape.value}")
        return lacking

    def _value(self, written: Written, node: AnyNode) -> Any:
        if written.shape is Shape.ENTRIES:
            cls = written.entry or Entry
            return {k.text: self.entry(cls, k, v) for k, v in self._mapping(node).entries}
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
        found = [self.word(item) for item in items if not self._is_several(item)]
        return tuple(word for word in found if word is not None)

    def _is_several(self, node: AnyNode) -> bool:
        """Refuse several words that stand where one does, with commas between them."""
        if not isinstance(node, Scalar) or node.quoted or not _SEVERAL.search(node.text):
            return False
        parts = ", ".join(part.strip() for part in _SEVERAL.split(node.text) if part.strip())
        remedy = f"write a list: `[{parts}]`; put it in quotes where it is one word"
        self._add(node.place, f"{shown(node.text)} is one word here", remedy)
        return True

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


def _made(
    cls: type[E], key: Scalar, node: AnyNode, values: Mapping[str, Any], faulty: Iterable[str]
) -> E:
    word = Word(key.text, key.place)
    arguments = arguments_of(cls, values)
    return cls(key=word, place=node.place, node=node, faulty=frozenset(faulty), **arguments)


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
