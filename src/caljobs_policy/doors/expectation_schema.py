# SPDX-License-Identifier: MIT
"""The JSON schema of what a case expects, from the declarations that its reader has."""

from __future__ import annotations

from collections.abc import Mapping
from types import NoneType
from typing import Any, TypeAlias, get_args, get_origin

from caljobs_policy.cases.case_hooks import CasePart
from caljobs_policy.cases.expectation import Expectation, Names, known_words
from caljobs_policy.doors.value_schemas import BY_KIND, TEXT, or_list, or_null
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.fields import Holds, Kind
from caljobs_policy.syntax.declaration import annotation, declared, stated

Schema: TypeAlias = dict[str, Any]


def expectation_schemas(policy: Policy | None) -> Schema:
    """Return the schema of an expectation as `expect`, and those of words that it refers to."""
    known = {what: sorted(words) for what, words in known_words(policy).items()}
    whole = {"title": "what is expected of the decision", **_mapping(Expectation, set(known))}
    return {"expect": whole, **{what: {"enum": words} for what, words in known.items()}}


def _mapping(cls: type[CasePart], known: set[str]) -> Schema:
    return {
        "type": "object",
        "properties": {key: _schema(f.type, known) for key, f in declared(cls).items()},
        "additionalProperties": False,
        "minProperties": 1 if cls.empty else 0,
    }


def _schema(type_: Any, known: set[str]) -> Schema:
    found, about = stated(type_), annotation(type_)
    parts = get_args(found)
    if about is not None:
        value = or_null(_single(about, known), nullable=about.nullable)
        return or_list(value) if isinstance(about, Names) and about.several else value
    if get_origin(found) is Mapping:
        name, value = parts
        below = or_null(_schema(value, known), nullable=NoneType in get_args(value))
        names = _single(annotation(name), known)
        return {"type": "object", "propertyNames": names, "additionalProperties": below}
    if get_origin(found) is tuple:
        return or_list(_schema(parts[0], known))
    return dict(BY_KIND[Kind.FLAG]) if found is bool else _or_short(found, known)


def _or_short(cls: type[CasePart], known: set[str]) -> Schema:
    """Return the schema of a mapping, or of the single value that may stand in its place."""
    whole = _mapping(cls, known)
    if cls.shorthand is None:
        return whole
    return {"anyOf": [_single(annotation(declared(cls)[cls.shorthand].type), known), whole]}


def _single(about: Names | Holds, known: set[str]) -> Schema:
    """Return the schema of one value; words of a policy that is not named may be any texts."""
    if isinstance(about, Holds):
        return dict(BY_KIND[about.kind])
    if about.what not in known:
        return dict(TEXT)
    word = {"$ref": f"#/$defs/{about.what}"}
    return {"anyOf": [word, {"enum": list(about.also)}]} if about.also else word
