# SPDX-License-Identifier: MIT
"""Applies overrides to entries of the profiles above, and refuses those that do not fit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from attrs import evolve

from caljobs_policy.compiler.chain import Chain, Change, Layer, Sourced
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import Collector
from caljobs_policy.policy.rules import Origin
from caljobs_policy.syntax.entries import Override
from caljobs_policy.syntax.entry_hooks import entry_converter
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence
from caljobs_policy.syntax.nodes import Mapping as MappingNode
from caljobs_policy.syntax.sections import QUALIFIED, SECTIONS

NONE: Final = "none"
_MAIN_FIELD: Final[Mapping[str, str]] = {"parameters": "value", "lists": "words"}
"""The field that an override means when it names only the entry."""
_KEEPS_NONE: Final = frozenset({"missed", "instead"})
"""Fields in which `none` is a value: no outcome at all."""


class Overrider:
    """Applies the overrides of each layer to the entries of the layers above it."""

    def __init__(
        self,
        layers: tuple[Layer, ...],
        tables: dict[str, dict[str, Sourced]],
        problems: Problems,
    ) -> None:
        self.layers = layers
        self.tables = tables
        self.problems = problems
        self.changes: list[Change] = []
        self._changed: dict[str, dict[int, str]] = {}
        """By entry and layer, the edition that each layer changes; the entry's own comes first."""

    def apply(self, number: int) -> None:
        """Apply the overrides of one layer."""
        above = {layer.edition.id for layer in self.layers[number + 1 :]}
        chain = Chain(date.min, self.layers, {})
        for override in self.layers[number].edition.table("overrides").values():
            chain.check_editions(override.of, number, self.problems)
            meant = {word.text for word in override.of}
            if not meant or meant & above:
                self._apply(number, override)

    def _apply(self, number: int, override: Override) -> None:
        found = self._target(override)
        if found is None:
            return
        sourced, fields = found
        if self._is_own(number, sourced):
            self.problems.add(
                Code.MISPLACED,
                override.key.place,
                f"`{override.key}` overrides an entry of this profile itself",
                f"change it where it stands, {sourced.entry.key.place}; "
                "`overrides` is for the profiles above",
            )
            return
        before = _at(sourced.entry.node, fields)
        if "was" not in override.faulty and not _same(before, override.was):
            self.problems.add(
                Code.OUTDATED,
                override.was.place if override.was else override.place,
                f"`was` no longer holds: `{override.key}` is {said(before)}",
                f"look at what changed in {sourced.origin.edition}, then update `was`",
            )
            if before is None:
                return
        if "now" not in override.faulty:
            was = before if "was" in override.faulty else override.was
            self._replace(number, evolve(override, was=was), sourced, fields)

    def _is_own(self, number: int, sourced: Sourced) -> bool:
        """Return whether an entry is the layer's own, and not one that it overrode."""
        return sourced.layer == number and number not in self._changed.get(sourced.what, ())

    def _target(self, override: Override) -> tuple[Sourced, tuple[str, ...]] | None:
        """Find the entry that an override names, and the path of fields inside it."""
        table, *rest = override.key.text.split("/")
        if table not in SECTIONS or table in QUALIFIED:
            known = [name for name in SECTIONS if name not in QUALIFIED]
            self.problems.no_such(override.key.place, "table to override", table, known)
            return None
        deep = 2 if SECTIONS[table].nested or table == "clauses" else 1
        key, fields = "/".join(rest[:deep]), tuple(rest[deep:])
        sourced = self.tables[table].get(key)
        if sourced is None:
            known = [f"{table}/{name}" for name in self.tables[table]]
            self.problems.unknown(override.key.place, "entry above", override.key.text, known)
            return None
        if not fields and table in _MAIN_FIELD and not is_none(override.now):
            fields = (_MAIN_FIELD[table],)
        return sourced, fields

    def _replace(
        self, number: int, override: Override, sourced: Sourced, fields: tuple[str, ...]
    ) -> None:
        """Put the changed entry in the place of the one above."""
        table, key = sourced.what.split("/", 1)
        changed = self._changed.setdefault(sourced.what, {sourced.layer: sourced.origin.edition})
        above = changed.setdefault(number, sourced.origin.edition)
        replaces = f"{above.partition('@')[0]}:{sourced.what}"
        origin = Origin(self.layers[number].edition.id, override.place, replaces)
        after = None
        if fields or not is_none(override.now):
            keeps_none = bool(_KEEPS_NONE.intersection(fields[-2:]))
            now = None if is_none(override.now) and not keeps_none else override.now
            entry = self._read(table, sourced, _with(sourced.entry.node, fields, now))
            after = Sourced(sourced.what, entry, sourced.layer if fields else number, origin)
            self.tables[table][key] = after
        else:
            del self.tables[table][key]
        loosened = tuple(layer for layer in changed if layer > number)
        self.changes.append(
            Change(number, override, table, fields, sourced, after, loosened, origin)
        )

    def _read(self, table: str, sourced: Sourced, node: AnyNode) -> Any:
        told = Collector()
        key = Scalar(sourced.entry.key.text, place=sourced.entry.key.place)
        entry = told.read(entry_converter().structure, (key, node), SECTIONS[table].entry)
        for problem in told.problems:
            self.problems.keep(problem)
        return entry


def _at(node: AnyNode | None, fields: tuple[str, ...]) -> AnyNode | None:
    for name in fields:
        node = node.get(name) if isinstance(node, MappingNode) else None
    return node


def _with(node: AnyNode | None, fields: tuple[str, ...], now: AnyNode | None) -> AnyNode:
    """Return a node with another value at a path of fields, or with that field removed."""
    if not fields:
        return now or Scalar("")
    name, *rest = fields
    mapping = node if isinstance(node, MappingNode) else MappingNode(())
    beneath = _with(mapping.get(name), tuple(rest), now) if rest or now is not None else None
    others = [(key, value) for key, value in mapping.entries if key.text != name]
    if beneath is not None:
        place = now.place if now is not None else mapping.place
        others.append((mapping.key(name) or Scalar(name, place=place), beneath))
    return MappingNode(tuple(others), mapping.place)


def is_none(node: AnyNode | None) -> bool:
    """Return whether nothing is written, or the word `none`."""
    return node is None or (isinstance(node, Scalar) and node.text in {NONE, ""})


def _same(one: AnyNode | None, other: AnyNode | None) -> bool:
    if is_none(one) or is_none(other):
        return is_none(one) and is_none(other)
    return bool(plain(one) == plain(other))


def plain(node: AnyNode | None) -> Any:
    """Return a node as plain texts, lists and mappings; a list of one item is that item."""
    if isinstance(node, MappingNode):
        # Most values are texts, which need no call.
        return {k.text: v.text if v.__class__ is Scalar else plain(v) for k, v in node.entries}
    if isinstance(node, Scalar):
        return node.text
    if node is None:
        return None
    items = [plain(item) for item in node.items]
    return items[0] if len(items) == 1 else items


def said(node: AnyNode | None) -> str:
    """Return a node as one short line."""
    if is_none(node) or node is None:
        return NONE
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return f"[{', '.join(said(item) for item in node.items)}]"
    return f"{{{', '.join(f'{key.text}: {said(value)}' for key, value in node.entries)}}}"
