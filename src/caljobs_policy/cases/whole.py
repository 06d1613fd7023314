# SPDX-License-Identifier: MIT
"""All that a case can expect of a decision, and an expectation as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import fields

from caljobs_policy.cases.expectation import Expectation, Expected
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.policy.outcome import Result
from caljobs_policy.subjects.unknown import UNKNOWN

_DUTY: Final = ("clauses", "who", "to", "cc", "promptness", "due")
"""What is expected of a duty: not its words, which may name somebody."""


def whole_expectation(decision: Decision) -> dict[str, Any]:
    """Return what a case expects that expects the whole decision, as it is written.

    Every part is there, also where nothing is to be expected: no route is an empty one.
    """
    route = decision.route
    return {
        "outcome": decision.outcome.value,
        "clauses": _cited(decision, Result.NOT_MET),
        "pending": _cited(decision, Result.PENDING),
        "needs": list(decision.needs),
        "approvals": {one.role: one.given for one in decision.approvals},
        "route": {} if route is None else route.to_dict(),
        "duties": [{key: getattr(one, key) for key in _DUTY} for one in decision.duties],
        "deadlines": {
            one.name: {"due": one.due, "clauses": one.clauses} for one in decision.deadlines
        },
    }


def _cited(decision: Decision, result: Result) -> list[str]:
    found = (finding for finding in decision.findings if finding.result is result)
    return list(dict.fromkeys(clause for finding in found for clause in finding.clauses))


def written_expectation(expected: Expectation) -> dict[str, Any]:
    """Return what somebody expects as it is written, without what is not named."""
    return _written(expected)


def _written(expected: Expected) -> dict[str, Any]:
    values = ((field, getattr(expected, field.name)) for field in fields(type(expected)))
    return {
        field.name: _plain(value)
        for field, value in values
        if value is not UNKNOWN and value != field.default
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Expected):
        return _written(value)
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
