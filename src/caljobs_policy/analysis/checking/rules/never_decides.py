# SPDX-License-Identifier: MIT
"""The rule about entries that never decide alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.per_check import answers, fails, is_shown
from caljobs_policy.analysis.checking.rule import Bound, Fault, Rule
from caljobs_policy.policy.conditions import AllOf, Not
from caljobs_policy.policy.rules import Check


class NeverDecides(Rule):
    """Whoever fails to meet an entry also fails to meet another that weighs as much, or more.

    No outcome would change without the entry. That may be right: each clause is to be named where
    it is broken. It may also be a slip, such as a rule that repeats a wider one.

    An example:

        rules:
          signed:
            about: request/create
            require: {request.signed_by_requestor: true}
            clauses: [AREA-1/create-1]
          signed-by-boss:
            about: request/create
            when: {request.requestor.role: boss}
            require: {request.signed_by_requestor: true}
            clauses: [AREA-1/create-1]

    Mended so:

        rules:
          signed:
            about: request/create
            require: {request.signed_by_requestor: true}
            clauses: [AREA-1/create-1]

    What it does not report: an entry that cannot fail at all (`cannot-fail`), a note, and an entry
    that decides alone for some sort of subject or on some days.
    """

    code: ClassVar = "never-decides"
    proves: ClassVar = True
    of_each: ClassVar = True

    def faults(self, examined: Examined) -> Iterator[Fault | Bound]:
        """Yield entries that can fail, but never alone."""
        asked = answers(
            examined, lambda prover, n: prover.decides_alone(n, smallest=False), _weighs
        )
        never = {place: one for place, one in asked.items() if not is_shown(one[1])}
        can_fail = answers(
            examined,
            lambda prover, n: prover.can_fail(n, smallest=False),
            lambda check: check.origin.place in never and _weighs(check),
        )
        for place, (check, found) in never.items():
            bounds = next((one.bounds for one in found if one.bounds), ())
            if bounds:
                yield Bound(self.code, place, f"whether `{check.id}` decides alone: {bounds[0]}")
            elif is_shown(can_fail[place][1]):
                message = f"`{check.id}` never decides alone{_because_of(examined, check)}"
                remedy = "remove it, or say why it stands beside another entry that says as much"
                yield self.fault(place, message, remedy)


def _weighs(check: Check) -> bool:
    return not check.exempts and bool(check.outcome.weight)


def _because_of(examined: Examined, check: Check) -> str:
    """Return which other check fails whenever one does, if it is a single one."""
    for stretch, key, plan in examined.small_plans():
        if check not in plan.checks:
            continue
        prover = examined.prover(stretch, key)
        for number in prover.formulas[0].rivals(plan.checks.index(check)):
            other = plan.checks[number]
            found = prover.find(AllOf((fails(check), Not(fails(other)))), smallest=False)
            if found.witness is None and not found.bounds:
                return f": whoever fails to meet it fails to meet `{other.id}` too"
    return ""
