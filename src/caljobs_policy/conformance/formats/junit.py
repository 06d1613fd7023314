# SPDX-License-Identifier: MIT
"""What a run comes to as JUnit's XML: a test for each clause."""

from __future__ import annotations

from collections.abc import Iterator

from caljobs_policy.analysis.checking.formats.junit import xml_text
from caljobs_policy.conformance.formats.phrases import MEANINGS, as_yaml, remarks, told
from caljobs_policy.conformance.report import Report, Shown, Word, grouped


def as_junit(report: Report) -> str:
    """Return a report: violated clauses fail, and those that nothing is known of are skipped.

    What no clause explains, cases without an answer and a run that ended early are tests of their
    own.
    """
    tests = [*_tests(report)]
    counts = report.counts
    failures = counts[Word.VIOLATES] + bool(report.unclear)
    errors = bool(report.faults or report.doubtful) + (report.stopped is not None)
    skipped = counts[Word.NOT_CLAIMED] + counts[Word.NOT_EXERCISED]
    given = {"tests": sum(line.startswith("<testcase") for line in tests), "failures": failures}
    given |= {"errors": errors, "skipped": skipped}
    numbers = " ".join(f'{name}="{number}"' for name, number in given.items())
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            "<testsuites>",
            f'<testsuite name="caljobs-policy conform" {numbers}>',
            *tests,
            "</testsuite>",
            "</testsuites>",
        ]
    )


def _tests(report: Report) -> Iterator[str]:
    for clause, verdict in report.verdicts.items():
        yield _begin(report, clause)
        if verdict.shown is not None:
            yield _failure(verdict.shown)
        elif verdict.word is not Word.CONFORMS:
            yield f'<skipped message="{xml_text(MEANINGS[verdict.word])}"/>'
        yield "</testcase>"
    if report.unclear:
        yield _begin(report, "disagreements that no single clause explains")
        yield from map(_failure, report.unclear)
        yield "</testcase>"
    if report.faults or report.doubtful:
        yield _begin(report, "every case is answered")
        yield f"<error>{xml_text(_wrong(report))}</error>"
        yield "</testcase>"
    if report.stopped is not None:
        yield _begin(report, "the run is finished")
        yield f'<error message="{xml_text(report.stopped)}"/>'
        yield "</testcase>"


def _begin(report: Report, name: str) -> str:
    return f'<testcase classname="{xml_text(report.profile)}" name="{xml_text(name)}">'


def _failure(one: Shown) -> str:
    message = "; ".join(map(told, one.differences))
    text = "\n".join([message, *remarks(one), as_yaml(one.posed)])
    return f'<failure message="{xml_text(message)}">{xml_text(text)}</failure>'


def _wrong(report: Report) -> str:
    said = [f"{len(found)} times: {said}" for said, found in grouped(report.faults).items()]
    doubtful = len(report.doubtful)
    return "\n".join(
        [*said, *([f"{doubtful} times: our own engines disagree"] if doubtful else [])]
    )
