# SPDX-License-Identifier: MIT
"""What `check` found, in the Static Analysis Results Interchange Format, version 2.1.0."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from caljobs_policy import __version__
from caljobs_policy.analysis.checking.report import Report
from caljobs_policy.analysis.checking.rule import Bound, Fault, Rule
from caljobs_policy.analysis.checking.rules import RULES
from caljobs_policy.errors.codes import Code

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(report: Report) -> str:
    """Return a report: all rules with their pages, and a result for each fault and each bound."""
    driver = {"name": "caljobs-policy", "version": __version__, "rules": [*_rules(report)]}
    found = (*report.problems, *report.allowed)
    results = [*map(_fault, found), *map(_bound, report.bounds)]
    run = {"tool": {"driver": driver}, "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1)


def _rules(report: Report) -> Iterator[Mapping[str, Any]]:
    """Yield all rules, and the codes of problems that were found."""
    yield from map(_rule, RULES)
    found = {fault.code for fault in report.problems}
    for code in Code:
        if str(code) in found:
            yield {"id": str(code), "shortDescription": {"text": code.meaning}}


def _rule(rule: type[Rule]) -> Mapping[str, Any]:
    page = rule.page()
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.summary()},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _fault(fault: Fault) -> Mapping[str, Any]:
    result = {**_result(fault, fault.told()), "level": fault.severity.value}
    if fault.reason is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": fault.reason}]
    return result


def _bound(bound: Bound) -> Mapping[str, Any]:
    """Return a result that is open: it was asked for, and is not certain."""
    return {**_result(bound, bound.message), "kind": "open", "level": "none"}


def _result(one: Fault | Bound, text: str) -> Mapping[str, Any]:
    found: dict[str, Any] = {"ruleId": one.code, "message": {"text": text}}
    if one.place.file:
        found["locations"] = [{"physicalLocation": _location(one)}]
    return found


def _location(one: Fault | Bound) -> Mapping[str, Any]:
    found: dict[str, Any] = {"artifactLocation": {"uri": quote(one.place.file, safe="/:")}}
    if one.place.line:
        found["region"] = {"startLine": one.place.line, "startColumn": max(one.place.column, 1)}
    return found
