# SPDX-License-Identifier: MIT
"""Checks that the clauses and readings that entries name exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import get_args, get_origin

from attrs import fields

from caljobs_policy.compiler.problems import Problems
from caljobs_policy.policy.policy import Clause, Reading
from caljobs_policy.syntax.entries import Entry
from caljobs_policy.syntax.nodes import Word


class References:
    """Checks that the clauses and readings that entries name exist."""

    def __init__(
        self,
        clauses: Mapping[str, Clause],
        readings: Mapping[str, Reading],
        used: set[tuple[str, str]],
        problems: Problems,
    ) -> None:
        self.clauses = clauses
        self.readings = readings
        self.used = used
        self.problems = problems

    def check_clauses(self, words: Iterable[Word]) -> None:
        """Note clauses that do not exist."""
        for clause in words:
            self.used.add(("clauses", clause.text))
            if clause.text not in self.clauses:
                self.problems.unknown(
                    clause.place, "clause", clause.text, self.clauses, "list it under `clauses`"
                )

    def check(self, entry: Entry) -> None:
        """Check an entry and those inside it."""
        self.check_clauses(entry.clauses)
        self.check_clauses(getattr(entry, "authority", ()))
        for reading in entry.reading:
            if reading.text not in self.readings:
                remedy = "list it under `readings`"
                self.problems.unknown(reading.place, "reading", reading.text, self.readings, remedy)
        cls: type = type(entry)
        for name in _holding_entries(cls):
            for inner in getattr(entry, name).values():
                self.check(inner)


@cache
def _holding_entries(cls: type) -> tuple[str, ...]:
    """Return the fields of a class of entries that hold further ones by their keys."""
    return tuple(
        field.name
        for field in fields(cls)
        if get_origin(field.type) is Mapping and _is_of_entries(*get_args(field.type))
    )


def _is_of_entries(_: object, values: object) -> bool:
    return isinstance(values, type) and issubclass(values, Entry)
