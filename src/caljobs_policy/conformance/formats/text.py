# SPDX-License-Identifier: MIT
"""What a run comes to as text, for people."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from textwrap import fill, indent
from typing import Final

from caljobs_policy.conformance.formats.phrases import (
    HEADINGS,
    MEANINGS,
    as_yaml,
    asked,
    claimed,
    origin,
    remarks,
    told,
    why,
)
from caljobs_policy.conformance.report import Report, Shown, Word, counted, grouped
from caljobs_policy.errors.problems import printable

_WIDTH: Final = 100
_MOST_FAULTS: Final = 10
"""So many kinds of error are told; the other forms have all of them."""


def as_text(report: Report) -> str:
    """Return a report as text: first what is wrong, then the clauses by verdict."""
    parts = [
        [f"{report.adapter} held to {report.profile}: {report.headline}"],
        [f"{asked(report)}.", f"Claimed: {claimed(report)}."],
        *([*_violated(report, *one)] for one in report.violations),
        *([*_unclear(one)] for one in report.unclear),
        [*_faults(report)],
        [*_doubtful(report)],
        *([*_listed(report, word)] for word in Word if report.of(word)),
    ]
    text = "\n\n".join("\n".join(part) for part in parts if part)
    return "\n".join(map(printable, text.split("\n")))


def _violated(report: Report, clauses: Collection[str], shown: Shown) -> Iterator[str]:
    for clause in clauses:
        known = report.verdicts[clause].clause
        yield f"VIOLATED {clause}{f', {known.at}' if known is not None else ''}"
        if known is not None:
            yield _filled(known.says)
    yield from _case(shown, clauses)


def _unclear(one: Shown) -> Iterator[str]:
    yield "NO SINGLE CLAUSE EXPLAINS this disagreement"
    if one.candidates:
        yield _filled(f"One of these may: {', '.join(sorted(one.candidates))}")
    yield from _case(one, one.candidates)


def _case(one: Shown, clauses: Collection[str]) -> Iterator[str]:
    yield from map(_filled, (*map(told, one.differences), *why(one, clauses)))
    yield indent(as_yaml(one.posed), "    ")
    yield _filled(f"({'; '.join(remarks(one))})")


def _faults(report: Report) -> Iterator[str]:
    kinds = grouped(report.faults)
    if kinds:
        yield f"ERRORS in {counted(len(report.faults), 'case')}; the run went on"
    for said, found in list(kinds.items())[:_MOST_FAULTS]:
        times = f"{counted(len(found), 'case')}: " if len(found) > 1 else ""
        first = "first in " if len(found) > 1 else "in "
        yield _filled(f"{times}{said}")
        yield _filled(f"  {first}{origin(found[0].posed)}")
    if len(kinds) > _MOST_FAULTS:
        yield f"  and {counted(len(kinds) - _MOST_FAULTS, 'other error')}, which --format json has"


def _doubtful(report: Report) -> Iterator[str]:
    if report.doubtful:
        yield f"NOT SHOWN: {counted(len(report.doubtful), 'disagreement')}"
        yield _filled("Our own engines disagree about these; please report the cases.")


def _listed(report: Report, word: Word) -> Iterator[str]:
    clauses = report.of(word)
    yield f"{HEADINGS[word]} ({len(clauses)}): {MEANINGS[word]}"
    yield _filled(", ".join(clauses))


def _filled(text: str) -> str:
    lead = "  "
    return fill(text, _WIDTH, initial_indent=lead, subsequent_indent=lead, break_on_hyphens=False)
