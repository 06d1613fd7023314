# SPDX-License-Identifier: MIT
"""Reads mappings key by key and reports everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final, NoReturn

from caljobs_policy.dates.reading import TIGHT_COLON
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import UnreadableError, each, refuse, unknown_key
from caljobs_policy.errors.problems import Problem
from caljobs_policy.subjects.fields import Holds, Kind
from caljobs_policy.subjects.foreign import plain
from caljobs_policy.subjects.unknown import UNKNOWN
from caljobs_policy.subjects.value_hooks import Reader, fact_reader, items_of, null_or, or_nothing
from caljobs_policy.syntax.nodes import Scalar

MOST_KEYS: Final = 500
TYPE: Final = "type"


def type_reader(holds: Holds, types: Collection[str] | None) -> Reader:
    """Return a reader for the type of a subject, which must be given."""
    read = fact_reader(holds, types)
    remedy = "give one" if types is None else f"write one of: {', '.join(types)}"

    def type_of(value: Any) -> Any:
        if value is None or value is UNKNOWN:
            refuse(Code.MISSING, "is missing", remedy)
        if type(value) is dict or items_of(value) is not None:
            refuse(Code.WRONG_KIND, "takes one word", remedy)
        return read(value)

    return type_of


def part_reader(holds: Holds, part: Reader) -> Reader:
    """Return a reader for a part of a subject, or a list of parts, given the reader of one."""

    def parts(value: Any) -> Any:
        several = None if type(value) is dict else items_of(value)
        return (part(value),) if several is None else tuple(each(several, part))

    return or_nothing(part if holds.kind is Kind.PART else parts, holds)


def read_facts(
    given: Mapping[Any, Any], facts: Mapping[str, Reader], known: Collection[str]
) -> dict[str, Any]:
    """Read the facts of a mapping, or refuse it with everything that cannot be read."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []  # A collector costs as much as a key.
    for key, one in given.items():
        read = facts.get(key)
        if read is None:
            problems.append(unknown_key(key, known))
            continue
        try:
            values[key] = read(one)
        except UnreadableError as error:
            problems += error.below(key).problems
    if problems:
        raise UnreadableError(problems, values)
    return values


def mapping_from(value: Any) -> dict[Any, Any]:
    """Return a value as a mapping, or refuse it."""
    found = value if type(value) is dict else plain(value)
    if type(found) is not dict:
        _refuse_as_mapping(found)
    if len(found) > MOST_KEYS:
        refuse(Code.TOO_LARGE, "has too many keys", f"give {MOST_KEYS} at most")
    return found


def _refuse_as_mapping(value: Any) -> NoReturn:
    if not isinstance(value, Scalar):
        refuse(Code.WRONG_KIND, "takes a mapping", "give its facts by their names")
    if not value.quoted and TIGHT_COLON.match(value.text):
        remedy = "write `key: value`, with a space after the colon"
        refuse(Code.SYNTAX, "is missing a space after a colon", remedy)
    remedy = null_or(value.text, "write its facts below, one a line")
    refuse(Code.WRONG_KIND, "takes a mapping", remedy)
