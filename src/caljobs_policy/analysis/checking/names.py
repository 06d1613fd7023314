# SPDX-License-Identifier: MIT
"""Which names of a profile stand nowhere else in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from caljobs_policy.analysis.checking.examined import Examined, Written
from caljobs_policy.syntax.nodes import AnyNode, Mapping, Scalar

_PROSE: Final = frozenset(
    {"say", "remedy", "title", "what", "reason", "question", "answer", "says", "note", "at"}
)
"""Keys of texts for readers, in which only what stands in brackets is a name."""
_NAME: Final = re.compile(r"[\w./-]+")
_BRACKETS: Final = re.compile(r"<([^<>\s]{1,80})>")


def unused(examined: Examined, table: str) -> Iterator[Written]:
    """Yield the entries of a table whose names stand nowhere else in any of their editions."""
    found: dict[int, Written] = {}
    used: set[int] = set()
    for written in examined.written:
        named: Counter[str] = Counter()
        for one in written:
            named.update(_named_by(one))
        for one in written:
            if one.table == table:
                found[id(one.entry)] = one
                if named[one.key] > (one.key in _named_by(one)):
                    used.add(id(one.entry))
    yield from (one for number, one in found.items() if number not in used)


def _named_by(one: Written) -> frozenset[str]:
    """Return the names that stand in an entry, its own key apart."""
    names = set(_names(one.entry.node, prose=False))
    if one.table in {"restates", "overrides", "out_of_scope"}:
        names |= set(_NAME.findall(one.key))
    return frozenset(names)


def _names(node: AnyNode, *, prose: bool) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield from (_BRACKETS if prose else _NAME).findall(node.text)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield key.text
            yield from _names(value, prose=prose or key.text in _PROSE)
    else:
        for item in node.items:
            yield from _names(item, prose=prose)
