# SPDX-License-Identifier: MIT
"""The rule about clauses that no worked case breaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.ledger import broken_by_cases, clause_entries, imposing
from caljobs_policy.analysis.checking.rule import Fault, Rule


class ClauseNeverBroken(Rule):
    """A clause imposes something, and no worked case expects that it is broken, owed or due.

    Without such a case nobody would notice if the entry that implements it stopped working.

    An example:

        clauses:
          AREA-1/create-2: {at: Section 2, kind: check, says: The requestor signs.}
        rules:
          signed:
            about: request/create
            require: {request.signed_by_requestor: true}
            clauses: [AREA-1/create-2]

    Mended so:

        # cases/unsigned.yaml
        case: Not signed
        request: {type: create, submitted_on: 2025-06-02, signed_by_requestor: false}
        expect: {outcome: return, clauses: [AREA-1/create-2]}

    What it does not report: clauses that only scopes, exemptions, words, parameters and guides
    cite; whether the cases hold, which `caljobs-policy test` tells.
    """

    code: ClassVar = "clause-never-broken"

    def faults(self, examined: Examined) -> Iterator[Fault]:
        """Yield such clauses."""
        broken = broken_by_cases(examined)
        for key in imposing(examined) - broken:
            entry = clause_entries(examined).get(key)
            if entry is not None:
                message = f"no case breaks the clause `{key}`"
                remedy = "add one that expects it under `clauses`, `duties` or `deadlines`"
                yield self.fault(entry.key.place, message, remedy)
