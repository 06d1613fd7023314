# SPDX-License-Identifier: MIT
"""What a run comes to as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from caljobs_policy.conformance.answers import Aspect
from caljobs_policy.conformance.asking import Answered
from caljobs_policy.conformance.posing import Posed
from caljobs_policy.conformance.report import Report, Shown, Verdict


def as_json(report: Report) -> str:
    """Return a report as one object."""
    return json.dumps(to_dict(report), indent=2)


def to_dict(report: Report) -> dict[str, Any]:
    """Return a report as plain data."""
    return {
        "profile": report.profile,
        "adapter": report.adapter,
        "editions": [list(editions) for editions in report.editions],
        "result": report.headline,
        "complete": report.stopped is None,
        "partial": report.is_partial,
        "claimed": [str(aspect) for aspect in Aspect if aspect in report.aspects],
        "clauses": {clause: _verdict(one) for clause, one in report.verdicts.items()},
        "unexplained": [
            {"candidates": sorted(one.candidates), **_shown(one)} for one in report.unclear
        ],
        "run": report.run,
        "sources": {str(source): number for source, number in report.asked.items()},
        "answered": report.answered,
        "not_claimed": report.declined,
        "disagreed": report.disagreed,
        "questions": report.questions,
        "errors": [error for one in report.faults for error in _errors(one)],
        "engines_disagree": [one.posed.asked for one in report.doubtful],
    }


def _verdict(one: Verdict) -> dict[str, Any]:
    return {"verdict": str(one.word), **(_shown(one.shown) if one.shown else {})}


def _shown(one: Shown) -> dict[str, Any]:
    return {
        "case": one.posed.asked,
        "differences": [
            {"aspect": str(d.aspect), "expected": d.ours, "answered": d.theirs}
            for d in one.differences
        ],
        "answer": plain(one.answer),
        "cases": one.times,
        "found_in": _named(one.found_in),
        "smallest": not one.is_cut_off,
    }


def _named(one: Posed) -> dict[str, Any]:
    return {"source": str(one.source), "title": one.title or None, "place": str(one.place) or None}


def _errors(one: Answered) -> Iterator[dict[str, Any]]:
    """Yield what went wrong with a case; there may be an answer all the same."""
    for said in filter(None, (one.fault, one.remark)):
        answer = {} if one.answer is None else {"answer": plain(one.answer)}
        yield {"message": said, "case": one.posed.asked, **_named(one.posed), **answer}


def plain(answer: Any) -> Any:
    """Return what a system answered as data of JSON, or as a text if it is none."""
    try:
        return json.loads(json.dumps(answer))
    except (TypeError, ValueError, RecursionError):
        return repr(answer)[:1000]
