# SPDX-License-Identifier: MIT
"""What is asked of policies: is one looser, what differs, can a check fail, does it decide alone.

Each question is asked of all subjects of a key at once. The answer is a real subject that shows it,
or that there is none, or why it could not be told (`Found.bounds`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from caljobs_policy.analysis.aspects import Aspect, differing
from caljobs_policy.analysis.formulas.finding import USUAL, Finder, Found, Limits, Question
from caljobs_policy.analysis.formulas.plans import PlanFormulas
from caljobs_policy.analysis.formulas.space import Space
from caljobs_policy.analysis.formulas.terms import Formula, all_of, any_of, denied
from caljobs_policy.analysis.formulas.views import View
from caljobs_policy.decisions.decision import Decision, reader_of
from caljobs_policy.policy.conditions import Condition
from caljobs_policy.policy.outcome import Outcome, is_better
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check
from caljobs_policy.policy.truth import leaf_from, truth


class Prover:
    """Asks questions about the subjects of a key that some policies judge.

    The first policy is the most local one, or the old one. What is learned for one question serves
    the others.
    """

    def __init__(
        self,
        policies: Sequence[Policy],
        key: str,
        judged: tuple[date, date] | None = None,
        also: Iterable[Condition] = (),
        limits: Limits = USUAL,
    ) -> None:
        self.space = Space(policies, key, judged, also)
        views = (View(self.space, number) for number in range(len(policies)))
        self.formulas = tuple(map(PlanFormulas, views))
        self.limits = limits

    @cached_property
    def finder(self) -> Finder:
        """What finds subjects."""
        return Finder(self.space, self.limits)

    def ask(self, question: Question, *, smallest: bool = True) -> Found:
        """Find a subject of which the answer to a question is yes."""
        return self.finder.find(question, smallest=smallest)

    def find(self, condition: Condition, of: int = 0, *, smallest: bool = True) -> Found:
        """Find a subject of which a condition holds as one of the policies reads it."""

        def real(decisions: Sequence[Decision]) -> bool:
            read = reader_of(decisions[of])
            return truth(condition, leaf_from(read, read.zone)) is True

        return self.ask(Question(self.formulas[of].truth(condition), real), smallest=smallest)

    def better(self, one: int = 0, other: int = 1, *, smallest: bool = True) -> Found:
        """Find a subject whose outcome under one policy is better than under another."""
        question = _better(self.formulas[one], self.formulas[other])
        return self.ask(question, smallest=smallest)

    def differs(
        self, what: Aspect, one: int = 0, other: int = 1, *, smallest: bool = True
    ) -> Found:
        """Find a subject of which two policies say different things."""
        question = differing(what, self.formulas[one], self.formulas[other])
        return self.ask(question, smallest=smallest)

    def can_fail(self, number: int, of: int = 0, *, smallest: bool = True) -> Found:
        """Find a subject in scope that does not meet a check of a policy, given its number."""
        failed = all_of([self.formulas[of].violations[number], *self._in_scope(number, of)])
        question = Question(failed, lambda d: self._is_hit(d, number, of))
        return self.ask(question, smallest=smallest)

    def decides_alone(self, number: int, of: int = 0, *, smallest: bool = True) -> Found:
        """Find a subject whose outcome rests on a check alone: no other weighs as much.

        On a note there rests none.
        """
        formulas = self.formulas[of]
        rivals = set(formulas.rivals(number))
        weighs = bool(self._check(number, of).outcome.weight)
        alone = [weighs, formulas.violations[number], denied(formulas.rivaled(number))]

        def real(decisions: Sequence[Decision]) -> bool:
            hit = self._is_hit(decisions, number, of)
            return hit and not rivals & {*decisions[of].hits, *decisions[of].unsure}

        question = Question(all_of([*alone, *self._in_scope(number, of)]), real)
        return self.ask(question, smallest=smallest)

    def _check(self, number: int, of: int) -> Check:
        return self.formulas[of].plan.checks[number]

    def _in_scope(self, number: int, of: int) -> list[Formula]:
        return [] if self._check(number, of).exempts else [denied(self.formulas[of].exempt)]

    def _is_hit(self, decisions: Sequence[Decision], number: int, of: int) -> bool:
        is_out = decisions[of].outcome is Outcome.OUT_OF_SCOPE
        return number in decisions[of].hits and is_out is self._check(number, of).exempts


def _better(one: PlanFormulas, other: PlanFormulas) -> Question:
    lighter = any_of(
        all_of([other.weighs(weight), denied(one.weighs(weight))]) for weight in other.weights - {0}
    )
    formula = all_of([denied(other.exempt), any_of([one.exempt, lighter])])
    here, there = one.view.number, other.view.number
    return Question(formula, lambda d: is_better(d[here].outcome, d[there].outcome))
