# SPDX-License-Identifier: MIT
"""Refuses values that programs hand over, and says what to hand over instead."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import Enum
from numbers import Number
from typing import Any, Final, NoReturn, TypeAlias

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import refuse
from caljobs_policy.subjects.fields import DATED, Kind
from caljobs_policy.subjects.foreign import is_blank
from caljobs_policy.syntax.single_values import COUNT, DAY, DAY_OR_TIME, FLAG, TIME, Single

Classes: TypeAlias = type | tuple[type, ...]
SINGLES: Final[Mapping[Kind, Single]] = {
    Kind.FLAG: FLAG,
    Kind.COUNT: COUNT,
    Kind.DAY: DAY,
    Kind.TIME: TIME,
    Kind.DAY_OR_TIME: DAY_OR_TIME,
}
LEAVE_OUT: Final = "leave it out when it is not known"
_ALL: Final = frozenset(Kind)
_TEXTS: Final = frozenset({Kind.WORD, Kind.TEXT})
_COUNTS: Final = frozenset({Kind.COUNT})
_LISTS: Final = frozenset({Kind.WORDS})
_GIVE: Final[Mapping[Kind, str]] = {
    Kind.FLAG: "give true or false, and neither a number nor a text",
    Kind.WORD: "give it as a text, in quotes",
    Kind.TEXT: "give it as a text, in quotes",
    Kind.COUNT: "give a whole number",
    Kind.DAY: "give the day alone, such as 2025-03-01",
    Kind.TIME: "give the time with its day, such as 2025-03-01T09:00:00-08:00",
    Kind.DAY_OR_TIME: "give it as 2025-03-01, or as 2025-03-01T09:00:00-08:00",
    Kind.WORDS: "give a list of texts, such as `[a, b]`",
}
_INSTEAD: Final[tuple[tuple[Classes, Collection[Kind], str], ...]] = (
    (list, _ALL - _LISTS, "give one value, not a list"),
    (dict, _ALL - _LISTS, "give one value, not a mapping"),
    (Enum, _ALL - _LISTS, "give the value of the member, not the member itself"),
    ((bytes, bytearray, memoryview), _TEXTS, "decode it, and give the text"),
    (str, _COUNTS, "give a whole number, not its text"),
    (bool, _COUNTS, "give a whole number, and neither true nor false"),
    (float, _COUNTS, "give a whole number, without a fraction"),
    (Number, _COUNTS, "make a whole number of it first, as `int` does"),
    (Number, DATED, "give a date, or its text such as 2025-03-01, and not a number"),
    (Number, _TEXTS, "give it as a text, in quotes"),
    (object, _TEXTS, "make a text of it first, as `str` does"),
    ((bytes, bytearray, memoryview, dict), _LISTS, "give a list of texts, such as `[a, b]`"),
    (Iterable, _LISTS, "make a list of it first, as `list` does"),
)
"""What to hand over instead of values of some classes; the first line that fits counts."""


def code_of(kind: Kind) -> Code:
    """Return the code for a value that a kind of fact does not take."""
    return SINGLES[kind].code if kind in SINGLES else Code.WRONG_KIND


def refuse_value(kind: Kind, value: Any) -> NoReturn:
    """Refuse a value of a class that a kind of fact does not take."""
    if is_blank(value):
        refuse(Code.WRONG_KIND, "has no value", LEAVE_OUT)
    fitting = (text for cls, kinds, text in _INSTEAD if kind in kinds and isinstance(value, cls))
    code = Code.WRONG_KIND if isinstance(value, dict | list) else code_of(kind)
    refuse(code, f"takes {kind.value}", next(fitting, None) or _GIVE[kind])
