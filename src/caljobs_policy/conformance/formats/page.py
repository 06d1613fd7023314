# SPDX-License-Identifier: MIT
"""What a run comes to as one page that needs no network."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files

from caljobs_policy.conformance.comparing import Difference
from caljobs_policy.conformance.formats.phrases import (
    HEADINGS,
    MEANINGS,
    as_yaml,
    asked,
    claimed,
    origin,
    remarks,
    said,
    why,
)
from caljobs_policy.conformance.report import Report, Shown, Word, counted, grouped
from caljobs_policy.errors.problems import printable

_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">"""


def as_page(report: Report) -> str:
    """Return a report as HTML: first what is wrong, then every clause with its verdict."""
    name = _text(f"{report.adapter} held to {report.profile}")
    lines = [
        _HEAD,
        f"<title>Conformance: {name}</title>",
        f"<style>\n{_style()}</style>",
        "</head>",
        "<body>",
        *_header(report, name),
        "<main>",
        *_violations(report),
        *_unclear(report),
        *_faults(report),
        *_clauses(report),
        "</main>",
        *_footer(report),
        "</body>",
        "</html>",
    ]
    return "\n".join(lines)


@cache
def _style() -> str:
    return files(__package__).joinpath("page.css").read_text("utf-8")


def _text(text: str) -> str:
    return escape("\n".join(map(printable, text.split("\n"))))


def _header(report: Report, name: str) -> Iterator[str]:
    kind = Word.VIOLATES if report.fails or report.stopped else Word.CONFORMS
    if kind is Word.CONFORMS and report.is_partial:
        kind = Word.NOT_CLAIMED
    result = report.headline[:1].upper() + report.headline[1:]
    yield f"<header>\n<h1>{name}</h1>"
    yield f'<p class="result {kind}">{_text(result)}</p>'
    yield f"<p>{_text(asked(report))}.</p>"
    yield f"<p>Claimed to answer: {_text(claimed(report))}.</p>"
    yield '<ul class="counts">'
    for word in Word:
        yield (
            f'<li class="{word}"><strong>{report.counts[word]:,}</strong> <b>{HEADINGS[word]}</b>'
            f' <span class="soft">{MEANINGS[word]}</span></li>'
        )
    yield "</ul>\n</header>"


def _violations(report: Report) -> Iterator[str]:
    if report.violations:
        yield "<h2>What the system gets wrong</h2>"
        takes = "<code>caljobs-policy explain</code> takes it"
        yield f'<p class="soft">Each with the smallest case that shows it; {takes}.</p>'
    for clauses, shown in report.violations:
        yield '<section class="card violates">'
        for name in clauses:
            known = report.verdicts[name].clause
            at = f' <span class="soft">{_text(known.at)}</span>' if known is not None else ""
            yield f"<h3>{_text(name)}{at}</h3>"
            yield f"<p>{_text(known.says)}</p>" if known is not None else ""
        yield from _case(shown, clauses)
        yield "</section>"


def _unclear(report: Report) -> Iterator[str]:
    if report.unclear:
        yield "<h2>Disagreements that no single clause explains</h2>"
    for shown in report.unclear:
        yield '<section class="card violates">'
        candidates = ", ".join(sorted(shown.candidates))
        yield f"<p>One of these may: {_text(candidates)}</p>" if candidates else ""
        yield from _case(shown, shown.candidates)
        yield "</section>"


def _case(shown: Shown, clauses: Collection[str]) -> Iterator[str]:
    yield _table(("", "expected", "answered"), map(_cells, shown.differences))
    yield from (f'<p class="why">{_text(one)}</p>' for one in why(shown, clauses))
    yield f"<pre>{_text(as_yaml(shown.posed))}</pre>"
    yield f'<p class="soft">{_text("; ".join(remarks(shown)))}.</p>'


def _cells(one: Difference) -> tuple[str, str, str]:
    return (_text(one.aspect), _text(said(one.ours)), _text(said(one.theirs)))


def _faults(report: Report) -> Iterator[str]:
    if report.faults or report.doubtful:
        yield "<h2>Cases with an error</h2>"
    if report.faults:
        rows = (
            (f"{len(found):,}", _text(what), _text(origin(found[0].posed)))
            for what, found in grouped(report.faults).items()
        )
        yield _table(("cases", "what went wrong", "first in"), rows)
    if report.doubtful:
        told = f"{counted(len(report.doubtful), 'disagreement')} are not shown"
        yield f"<p>{told}: our own engines disagree about them. Please report the cases.</p>"


def _clauses(report: Report) -> Iterator[str]:
    yield "<h2>Every clause</h2>"
    rows = []
    for name, verdict in report.verdicts.items():
        says = _text(verdict.clause.says) if verdict.clause is not None else ""
        word = f'<span class="word {verdict.word}">{HEADINGS[verdict.word]}</span>'
        rows.append((_text(name), word, says))
    yield _table(("clause", "verdict", "what it says"), rows)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f'<th scope="col">{one}</th>' for one in heads)
    body = "\n".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _footer(report: Report) -> Iterator[str]:
    editions = "; ".join(" over ".join(names) for names in report.editions)
    yield '<footer class="soft">'
    yield f"<p>Rules: {_text(editions)}. This is not legal advice; the directives decide.</p>"
    yield "</footer>"
