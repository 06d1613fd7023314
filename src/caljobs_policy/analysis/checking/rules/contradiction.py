# SPDX-License-Identifier: MIT
"""The rule about entries that contradict one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.per_check import fails
from caljobs_policy.analysis.checking.rule import Bound, Fault, Rule, Severity
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.conditions import AllOf, Condition, Not
from caljobs_policy.policy.rules import Check, Plan

if TYPE_CHECKING:
    from caljobs_policy.analysis.formulas.finding import Found
    from caljobs_policy.analysis.questions import Prover


class Contradiction(Rule):
    """Whoever meets an entry that is about them breaks another one.

    There is no way to do both, so no such subject is ever in order.

    An example:

        rules:
          signed:
            about: request/create
            require: {request.signed_by_requestor: true}
            clauses: [AREA-1/create-1]
          unsigned-by-county-staff:
            about: request/create
            when: {request.staff.employer: county}
            require: {request.signed_by_requestor: false}
            clauses: [AREA-1/create-1]

    Mended so:

        rules:
          signed:
            about: request/create
            unless: {request.staff.employer: county}
            require: {request.signed_by_requestor: true}
            clauses: [AREA-1/create-1]
          unsigned-by-county-staff:
            about: request/create
            when: {request.staff.employer: county}
            require: {request.signed_by_requestor: false}
            clauses: [AREA-1/create-1]

    What it does not report: an entry that nobody it is about can meet, which is a ban; three
    entries of which only all together exclude one another; an entry that weighs more than the one
    that it excludes, as that one is told of it.
    """

    code: ClassVar = "contradiction"
    severity: ClassVar = Severity.ERROR
    proves: ClassVar = True
    of_each: ClassVar = True

    def faults(self, examined: Examined) -> Iterator[Fault | Bound]:
        """Yield entries of which each check, wherever it can be met, breaks another one."""
        harmless: set[Place] = set()
        found: dict[Place, Fault | Bound] = {}
        for stretch, key, plan in examined.small_plans():
            prover = examined.prover(stretch, key)
            for number, check in enumerate(plan.checks):
                place = check.origin.place
                if place in harmless or not examined.is_own(check.origin) or not _judges(check):
                    continue
                in_order = _in_order(prover, number, check)
                if in_order.witness is not None:
                    harmless.add(place)
                elif in_order.bounds:
                    message = f"whether `{check.id}` contradicts another: {in_order.bounds[0]}"
                    found[place] = Bound(self.code, place, message)
                elif place not in found and prover.find(_met(check), smallest=False).witness:
                    other = _opponent(prover, plan, number)
                    if other is not None:
                        found[place] = self._told(check, other)
        yield from (one for place, one in found.items() if place not in harmless)

    def _told(self, check: Check, other: Check) -> Fault:
        message = f"whoever meets `{check.id}` breaks `{other.id}`"
        remedy = f"one of them has to give way; the other is at {other.origin.place}"
        return self.fault(check.origin.place, message, remedy)


def _judges(check: Check) -> bool:
    return not check.exempts and not check.pending and bool(check.outcome.weight)


def _met(check: Check) -> Condition:
    """Return the condition that a check applies and is met; nobody meets a ban as it applies."""
    return AllOf((check.when, check.require))


def _in_order(prover: Prover, number: int, check: Check) -> Found:
    """Find somebody who meets a check as it applies and breaks none that weighs as much."""
    from caljobs_policy.analysis.formulas.finding import Question
    from caljobs_policy.analysis.formulas.terms import all_of, denied

    formulas = prover.formulas[0]
    rivals = set(formulas.rivals(number))
    in_order = all_of([formulas.truth(_met(check)), denied(formulas.rivaled(number))])

    def real(decisions: Sequence[Decision]) -> bool:
        return not rivals & {*decisions[0].hits}

    return prover.ask(Question(in_order, real), smallest=False)


def _opponent(prover: Prover, plan: Plan, number: int) -> Check | None:
    """Return another check that is broken whenever one is met as it applies."""
    for rival in prover.formulas[0].rivals(number):
        other = plan.checks[rival]
        both = AllOf((_met(plan.checks[number]), Not(fails(other))))
        found = prover.find(both, smallest=False)
        if _judges(other) and found.witness is None and not found.bounds:
            return other
    return None
