# SPDX-License-Identifier: MIT
"""Chains of profiles with some local entries left out, to see what those do to a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, Final

from attrs import evolve, frozen

from caljobs_policy.compiler.chain import Layer
from caljobs_policy.errors.problems import Place

ADDED: Final = ("exempt", "papers", "tables", "rules", "approvals", "duties", "deadlines")
"""Tables whose entries only add checks of their own."""
_CHANGING: Final = ("overrides", "routing", "submission", "calendar", "scope")
_STRIPPED: Final[Mapping[str, Mapping[str, Any]]] = {
    "roles": {"counts_as": ()},
    "organizations": {"outside": None},
}
"""The fields cleared in words, which themselves must stay: rules above refer to them."""


@frozen
class LocalEntry:
    """An entry of a local layer that can be left out."""

    layer: int
    table: str
    key: str
    name: str
    """Its table and key, or what it overrides."""
    place: Place


def local_entries(layers: Sequence[Layer]) -> Iterator[LocalEntry]:
    """Yield the entries of some layers that can be left out."""
    for number, layer in enumerate(layers):
        for table in (*ADDED, *_CHANGING, *_STRIPPED):
            for key, entry in layer.edition.table(table).items():
                if any(getattr(entry, name) for name in _STRIPPED.get(table, {"key": ""})):
                    what = entry.key.text
                    name = what if table == "overrides" else f"{table}/{what}"
                    yield LocalEntry(number, table, key, name, entry.place)


def without(layers: Sequence[Layer], gone: Set[LocalEntry]) -> tuple[Layer, ...]:
    """Return layers without some entries, and without restatements, which decide nothing."""
    found = []
    for number, layer in enumerate(layers):
        named = {(entry.table, entry.key) for entry in gone if entry.layer == number}
        tables = {
            table: dict(_left(table, entries, named))
            for table, entries in layer.edition.tables.items()
            if table != "restates"
        }
        found.append(evolve(layer, edition=evolve(layer.edition, tables=tables)))
    return tuple(found)


def _left(table: str, entries: Any, named: Set[tuple[str, str]]) -> Iterator[tuple[str, Any]]:
    for key, entry in entries.items():
        if (table, key) not in named:
            yield key, entry
        elif table in _STRIPPED:
            yield key, evolve(entry, **_STRIPPED[table])
