# SPDX-License-Identifier: MIT
"""Reads the rows of a roster in blocks: a value for each cell, without its place."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from attrs import frozen

from caljobs_policy.errors.collecting import UnreadableError
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.subject_reading import converter_of
from caljobs_policy.rosters.reading.columns import ACCOUNT, Column
from caljobs_policy.rosters.reading.json_values import JsonValues
from caljobs_policy.rosters.reading.rows import Cells, Layout, Raw
from caljobs_policy.rosters.reading.table_values import TableValues
from caljobs_policy.rosters.reading.values import BLANK, UNREADABLE, Values
from caljobs_policy.subjects.account import Account

T = TypeVar("T")


@frozen(eq=False, slots=False)
class Block:
    """Some rows of a roster, and what those state that can be read without their places."""

    policy: Policy
    rows: Sequence[Raw]
    usual: Sequence[int]
    """Which of the rows these are. The others are read one by one, with all that is wrong."""
    facts: Mapping[Column, Values]
    """The values of the usual rows, in their order."""

    def values(self, key: str) -> Values:
        """Return what the usual rows state of the fact under a key."""
        found = (values for column, values in self.facts.items() if column.key == key)
        return next(found, [BLANK] * len(self.usual))

    def account(self, number: int) -> Account | None:
        """Return the account of a usual row, None if its values do not go together."""
        try:
            found = converter_of(self.policy).read(ACCOUNT, self._mapping(number))
        except UnreadableError:
            return None
        return found if isinstance(found, Account) else None

    def _mapping(self, number: int) -> dict[str, Any]:
        """Return what a row states, as a case would."""
        stated: dict[str, Any] = {}
        for above, name, values in self._single:
            value = values[number]
            if value is not BLANK:
                _below(stated, above)[name] = value
        for (*above, name), forms in self._signed.items():
            days = [(form, values[number]) for form, values in forms]
            # A blank cell among others says of its form that it is not known, not that it is not.
            if any(day is not BLANK for _, day in days):
                inner = _below(stated, above)
                inner[name] = [*_listed(inner, name), *(_signature(*one) for one in days)]
        return stated

    @cached_property
    def _single(self) -> Sequence[tuple[Sequence[str], str, Values]]:
        return [
            (column.path[:-1], column.path[-1], values)
            for column, values in self.facts.items()
            if column.form is None
        ]

    @cached_property
    def _signed(self) -> Mapping[tuple[str, ...], Sequence[tuple[str, Values]]]:
        """The days on which forms were signed, by the path of the list that they belong to."""
        found: dict[tuple[str, ...], list[tuple[str, Values]]] = {}
        for column, values in self.facts.items():
            if column.form is not None:
                found.setdefault(column.path[:-1], []).append((column.form, values))
        return found


def _below(stated: dict[str, Any], path: Sequence[str]) -> dict[str, Any]:
    for name in path:
        stated = stated.setdefault(name, {})
    return stated


def _listed(stated: Mapping[str, Any], name: str) -> list[Any]:
    return [stated[name]] if name in stated else []


def _signature(form: str, day: Any) -> dict[str, Any]:
    return {"form": form} if day is BLANK else {"form": form, "signed_on": day}


class BlockReader:
    """Reads blocks of rows under a policy; each text of a column is read once."""

    def __init__(self, layout: Layout, policy: Policy) -> None:
        self._policy = policy
        self._table = TableValues(layout, policy)
        self._json = JsonValues(policy)

    def read(self, rows: Sequence[Raw]) -> Block:
        """Read a block."""
        values = self._table if rows and isinstance(rows[0], Cells) else self._json
        usual, facts = values.read(rows)
        odd = {n for one in facts.values() for n, value in enumerate(one) if value is UNREADABLE}
        if odd:
            usual = _without(odd, usual)
            facts = {column: _without(odd, one) for column, one in facts.items()}
        return Block(self._policy, rows, usual, facts)


def _without(numbers: Container[int], values: Iterable[T]) -> list[T]:
    return [value for number, value in enumerate(values) if number not in numbers]
