# SPDX-License-Identifier: MIT
"""Reads JSON lines of the usual form as values of facts; others are read one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, NoReturn

from attrs import frozen

from caljobs_policy.plain.memo import Lookup
from caljobs_policy.policy.policy import Policy
from caljobs_policy.rosters.reading.columns import ACCOUNT, Column, Known
from caljobs_policy.rosters.reading.rows import JsonLine, Raw
from caljobs_policy.rosters.reading.values import BLANK, Found, ValueReader
from caljobs_policy.subjects.facts import facts_about
from caljobs_policy.subjects.fields import Kind
from caljobs_policy.syntax import nodes
from caljobs_policy.syntax.nodes import AnyNode, Scalar

_MOST_WORDS: Final = 100
_LITERALS: Final = {None: "null", True: "true", False: "false"}
_LISTED: Final = frozenset(
    key
    for path, fact in facts_about(ACCOUNT).items()
    if fact.kind is Kind.STATEMENTS
    for key in (path, path.removeprefix(f"{ACCOUNT}."))
)
_UNUSUAL: Final = ("\r", "\\u")
"""Is read otherwise, or may be half a character."""


@frozen
class _Number:
    """A number as written."""

    text: str


class _UnusualError(ValueError):
    """A line has something that is read, and perhaps refused, with its place."""


class JsonValues:
    """Reads JSON lines under a policy."""

    def __init__(self, policy: Policy) -> None:
        self._columns: Mapping[str, Column] = {
            key: column for key, column in Known(policy).columns.items() if column.form is None
        }
        self._values: Mapping[str, Lookup[Any, Any]] = {
            column.key: Lookup(partial(_value, ValueReader(column.holds, policy)))
            for column in self._columns.values()
        }
        self._decode = json.JSONDecoder(
            object_pairs_hook=_object,
            parse_int=_Number,
            parse_float=_Number,
            parse_constant=_refuse,
        ).decode

    def read(self, rows: Sequence[Raw]) -> Found:
        """Return which rows have the usual form, and what these state by fact."""
        usual: list[int] = []
        stated: list[dict[str, Any]] = []
        for number, row in enumerate(rows):
            try:
                stated.append(self._row(row))
            except (ValueError, RecursionError):
                continue
            usual.append(number)
        keys = {key: None for one in stated for key in one}
        return usual, {self._columns[key]: [one.get(key, BLANK) for one in stated] for key in keys}

    def _row(self, row: Raw) -> dict[str, Any]:
        """Return the values of a row by the keys of their columns."""
        if not isinstance(row, JsonLine) or row.fault or any(s in row.text for s in _UNUSUAL):
            raise _UnusualError
        found: dict[str, Any] = {}
        for name, written in _flat(self._decode(row.text.rstrip()), ""):
            column = self._columns.get(name)
            if column is None or column.key in found:
                raise _UnusualError
            found[column.key] = self._values[column.key][written]
        return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _UnusualError
    return found


def _refuse(written: str) -> NoReturn:
    raise _UnusualError


def _flat(value: Any, above: str) -> Iterator[tuple[str, Any]]:
    """Yield what an object states, by keys with dots."""
    if not isinstance(value, dict) or not value:
        raise _UnusualError
    for key, one in value.items():
        name = f"{above}{key}"
        if isinstance(one, dict):
            yield from _flat(one, f"{name}.")
        elif not isinstance(one, list):
            yield name, one
        elif name in _LISTED:
            # Several signed statements are read one by one.
            (only,) = one
            yield from _flat(only, f"{name}.")
        else:
            yield name, _words(one)


def _words(items: list[Any]) -> tuple[str, ...]:
    if len(items) > _MOST_WORDS or not all(isinstance(item, str) for item in items):
        raise _UnusualError
    return tuple(items)


def _value(reader: ValueReader, written: Any) -> Any:
    return reader.value(_node(written))


def _node(written: Any) -> AnyNode:
    """Return a value as it is read with its place."""
    if isinstance(written, str):
        return Scalar(written, quoted=True)
    if isinstance(written, tuple):
        return nodes.Sequence(tuple(map(_node, written)))
    if isinstance(written, _Number):
        return Scalar(written.text)
    return Scalar(_LITERALS[written])
