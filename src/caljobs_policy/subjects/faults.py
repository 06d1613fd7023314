# SPDX-License-Identifier: MIT
"""What is wrong with the values that a subject is made of, whatever the policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, Final

import attrs

from caljobs_policy.errors.collecting import unknown_word
from caljobs_policy.errors.exceptions import SubjectError
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.subjects.fields import DATED, Holds, Kind, fields_of
from caljobs_policy.subjects.unknown import UNKNOWN, Unknown
from caljobs_policy.subjects.words import words_used

_CLASSES: Mapping[Kind, tuple[type, ...]] = {
    Kind.FLAG: (bool,),
    Kind.WORD: (str,),
    Kind.TEXT: (str,),
    Kind.COUNT: (int,),
    Kind.DAY: (date,),
    Kind.TIME: (datetime,),
    Kind.DAY_OR_TIME: (date, datetime),
    Kind.WORDS: (tuple,),
    Kind.STATEMENTS: (tuple,),
}
_LISTS: Final = frozenset({Kind.WORDS, Kind.STATEMENTS})
_OWN: Final = (bool, str, int, date, datetime)


def check(subject: Any) -> None:
    """Raise a `SubjectError` with every field of `subject` that holds what it cannot hold.

    What follows from the fields is filled in.
    """
    cls: Any = type(subject)
    problems = []
    for name, field, taken in _taken_at_once(cls):
        value = getattr(subject, name)
        if type(value) not in taken and (message := fault(field, value)):
            problems.append(Problem(f"`{name}` {message[0]}", Place(), message[1]))
    problems += _own_problems(getattr(subject, "own", {}))
    if problems:
        raise SubjectError(problems)
    settle(subject)


def settle(subject: Any) -> None:
    """Fill in what follows from the fields of a subject, or of a part, that hold what they can.

    Null where something must have happened becomes unknown. The words of all its parts that only a
    policy knows are kept in its `words_used`.
    """
    cls: Any = type(subject)
    sure, has_words, derive = _settled(cls)
    for name, other, state in sure:
        if getattr(subject, name) is None and getattr(subject, other) in (state, UNKNOWN):
            object.__setattr__(subject, name, UNKNOWN)
    if has_words:
        object.__setattr__(subject, "words_used", words_used(subject))
    if derive is not None:
        derive(subject)


@cache
def _settled(cls: Any) -> tuple[tuple[tuple[str, str, str], ...], bool, Any]:
    """Return what a class has to have filled in."""
    sure = tuple((name, *f.sure_with) for name, f in fields_of(cls).items() if f.sure_with)
    return sure, hasattr(cls, "words_used"), getattr(cls, "_derive", None)


@cache
def _taken_at_once(cls: Any) -> tuple[tuple[str, Holds, frozenset[type]], ...]:
    """Return the fields of a class, each with the types whose values need no further look."""
    given = {f.name for f in attrs.fields(cls) if f.default is attrs.NOTHING}

    def types(name: str, field: Holds) -> Iterator[type]:
        if name not in given:
            yield Unknown
        if field.nullable:
            yield type(None)
        if field.kind is Kind.PART and field.part is not None:
            yield field.part
        elif field.kind not in {Kind.COUNT, *_LISTS} and not isinstance(field.vocabulary, tuple):
            yield from _CLASSES[field.kind]

    return tuple((name, f, frozenset(types(name, f))) for name, f in fields_of(cls).items())


def _own_problems(own: object) -> Iterator[Problem]:
    """Report own facts that no profile could declare; which there are, a policy knows."""
    if not isinstance(own, Mapping):
        yield Problem("`own` must be a mapping", Place(), "name each fact, with its value")
        return
    for number, (name, value) in enumerate(own.items(), 1):
        plain = type(value) in {*_OWN, tuple} or value is None or value is UNKNOWN
        items = value if isinstance(value, tuple) else ()
        if not (isinstance(name, str) and plain and all(type(item) is str for item in items)):
            remedy = "give a flag, a number, a text, a date or a list of texts"
            yield Problem(f"`own` cannot hold its fact number {number}", Place(), remedy)


def fault(field: Holds, value: object) -> tuple[str, str | None] | None:
    """Return what is wrong with a value for `field`, with the remedy, or None when it fits."""
    if value is None:
        if field.nullable:
            return None
        return "must not be null", "leave it out when it is not known"
    if not _is_of_kind(field, value):
        return f"must be {field.kind.value}", _remedy(field, value)
    if field.kind is Kind.COUNT and isinstance(value, int) and value < 0:
        return "must not be below 0", None
    return _stranger(field, value)


def _is_of_kind(field: Holds, value: object) -> bool:
    if field.kind is Kind.PART:
        return isinstance(value, field.part or object)
    item_class = field.part if field.kind is Kind.STATEMENTS else str
    if isinstance(value, tuple) and not all(type(item) is item_class for item in value):
        return False
    return type(value) in _CLASSES[field.kind]


def _stranger(field: Holds, value: object) -> tuple[str, str | None] | None:
    """Return what is wrong with a word that the field itself does not list."""
    if not isinstance(field.vocabulary, tuple):
        return None
    words = value if isinstance(value, tuple) else (value,)
    known = field.vocabulary
    strange = next((unknown_word(word, known) for word in words if word not in known), None)
    return None if strange is None else (strange.message, strange.help)


def _remedy(field: Holds, value: object) -> str | None:
    if field.kind is Kind.DAY and isinstance(value, datetime):
        return "give the day alone, without the time"
    if field.kind in DATED and isinstance(value, str):
        return "give a date object, not its text"
    return None
