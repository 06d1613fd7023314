# SPDX-License-Identifier: MIT
"""What `check` found, as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from caljobs_policy.analysis.checking.report import Report
from caljobs_policy.analysis.checking.rule import Bound, Fault


def as_json(report: Report) -> str:
    """Return a report as one JSON object."""
    content = {
        "problems": [_fault(fault) for fault in report.problems],
        "allowed": [_fault(fault) for fault in report.allowed],
        "bounds": [_bound(bound) for bound in report.bounds],
    }
    return json.dumps(content, indent=1)


def _fault(fault: Fault) -> Mapping[str, Any]:
    more = {"witness": fault.witness, "reason": fault.reason}
    return {
        "code": fault.code,
        "severity": fault.severity.value,
        "place": str(fault.place),
        "message": fault.message,
        "help": fault.help,
        **{key: value for key, value in more.items() if value is not None},
    }


def _bound(bound: Bound) -> Mapping[str, Any]:
    return {"code": bound.code, "place": str(bound.place), "message": bound.message}
