# SPDX-License-Identifier: MIT
"""What `check` found, for people to read."""

from __future__ import annotations

from collections.abc import Iterator

from caljobs_policy.analysis.checking.report import Report
from caljobs_policy.analysis.checking.rule import Bound, Fault
from caljobs_policy.errors.problems import printable


def as_pretty(report: Report) -> str:
    """Return a report: what is wrong, what is allowed with an example, what is not certain."""
    return "\n".join(map(printable, _lines(report)))


def _lines(report: Report) -> Iterator[str]:
    for fault in report.problems:
        yield f"{_head(fault, fault.severity.value)}: {fault.message}"
        if fault.help:
            yield f"  help: {fault.help}"
        yield from _example(fault)
    for fault in report.allowed:
        if fault.witness is not None:
            yield f"{_head(fault, 'allowed')}: {fault.message}"
            yield f"  reason: {fault.reason}"
            yield from _example(fault)
    for bound in report.bounds:
        yield f"{_head(bound, 'not certain')}: {bound.message}"
    yield report.summary()


def _head(one: Fault | Bound, what: str) -> str:
    place = str(one.place)
    return f"{place}: {what} [{one.code}]" if place else f"{what} [{one.code}]"


def _example(fault: Fault) -> Iterator[str]:
    if fault.witness is not None:
        yield "  example:"
        yield from (f"    {line}" for line in fault.witness.splitlines())
