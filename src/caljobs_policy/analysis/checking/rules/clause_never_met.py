# SPDX-License-Identifier: MIT
"""The rule about clauses that no worked case says are met."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.ledger import clause_entries, met_by_cases, tested
from caljobs_policy.analysis.checking.rule import Fault, Rule


class ClauseNeverMet(Rule):
    """A check rests on a clause, and no worked case says that the clause is met.

    A check that always fails would pass every case that breaks it.

    An example:

        clauses:
          AREA-1/create-2: {at: Section 2, kind: check, says: The requestor signs.}
        rules:
          signed:
            about: request/create
            require: {request.signed_by_requestor: true}
            clauses: [AREA-1/create-2]

    Mended so:

        # cases/signed.yaml
        case: Signed
        request: {type: create, submitted_on: 2025-06-02, signed_by_requestor: true}
        expect: {not_clauses: [AREA-1/create-2]}

    What it does not report: a clause that only duties, deadlines, routes or guides cite; one that
    a case meets without naming it, if the case expects an outcome.
    """

    code: ClassVar = "clause-never-met"

    def faults(self, examined: Examined) -> Iterator[Fault]:
        """Yield such clauses."""
        missing = tested(examined) - met_by_cases(examined)
        for key in missing:
            entry = clause_entries(examined).get(key)
            if entry is not None:
                message = f"no case says that the clause `{key}` is met"
                yield self.fault(entry.key.place, message, "add one that names it in `not_clauses`")
