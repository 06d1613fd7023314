# SPDX-License-Identifier: MIT
"""Checks that the clauses and readings that entries name exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
        for name in ("where", "rows", "earliest", "except_"):
            beneath = getattr(entry, name, ())
            if beneath and isinstance(beneath, Mapping):
                for inner in beneath.values():
                    self.check(inner)
