# SPDX-License-Identifier: MIT
"""The rule about entries that contradict one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.rule import Bound, Fault, Rule, Severity
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.conditions import AllOf, Condition, Not
from caljobs_policy.policy.rules import Check, Plan

if TYPE_CHECKING:
    from caljobs_policy.analysis.questions import Prover


class Contradiction(Rule):
    """Whoever meets an entry that is about them breaks another one.

    There is no way to do both, so no such subject is ever in order.

    An example:

        rules:
          early: {about: request/create, require: {request.privileges: {has: cash}}}
          late: {about: request/create, forbid: {request.privileges: {has: cash}}}

    What it does not report: an entry that nobody it is about can meet, which is a ban; three
    entries of which only all together exclude one another; entries of which one only calls for
    attention or is a note.
    """

    code: ClassVar = "contradiction"
    severity: ClassVar = Severity.ERROR
    proves: ClassVar = True

    def faults(self, examined: Examined) -> Iterator[Fault | Bound]:
        """Yield entries of which each check, wherever it can be met, breaks another one."""
        harmless: set[Place] = set()
        found: dict[Place, tuple[Check, Check]] = {}
        for stretch, key, plan in examined.plans():
            prover = examined.prover(stretch, key)
            for check in plan.checks:
                place = check.origin.place
                if place in harmless or not examined.is_own(check.origin) or not _judges(check):
                    continue
                met = AllOf((check.when, check.require))
                if prover.find(_kept(plan, met, check), smallest=False).witness is not None:
                    harmless.add(place)
                    continue
                if prover.find(met, smallest=False).witness is None:
                    continue  # it is a ban, or never applies
                other = _opponent(prover, plan, check, met)
                if other is not None:
                    found.setdefault(place, (check, other))
        for place, (check, other) in found.items():
            if place not in harmless:
                message = f"whoever meets `{check.id}` breaks `{other.id}`"
                remedy = f"one of them has to give way; the other is at {other.origin.place}"
                yield self.fault(place, message, remedy)


def _judges(check: Check) -> bool:
    return not check.exempts and not check.pending and bool(check.outcome.weight)


def _meets(check: Check) -> Condition:
    return Not(AllOf((check.when, Not(check.require))))


def _kept(plan: Plan, met: Condition, but: Check) -> Condition:
    """Return the condition that a check is met as it applies, and every other one is kept."""
    others = [_meets(other) for other in plan.checks if _judges(other) and other is not but]
    return AllOf((met, *others))


def _opponent(prover: Prover, plan: Plan, check: Check, met: Condition) -> Check | None:
    """Return another check that is broken whenever one is met as it applies."""
    others: Sequence[Check] = [c for c in plan.checks if _judges(c) and c is not check]
    for other in others:
        found = prover.find(AllOf((met, _meets(other))), smallest=False)
        if found.witness is None and not found.bounds:
            return other
    return None
