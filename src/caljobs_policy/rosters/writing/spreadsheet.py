# SPDX-License-Identifier: MIT
"""Work lists as comma-separated values that are safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import Final, TextIO
from unicodedata import category, normalize

from caljobs_policy.rosters.entry import RosterEntry
from caljobs_policy.rosters.writing.phrases import About, cited_in, when

COLUMNS: Final = (
    "urgency",
    "due",
    "username",
    "organization",
    "contact",
    "outcome",
    "what",
    "remedy",
    "duties",
    "coming",
    "missing",
    "clauses",
    "line",
)
_SIGNS: Final = frozenset("=+-@\N{MINUS SIGN}")
"""The signs that begin a formula, in any width."""
_BETWEEN: Final = " | "


def harmless(text: str) -> str:
    """Return a text that no spreadsheet mistakes for a formula or for several cells.

    Control characters become blanks: some spreadsheets skip them, others start a row at one.
    """
    plain = "".join(" " if category(c) == "Cc" else c for c in text)
    first = next((c for c in plain if c.isprintable() and not c.isspace()), "")
    return f"'{plain}" if normalize("NFKC", first)[:1] in _SIGNS else plain


def write_row(stream: TextIO, cells: Iterable[str]) -> None:
    """Write one row."""
    csv.writer(stream, lineterminator="\n").writerow([harmless(cell) for cell in cells])


def write_spreadsheet(stream: TextIO, about: About, entries: Iterable[RosterEntry]) -> None:
    """Write a work list with a header and one row per account."""
    write_row(stream, COLUMNS)
    for entry in entries:
        write_row(stream, cells_of(about, entry))


def cells_of(about: About, entry: RosterEntry) -> Sequence[str]:
    """Return the cells of one entry, in the order of `COLUMNS`."""
    what = [r.message for r in entry.reasons] + [str(p.message) for p in entry.problems]
    remedies = [r.remedy for r in entry.reasons] + [p.help for p in entry.problems]
    return (
        entry.urgency.name.lower(),
        when(entry.due),
        entry.username or "",
        entry.organization or "",
        about.role(entry.contact),
        entry.outcome.value if entry.outcome else "not_evaluated",
        _BETWEEN.join(what),
        _BETWEEN.join(dict.fromkeys(filter(None, remedies))),
        _BETWEEN.join(about.task(task) for task in entry.duties),
        _BETWEEN.join(f"{when(task.due)} {task.title}" for task in entry.deadlines),
        ", ".join(entry.needs),
        ", ".join(dict.fromkeys(cited_in(entry))),
        str(entry.place.line or ""),
    )
