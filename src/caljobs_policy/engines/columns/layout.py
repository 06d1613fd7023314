# SPDX-License-Identifier: MIT
"""Which fact each column of a table holds, and what rows state as mappings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import repeat
from typing import Any, Final

import polars as pl
from attrs import frozen

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import SubjectError
from caljobs_policy.errors.problems import Problem
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import facts_about, kind_of_key, subject_class, type_of_key
from caljobs_policy.subjects.fields import Holds, Kind, fields_of
from caljobs_policy.subjects.foreign import Stamp, is_blank
from caljobs_policy.subjects.unknown import UNKNOWN

NULL, UNSTATED = "|null", "|unknown"
"""What ends the name of a column that says of another where nothing exists, or is known."""
TYPE: Final = "type"
TWICE: Final = Problem(
    "two columns of the table state the same fact", help="drop one of them", code=Code.CONFLICT
)


@frozen
class Layout:
    """The columns that a table about subjects of a key may have under a policy."""

    key: str
    facts: Mapping[str, Holds]
    """What the column of each name holds."""
    forms: Mapping[str, Mapping[str, Holds]]
    """For each fact with signed statements, the columns of the days of each form."""
    midnights: bool = False
    """Whether a midnight without an offset is a day, as in libraries that lack days."""

    @property
    def columns(self) -> Iterator[tuple[str, Holds]]:
        """Yield the name of each column, and what it holds."""
        yield from self.facts.items()
        for forms in self.forms.values():
            yield from forms.items()

    def mapping(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a row states, as a case would; an empty cell states nothing."""
        stated: dict[str, Any] = {}
        type_ = type_of_key(self.key)
        if type_:
            stated[TYPE] = type_
        marks = {name: value for name, value in row.items() if is_mark(name, value)}
        marked = {name.rpartition("|")[0] for name, value in marks.items() if value}
        for name in sorted(marked):
            self._put(stated, name, UNKNOWN if marks.get(name + UNSTATED) else None)
        for name, value in row.items():
            if name in marks or name in marked or value is None or is_blank(value):
                continue
            self._put(stated, name, self._plain(value))
        return stated

    def _plain(self, value: Any) -> Any:
        return Stamp(value) if self.midnights and type(value) is datetime else value

    def _put(self, stated: dict[str, Any], name: str, value: Any) -> None:
        listed, _, form = name.rpartition(".")
        if listed in self.forms:
            name, value = listed, [{"form": form, "signed_on": value}]
        *parts, last = name.split(".")
        for part in parts:
            inner = stated.setdefault(part, {})
            if not isinstance(inner, dict):
                return
            stated = inner
        if isinstance(stated.get(last), list) and listed in self.forms:
            stated[last] += value
        else:
            stated[last] = value


def is_mark(name: str, value: Any) -> bool:
    """Return whether a cell says of another column that nothing exists, or is known."""
    return name.endswith((NULL, UNSTATED)) and isinstance(value, bool)


def layout_of(policy: Policy, key: str) -> Layout:
    """Return the columns for subjects of a key."""
    cls, kind = subject_class(key), kind_of_key(key)
    facts: dict[str, Holds] = {}
    forms: dict[str, dict[str, Holds]] = {}
    for path, fact in facts_about(key).items():
        name = path.removeprefix(f"{kind}.")
        if fact.kind is Kind.STATEMENTS and fact.holds.part is not None:
            fields = fields_of(fact.holds.part)
            known = policy.words_for(fields["form"]) or ()
            forms[name] = {f"{name}.{form}": fields["signed_on"] for form in known}
        elif fact.steps and name != TYPE:
            facts[name] = fact.holds
    return Layout(key, {**facts, **policy.own_facts(cls)}, forms)


def flattened(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame with a column for each field of its structs, named with dots."""
    while any(isinstance(dtype, pl.Struct) for dtype in frame.dtypes):
        columns: list[pl.Series] = []
        for column in frame.iter_columns():
            if isinstance(column.dtype, pl.Struct):
                fields = column.struct.unnest().iter_columns()
                columns += [one.alias(f"{column.name}.{one.name}") for one in fields]
            else:
                columns.append(column)
        if len({column.name for column in columns}) < len(columns):
            raise SubjectError([TWICE])
        frame = pl.DataFrame(columns)
    return frame


def rows_of(frame: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield the rows of a frame as plain Python, whatever its cells hold."""
    columns = [_plain(column) for column in frame.iter_columns()]
    for row in zip(*columns, strict=True) if columns else repeat((), frame.height):
        yield dict(zip(frame.columns, row, strict=True))


def _plain(column: pl.Series) -> list[Any]:
    try:
        return column.to_list()
    except (ValueError, OverflowError):
        return [_cell(column, number) for number in range(len(column))]


def _cell(column: pl.Series, number: int) -> Any:
    """Return a cell; one that Python's calendar lacks becomes a text, which the reader refuses."""
    try:
        return column[number]
    except (ValueError, OverflowError):
        return column[number : number + 1].cast(pl.String)[0]
