# SPDX-License-Identifier: MIT
"""Reads the value of one fact by what the fact holds: of plain Python, of JSON, or as written.

Nothing is guessed: the text "false" is no flag, a number is no text, and NaN is nothing at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from types import NoneType
from typing import Any, Final, NoReturn, TypeAlias

from caljobs_policy.dates.reading import Fault, day_from, day_or_time_from, time_from
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import UnreadableError, each, refuse, unknown_word
from caljobs_policy.subjects.fields import Holds, Kind
from caljobs_policy.subjects.foreign import Stamp, is_blank, plain
from caljobs_policy.subjects.unknown import UNKNOWN, Unknown
from caljobs_policy.syntax.nodes import Scalar

Reader: TypeAlias = Callable[[Any], Any]
MOST_CHARACTERS: Final = 1024 * 1024
MOST_ITEMS: Final = 10_000
_FRACTION: Final = re.compile(r"\.([0-9]{1,6})")
_TEXTS: Final = frozenset({str})
_LEAVE_OUT: Final = "leave it out when it is not known"
_NO_NULL: Final = "write `null`, in small letters and without quotes, where there is none"
_WRITE: Final[Mapping[Kind, str]] = {
    Kind.FLAG: "write true or false, in small letters and without quotes",
    Kind.COUNT: "write at most nine digits and no other sign",
    Kind.WORDS: "write `[a, b]`",
}
_CODES: Final[Mapping[Kind, Code]] = {
    Kind.FLAG: Code.NOT_A_FLAG,
    Kind.COUNT: Code.NOT_A_NUMBER,
    Kind.DAY: Code.NOT_A_DATE,
    Kind.DAY_OR_TIME: Code.NOT_A_DATE,
    Kind.TIME: Code.NOT_A_TIME,
}


def fact_reader(holds: Holds, known: Collection[str] | None) -> Reader:
    """Return what reads a fact: null, not known, or its value, perhaps out of known words alone."""
    if holds.kind is Kind.WORDS:
        return or_nothing(_words_reader(known), holds)
    takes = {**_TAKES[holds.kind], Unknown: _same, NoneType: _same if holds.nullable else _no_null}
    read = _reader(holds.kind, takes)
    return read if known is None else _word_reader(read, known)


def or_nothing(read: Reader, holds: Holds) -> Reader:
    """Return what reads null and what is not known, and hands anything else on."""
    null = _same if holds.nullable else _no_null

    def fact(value: Any) -> Any:
        if value is None:
            return null(value)
        return value if value is UNKNOWN else read(value)

    return fact


def _same(value: Any) -> Any:
    return value


def _no_null(value: Any) -> NoReturn:
    refuse(Code.NULL, "must not be null", _LEAVE_OUT)


def _reader(kind: Kind, takes: Mapping[type, Reader]) -> Reader:
    def read(value: Any) -> Any:
        take = takes.get(type(value))
        if take is None:
            value = plain(value)
            take = takes.get(type(value))
            if take is None:
                _refuse(kind, value)
        return take(value)

    return read


def _refuse(kind: Kind, value: Any) -> NoReturn:
    """Refuse a value of another type than any that a kind of fact is made of."""
    if is_blank(value):
        refuse(Code.WRONG_KIND, "has no value", _LEAVE_OUT)
    several = isinstance(value, dict | list) or not isinstance(value, str | int | float | date)
    remedy = "write one value" if several else _GIVE[kind]
    code = Code.WRONG_KIND if several else _CODES.get(kind, Code.WRONG_KIND)
    refuse(code, f"takes {kind.value}", remedy)


_GIVE: Final[Mapping[Kind, str]] = {
    Kind.FLAG: "give true or false, and neither a number nor a text",
    Kind.WORD: "give it as a text, in quotes",
    Kind.TEXT: "give it as a text, in quotes",
    Kind.COUNT: "give a whole number, and neither a fraction nor a text",
    Kind.DAY: "give the day alone, such as 2025-03-01",
    Kind.TIME: "give the time with its day, such as 2025-03-01T09:00:00-08:00",
    Kind.DAY_OR_TIME: "give it as 2025-03-01, or as 2025-03-01T09:00:00-08:00",
}


def null_or(text: str, remedy: str) -> str:
    """Return the remedy, or the one for what looks as if it should be null."""
    return _NO_NULL if text.strip().casefold() in {"null", "none"} else remedy


def _flag(node: Scalar) -> bool:
    if not node.quoted and node.text in {"true", "false"}:
        return node.text == "true"
    remedy = null_or(node.text, _WRITE[Kind.FLAG])
    refuse(Code.NOT_A_FLAG, f"takes {Kind.FLAG.value}", remedy)


_MOST: Final = 10**9
"""Numbers have nine digits at most, as they are written."""


def _count_written(node: Scalar) -> int:
    if node.text.isascii() and node.text.isdigit() and len(node.text) < 10:
        return int(node.text)
    remedy = null_or(node.text, _WRITE[Kind.COUNT])
    refuse(Code.NOT_A_NUMBER, f"takes {Kind.COUNT.value}", remedy)


def _count(value: float) -> int:
    """Read a number; tables hold whole ones as floats where a cell of the column is blank."""
    if value < 0:
        refuse(Code.OUT_OF_RANGE, "must not be below 0", "give 0 or more")
    if value != value // 1 or value >= _MOST:
        _refuse(Kind.COUNT, value)
    return int(value)


def _text(value: str) -> str:
    if len(value) > MOST_CHARACTERS:
        remedy = f"give {MOST_CHARACTERS:,} characters at most"
        refuse(Code.TOO_LARGE, "is too long", remedy)
    return value


def _as_written(node: Scalar) -> str:
    return node.text


def _date(kind: Kind, read: Callable[[str], tuple[Any, Fault | None]]) -> Reader:
    def dated(text: str) -> Any:
        found, fault = read(text)
        if fault is None:
            return found
        refuse(_CODES[kind], fault[0], null_or(text, fault[1]))

    return dated


def _day(text: str) -> date:
    try:
        # The usual case, and quick; what it reads beside ISO's plain form is told apart below.
        if len(text) == 10 and text[4] == text[7] == "-":
            return date.fromisoformat(text)
    except ValueError:
        pass
    found: date = _DAYS(text)
    return found


def _to_the_fraction(read: Reader) -> Reader:
    """Read a time of a program with the fraction of its second, which YAML's readers drop."""

    def exactly(text: str) -> Any:
        found = read(text)
        fraction = _FRACTION.search(text)
        if fraction is None or not isinstance(found, datetime):
            return found
        return found.replace(microsecond=int(fraction[1].ljust(6, "0")))

    return exactly


