# SPDX-License-Identifier: MIT
"""Work lists as one page that needs no network."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from typing import Any, Final, TextIO

from attrs import frozen
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from caljobs_policy.model.durations import day_of
from caljobs_policy.model.worklist import Entry, Totals, Urgency
from caljobs_policy.report.roster.wording import HEADINGS, About, when

_LISTED: Final = (Urgency.VIOLATION, Urgency.DUE, Urgency.MISSING, Urgency.UNREAD)
_WEEK: Final = 7


@frozen
class Span:
    """A stretch of the timeline: its days and how many accounts have something due in it."""

    first: date
    last: date
    number: int
    height: int
    """In percent of the highest."""
    past: bool

    @property
    def label(self) -> str:
        """A short text below its bar."""
        return "overdue" if self.past else f"{self.first.month:02}-{self.first.day:02}"

    @property
    def spoken(self) -> str:
        """A text for a screen reader."""
        return "before today" if self.past else f"from {self.first} to {self.last}"


def write_page(stream: TextIO, about: About, entries: Iterable[Entry], totals: Totals) -> None:
    """Write the page part by part; `entries` is gone through three times."""
    for part in _template().generate(_content(about, entries, totals)):
        stream.write(part)


def _content(about: About, entries: Iterable[Entry], totals: Totals) -> Mapping[str, Any]:
    script = _script()
    digest = b64encode(sha256(script.encode()).digest()).decode()
    kinds = [
        {
            "key": urgency.name.lower(),
            "heading": heading,
            "number": totals.by_urgency[urgency],
            "listed": urgency in _LISTED,
        }
        for urgency, heading in HEADINGS.items()
    ]
    keys = sorted({entry.organization for entry in entries if entry.organization})
    return {
        "about": about,
        "totals": totals,
        "kinds": kinds,
        "spans": list(spans(about, entries)),
        "organizations": [(key, about.organization(key)) for key in keys],
        "entries": entries,
        "headings": HEADINGS,
        "when": when,
        "script": Markup(script),  # noqa: S704  # our own file
        "script_hash": f"sha256-{digest}",
    }


def spans(about: About, entries: Iterable[Entry]) -> Iterator[Span]:
    """Count what is overdue, then what falls due in each week."""
    zone = about.policy.zone
    today = day_of(about.at, zone)
    weeks = range(about.within // _WEEK + 1)
    counts: Counter[int] = Counter()
    for entry in entries:
        if entry.due is not None:
            counts[max((day_of(entry.due, zone) - today).days // _WEEK, -1)] += 1
    highest = max((counts[n] for n in (-1, *weeks)), default=0)
    if not highest:
        return
    for number in (-1, *weeks):
        first = today + timedelta(_WEEK * number) if number >= 0 else date.min
        last = first + timedelta(_WEEK - 1) if number >= 0 else today - timedelta(1)
        height = round(100 * counts[number] / highest)
        yield Span(first, last, counts[number], height, past=number < 0)


@cache
def environment() -> Environment:
    """Give what fills in the pages: every value is escaped, and one that is missing is an error."""
    loader = PackageLoader("caljobs_policy.report", "roster")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)


@cache
def _template() -> Any:
    return environment().get_template("page.html.j2")


@cache
def _script() -> str:
    loader = environment().loader
    source = loader.get_source(environment(), "page.js")[0] if loader is not None else ""
    return f"\n{source}"
