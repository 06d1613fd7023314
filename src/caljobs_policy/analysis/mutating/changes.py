# SPDX-License-Identifier: MIT
"""Every small change of what is written: of a value, a list, a mapping, a condition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final, TypeAlias

from attrs import evolve, frozen

from caljobs_policy.analysis.mutating.vocabularies import Vocabularies
from caljobs_policy.dates.reading import day_from
from caljobs_policy.errors.problems import Place, shown
from caljobs_policy.syntax.nodes import AnyNode, Mapping, Scalar
from caljobs_policy.syntax.nodes import Sequence as List

_NOT: Final = "not"
_JOINED: Final = ("all", "any")
_SPACES: Final = re.compile(r"(\s+)")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_NAMED: Final = re.compile(r"<[^<>]+>")


@frozen(eq=False)
class Change:
    """A small change, at a place, in words, and what stands there then; None if left out."""

    place: Place
    words: str
    node: AnyNode | None
    key: str | None = None
    """The key under which an entry stands then, if that is changed."""


Site: TypeAlias = Sequence[Change]
"""Changes of which only the first counts with which the profile can be read."""


class Changes:
    """The changes of what is written in the words of a profile."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self.vocabularies = vocabularies

    def of(self, node: AnyNode, *, grows: bool = True) -> Iterator[Site]:
        """Yield the changes of anything but a condition; a list may grow by a word or not."""
        if isinstance(node, Scalar):
            return self._scalar(node)
        if isinstance(node, List):
            return self._list(node, grows=grows)
        return self._mapping(node)

    def of_condition(self, node: AnyNode) -> Iterator[Site]:
        """Yield the changes of a condition, which may be turned as a whole too."""
        if not _turns_by_itself(node):
            yield [_negated(node)]
        yield from self._in_condition(node)

    def _in_condition(self, node: AnyNode) -> Iterator[Site]:
        return self._mapping(node) if isinstance(node, Mapping) else self.of(node)

    # Single values

    def _scalar(self, node: Scalar) -> Iterator[Site]:
        text = node.text
        found = False
        for words in self.vocabularies.instead(text):
            found = True
            yield [_becomes(node, one) for one in words]
        parts = _SPACES.split(text)
        for number, part in enumerate(parts):
            for others in self._others(part, alone=len(parts) == 1):
                found = True
                texts = ("".join([*parts[:number], one, *parts[number + 1 :]]) for one in others)
                yield [_becomes(node, one) for one in texts]
        if not found and not self.vocabularies.knows(text):
            yield from ([change] for change in _text_changes(node))

    def _others(self, part: str, *, alone: bool) -> Iterator[Sequence[str]]:
        """Yield what could stand in the place of a part of a text."""
        if _NUMBER.fullmatch(part):
            yield [str(int(part) + 1)]
            if int(part):
                yield [str(int(part) - 1)]
        day, fault = day_from(part) if part[:1].isdigit() and part.count("-") == 2 else (None, "")
        if day is not None and fault is None:
            yield from ([(day + timedelta(step)).isoformat()] for step in (1, -1))
        others = () if alone else self.vocabularies.in_text(part)
        if others:
            yield others

    # Lists

    def _list(self, node: List, *, joined: bool = False, grows: bool = True) -> Iterator[Site]:
        """Yield the changes of a list; in a joined one, each item is a condition."""
        for number, item in enumerate(node.items):
            if len(node.items) > 1:
                yield [Change(item.place, f"{_said(item)} is left out", _without(node, number))]
            for site in self.of_condition(item) if joined else self.of(item):
                yield [_within_list(node, number, change) for change in site]
        texts = [item.text for item in node.items if isinstance(item, Scalar)]
        if grows and not joined and len(texts) == len(node.items):
            for words in self.vocabularies.besides(texts):
                yield [_added(node, word) for word in words]

    # Mappings

    def _mapping(self, node: Mapping) -> Iterator[Site]:
        for number, (key, value) in enumerate(node.entries):
            if len(node.entries) > 1:
                words = f"{_said(key)} is left out"
                yield [Change(key.place, words, without_entry(node, number))]
            yield from self.keys(node, number)
            if key.text == _NOT:
                yield [_unwrapped(node, number)]
            for site in self._below(key, value):
                yield [within(node, number, change) for change in site]

    def _below(self, key: Scalar, value: AnyNode) -> Iterator[Site]:
        if key.text in _JOINED and isinstance(value, List):
            return self._list(value, joined=True)
        return self._in_condition(value) if key.text == _NOT else self.of(value)

    def keys(self, node: Mapping, number: int) -> Iterator[Site]:
        """Yield the changes of a key to another of its vocabulary."""
        key, _ = node.entries[number]
        for words in self.vocabularies.instead(key.text):
            others = [word for word in words if node.key(word) is None]
            yield [rekeyed(node, number, word) for word in others]


