# SPDX-License-Identifier: MIT
"""Reads single values of a profile from nodes, strictly; what does not fit is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from operator import itemgetter
from typing import Any, Final

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import Collector, Hook, refuse
from caljobs_policy.errors.problems import shown
from caljobs_policy.plain.making import maker_of
from caljobs_policy.plain.mappings import FrozenDict
from caljobs_policy.syntax.declaration import Texts
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence, Word
from caljobs_policy.syntax.nodes import Mapping as MappingNode
from caljobs_policy.syntax.single_values import COUNT, DAY, FLAG, Single

_word = maker_of(Word)
_SEVERAL: Final = re.compile(r"[,;]")
"""What stands between words that are meant to be several."""


def mapping(node: AnyNode, _: Any = None) -> MappingNode:
    """Return a mapping as it is written."""
    if isinstance(node, MappingNode):
        return node
    message, remedy = "a mapping is expected here", "write `key: value` in each line"
    refuse(Code.WRONG_KIND, message, remedy, node.place, MappingNode((), node.place))


def by_key(hook: Hook, part: Callable[[Any], Any] = itemgetter(1)) -> Hook:
    """Return a hook for a mapping in which another one reads a part of each key and value."""

    def read(node: AnyNode, _: Any) -> Mapping[str, Any]:
        told = Collector()
        pairs = told.read(mapping, node).entries
        found = {pair[0].text: told.read(hook, part(pair), None) for pair in pairs}
        return told.result(FrozenDict({k: v for k, v in found.items() if v is not None}))

    return read


def text(node: AnyNode, _: Any = None) -> str:
    """Read a text; one that runs over several lines becomes one line."""
    if isinstance(node, Scalar) and not node.is_null and (found := " ".join(node.text.split())):
        return found
    remedy = "write one, in quotes where it holds a colon or starts with a bracket"
    refuse(Code.WRONG_KIND, "a text is expected here", remedy, node.place)


def _placed_text(node: AnyNode, _: Any = None) -> Word:
    return _word(text(node), node.at)


def _texts(node: AnyNode, _: Any) -> Any:
    """Read a text, or one for each kind of failure; each keeps its place."""
    if isinstance(node, Scalar):
        return FrozenDict({"else": _placed_text(node)})
    return _TEXT_BY_KEY(node, _)


def word(node: AnyNode, _: Any = None) -> Word:
    """Read a word."""
    if isinstance(node, Scalar) and node.text:
        return _word(node.text, node.at)
    refuse(Code.WRONG_KIND, "a word is expected here", "write one", node.place)


def _one_word(node: AnyNode, _: Any) -> Word:
    """Read a word of a list; several with commas between them are refused."""
    if isinstance(node, Scalar) and not node.quoted and _SEVERAL.search(node.text):
        parts = ", ".join(part.strip() for part in _SEVERAL.split(node.text) if part.strip())
        remedy = f"write a list: `[{parts}]`; put it in quotes where it is one word"
        refuse(Code.WRONG_KIND, f"{shown(node.text)} is one word here", remedy, node.place)
    return word(node)


def each(hook: Hook) -> Hook:
    """Return a hook that reads each item of a list; anything else stands for a list of one."""

    def read(node: AnyNode, _: Any = None) -> tuple[Any, ...]:
        items = node.items if isinstance(node, Sequence) else (node,)
        told = Collector()
        found = [told.read(hook, item, None) for item in items]
        return told.result(tuple(one for one in found if one is not None))

    return read


def _words(node: AnyNode, _: Any) -> tuple[Word, ...]:
    """Read a word or a list of words."""
    if isinstance(node, Sequence) and not node.items:
        refuse(Code.MISSING, "the list is empty", "name at least one word", node.place, ())
    found: tuple[Word, ...] = _EACH_WORD(node, _)
    return found


def single(sort: Single) -> Hook:
    """Return what reads a single value of a sort."""

    def read(node: AnyNode, _: Any = None) -> Any:
        found, fault = sort.of(node)
        if fault is None:
            return found
        says, remedy = fault
        if says and isinstance(node, Scalar):
            refuse(sort.code, f"{shown(node.text)} {says}", remedy, node.place)
        refuse(sort.code, f"{sort.name} is expected here", remedy, node.place)

    return read


flag: Final = single(FLAG)
count: Final = single(COUNT)
_TEXT_BY_KEY: Final = by_key(_placed_text)
_EACH_WORD: Final = each(_one_word)
HOOKS: Final[Mapping[Any, Hook]] = {
    str | None: text,
    Texts: _texts,
    Word | None: word,
    tuple[Word, ...]: _words,
    Mapping[str, Word]: by_key(word),
    bool | None: flag,
    date | None: single(DAY),
    AnyNode | None: lambda node, _: node,
    Mapping[str, AnyNode]: by_key(lambda node, _: node),
}
"""How each type is read by which a field is declared, and those that are annotations of it."""
