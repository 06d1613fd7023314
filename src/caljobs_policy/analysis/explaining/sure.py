# SPDX-License-Identifier: MIT
"""What is sure of a subject of which some facts may be left open, as formulas."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from caljobs_policy.analysis.formulas.plans import PlanFormulas
from caljobs_policy.analysis.formulas.terms import Formula, all_of, any_of, denied
from caljobs_policy.policy.conditions import AllOf, Condition, Not, Test
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.rules import Check
from caljobs_policy.subjects.facts import Fact


class Sides(NamedTuple):
    """That a condition holds for sure, and that it does not for sure."""

    holds: Formula
    fails: Formula


class SureFormulas:
    """The formulas of a policy in Kleene's logic: what hangs on an open fact is neither.

    Where nothing is open, one of both sides is the plain formula and the other its contrary.
    """

    def __init__(self, known: PlanFormulas, is_open: Callable[[Fact], Formula]) -> None:
        self.known, self.is_open = known, is_open
        self._sides: dict[Condition, Sides] = {}

    def comes_to(self, outcome: Outcome) -> Formula:
        """Return the formula that the outcome is this one, whatever is open."""
        checks = self.known.plan.checks
        weight = outcome.weight
        heavier = (c for c in checks if c.exempts or c.outcome.weight > weight)
        deciding = [c for c in checks if not c.exempts and c.outcome.weight == weight]
        found = [self.met(check) for check in heavier]
        if weight:
            found.append(any_of(map(self.broken, deciding)))
        return all_of(found)

    def met(self, check: Check) -> Formula:
        """Return the formula that a check is met, or does not apply, for sure."""
        return any_of([self.sides(check.when).fails, self.sides(check.require).holds])

    def broken(self, check: Check) -> Formula:
        """Return the formula that a check is not met for sure."""
        return all_of([self.sides(check.when).holds, self.sides(check.require).fails])

    def sides(self, condition: Condition) -> Sides:
        """Return both sides of a condition."""
        if condition not in self._sides:
            self._sides[condition] = self._of(condition)
        return self._sides[condition]

    def _of(self, condition: Condition) -> Sides:
        if isinstance(condition, Test):
            return self._of_test(condition)
        if isinstance(condition, Not):
            part = self.sides(condition.part)
            return Sides(part.fails, part.holds)
        parts = [self.sides(part) for part in condition.parts]
        holds, fails = [p.holds for p in parts], [p.fails for p in parts]
        if isinstance(condition, AllOf):
            return Sides(all_of(holds), any_of(fails))
        return Sides(any_of(holds), all_of(fails))

    def _of_test(self, test: Test) -> Sides:
        """Return both sides of a test, which something that is null tells whatever is open."""
        truth, view = self.known.truth(test), self.known.view
        opened = [self.is_open(fact) for fact in test.facts]
        nulls = [
            all_of([view.null(fact), denied(is_open)])
            for fact, is_open in zip(test.facts, opened, strict=True)
        ]
        is_told = any_of([denied(any_of(opened)), any_of(nulls)])
        return Sides(all_of([is_told, truth]), all_of([is_told, denied(truth)]))
