# SPDX-License-Identifier: MIT
"""Reads records of decisions from plain data, and reports everything wrong with one."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache, partial
from operator import is_
from typing import Any, Final, TypeVar, get_args, get_origin, get_type_hints

import attrs
from cattrs import Converter

from caljobs_policy.dates.reading import Fault, day_from, time_from
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import (
    Collector,
    Hook,
    UnreadableError,
    each,
    refuse,
    told_of,
    unknown_key,
    unknown_word,
)
from caljobs_policy.errors.exceptions import RecordError
from caljobs_policy.errors.problems import Problem
from caljobs_policy.plain.mappings import is_plain
from caljobs_policy.plain.written import Digest, digest_of, key_of
from caljobs_policy.policy.outcome import Outcome, Result
from caljobs_policy.subjects.fields import Kind
from caljobs_policy.subjects.refusing import code_of

T = TypeVar("T")
M = TypeVar("M", bound=date)
_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")
_PLAIN: Final[Mapping[type, Kind]] = {str: Kind.TEXT, bool: Kind.FLAG, int: Kind.COUNT}
_CHANGED: Final = "does not fit the record, which was changed after it was written"
_AS_WRITTEN: Final = "use the record as `to_dict` wrote it, or record the decision anew"


def read_record(cls: type[T], data: object, schema: int) -> T:
    """Read a record of a class that was written in a schema up to the given one.

    Raises a `RecordError` with everything that is wrong.
    """
    if not isinstance(data, Mapping):
        message = "a record is a mapping"
        raise RecordError([Problem(message, help=_AS_WRITTEN, code=Code.WRONG_KIND)])
    if problem := _other_schema(data.get("schema"), schema):
        raise RecordError([problem])
    content = {name: value for name, value in data.items() if name != "digest"}
    told = Collector()
    record: T = told.read(_reader().structure, content, cls)
    digest = told.read(_stated_digest, data)
    if not told.problems and digest != digest_of(content):
        changed = Problem(_CHANGED, help=_AS_WRITTEN, keys=("digest",), code=Code.NOT_A_DIGEST)
        told.problems.append(changed)
    if told.problems:
        raise RecordError(map(_with_remedy, told.problems))
    return record


def _with_remedy(problem: Problem) -> Problem:
    found = told_of(problem, whole="the record")
    return found if found.help else attrs.evolve(found, help=_AS_WRITTEN)


def _other_schema(version: object, schema: int) -> Problem | None:
    """Return the problem of a record that was written by a later version of the library."""
    if type(version) is not int or 1 <= version <= schema:
        return None
    if version < 1:
        message = "`schema` is below 1, and the schemas of records are counted from 1"
        return Problem(message, help=_AS_WRITTEN, keys=("schema",), code=Code.OUT_OF_RANGE)
    # Python refuses to write out a number of thousands of digits.
    stated = min(version, 10**9)
    message = f"the record has schema {stated}, and this version of the library reads {schema}"
    remedy = "install a later version of caljobs-policy"
    return Problem(message, help=remedy, keys=("schema",), code=Code.NEWER_SCHEMA)


@cache
def _reader() -> Converter:
    reader = Converter()
    reader.register_structure_hook_func(partial(is_, Digest), _digest)
    reader.register_structure_hook(datetime, _moment)
    reader.register_structure_hook(date, _day)
    reader.register_structure_hook(date | datetime, _day_or_moment)
    reader.register_structure_hook(date | datetime | None, _day_or_moment_or_null)
    for cls, kind in _PLAIN.items():
        reader.register_structure_hook(cls, _exactly(cls, kind))
    for words in (Outcome, Result):
        reader.register_structure_hook(words, _word)
    reader.register_structure_hook_func(partial(_is_made_of, Mapping), _plain)
    reader.register_structure_hook_factory(partial(_is_made_of, tuple), partial(_list_hook, reader))
    reader.register_structure_hook_factory(attrs.has, partial(_class_hook, reader))
    return reader


def _is_made_of(whole: object, cls: object) -> bool:
    found: object = get_origin(cls)
    return found is whole


def _class_hook(reader: Converter, cls: Any) -> Hook:
    """Return what reads a mapping with exactly the keys that a class writes in records."""
    types = get_type_hints(cls)
    names = {
        key_of(field).name or field.name: field.name
        for field in attrs.fields(cls)
        if not key_of(field).left_out(in_record=True)
    }

    def read(data: object, _: object) -> Any:
        if not isinstance(data, Mapping):
            refuse(Code.WRONG_KIND, "must be a mapping", None)
        told = Collector([*_key_problems(data, names)])
        values = {
            name: told.read(reader.structure, data[key], types[name], at=(key,))
            for key, name in names.items()
            if key in data
        }
        return cls(**told.result(values))

    return read


def _key_problems(data: Mapping[Any, Any], names: Collection[str]) -> Iterator[Problem]:
    for key in names:
        if key not in data:
            yield _missing(key)
    for key in data:
        if key not in names:
            yield unknown_key(key, names)


def _missing(key: str) -> Problem:
    return Problem("is missing", keys=(key,), code=Code.MISSING)


def _list_hook(reader: Converter, cls: Any) -> Hook:
    """Return what reads a list whose items are all of one type."""
    item = get_args(cls)[0]

    def read(data: object, _: object) -> tuple[Any, ...]:
        if not isinstance(data, list | tuple):
            refuse(Code.WRONG_KIND, "must be a list", None)
        return tuple(each(data, partial(reader.structure, cl=item)))

    return read


def _exactly(cls: type, kind: Kind) -> Hook:
    """Return what takes only values of a class: true is no number, and a number is no text."""

    def read(value: object, _: object) -> object:
        if type(value) is not cls:
            refuse(code_of(kind), f"must be {kind.value}", None)
        return value

    return read


def _word(value: object, cls: type[StrEnum]) -> StrEnum:
    word = value if type(value) is str else ""
    if word not in list(cls):
        raise UnreadableError([unknown_word(word, list(cls))])
    return cls(word)


def _plain(value: object, _: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or not is_plain(value):
        refuse(Code.WRONG_KIND, "must be a mapping of texts, numbers, flags and lists", None)
    return value


def _digest(value: object, _: object) -> str:
    if type(value) is not str or not _DIGEST.fullmatch(value):
        refuse(
            Code.NOT_A_DIGEST,
            "is not a digest",
            "a digest is `sha256:` and 64 of the signs 0-9 and a-f",
        )
    return value


def _stated_digest(data: Mapping[str, Any]) -> str:
    if "digest" not in data:
        raise UnreadableError([_missing("digest")])
    told = Collector()
    found: str = told.read(_digest, data["digest"], None, at=("digest",))
    return told.result(found)


def _day(value: object, _: object) -> date:
    found = _parsed(value, day_from)
    if found is None:
        refuse(Code.NOT_A_DATE, "is not a date", "write it as 2025-06-02")
    return found


def _moment(value: object, _: object) -> datetime:
    found = _parsed(value, partial(time_from, exact=True))
    if found is None or found.tzinfo is None:
        remedy = "write it as 2025-06-02T09:00:00-07:00"
        refuse(Code.NOT_A_TIME, "is not a time with its offset", remedy)
    return found


def _day_or_moment(value: object, _: object) -> date:
    return _parsed(value, day_from) or _moment(value, None)


def _day_or_moment_or_null(value: object, _: object) -> date | None:
    return None if value is None else _day_or_moment(value, None)


def _parsed(value: object, read: Callable[[str], tuple[M | None, Fault | None]]) -> M | None:
    """Return a day or a time that is written just as `isoformat` writes it."""
    found = read(value)[0] if isinstance(value, str) else None
    return found if found is not None and found.isoformat() == value else None
