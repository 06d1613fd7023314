# SPDX-License-Identifier: MIT
"""What `check` found, as annotations that a workflow of GitHub shows at their lines."""

from __future__ import annotations

from collections.abc import Iterable

from caljobs_policy.analysis.checking.report import Report
from caljobs_policy.analysis.checking.rule import Bound, Fault, Severity


def as_github(report: Report) -> str:
    """Return a report as annotations: what is wrong, then what is not certain, as warnings."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterable[str]:
    for fault in report.problems:
        yield _annotation(fault, fault.severity, fault.told())
    for bound in report.bounds:
        yield _annotation(bound, Severity.WARNING, f"not certain: {bound.message}")


def _annotation(one: Fault | Bound, severity: Severity, text: str) -> str:
    where = {"title": f"caljobs-policy {one.code}"}
    if one.place.file:
        where |= {"file": one.place.file}
    if one.place.line:
        where |= {"line": str(one.place.line), "col": str(one.place.column)}
    given = ",".join(f"{key}={_property(value)}" for key, value in where.items())
    return f"::{severity.value} {given}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