_DAYS: Final = _date(Kind.DAY, day_from)
_TIMES: Final = _date(Kind.TIME, time_from)
_EITHER: Final = _date(Kind.DAY_OR_TIME, day_or_time_from)


def _day_of_stamp(stamp: Stamp) -> date:
    if isinstance(stamp.day_or_time, datetime):
        _refuse(Kind.DAY, stamp.at)
    return stamp.day_or_time


def _written(read: Reader) -> Reader:
    return lambda node: read(node.text)


_TAKES: Final[Mapping[Kind, Mapping[type, Reader]]] = {
    Kind.FLAG: {bool: _same, Scalar: _flag},
    Kind.WORD: {str: _text, Scalar: _as_written},
    Kind.TEXT: {str: _text, Scalar: _as_written},
    Kind.COUNT: {int: _count, float: _count, Scalar: _count_written},
    Kind.DAY: {date: _same, str: _day, Scalar: _written(_day), Stamp: _day_of_stamp},
    Kind.TIME: {
        datetime: _same,
        str: _to_the_fraction(_TIMES),
        Scalar: _written(_TIMES),
        Stamp: lambda stamp: stamp.at,
    },
    Kind.DAY_OR_TIME: {
        date: _same,
        datetime: _same,
        str: _to_the_fraction(_EITHER),
        Scalar: _written(_EITHER),
        Stamp: lambda stamp: stamp.day_or_time,
    },
}


def _word_reader(read: Reader, known: Collection[str]) -> Reader:
    def word(value: Any) -> Any:
        if type(value) is str and value in known:
            return value
        found = read(value)
        if found in known or found is None or found is UNKNOWN:
            return found
        raise UnreadableError([unknown_word(found, known)])

    return word


def _words_reader(known: Collection[str] | None) -> Reader:
    """Return what reads a list of words; a single one stands for a list of one."""
    text = _reader(Kind.WORD, _TAKES[Kind.WORD])
    usual = frozenset(known or ())
    read = text if known is None else _word_reader(text, known)

    def item(value: Any) -> str:
        if type(value) in {dict, list, NoneType, Unknown}:
            refuse(Code.WRONG_KIND, f"takes {Kind.WORDS.value}", _WRITE[Kind.WORDS])
        found: str = read(value)
        return found

    def words(value: Any) -> tuple[str, ...]:
        # The usual case, and quick.
        if type(value) is list and _TEXTS.issuperset(map(type, value)) and usual.issuperset(value):
            return tuple(value)
        several = items_of(value)
        return (item(value),) if several is None else tuple(each(several, item))

    return words


def items_of(value: Any) -> list[Any] | None:
    """Return the items of a list, of whatever type; None where the value is no list."""
    found = value if type(value) in {list, str, Scalar} else plain(value)
    if type(found) is not list:
        return None
    if len(found) > MOST_ITEMS:
        refuse(Code.TOO_LARGE, "is too long a list", f"give {MOST_ITEMS:,} items at most")
    return found
