# SPDX-License-Identifier: MIT
"""The JSON schema of a profile's files, from which an editor completes and checks them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from caljobs_policy.policy.operators import OPERATORS
from caljobs_policy.policy.rules import DEADLINE_TESTS
from caljobs_policy.syntax.entries import Entry, Row
from caljobs_policy.syntax.sections import SECTIONS, Section
from caljobs_policy.syntax.shapes import Shape, Written, shapes_of

_CONDITION: Final = {"$ref": "#/$defs/condition"}
_WORD: Final = {"type": ["string", "integer", "boolean"]}
_TEXT: Final = {"type": "string", "minLength": 1}
_WORDS: Final = {"oneOf": [_WORD, {"type": "array", "items": _WORD}]}
_PLAIN: Final[Mapping[Shape, Any]] = {
    Shape.TEXT: _TEXT,
    Shape.TEXTS: {"oneOf": [_TEXT, {"type": "object", "additionalProperties": _TEXT}]},
    Shape.WORD: _WORD,
    Shape.WORDS: _WORDS,
    Shape.NAMED_WORDS: {"type": "object", "additionalProperties": _WORD},
    Shape.CONDITION: _CONDITION,
    Shape.DURATION: {"type": "string"},
    Shape.FLAG: {"type": "boolean"},
    Shape.DAY: {"type": "string", "format": "date"},
    Shape.NODE: {},
    Shape.NODES: {"type": "object"},
}
_HEADS: Final = {
    "profile": {
        "type": "object",
        "properties": {
            "jurisdiction": _TEXT,
            "title": _TEXT,
            "time_zone": _TEXT,
            "extends": _TEXT,
            "reading": _TEXT,
        },
        "required": ["jurisdiction", "title", "time_zone"],
        "additionalProperties": False,
    },
    "edition": {
        "type": "object",
        "properties": {
            "from": _PLAIN[Shape.DAY],
            "until": _PLAIN[Shape.DAY],
            "title": _TEXT,
            "binding": _PLAIN[Shape.FLAG],
        },
        "required": ["from", "title"],
        "additionalProperties": False,
    },
}


def profile_schema() -> dict[str, Any]:
    """Return the JSON schema (draft 2020-12) that every file of a profile fits."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of a caljobs_policy profile",
        "type": "object",
        "properties": {
            **_HEADS,
            **{name: _table(section) for name, section in SECTIONS.items()},
        },
        "additionalProperties": False,
        "$defs": {"condition": _condition(), "test": _test()},
    }


def _table(section: Section) -> dict[str, Any]:
    entry = _entry(section.entry)
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


def _entry(cls: type[Entry]) -> dict[str, Any]:
    shapes = shapes_of(cls)
    properties = {name: _field(written) for name, written in shapes.items()}
    required = [n for n, written in shapes.items() if written.required and n != "columns"]
    whole = {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": cls is Row,
    }
    if cls.shorthand is None:
        return whole
    return {"anyOf": [whole, properties[cls.shorthand]]}


def _field(written: Written) -> Any:
    if written.shape is Shape.ENTRIES and written.entry is not None:
        return {"type": "object", "additionalProperties": _entry(written.entry)}
    return _PLAIN[written.shape]


def _condition() -> dict[str, Any]:
    """A condition: the name of a term, or facts with their tests, and `all`, `any`, `not`."""
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
    """What stands behind a fact: a value, a list of words, or operators."""
    operators = {name: dict(cls.schema()) for name, cls in OPERATORS.items()}
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
