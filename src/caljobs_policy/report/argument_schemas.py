# SPDX-License-Identifier: MIT
"""The JSON schema of what may be written after an operator, by the kind of its argument."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from caljobs_policy.dates.durations import PATTERN
from caljobs_policy.policy.operators import Argument

_WORD: Final = {"type": "string", "minLength": 1}
_LIST: Final = {"type": "array", "items": _WORD, "minItems": 1, "uniqueItems": True}
_WORDS: Final = {"oneOf": [_WORD, _LIST]}
ARGUMENTS: Final[Mapping[Argument, Mapping[str, Any]]] = {
    Argument.VALUE: {"type": ["string", "boolean", "integer"]},
    Argument.WORDS: _WORDS,
    Argument.WORD: _WORD,
    Argument.TEXT: _WORD,
    Argument.TEMPLATE: _WORD,
    Argument.RANGE: {"type": "string", "pattern": "^[0-9]{1,6} (to [0-9]{1,6}|or more)$"},
    Argument.CHARACTERS: _WORDS,
    Argument.FLAG: {"type": "boolean"},
    Argument.FACT: {"type": "string", "pattern": r"^[a-z_]+(\.[a-z0-9_]+)*$"},
    Argument.DURATION: {"type": "string", "pattern": f"^({PATTERN}|[a-z_][a-z0-9_]*)$"},
    Argument.PATTERN: _WORD,
}
