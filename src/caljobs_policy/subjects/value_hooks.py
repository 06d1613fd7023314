# SPDX-License-Identifier: MIT
"""Reads the value of one fact, be it plain Python, JSON or YAML as written.

Nothing is guessed: the text "false" is no flag, a number is no text, and NaN is nothing at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from functools import partial
from types import NoneType
from typing import Any, Final, NoReturn, TypeAlias

from caljobs_policy.dates.reading import (
    Fault,
    day_from,
    day_or_time_from,
    offset_fault,
    time_from,
)
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import UnreadableError, each, refuse, unknown_word
from caljobs_policy.subjects.fields import MOST_CHARACTERS, MOST_ITEMS, Holds, Kind
from caljobs_policy.subjects.foreign import Stamp, plain
from caljobs_policy.subjects.refusing import LEAVE_OUT, SINGLES, refuse_value
from caljobs_policy.subjects.unknown import UNKNOWN, Unknown
from caljobs_policy.syntax.nodes import Scalar
from caljobs_policy.syntax.single_values import LARGEST

Reader: TypeAlias = Callable[[Any], Any]
_NO_NULL: Final = "write `null`, in small letters and without quotes, where there is none"


def fact_reader(holds: Holds, known: Collection[str] | None) -> Reader:
    """Return a reader for a fact: null, unknown, or a value, which may have to be a known word."""
    if holds.kind is Kind.WORDS:
        return or_nothing(_words_reader(known), holds)
    takes = {**_TAKES[holds.kind], Unknown: _same, NoneType: _same if holds.nullable else _no_null}
    read = _reader(holds.kind, takes)
    return read if known is None else _word_reader(read, known)


def or_nothing(read: Reader, holds: Holds) -> Reader:
    """Return a reader that handles null and unknown, and leaves anything else to another."""
    null = _same if holds.nullable else _no_null

    def fact(value: Any) -> Any:
        if value is None:
            return null(value)
        return value if value is UNKNOWN else read(value)

    return fact


def _same(value: Any) -> Any:
    return value


def _no_null(value: Any) -> NoReturn:
    refuse(Code.NULL, "must not be null", LEAVE_OUT)


def _no_item(value: Any) -> NoReturn:
    refuse(Code.NULL, "must not be null", "leave it out of the list")


def _reader(kind: Kind, takes: Mapping[type, Reader]) -> Reader:
    def read(value: Any) -> Any:
        take = takes.get(type(value))
        if take is None:
            value = plain(value)
            take = takes.get(type(value))
            if take is None:
                refuse_value(kind, value)
        return take(value)

    return read


def null_or(text: str, remedy: str) -> str:
    """Return a remedy, or the one for a text that seems meant as null."""
    return _NO_NULL if text.strip().casefold() in {"null", "none"} else remedy


def _count(value: float) -> int:
    """Read a whole number; in tables these are floats if some cell of the column is blank."""
    if value < 0:
        refuse(Code.OUT_OF_RANGE, "must not be below 0", "give 0 or more")
    if value != value // 1:
        refuse_value(Kind.COUNT, value)
    if value > LARGEST:
        refuse(Code.OUT_OF_RANGE, "is too large", f"give {LARGEST:,} at most")
    return int(value)


def _text(value: str) -> str:
    if len(value) > MOST_CHARACTERS:
        remedy = f"give {MOST_CHARACTERS:,} characters at most"
        refuse(Code.TOO_LARGE, "is too long", remedy)
    return value


def _as_written(node: Scalar) -> str:
    return node.text


def _single(kind: Kind) -> Reader:
    """Return a reader for a single value in YAML."""
    sort = SINGLES[kind]

    def read(node: Scalar) -> Any:
        found, fault = sort.of(node)
        return found if fault is None else _refuse_text(kind, node.text, fault)

    return read


def _dated(kind: Kind, read: Callable[[str], tuple[Any, Fault | None]]) -> Reader:
    """Return a reader for the text of a date or time from a program."""

    def dated(text: str) -> Any:
        found, fault = read(text)
        return found if fault is None else _refuse_text(kind, text, fault)

    return dated


def _refuse_text(kind: Kind, text: str, fault: Fault) -> NoReturn:
    says, remedy = fault
    refuse(SINGLES[kind].code, says or f"takes {kind.value}", null_or(text, remedy))


def _day(text: str) -> date:
    try:
        # The usual case, made fast; other forms are left to the reader below.
        if len(text) == 10 and text[4] == text[7] == "-":
            return date.fromisoformat(text)
    except ValueError:
        pass
    found: date = _DAYS(text)
    return found


def _moment(moment: datetime) -> datetime:
    """Return a time, or refuse one that could not be read back after it is written."""
    fault = offset_fault(moment)
    if fault is not None:
        refuse(Code.NOT_A_TIME, *fault)
    return moment


def _day_of_stamp(stamp: Stamp) -> date:
    if stamp.has_time:
        refuse_value(Kind.DAY, stamp.at)
    return stamp.at.date()


_DAYS: Final = _dated(Kind.DAY, day_from)
_TAKES: Final[Mapping[Kind, Mapping[type, Reader]]] = {
    Kind.FLAG: {bool: _same, Scalar: _single(Kind.FLAG)},
    Kind.WORD: {str: _text, Scalar: _as_written},
    Kind.TEXT: {str: _text, Scalar: _as_written},
    Kind.COUNT: {int: _count, float: _count, Scalar: _single(Kind.COUNT)},
    Kind.DAY: {date: _same, str: _day, Scalar: _single(Kind.DAY), Stamp: _day_of_stamp},
    Kind.TIME: {
        datetime: _moment,
        str: _dated(Kind.TIME, partial(time_from, exact=True)),
        Scalar: _single(Kind.TIME),
        Stamp: lambda stamp: _moment(stamp.at),
    },
    Kind.DAY_OR_TIME: {
        date: _same,
        datetime: _moment,
        str: _dated(Kind.DAY_OR_TIME, partial(day_or_time_from, exact=True)),
        Scalar: _single(Kind.DAY_OR_TIME),
        Stamp: lambda stamp: _moment(stamp.at) if stamp.has_time else stamp.at.date(),
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
    """Return a reader for a list of words; a single word is a list of one."""
    text = _reader(Kind.WORD, {**_TAKES[Kind.WORD], NoneType: _no_item, Unknown: _no_item})
    read = text if known is None else _word_reader(text, known)

    def words(value: Any) -> tuple[str, ...]:
        several = items_of(value)
        if several is not None:
            return tuple(each(several, read))
        if not isinstance(value, str | Scalar):
            refuse_value(Kind.WORDS, plain(value))
        return (read(value),)

    return words


def items_of(value: Any) -> list[Any] | None:
    """Return the items of a list of any type, or None if the value is not a list."""
    found = value if type(value) in {list, str, Scalar} else plain(value)
    if type(found) is not list:
        return None
    if len(found) > MOST_ITEMS:
        refuse(Code.TOO_LARGE, "is too long a list", f"give {MOST_ITEMS:,} items at most")
    return found
