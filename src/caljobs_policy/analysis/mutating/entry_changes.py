# SPDX-License-Identifier: MIT
"""Every small change of an entry, as the class of the entry declares what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, get_args

from attrs import Attribute

from caljobs_policy.analysis.mutating.changes import (
    Change,
    Changes,
    Site,
    placeholder_changes,
    rekeyed,
    within,
    without_entry,
)
from caljobs_policy.errors.problems import shown
from caljobs_policy.syntax.declaration import (
    Condition,
    Keyed,
    Texts,
    declared,
    needed,
)
from caljobs_policy.syntax.entries import ReadingEntry
from caljobs_policy.syntax.nodes import AnyNode, Scalar
from caljobs_policy.syntax.nodes import Mapping as MappingNode
from caljobs_policy.syntax.nodes import Sequence as List

_TOLD: Final = frozenset(
    {"title", "what", "reason", "note", "phone", "question", "answer", "reading", "authority"}
)
"""The keys under which stands what is told beside decisions, and makes none of them."""
_CITED: Final = "clauses"
"""Something is always cited, and a case can hardly say that nothing more is."""
_CONTRARY: Final = {"when": "unless", "unless": "when", "require": "forbid", "forbid": "require"}


class EntryChanges:
    """The changes of entries in the words of a profile."""

    def __init__(self, changes: Changes) -> None:
        self.changes = changes

    def of(self, cls: type[Keyed], node: AnyNode) -> Iterator[Site]:
        """Yield the changes of what stands under the key of an entry."""
        if not isinstance(node, MappingNode):
            return
        fields = declared(cls)
        for number, (key, value) in enumerate(node.entries):
            field = fields.get(key.text)
            if key.text in _TOLD or (field is not None and field.type == Texts):
                continue
            if key.text != _CITED and (field is None or needed not in field.metadata):
                words = f"{shown(key.text)} is left out"
                yield [Change(key.place, words, without_entry(node, number))]
            contrary = _CONTRARY.get(key.text, "")
            if contrary in fields and node.key(contrary) is None:
                yield [rekeyed(node, number, contrary)]
            for site in self._value(key.text, field, value):
                yield [within(node, number, change) for change in site]
        if issubclass(cls, ReadingEntry):
            yield from _choices(node)

    def _value(self, key: str, field: Attribute[Any] | None, value: AnyNode) -> Iterator[Site]:
        """Yield the changes of what stands under a key, by what its field declares."""
        type_ = None if field is None else field.type
        below = next((cls for cls in get_args(type_) if _is_keyed(cls)), None)
        if below is not None and isinstance(value, MappingNode):
            return self._entries(below, value)
        if type_ == Condition:
            return self.changes.of_condition(value)
        if type_ == str | None:
            texts = [value] if isinstance(value, Scalar) else []
            return ([change] for text in texts for change in placeholder_changes(text))
        return self.changes.of(value, grows=key != _CITED)

    def _entries(self, cls: type[Keyed], node: MappingNode) -> Iterator[Site]:
        """Yield the changes of entries within an entry."""
        for number, (key, value) in enumerate(node.entries):
            if len(node.entries) > 1:
                words = f"{shown(key.text)} is left out"
                yield [Change(key.place, words, without_entry(node, number))]
            yield from self.changes.keys(node, number)
            for site in self.of(cls, value):
                yield [within(node, number, change) for change in site]


def _is_keyed(cls: Any) -> bool:
    return isinstance(cls, type) and issubclass(cls, Keyed)


def _choices(node: MappingNode) -> Iterator[Site]:
    """Yield the changes of a reading to each of the other ways in which it can be read."""
    others = node.get("others")
    words = others.items if isinstance(others, List) else (others,)
    if node.key("chosen") is not None:
        return
    for word in words:
        if isinstance(word, Scalar):
            chosen = (Scalar("chosen", place=word.place), Scalar(word.text, place=word.place))
            changed = MappingNode((*node.entries, chosen), node.place)
            yield [Change(word.place, f"{shown(word.text)} is chosen", changed)]
