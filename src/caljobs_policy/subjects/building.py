# SPDX-License-Identifier: MIT
"""Builds objects from values that the reader has already checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, TypeAlias

import attrs

from caljobs_policy.subjects.checking import settle
from caljobs_policy.subjects.fields import words
from caljobs_policy.subjects.statement import statements_of

Build: TypeAlias = Callable[[Mapping[str, Any]], Any]
_MAKE_TUPLES: Final = (words, statements_of)
"""The converters that change nothing that was read."""


@cache
def usual_values(cls: Any) -> Mapping[str, Any]:
    """Return the values of a class's optional fields when they are left out."""
    fields = (field for field in attrs.fields(cls) if field.init)
    return {f.name: _default(f) for f in fields if f.default is not attrs.NOTHING}


def builder_of(cls: Any) -> Build:
    """Return a function that builds an object as its constructor would, from checked values."""
    stated = [field for field in attrs.fields(cls) if field.init]
    put = {field.name: getattr(cls, field.name).__set__ for field in stated}
    converted = {
        f.name: f.converter for f in stated if f.converter and f.converter not in _MAKE_TUPLES
    }
    usual = tuple((put[name], value) for name, value in usual_values(cls).items())

    def build(values: Mapping[str, Any]) -> Any:
        made = object.__new__(cls)
        for put_usual, value in usual:
            put_usual(made, value)
        for name, value in values.items():
            put[name](made, converted[name](value) if name in converted else value)
        settle(made)
        return made

    return build


def _default(field: attrs.Attribute[Any]) -> Any:
    """Return the value of a field that is left out; it is immutable, so all can share it."""
    default: Any = field.default
    value = default.factory() if isinstance(default, attrs.Factory) else default  # type: ignore[arg-type]
    convert: Any = field.converter
    return convert(value) if convert is not None else value