def placeholder_changes(node: Scalar) -> Iterator[Change]:
    """Yield the changes of a text that leave out what a subject fills in."""
    for match in _NAMED.finditer(node.text):
        text = " ".join((node.text[: match.start()] + node.text[match.end() :]).split())
        if text:
            yield _becomes(node, text)


def _text_changes(node: Scalar) -> Iterator[Change]:
    """Yield the changes of a text that no vocabulary has."""
    found = list(placeholder_changes(node))
    yield from found
    if not found and len(node.text) > 1:
        yield _becomes(node, node.text[:-1])


def within(node: Mapping, number: int, change: Change) -> Change:
    """Return the change of a value as one of the mapping in which it stands."""
    if change.node is None:
        return evolve(change, node=without_entry(node, number))
    entries = list(node.entries)
    entries[number] = entries[number][0], change.node
    return evolve(change, node=Mapping(tuple(entries), node.place))


def without_entry(node: Mapping, number: int) -> Mapping:
    """Return a mapping without one of its entries."""
    return Mapping(node.entries[:number] + node.entries[number + 1 :], node.place)


def rekeyed(node: Mapping, number: int, word: str) -> Change:
    """Return the change of a key to another word."""
    key, value = node.entries[number]
    changed = (Scalar(word, place=key.place), value)
    entries = (*node.entries[:number], changed, *node.entries[number + 1 :])
    return Change(key.place, f"{_said(key)} becomes {shown(word)}", Mapping(entries, node.place))


def _becomes(node: Scalar, text: str) -> Change:
    changed = Scalar(text, node.quoted, node.place)
    return Change(node.place, f"{shown(node.text)} becomes {shown(text)}", changed)


def _said(node: AnyNode) -> str:
    """Return what stands somewhere, in short."""
    if isinstance(node, Scalar):
        return shown(node.text)
    if isinstance(node, Mapping) and node.entries:
        return shown(node.entries[0][0].text)
    return "an item"


def _turns_by_itself(node: AnyNode) -> bool:
    """Return whether some other change of a condition makes its contrary."""
    if not isinstance(node, Mapping) or len(node.entries) != 1:
        return False
    key, value = node.entries[0]
    if isinstance(value, Mapping) and len(value.entries) == 1:
        value = value.entries[0][1]
    return key.text == _NOT or (isinstance(value, Scalar) and value.text in {"true", "false"})


def _negated(node: AnyNode) -> Change:
    """Return the change of a condition to its contrary."""
    contrary = Mapping(((Scalar(_NOT, place=node.place), node),), node.place)
    words = f"{_said(node)} is denied"
    return Change(node.place, words, contrary)


def _unwrapped(node: Mapping, number: int) -> Change:
    """Return the change of a denied condition to what it denies."""
    key, value = node.entries[number]
    rest = node.entries[:number] + node.entries[number + 1 :]
    inner: AnyNode
    if isinstance(value, Mapping) and not {k.text for k, _ in value.entries} & {
        k.text for k, _ in rest
    }:
        inner = Mapping((*rest, *value.entries), node.place)
    else:
        parts = (value, Mapping(rest, node.place)) if rest else (value,)
        joined = List(parts, value.place)
        inner = Mapping(((Scalar("all", place=key.place), joined),), node.place)
    return Change(key.place, f"`{_NOT}` is left out", inner)


def _without(node: List, number: int) -> List:
    return List(node.items[:number] + node.items[number + 1 :], node.place)


def _within_list(node: List, number: int, change: Change) -> Change:
    if change.node is None:
        return evolve(change, node=_without(node, number))
    items = (*node.items[:number], change.node, *node.items[number + 1 :])
    return evolve(change, node=List(items, node.place))


def _added(node: List, word: str) -> Change:
    added = List((*node.items, Scalar(word, place=node.place)), node.place)
    return Change(node.place, f"{shown(word)} is added", added)
