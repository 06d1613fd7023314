# SPDX-License-Identifier: MIT
"""Work lists and review sheets, each as a single page that needs no network."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any, Final, TextIO

from attrs import field, frozen
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from caljobs_policy.dates.durations import day_of
from caljobs_policy.errors.problems import printable
from caljobs_policy.policy.policy import Clause
from caljobs_policy.rosters.entry import RosterEntry, Totals, Urgency
from caljobs_policy.rosters.sample import Sheet
from caljobs_policy.rosters.writing.phrases import (
    FOUND,
    HEADINGS,
    LABELS,
    About,
    cited_in,
    column_of,
    in_roster,
    when,
)
from caljobs_policy.rosters.writing.sheet import about_sheet, drawn_from, found_in

_STEPS: Final = (7, 28, 91, 364)
"""How many days a bar of the timeline may stand for."""
_MOST_BARS: Final = 14
_MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"


@frozen
class Span:
    """A stretch of the timeline: its days and how many accounts have something due in it."""

    first: date
    last: date
    number: int
    share: int
    """In percent of the highest bar."""
    label: str
    past: bool = False


@frozen
class Survey:
    """What a page shows above its list, collected in one pass over the entries."""

    ahead: Counter[int] = field(factory=Counter)
    """How many accounts have something due in so many days; negative for days past."""
    organizations: set[str] = field(factory=set)
    cited: set[str] = field(factory=set)

    def add(self, about: About, entry: RosterEntry) -> None:
        """Count one more entry."""
        if entry.due is not None:
            self.ahead[about.days_ahead(entry.due)] += 1
        if entry.organization:
            self.organizations.add(entry.organization)
        self.cited.update(cited_in(entry))


def write_page(
    stream: TextIO, about: About, entries: Iterable[RosterEntry], totals: Totals
) -> None:
    """Write the page part by part; `entries` is iterated twice."""
    survey = Survey()
    for entry in entries:
        survey.add(about, entry)
    script = _script()
    kinds = [
        {"key": urgency.name.lower(), "heading": HEADINGS[urgency], "urgency": urgency.name}
        | {"number": totals.by_urgency[urgency], "listed": urgency is not Urgency.NONE}
        for urgency in Urgency
    ]
    content = {
        **wording(about, survey.cited),
        "totals": totals,
        "kinds": kinds,
        "spans": list(spans(about, survey.ahead)),
        "organizations": [(key, about.organization(key)) for key in sorted(survey.organizations)],
        "entries": entries,
        "script": Markup(script),  # noqa: S704  # our own file
        "script_hash": f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}",
    }
    for part in environment().get_template("page.html.j2").generate(content):
        stream.write(part)


def write_sheet_page(stream: TextIO, sheet: Sheet) -> None:
    """Write a sheet as a page to print, with room for the reviewer's result on each account."""
    cited = {clause for entry in sheet.entries for clause in cited_in(entry)}
    content = {
        **wording(about_sheet(sheet), cited),
        "sheet": sheet,
        "drawn_from": [*drawn_from(sheet), ("Found", found_in(sheet))],
        "groups": list(sheet.by_contact),
    }
    for part in environment().get_template("sheet.html.j2").generate(content):
        stream.write(part)


def wording(about: About, cited: Iterable[str]) -> Mapping[str, Any]:
    """Return what the templates use for wording, with the cited clauses numbered."""
    known = about.policy.clauses
    clauses: list[Clause] = [known[name] for name in sorted(cited) if name in known]
    return {
        "about": about,
        "clauses": clauses,
        "numbers": {clause.id: number for number, clause in enumerate(clauses, start=1)},
        "labels": LABELS,
        "found": FOUND,
        "when": when,
        "column_of": column_of,
        "in_roster": in_roster,
    }


def spans(about: About, ahead: Mapping[int, int]) -> Iterator[Span]:
    """Yield the bars of the timeline: overdue, each week ahead, and later than the list covers.

    If the list looks far ahead, a bar covers more than a week.
    """
    step = next((step for step in _STEPS if about.within // step < _MOST_BARS), _STEPS[-1])
    bars = about.within // step + 1
    counts: Counter[int] = Counter()
    for days, number in ahead.items():
        counts[min(max(days // step, -1), bars)] += number
    highest = max(counts.values(), default=0)
    today = day_of(about.at, about.policy.zone)
    for bar in range(-1, bars + 1) if highest else ():
        first = date.min if bar < 0 else _later(today, step * bar)
        last = date.max if bar == bars else _later(today, step * (bar + 1) - 1)
        label = {-1: "overdue", bars: "later"}.get(bar) or _label(today, first, last)
        if bar < bars or counts[bar]:
            share = round(100 * counts[bar] / highest)
            yield Span(first, last, counts[bar], share, label, past=bar < 0)


def _later(day: date, days: int) -> date:
    """Return the day so many days later, at most the last of the calendar."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def _label(today: date, first: date, last: date) -> str:
    """Return a range of days as people write it."""
    begin, end = (
        f"{_MONTHS[3 * day.month - 3 : 3 * day.month]} {day.day}" for day in (first, last)
    )
    if (first.year, first.month) == (last.year, last.month):
        end = str(last.day)
    year = f", {last.year}" if last.year != today.year else ""
    return f"{begin}\N{EN DASH}{end}{year}"


def marked_up(text: str) -> Markup:
    """Return a text as HTML without invisible characters; text in backticks becomes code."""
    pieces = [escape(piece) for piece in printable(text).split("`")]
    if len(pieces) % 2 == 0:
        return escape(printable(text))
    parts = (f"<code>{p}</code>" if n % 2 else p for n, p in enumerate(pieces))
    return Markup("").join(Markup(part) for part in parts)  # noqa: S704  # each was escaped


def sentence(text: str) -> str:
    """Return a text with its first letter capitalized."""
    return text[:1].upper() + text[1:]


@cache
def environment() -> Environment:
    """Return the templates' environment, which escapes values and refuses missing ones."""
    loader = PackageLoader("caljobs_policy.rosters", "writing")
    found = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    found.filters |= {"said": marked_up, "plain": printable, "sentence": sentence}
    return found


@cache
def _script() -> str:
    """Return the script with the line ends that browsers hash, whatever those of the file."""
    loader = environment().loader
    source = loader.get_source(environment(), "page.js")[0] if loader is not None else ""
    return "\n" + source.replace("\r\n", "\n")
