# SPDX-License-Identifier: MIT
"""The rule about clauses that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.names import unused
from caljobs_policy.analysis.checking.rule import Fault, Rule


class UnusedClause(Rule):
    """A clause is cited by no entry, and `out_of_scope` doesn't say why.

    A provision of the document has no effect here. The ledger of clauses is complete only when each
    is implemented or excused.

    An example:

        clauses:
          AREA-1/reset-4: {at: Section 4, kind: check, says: A reset is signed.}

    Mended so:

        clauses:
          AREA-1/reset-4: {at: Section 4, kind: check, says: A reset is signed.}
        out_of_scope:
          AREA-1/reset-4: The desk resets passwords without a form.

    What it does not report: a clause that is cited by an entry which says something else;
    only a reader can tell.
    """

    code: ClassVar = "unused-clause"

    def faults(self, examined: Examined) -> Iterator[Fault]:
        """Yield them."""
        for one in unused(examined, "clauses"):
            message = f"no entry names the clause `{one.key}`"
            yield self.fault(
                one.entry.key.place,
                message,
                "cite it from the entry that implements it, or say why not under `out_of_scope`",
            )
