# SPDX-License-Identifier: MIT
"""Finds out what is wrong with the values of a new subject, whatever the policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache, partial
from typing import Any, Final

from attrs import evolve

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import UnreadableError, told_of
from caljobs_policy.errors.exceptions import SubjectError
from caljobs_policy.errors.problems import Problem
from caljobs_policy.subjects.fields import Holds, Kind, fields_of
from caljobs_policy.subjects.mapping_hooks import (
    TYPE,
    mapping_from,
    part_reader,
    read_facts,
    type_reader,
)
from caljobs_policy.subjects.refusing import code_of
from caljobs_policy.subjects.unknown import UNKNOWN
from caljobs_policy.subjects.value_hooks import Reader, fact_reader

_PLAIN: Final[Mapping[Kind, tuple[type, ...]]] = {
    Kind.FLAG: (bool,),
    Kind.WORD: (str,),
    Kind.TEXT: (str,),
    Kind.COUNT: (int,),
    Kind.DAY: (date,),
    Kind.TIME: (datetime,),
    Kind.DAY_OR_TIME: (date, datetime),
    Kind.WORDS: (list,),
}
_OWN: Final = (bool, str, int, date, datetime)


def refuse_faults(subject: Any, names: Iterable[str], kind: str) -> None:
    """Raise a `SubjectError` if some fields of a subject, or its own facts, hold a wrong value."""
    cls: Any = type(subject)
    problems = [*_own_problems(getattr(subject, "own", {}))]
    for name in names:
        found = faults(getattr(subject, name), fields_of(cls)[name], _reader(cls, name))
        problems += (evolve(problem, keys=(name, *problem.keys)) for problem in found)
    if problems:
        above = (kind,) if kind else ()
        raise SubjectError(told_of(problem, *above) for problem in problems)


def faults(value: Any, holds: Holds, read: Reader) -> tuple[Problem, ...]:
    """Return what is wrong with a value that is kept as it is, given the reader of its fact."""
    try:
        found = read(value)
    except UnreadableError as error:
        return error.problems
    if type(found) is type(value) and found == value:
        return ()
    classes = (holds.part,) if holds.part is not None else _PLAIN[holds.kind]
    names = " or ".join(f"`{cls.__name__}`" for cls in classes)
    remedy = "make one of it, or hand the whole mapping to `read_subject`"
    return (Problem(f"takes a value of type {names}", help=remedy, code=code_of(holds.kind)),)


@cache
def _reader(cls: Any, name: str) -> Reader:
    """Return a reader for a fact that takes any word of a profile's tables."""
    holds = fields_of(cls)[name]
    known = holds.vocabulary if isinstance(holds.vocabulary, tuple) else None
    if name == TYPE:
        return type_reader(holds, known)
    if holds.part is None:
        return fact_reader(holds, known)
    return part_reader(holds, partial(_part, cls=holds.part))


def _part(value: Any, cls: Any) -> Any:
    """Return a part as it is, or refuse all that is wrong with a mapping in its place."""
    if type(value) is cls:
        return value
    facts = {name: _reader(cls, name) for name in fields_of(cls)}
    read_facts(mapping_from(value), facts, tuple(facts))
    return None


def _own_problems(own: object) -> Iterator[Problem]:
    """Yield the problems of own facts that no profile could declare."""
    if not isinstance(own, Mapping):
        remedy = "name each fact, with its value"
        yield Problem("takes a mapping", help=remedy, keys=("own",), code=Code.WRONG_KIND)
        return
    for number, (name, value) in enumerate(own.items(), 1):
        is_plain = type(value) in {*_OWN, tuple} or value is None or value is UNKNOWN
        items = value if isinstance(value, tuple) else ()
        if not (isinstance(name, str) and is_plain and all(type(item) is str for item in items)):
            remedy = "give a flag, a number, a text, a date or a list of texts"
            message = f"cannot hold its fact number {number}"
            yield Problem(message, help=remedy, keys=("own",), code=Code.WRONG_KIND)
