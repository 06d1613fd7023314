# SPDX-License-Identifier: MIT
"""Rows and their entries as plain values, which pass between processes at little cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, TypeAlias

from caljobs_policy.errors.problems import Place
from caljobs_policy.plain.making import maker_of, values_of
from caljobs_policy.rosters.entry import RosterEntry, Urgency
from caljobs_policy.rosters.reading.rows import Cells, JsonLine, Raw
from caljobs_policy.rosters.worklist import in_order

PackedRows: TypeAlias = tuple[bool, Sequence[tuple[Any, ...]]]
"""Whether rows are cells, and the values of the fields of each."""
PackedEntry: TypeAlias = RosterEntry | tuple[Any, ...]
"""An entry; where nothing is to be done, only what its row does not hold itself."""
_made_cells: Final = maker_of(Cells)
_made_line: Final = maker_of(JsonLine)


def packed_rows(rows: Sequence[Raw]) -> PackedRows:
    """Return rows of one roster as plain values."""
    cls: type = type(rows[0])
    return cls is Cells, [*map(values_of(cls), rows)]


def unpacked_rows(packed: PackedRows) -> list[Raw]:
    """Return the rows that were packed."""
    are_cells, rows = packed
    made = _made_cells if are_cells else _made_line
    return [made(*row) for row in rows]


def packed_entries(entries: Iterable[RosterEntry]) -> list[PackedEntry]:
    """Return the entries of rows as plain values, where nothing is to be done."""
    return [
        ((entry.username, entry.organization, entry.contact), entry.outcome)
        if entry.urgency is Urgency.NONE
        else entry
        for entry in entries
    ]


def unpacked_entries(
    packed: Iterable[PackedEntry], rows: Iterable[Raw], file: str
) -> Iterator[RosterEntry]:
    """Yield the entries of the rows of a file that were packed."""
    for entry, row in zip(packed, rows, strict=True):
        if isinstance(entry, tuple):
            yield in_order((row.number, Place(file, row.line, 1)), *entry)
        else:
            yield entry
