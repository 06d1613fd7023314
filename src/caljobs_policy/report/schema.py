# SPDX-License-Identifier: MIT
"""The JSON schema of a profile's files, from which an editor completes and checks them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, get_args, get_origin

from caljobs_policy.policy.operators import OPERATORS
from caljobs_policy.policy.rules import DEADLINE_TESTS
from caljobs_policy.report.argument_schemas import ARGUMENTS
from caljobs_policy.syntax.declaration import (
    Condition,
    Duration,
    Keyed,
    Texts,
    declared,
    needed,
)
from caljobs_policy.syntax.heads import EditionHead, ProfileHead
from caljobs_policy.syntax.nodes import AnyNode, Word
from caljobs_policy.syntax.sections import SECTIONS, Section

_CONDITION: Final = {"$ref": "#/$defs/condition"}
_WORD: Final = {"type": ["string", "integer", "boolean"]}
_TEXT: Final = {"type": "string", "minLength": 1}
_WORDS: Final = {"oneOf": [_WORD, {"type": "array", "items": _WORD}]}
_TYPES: Final[Mapping[Any, Any]] = {
    str | None: _TEXT,
    Texts: {"oneOf": [_TEXT, {"type": "object", "additionalProperties": _TEXT}]},
    Word | None: _WORD,
    tuple[Word, ...]: _WORDS,
    Mapping[str, Word]: {"type": "object", "additionalProperties": _WORD},
    Condition: _CONDITION,
    Duration: {"type": "string"},
    bool | None: {"type": "boolean"},
    date | None: {"type": "string", "format": "date"},
    AnyNode | None: {},
    Mapping[str, AnyNode]: {"type": "object"},
}
"""The schema for each type that a field can be declared with."""


def profile_schema() -> dict[str, Any]:
    """Return the JSON schema (draft 2020-12) that every file of a profile fits."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of a caljobs_policy profile",
        "type": "object",
        "properties": {
            **{str(cls.name): _keyed(cls) for cls in (ProfileHead, EditionHead)},
            **{name: _table(section) for name, section in SECTIONS.items()},
        },
        "additionalProperties": False,
        "$defs": {"condition": _condition(), "test": _test()},
    }


def _table(section: Section) -> dict[str, Any]:
    entry = _keyed(section.entry)
    if section.nested:
        entry = {"type": "object", "additionalProperties": entry}
    listed = {
        **entry,
        "properties": {**entry.get("properties", {}), section.listed_by: _TEXT},
        "required": [*entry.get("required", []), section.listed_by],
    }
    return {
        "oneOf": [
            {"type": "object", "additionalProperties": entry},
            {"type": "array", "items": listed},
            {"type": "null"},
        ]
    }


def _keyed(cls: type[Keyed]) -> dict[str, Any]:
    keys = declared(cls)
    properties = {name: _type(key.type) for name, key in keys.items()}
    whole = {
        "type": "object",
        "properties": properties,
        "required": [name for name, key in keys.items() if needed in key.metadata],
        "additionalProperties": cls.rest is not None,
    }
    return whole if cls.shorthand is None else {"anyOf": [whole, properties[cls.shorthand]]}


def _type(type_: Any) -> Any:
    """Return the schema for a type: one of those above, or a mapping of entries."""
    if type_ in _TYPES:
        return _TYPES[type_]
    if get_origin(type_) is Annotated:
        return _type(type_.__origin__)
    return {"type": "object", "additionalProperties": _keyed(get_args(type_)[1])}


def _condition() -> dict[str, Any]:
    """Return the schema of a condition: a term, facts with their tests, `all`, `any`, `not`."""
    several = {"type": "array", "items": _CONDITION, "minItems": 1}
    return {
        "oneOf": [
            _TEXT,
            {
                "type": "object",
                "properties": {
                    "all": several,
                    "any": several,
                    "not": _CONDITION,
                    **dict.fromkeys(DEADLINE_TESTS, _TEXT),
                },
                "additionalProperties": {"$ref": "#/$defs/test"},
                "minProperties": 1,
            },
        ]
    }


def _test() -> dict[str, Any]:
    """Return the schema of what follows a fact: a value, a list of words, or operators."""
    operators = {name: dict(ARGUMENTS[cls.argument]) for name, cls in OPERATORS.items()}
    sides = {side: _TEXT for cls in OPERATORS.values() for side in cls.sides}
    return {
        "oneOf": [
            _WORD,
            {"type": "array", "items": _WORD, "minItems": 1},
            {
                "type": "object",
                "properties": {**sides, **operators},
                "additionalProperties": False,
                "minProperties": 1,
            },
        ]
    }
