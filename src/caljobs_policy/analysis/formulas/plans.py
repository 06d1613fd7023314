# SPDX-License-Identifier: MIT
"""What a policy finds about subjects, as formulas: violations and the outcome."""

from __future__ import annotations

from functools import cached_property

from caljobs_policy.analysis.formulas.operators import truth_of
from caljobs_policy.analysis.formulas.terms import (
    FALSE,
    TRUE,
    Formula,
    all_of,
    any_of,
    denied,
)
from caljobs_policy.analysis.formulas.views import View
from caljobs_policy.policy.conditions import AllOf, Condition, Not, Test
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.rules import Check


class PlanFormulas:
    """The formulas of one policy of a space."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.plan = view.plan
        self._known: dict[Condition, Formula] = {}
        self._weighs: dict[int, Formula] = {}

    def truth(self, condition: Condition) -> Formula:
        """Return the formula that a condition holds."""
        if condition not in self._known:
            self._known[condition] = self._truth(condition)
        return self._known[condition]

    def _truth(self, condition: Condition) -> Formula:
        if isinstance(condition, Test):
            return truth_of(self.view, condition)
        if isinstance(condition, Not):
            return denied(self.truth(condition.part))
        parts = [self.truth(part) for part in condition.parts]
        return all_of(parts) if isinstance(condition, AllOf) else any_of(parts)

    def violated(self, check: Check) -> Formula:
        """Return the formula that a check applies and what it requires does not hold."""
        return all_of([self.truth(check.when), denied(self.truth(check.require))])

    @cached_property
    def violations(self) -> tuple[Formula, ...]:
        """The formula of each check of the plan."""
        return tuple(map(self.violated, self.plan.checks))

    @cached_property
    def exempt(self) -> Formula:
        """The formula that the subject is out of scope."""
        return any_of(self.violations[: self.plan.exemptions])

    def weighs(self, least: int) -> Formula:
        """Return the formula that some check is not met whose outcome weighs so much, or more."""
        if least not in self._weighs:
            pairs = zip(self.plan.checks, self.violations, strict=True)
            heavy = (v for c, v in pairs if not c.exempts and c.outcome.weight >= least)
            self._weighs[least] = any_of(heavy)
        return self._weighs[least]

    def rivals(self, number: int) -> tuple[int, ...]:
        """Return the other checks whose outcomes weigh as much as that of a check, or more."""
        least = self.plan.checks[number].outcome.weight
        heavy = (n for n, check in enumerate(self.plan.checks) if check.outcome.weight >= least)
        return tuple(n for n in heavy if n != number)

    def rivaled(self, number: int) -> Formula:
        """Return the formula that some rival of a check is not met."""
        return any_of(self.violations[rival] for rival in self.rivals(number))

    @property
    def weights(self) -> frozenset[int]:
        """The weights that the outcome can have, but for being out of scope."""
        return frozenset({0, *(c.outcome.weight for c in self.plan.checks if not c.exempts)})

    def comes_to(self, outcome: Outcome) -> Formula:
        """Return the formula of an outcome."""
        if outcome is Outcome.OUT_OF_SCOPE:
            return self.exempt
        weight = outcome.weight
        if self.plan.outcomes.get(weight) is not outcome:
            return FALSE
        heaviest = denied(self.weighs(weight + 1))
        return all_of([denied(self.exempt), heaviest, self.weighs(weight) if weight else TRUE])

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes that subjects can have by the form of the plan."""
        found = [self.plan.outcomes[weight] for weight in sorted(self.weights)]
        return (*found, Outcome.OUT_OF_SCOPE) if self.plan.exemptions else tuple(found)
