# SPDX-License-Identifier: MIT
"""The rule about exemptions that cover every subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.rule import Bound, Fault, Rule, Severity
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.policy.outcome import Outcome


class ExemptsAll(Rule):
    """The exemptions of some sort of subject leave none of them in scope.

    Every rule about such subjects is dead, and each is answered `out_of_scope`.

    An example, as there is no other status:

        exempt:
          any-status:
            about: account
            when: {account.status: [active, deactivated]}
            say: The directive is not about such accounts.
            clauses: [AREA-1/create-1]

    Mended so:

        exempt:
          any-status:
            about: account
            when: {account.status: deactivated}
            say: The directive is not about such accounts.
            clauses: [AREA-1/create-1]

    What it does not report: a sort of subject that `scope` leaves out on purpose.
    """

    code: ClassVar = "exempts-all"
    severity: ClassVar = Severity.ERROR
    proves: ClassVar = True

    def faults(self, examined: Examined) -> Iterator[Fault | Bound]:
        """Yield the first own exemption of each sort of subject of which none is in scope."""
        from caljobs_policy.analysis.formulas.finding import Question
        from caljobs_policy.analysis.formulas.terms import denied

        for stretch, key, plan in examined.plans():
            own = [c for c in plan.checks[: plan.exemptions] if examined.is_own(c.origin)]
            if not own:
                continue
            prover = examined.prover(stretch, key)
            question = Question(denied(prover.formulas[0].exempt), _in_scope)
            found = prover.ask(question, smallest=False)
            if found.witness is None and found.bounds:
                message = f"whether any `{key}` is in scope: {found.bounds[0]}"
                yield Bound(self.code, own[0].origin.place, message)
            elif found.witness is None:
                message = f"every `{key}` is exempt"
                yield self.fault(own[0].origin.place, message, "narrow the exemption")


def _in_scope(decisions: Sequence[Decision]) -> bool:
    return decisions[0].outcome is not Outcome.OUT_OF_SCOPE
