# SPDX-License-Identifier: MIT
"""Work lists for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from caljobs_policy.errors.problems import printable
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.rosters.entry import RosterEntry, Totals, Urgency
from caljobs_policy.rosters.writing.phrases import HEADINGS, About, due_of, when

_COLOURS: Final = {
    Urgency.VIOLATION: "red",
    Urgency.DUE: "yellow",
    Urgency.MISSING: "cyan",
    Urgency.UNREAD: "magenta",
    Urgency.NONE: "green",
}


def listing(
    about: About, entries: Iterable[RosterEntry], totals: Totals
) -> Iterator[RenderableType]:
    """Yield a work list part by part, so that a long one is not kept in memory."""
    yield _head(about)
    for urgency, group in groupby(entries, key=lambda entry: entry.urgency):
        heading = f"{HEADINGS[urgency]}: {totals.by_urgency[urgency]:,}"
        yield Text(f"\n{heading}", style=f"bold {_COLOURS[urgency]}")
        for entry in group:
            yield Padding(entry_text(about, entry), (0, 0, 0, 2), expand=False)
    yield totals_text(totals)


def _head(about: About) -> Text:
    policy = about.policy
    head = Text(f"Review of {printable(about.roster)}", style="bold")
    head.append(f"\n{policy.title}, at {when(about.at)} ({', '.join(policy.editions)})", "dim")
    head.append(f"\nDeadlines within {about.within} days are listed.", "dim")
    return head


def entry_text(about: About, entry: RosterEntry, *, in_order: bool = False) -> Text:
    """Return an entry with its reasons; with `in_order`, say so if there is nothing to do."""
    text = Text(f"{due_of(entry) or '-':<10}  ", style="dim")
    text.append(printable(entry.title), style="bold default")
    where = [about.organization(entry.organization)]
    if entry.place.line and entry.username:
        where.append(f"line {entry.place.line}")
    text.append(f"  {', '.join(filter(None, where))}", style="dim")
    for reason in entry.reasons:
        mark = "✗" if reason.outcome == Outcome.VIOLATION else "!"
        text.append(f"\n  {mark} {printable(reason.message)}", style="default")
        text.append(f" ({', '.join(reason.clauses)})", style="dim")
        if reason.remedy:
            text.append(f"\n    → {printable(reason.remedy)}", style="default")
    for task in entry.deadlines:
        text.append(f"\n  {due_of(task)} {printable(task.title)}", style="default")
        text.append(f" ({', '.join(task.clauses)})", style="dim")
    for task in entry.duties:
        text.append(f"\n  to do: {printable(about.task(task))}", style="default")
    if in_order and entry.urgency is Urgency.NONE:
        text.append("\n  ✓ nothing found", style="default")
    if entry.needs:
        text.append(f"\n  ? state: {', '.join(entry.needs)}", style="default")
    for problem in entry.problems:
        text.append(f"\n  {printable(problem.message)}", style="default")
        text.append(f" ({printable(str(problem.place))})", style="dim")
        if problem.help:
            text.append(f"\n    → {printable(problem.help)}", style="default")
    return text


def totals_text(totals: Totals) -> Text:
    """Return the totals in one line."""
    parts = [f"{number:,} {name}" for name, number in sorted(totals.outcomes.items())]
    if totals.not_evaluated:
        parts.append(f"{totals.not_evaluated:,} not evaluated")
    rows = "row" if totals.rows == 1 else "rows"
    return Text(f"\n{totals.rows:,} {rows}: {', '.join(parts) or 'nothing'}", style="bold")
