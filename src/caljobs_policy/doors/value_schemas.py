# SPDX-License-Identifier: MIT
"""The JSON schema of a single value, by its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from caljobs_policy.subjects.fields import Kind

TEXT: Final[Mapping[str, Any]] = {"type": "string"}
_DAY_PATTERN: Final = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK_PATTERN: Final = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,9})?)?"
_OFFSET_PATTERN: Final = "(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_DAY: Final = {"type": "string", "format": "date", "pattern": f"^{_DAY_PATTERN}$"}
_TIME: Final = {
    "type": "string",
    # The format `date-time` would refuse times without an offset, which are local to a policy.
    "pattern": f"^{_DAY_PATTERN}[T ]{_CLOCK_PATTERN}{_OFFSET_PATTERN}$",
}
BY_KIND: Final[Mapping[Kind, Mapping[str, Any]]] = {
    Kind.FLAG: {"type": "boolean"},
    Kind.WORD: TEXT,
    Kind.TEXT: TEXT,
    Kind.COUNT: {"type": "integer", "minimum": 0, "maximum": 999_999_999},
    Kind.DAY: _DAY,
    Kind.TIME: _TIME,
    Kind.DAY_OR_TIME: {"anyOf": [_DAY, _TIME]},
    Kind.WORDS: TEXT,
}
NULL: Final = {"type": "null"}


def or_null(value: Mapping[str, Any], *, nullable: bool) -> dict[str, Any]:
    """Return a schema that also takes null, if null may stand there."""
    return {"anyOf": [value, NULL]} if nullable else dict(value)


def or_list(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema that also takes a list of such items."""
    return {"anyOf": [item, {"type": "array", "items": item}]}
