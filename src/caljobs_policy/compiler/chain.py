# SPDX-License-Identifier: MIT
"""The chain of editions that hold together, and the entries that come out of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import frozen

from caljobs_policy.compiler.problems import Problems
from caljobs_policy.model.policy import Origin
from caljobs_policy.model.written.entries import SECTIONS, Entry
from caljobs_policy.model.written.profile import Edition, Profile


@frozen
class Sourced:
    """An entry with the edition that it comes from."""

    entry: Any
    edition: Edition

    @property
    def origin(self) -> Origin:
        """Where the entry comes from."""
        return Origin(self.edition.id, self.entry.place)


@frozen
class Chain:
    """The editions in force on a day, the local one first, and their entries together."""

    profile: Profile
    day: date
    editions: tuple[Edition, ...]
    tables: Mapping[str, Mapping[str, Sourced]]

    def table(self, name: str) -> Mapping[str, Sourced]:
        """Give the entries of a table, those of the most general profile first."""
        return self.tables[name]

    def entries(self, name: str) -> Iterator[tuple[str, Any]]:
        """Give the keys and entries of a table."""
        return ((key, sourced.entry) for key, sourced in self.tables[name].items())


def chain_of(profile: Profile, day: date, editions: Sequence[Edition], problems: Problems) -> Chain:
    """Lay the editions of a chain over one another; the first is the most local one."""
    tables: dict[str, dict[str, Sourced]] = {name: {} for name in SECTIONS}
    for edition in reversed(editions):
        for name, entries in edition.tables.items():
            _add(tables[name], entries, edition, problems)
    return Chain(profile, day, tuple(editions), tables)


def _add(
    table: dict[str, Sourced], entries: Mapping[str, Entry], edition: Edition, problems: Problems
) -> None:
    for key, entry in entries.items():
        if key in table:
            problems.add(
                entry.key.place,
                f"`{key}` stands in {table[key].edition.id} already",
                "give it another name",
            )
        table[key] = Sourced(entry, edition)
