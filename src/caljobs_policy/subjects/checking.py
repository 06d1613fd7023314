# SPDX-License-Identifier: MIT
"""Checks the values of a subject when it is made, and fills in what follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, Final

import attrs

from caljobs_policy.subjects.fields import (
    MOST_CHARACTERS,
    MOST_ITEMS,
    Derived,
    Holds,
    Kind,
    fields_of,
)
from caljobs_policy.subjects.unknown import UNKNOWN, Unknown
from caljobs_policy.subjects.words import words_used

_LISTS: Final = frozenset({Kind.WORDS, Kind.STATEMENTS})
_AT_ONCE: Final[Mapping[Kind, tuple[type, ...]]] = {
    Kind.FLAG: (bool,),
    Kind.WORD: (str,),
    Kind.TEXT: (str,),
    Kind.DAY: (date,),
    Kind.DAY_OR_TIME: (date,),
}
"""Classes whose values need no further check."""


def check(subject: Any, kind: str = "") -> None:
    """Raise a `SubjectError` with everything that is wrong with a new subject, or a part of one.

    The problems are those of the reader of mappings. What follows from the fields is filled in.
    """
    cls: Any = type(subject)
    doubtful = []
    for name, field, taken in _taken_at_once(cls):
        value = getattr(subject, name)
        if not (type(value) in taken and _is_short(value)) and not _is_list(field, value):
            doubtful.append(name)
    if doubtful or getattr(subject, "own", {}) != {}:
        from caljobs_policy.subjects.faults import refuse_faults  # noqa: PLC0415  # seldom needed

        refuse_faults(subject, doubtful, kind)
    settle(subject)


def _is_short(value: object) -> bool:
    return type(value) is not str or len(value) <= MOST_CHARACTERS


def _is_list(field: Holds, value: object) -> bool:
    """Return whether a value is a list that a field can hold, and needs no further check."""
    cls = str if field.kind is Kind.WORDS else field.part
    if type(value) is not tuple or field.kind not in _LISTS or len(value) > MOST_ITEMS:
        return False
    return all(type(item) is cls and _is_short(item) for item in value)


def settle(subject: Any) -> None:
    """Fill in what follows from the fields of a subject, or of a part, that have been checked.

    Null where something must have happened becomes unknown. The words of all its parts that only a
    policy knows are kept in its `words_used`.
    """
    cls: Any = type(subject)
    sure, has_words, derived = _settled(cls)
    for name, other, state in sure:
        if getattr(subject, name) is None and getattr(subject, other) in (state, UNKNOWN):
            object.__setattr__(subject, name, UNKNOWN)
    if has_words:
        object.__setattr__(subject, "words_used", words_used(subject))
    if derived is not None:
        values = derived.make(getattr(subject, derived.source))
        for name, value in zip(derived.names, values, strict=True):
            object.__setattr__(subject, name, value)


@cache
def _settled(cls: Any) -> tuple[tuple[tuple[str, str, str], ...], bool, Derived | None]:
    """Return what has to be filled in for a class."""
    sure = tuple((name, *f.sure_with) for name, f in fields_of(cls).items() if f.sure_with)
    return sure, hasattr(cls, "words_used"), getattr(cls, "derived", None)


@cache
def _taken_at_once(cls: Any) -> tuple[tuple[str, Holds, frozenset[type]], ...]:
    """Return the fields of a class, each with the classes whose values need no further check."""
    given = {f.name for f in attrs.fields(cls) if f.default is attrs.NOTHING}

    def classes(name: str, field: Holds) -> Iterator[type]:
        if name not in given:
            yield Unknown
        if field.nullable:
            yield type(None)
        if field.kind is Kind.PART and field.part is not None:
            yield field.part
        elif not isinstance(field.vocabulary, tuple):
            yield from _AT_ONCE.get(field.kind, ())

    return tuple((name, f, frozenset(classes(name, f))) for name, f in fields_of(cls).items())
