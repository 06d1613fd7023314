# SPDX-License-Identifier: MIT
"""What `check` found, as JUnit's XML: a test for each rule."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from caljobs_policy.analysis.checking.report import Report
from caljobs_policy.analysis.checking.rule import Bound, Fault
from caljobs_policy.errors.problems import printable


def as_junit(report: Report) -> str:
    """Return a report: a rule fails by what makes the run fail, and says the rest.

    What is not certain is an error of its test, as the run does not end well with it.
    """
    found: tuple[Fault | Bound, ...] = (*report.problems, *report.bounds)
    codes = [*dict.fromkeys((*report.codes, *(one.code for one in found)))]
    failed = {fault.code for fault in report.problems if report.fails(fault)}
    unsure = {bound.code for bound in report.bounds} - failed
    counts = {"tests": len(codes), "failures": len(failed), "errors": len(unsure)}
    given = " ".join(f'{name}="{count}"' for name, count in counts.items())
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<testsuites>"]
    lines.append(f'<testsuite name="caljobs-policy check" {given}>')
    for code in codes:
        lines += _test(report, code)
    return "\n".join([*lines, "</testsuite>", "</testsuites>"])


def _test(report: Report, code: str) -> Iterator[str]:
    faults = [fault for fault in report.problems if fault.code == code]
    yield f'<testcase classname="caljobs-policy.check" name="{xml_text(code)}">'
    yield from (_failure(fault) for fault in faults if report.fails(fault))
    yield from (_error(bound) for bound in report.bounds if bound.code == code)
    harmless = [f"{fault.place}: {fault.told()}" for fault in faults if not report.fails(fault)]
    if harmless:
        text = "\n".join(harmless)
        yield f"<system-out>{xml_text(text)}</system-out>"
    yield "</testcase>"


def _failure(fault: Fault) -> str:
    head = f'type="{fault.severity.value}" message="{xml_text(f"{fault.place}: {fault.message}")}"'
    return f"<failure {head}>{xml_text(fault.told())}</failure>"


def _error(bound: Bound) -> str:
    return f'<error type="not certain" message="{xml_text(f"{bound.place}: {bound.message}")}"/>'


def xml_text(text: str) -> str:
    """Return a text as XML takes it, without what it cannot hold."""
    return escape("\n".join(map(printable, text.split("\n"))))
