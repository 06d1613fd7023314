# SPDX-License-Identifier: MIT
"""The JSON schema of a case in an exported suite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from caljobs_policy.conformance.posing import Source
from caljobs_policy.doors.forms import case_schema
from caljobs_policy.policy.policy import Policy

_STATED: Final = ("profile", "date", "at", "expect", "suite")
"""The keys that a case may leave out, and a line of a suite never does."""
_WHOLE: Final = (
    *("outcome", "clauses", "pending", "needs"),
    *("approvals", "route", "duties", "deadlines"),
)
"""The keys of an expectation that every line has."""
_EXPECT: Final = {"$ref": "#/$defs/expect"}
_NOTES: Final = {
    "title": "what is noted about the case",
    "type": "object",
    "properties": {
        "digest": {
            "title": "digest of profile, date, at and subject",
            "type": "string",
            "pattern": "^sha256:[0-9a-f]{64}$",
        },
        "source": {
            "title": "where the case comes from",
            "enum": [str(source) for source in Source if source is not Source.RANDOM],
        },
        "author": {"title": "what its author expects of it", **_EXPECT},
    },
    "required": ["digest", "source"],
    "additionalProperties": False,
}


def line_schema(policies: Sequence[Policy]) -> dict[str, Any]:
    """Return the schema of a line: a case that leaves nothing to a default.

    It is in the words of the policy where there is but one, and takes any words otherwise.
    """
    schema = case_schema(policies[0] if len(policies) == 1 else None)
    whole = {"title": "the whole decision", "allOf": [_EXPECT], "required": [*_WHOLE]}
    return {
        **schema,
        "title": "A case of the suite",
        "properties": {**schema["properties"], "expect": whole},
        "required": [*_STATED],
        "$defs": {**schema["$defs"], "suite": _NOTES},
    }
