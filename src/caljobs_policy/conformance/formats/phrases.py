# SPDX-License-Identifier: MIT
"""What reports for people say alike, in whatever form."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from caljobs_policy.analysis.samples import in_yaml
from caljobs_policy.conformance.answers import Aspect
from caljobs_policy.conformance.comparing import Difference
from caljobs_policy.conformance.posing import Posed, Source
from caljobs_policy.conformance.report import Report, Shown, Word, counted
from caljobs_policy.conformance.stated import NOTHING, read_when

HEADINGS: Final[Mapping[Word, str]] = {
    Word.VIOLATES: "Violated",
    Word.CONFORMS: "Conforms",
    Word.NOT_CLAIMED: "Not claimed",
    Word.NOT_EXERCISED: "Not exercised",
}
MEANINGS: Final[Mapping[Word, str]] = {
    Word.VIOLATES: "the system decides otherwise than the clause says",
    Word.CONFORMS: "decided by the clause, and answered rightly in every case",
    Word.NOT_CLAIMED: "the system answers nothing about what the clause decides",
    Word.NOT_EXERCISED: "no case was answered that the clause decides",
}


def asked(report: Report) -> str:
    """Return how many cases were asked and what became of them."""
    sources = [
        f"{report.asked[source]:,} {source}" for source in Source if report.asked.get(source)
    ]
    whole = f"{counted(report.run, 'case')} asked"
    lines = [
        f"{whole} ({', '.join(sources)})" if sources else whole,
        f"{report.answered:,} answered",
        f"{report.declined:,} not claimed" if report.declined else "",
        f"{report.disagreed or 'none'} otherwise than decided here",
        f"{len(report.faults):,} with an error" if report.faults else "",
    ]
    return ", ".join(filter(None, lines))


def claimed(report: Report) -> str:
    """Return what the system claims to answer, and what it does not."""
    has = [str(aspect) for aspect in Aspect if aspect in report.aspects]
    lacks = [str(aspect) for aspect in Aspect if aspect not in report.aspects]
    if not has:
        return "nothing"
    return f"{', '.join(has)} (not {', '.join(lacks)})" if lacks else ", ".join(has)


def told(difference: Difference) -> str:
    """Return a difference as a sentence."""
    ours, theirs = said(difference.ours), said(difference.theirs)
    return f"{difference.aspect}: expected {ours}, answered {theirs}"


def said(value: Any) -> str:
    """Return a part of an answer in words."""
    if value is None or value in ([], {}):
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "; ".join(map(said, value)) if _holds_parts(value) else ", ".join(map(said, value))
    if isinstance(value, dict):
        return ", ".join(f"{key} {said(inner)}" for key, inner in value.items())
    return value if isinstance(value, str) else json.dumps(value)


def _holds_parts(values: Iterable[Any]) -> bool:
    return any(isinstance(value, dict | list) for value in values)


def as_yaml(one: Posed) -> str:
    """Return a case as somebody would write it, to be asked again."""
    return in_yaml(_with_days(one.asked)).rstrip()


def _with_days(value: Any) -> Any:
    """Return plain data with days that need no quotation marks."""
    if isinstance(value, Mapping):
        return {key: _with_days(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_days(inner) for inner in value]
    day = read_when(value) if isinstance(value, str) else None
    return value if day is None or isinstance(day, datetime) else day


def origin(one: Posed) -> str:
    """Return where a case was found."""
    where = str(one.place)
    title = f"{one.title!r}" if one.title else ""
    named = ": ".join(filter(None, (where, title)))
    if one.source is Source.RANDOM:
        return f"a random case near to {named}"
    return f"the {one.source} case {named}" if named else f"a {one.source} case"


def why(one: Shown, clauses: Collection[str]) -> Iterator[str]:
    """Yield what the policy finds in a shown case, and where nothing, what the system asks for."""
    decision = one.posed.decide()
    about = [f for f in decision.findings if not clauses or {*f.clauses} & {*clauses}]
    yield from dict.fromkeys(finding.message for finding in about)
    if not decision.findings:
        yield "The policy finds nothing wrong here."
    if one.turned is not None:
        path, value = one.turned
        place = ".".join([one.posed.kind, *map(str, path)])
        there = f"is {said(value)}" if value is not NOTHING else "is left out"
        yield f"The system agrees once {place} {there}."


def remarks(one: Shown) -> Iterator[str]:
    """Yield what has to be known of a shown case."""
    if one.times > 1:
        yield f"so in {counted(one.times, 'case')}; this is the smallest found"
    yield f"made smaller from {origin(one.found_in)}"
    if one.is_cut_off:
        yield "there may be a smaller one, as the search was cut off"
