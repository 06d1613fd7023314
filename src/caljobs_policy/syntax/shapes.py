# SPDX-License-Identifier: MIT
"""How the fields of an entry are written."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

import attrs
from attrs import field, frozen

from caljobs_policy.mappings import frozen_dict

SHAPE_KEY: Final = "caljobs_policy.shape"


class Shape(Enum):
    """How a field of an entry is written; the value of a member is its name in messages."""

    TEXT = "a text"
    TEXTS = "a text, or a text for each kind of failure"
    WORD = "a word"
    WORDS = "a word or a list of words"
    NAMED_WORDS = "a mapping of names to words"
    CONDITION = "a condition"
    DURATION = "a duration, or the name of a parameter"
    FLAG = "true or false"
    DAY = "a date"
    NODE = "a value"
    NODES = "a mapping of names to values"
    ENTRIES = "a mapping of entries"


@frozen
class Written:
    """The shape of a field, whether it must be there, and the class of entries beneath it."""

    shape: Shape
    required: bool = False
    entry: Any = None


def as_(shape: Shape, required: bool = False, entry: Any = None) -> dict[str, Written]:
    """Return the metadata of an attrs field with a shape."""
    return {SHAPE_KEY: Written(shape, required, entry)}


def text(required: bool = False) -> Any:
    """Return a field that holds a text."""
    return field(default=None, metadata=as_(Shape.TEXT, required))


def texts() -> Any:
    """Return a field that holds a text for each kind of failure."""
    return field(factory=dict, converter=frozen_dict, metadata=as_(Shape.TEXTS))


def word(required: bool = False) -> Any:
    """Return a field that holds a word."""
    return field(default=None, metadata=as_(Shape.WORD, required))


def words(required: bool = False) -> Any:
    """Return a field that holds a list of words."""
    return field(default=(), metadata=as_(Shape.WORDS, required))


def node(shape: Shape, required: bool = False) -> Any:
    """Return a field that keeps what was written, for later."""
    return field(default=None, metadata=as_(shape, required))


def entries(entry: Any, required: bool = False) -> Any:
    """Return a field that holds entries by their keys."""
    return field(factory=dict, converter=frozen_dict, metadata=as_(Shape.ENTRIES, required, entry))


def mapping(shape: Shape) -> Any:
    """Return a field that holds a mapping of names."""
    return field(factory=dict, converter=frozen_dict, metadata=as_(shape))


def shapes_of(cls: type) -> Mapping[str, Written]:
    """Return the fields that an entry may have, by the key under which they are written."""
    return {
        f.name.rstrip("_"): f.metadata[SHAPE_KEY]
        for f in attrs.fields(cls)
        if SHAPE_KEY in f.metadata
    }


def arguments_of(cls: type, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return values by written key as arguments of the class; a key may be a word of Python."""
    names = {f.name.rstrip("_"): f.alias for f in attrs.fields(cls)}
    return {str(names[key]): value for key, value in values.items()}
