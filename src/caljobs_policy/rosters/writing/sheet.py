# SPDX-License-Identifier: MIT
"""Review sheets of samples for the terminal and for spreadsheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TextIO

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from caljobs_policy.errors.problems import printable
from caljobs_policy.rosters.sample import Sheet
from caljobs_policy.rosters.writing.listing import entry_text
from caljobs_policy.rosters.writing.phrases import FOUND, About, when
from caljobs_policy.rosters.writing.spreadsheet import COLUMNS, cells_of, write_row


def drawn_from(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield the names and values that anybody needs to draw the sample again."""
    whole = sum(sheet.population.values())
    drawn = len(sheet.entries)
    yield "Roster", f"{sheet.roster}, {sheet.roster_digest}"
    yield "Policy", f"{', '.join(sheet.policy.editions)}, {sheet.policy.digest}"
    yield "Reviewed at", when(sheet.at)
    yield "Quarter", f"{sheet.quarter}: {sheet.quarter.first} to {sheet.quarter.last}"
    yield "Seed", sheet.seed
    yield "Size", f"{drawn:,} of {whole:,} accounts ({sheet.size:,} requested)"
    yield "Method", sheet.method
    shares = sorted(sheet.population.items())
    if any(name for name, _ in shares):
        of_each = (
            f"{name or 'none'} {number:,} ({sheet.shares.get(name, 0):,} drawn)"
            for name, number in shares
        )
        yield "Accounts", ", ".join(of_each)
    if sheet.too_late:
        yield "Created later", f"{sheet.too_late:,}, after the quarter, so not drawn"
    number = len(sheet.left_out)
    yield "Left out", f"{number:,} {'row' if number == 1 else 'rows'}"


def sheet_listing(sheet: Sheet) -> Iterator[RenderableType]:
    """Yield a sheet part by part for the terminal."""
    about = about_sheet(sheet)
    yield Text(f"Sample of {printable(sheet.roster)}", style="bold")
    for name, value in drawn_from(sheet):
        yield Text(f"{name}: {printable(value)}", style="dim")
    for contact, organization, entries in sheet.by_contact:
        head = ", ".join(filter(None, (contact, organization)))
        yield Text(f"\n{printable(head)}: {len(entries):,}", style="bold")
        for entry in entries:
            yield Padding(entry_text(about, entry, in_order=True), (0, 0, 0, 2), expand=False)
    for problem in sheet.left_out:
        yield Text(f"\nleft out: {printable(problem.message)} ({printable(str(problem.place))})")


def write_sheet_values(stream: TextIO, sheet: Sheet) -> None:
    """Write a sheet as comma-separated values; each row repeats how the sample was drawn."""
    about = about_sheet(sheet)
    drawn = dict(drawn_from(sheet))
    write_row(stream, (*(name.lower().replace(" ", "_") for name in drawn), *COLUMNS))
    for _, _, entries in sheet.by_contact:
        for entry in entries:
            write_row(stream, (*drawn.values(), *cells_of(about, entry)))


def found_in(sheet: Sheet) -> str:
    """Return how many accounts had each outcome, in words."""
    counts = Counter(entry.outcome for entry in sheet.entries)
    parts = [f"{text}: {counts[outcome]:,}" for outcome, text in FOUND.items() if counts[outcome]]
    return "; ".join(parts) or "nothing was drawn"


def about_sheet(sheet: Sheet) -> About:
    """Return what the review of a sample was about."""
    return About(sheet.policy, sheet.at, sheet.roster, 0)
