# SPDX-License-Identifier: MIT
"""What `check` found, as other programs read it: JSON, GitHub annotations, SARIF, JUnit."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any, Final

from caljobs_policy import __version__
from caljobs_policy.analysis.checking.rule import Fault
from caljobs_policy.analysis.checking.rules import RULES
from caljobs_policy.analysis.checking.running import Report
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import printable

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def as_json(report: Report) -> str:
    """Return a report as one JSON object."""
    bounds = [
        {"code": one.code, "place": str(one.place), "message": one.message} for one in report.bounds
    ]
    content = {
        "problems": [_written(fault) for fault in report.problems],
        "allowed": [_written(fault) for fault in report.allowed],
        "bounds": bounds,
    }
    return json.dumps(content, indent=1)


def _written(fault: Fault) -> Mapping[str, Any]:
    more = {"witness": fault.witness, "reason": fault.reason}
    return {
        "code": fault.code,
        "severity": fault.severity.value,
        "place": str(fault.place),
        "message": fault.message,
        "help": fault.help,
        **{key: value for key, value in more.items() if value is not None},
    }


def as_github(report: Report) -> str:
    """Return a report as annotations of a workflow of GitHub."""
    return "\n".join(map(_annotation, report.problems))


def _annotation(fault: Fault) -> str:
    where = {"title": f"caljobs-policy {fault.code}"}
    if fault.place.file:
        where |= {"file": fault.place.file}
    if fault.place.line:
        where |= {"line": str(fault.place.line), "col": str(fault.place.column)}
    given = ",".join(f"{key}={_property(value)}" for key, value in where.items())
    return f"::{fault.severity.value} {given}::{_data(_told(fault))}"


def _told(fault: Fault) -> str:
    parts = [fault.message, f"help: {fault.help}" if fault.help else "", fault.witness or ""]
    return "\n".join(part for part in parts if part)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(report: Report) -> str:
    """Return a report in the Static Analysis Results Interchange Format, version 2.1.0."""
    driver = {
        "name": "caljobs-policy",
        "version": __version__,
        "rules": [
            {"id": code, "shortDescription": {"text": text}}
            for code, text in _meanings(report).items()
        ],
    }
    run = {"tool": {"driver": driver}, "results": list(_results(report))}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1)


def _meanings(report: Report) -> Mapping[str, str]:
    """Return what the codes of a report mean, those of all rules and of problems found."""
    found = {rule.code: rule.summary() for rule in RULES}
    codes = {str(code): code.meaning for code in Code}
    return found | {f.code: codes[f.code] for f in report.problems if f.code in codes}


def _results(report: Report) -> Iterator[Mapping[str, Any]]:
    for fault in (*report.problems, *report.allowed):
        result: dict[str, Any] = {
            "ruleId": fault.code,
            "level": fault.severity.value,
            "message": {"text": _told(fault)},
        }
        if fault.place.file:
            result["locations"] = [{"physicalLocation": _location(fault)}]
        if fault.reason is not None:
            suppression = {"kind": "inSource", "justification": fault.reason}
            result["suppressions"] = [suppression]
        yield result


def _location(fault: Fault) -> Mapping[str, Any]:
    found: dict[str, Any] = {"artifactLocation": {"uri": fault.place.file}}
    if fault.place.line:
        found["region"] = {"startLine": fault.place.line, "startColumn": fault.place.column}
    return found


def as_junit(report: Report) -> str:
    """Return a report as JUnit's XML: a test for each rule, failed by what it found."""
    codes = dict.fromkeys((*report.codes, *(fault.code for fault in report.problems)))
    failed = {fault.code for fault in report.problems}
    head = f'name="caljobs-policy check" tests="{len(codes)}" failures="{len(failed)}"'
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f"<testsuites><testsuite {head}>"]
    for code in codes:
        lines.append(f'<testcase classname="caljobs-policy.check" name="{escape(code)}">')
        for fault in report.problems:
            if fault.code == code:
                message = escape(printable(f"{fault.place}: {fault.message}"))
                text = escape("\n".join(map(printable, _told(fault).split("\n"))))
                kind = fault.severity.value
                lines.append(f'<failure type="{kind}" message="{message}">{text}</failure>')
        lines.append("</testcase>")
    return "\n".join([*lines, "</testsuite></testsuites>"])


def as_pretty(report: Report) -> str:
    """Return a report for people to read."""
    shown = (one for one in report.allowed if one.witness is not None)
    blocks = [*map(_block, report.problems), *map(_allowed, shown)]
    blocks += [f"{one.place}: not certain [{one.code}]: {one.message}" for one in report.bounds]
    return "\n".join([*blocks, _summary(report)])


def _block(fault: Fault) -> str:
    where = f"{fault.place}: " if str(fault.place) else ""
    lines = [f"{where}{fault.severity.value} [{fault.code}]: {fault.message}"]
    lines += [f"  help: {fault.help}"] if fault.help else []
    return "\n".join([*lines, *_example(fault)])


def _example(fault: Fault) -> Iterator[str]:
    if fault.witness is not None:
        yield "  example:"
        yield from (f"    {line}" for line in fault.witness.splitlines())


def _allowed(fault: Fault) -> str:
    """Return what a profile loosens by an authority, with an example."""
    lines = [f"{fault.place}: allowed [{fault.code}]: {fault.message}"]
    lines.append(f"  reason: {fault.reason}")
    return "\n".join([*lines, *_example(fault)])


def _summary(report: Report) -> str:
    parts = [_counted(report.errors, "error"), _counted(report.warnings, "warning")]
    if report.allowed:
        parts.append(f"{len(report.allowed)} allowed")
    if report.bounds:
        parts.append(f"{len(report.bounds)} not certain")
    return ", ".join(parts)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


FORMATS: Final[Mapping[str, Callable[[Report], str]]] = {
    "pretty": as_pretty,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
    "junit": as_junit,
}
"""The forms in which a report is printed."""
