# SPDX-License-Identifier: MIT
"""Whose outcome gets stricter or looser, and by which check: each cause is told once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from caljobs_policy.analysis.aspects import Aspect
from caljobs_policy.analysis.comparing.effects import Effect, Sided, Telling, Way
from caljobs_policy.analysis.formulas.finding import Question
from caljobs_policy.analysis.formulas.shrinking import Real
from caljobs_policy.analysis.formulas.terms import (
    FALSE,
    TRUE,
    Formula,
    all_of,
    any_of,
    denied,
    identity,
)
from caljobs_policy.analysis.formulas.word_cells import WordCell
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.rules import Check

SCOPE: Final = "scope"
"""The cause where one of the policies has no rule about a sort of subject."""
MOST_CHECKS: Final = 500
"""Of more checks that differ, nobody waits for the answers about each."""


def outcome_effects(telling: Telling) -> Iterator[Effect]:
    """Yield what makes outcomes stricter or looser.

    Every subject whose outcome differs is met by one of the causes, unless a bound was hit.
    """
    for is_stricter, hard, soft in telling.sides.both_ways():
        one_way = _OneWay(telling, Way.STRICTER if is_stricter else Way.LOOSER, hard, soft)
        yield from one_way.scope()
        yield from one_way.checks()


class _OneWay:
    """What one policy, the hard one, makes worse than the other, the soft one."""

    def __init__(self, telling: Telling, way: Way, hard: int, soft: int) -> None:
        self.telling, self.way = telling, way
        self.hard, self.soft = hard, soft
        self.here = telling.sides.prover.formulas[hard]
        self.there = telling.sides.prover.formulas[soft]
        self.is_covered, self.is_covered_there = (telling.sides.covered[n] for n in (hard, soft))

    def _told(
        self, cause: str, check: Check | None, formula: Formula, real: Real
    ) -> Iterator[Effect]:
        shown = self.telling.ask(Question(formula, real))
        if shown is not None:
            entries = self._entries(check)
            yield self.telling.effect(self.way, Aspect.OUTCOME, [cause], entries, shown)

    def _entries(self, check: Check | None) -> Sided:
        """Return a check of one policy with the one of the same name in the other."""
        if check is None:
            return None, None
        policies = (self.telling.sides.at_old, self.telling.sides.at_new)
        old, new = (self._by_id[number].get(check.id) for number in policies)
        return old, new

    @cached_property
    def _by_id(self) -> Sequence[Mapping[str, Check]]:
        return [{check.id: check for check in self.telling.checks(n)} for n in (0, 1)]

    # Who is out of scope

    def scope(self) -> Iterator[Effect]:
        """Yield why subjects are out of scope under the soft policy alone."""
        within = denied(self.here.exempt)
        if not self.is_covered or not self.is_covered_there:
            formula = all_of([self.there.exempt, within])
            yield from self._told(SCOPE, None, formula, self._is_exempt)
            return
        told: Formula = FALSE
        for number in range(self.there.plan.exemptions):
            exempt = self.there.violations[number]
            check = self.there.plan.checks[number]
            for part in self._word_by_word(check):
                formula = all_of([exempt, within, denied(told), part])
                yield from self._told(check.id, check, formula, self._is_exempt)
            told = any_of([told, exempt])

    def _is_exempt(self, decisions: Sequence[Decision]) -> bool:
        outside = [d.outcome is Outcome.OUT_OF_SCOPE for d in decisions]
        return outside[self.soft] and not outside[self.hard]

    def _word_by_word(self, check: Check) -> Iterator[Formula]:
        """Yield the subjects of an exemption by their words, if it is about a single one."""
        view = self.there.view
        fact = check.facts[0] if len(check.facts) == 1 else None
        cell = view.space.cell(fact) if fact is not None else None
        words = view.policy.words_for(fact.holds) if fact is not None else None
        if not isinstance(cell, WordCell) or not words:
            yield TRUE
            return
        bits = cell.bits[view.number]
        yield from (all_of([denied(cell.null), bits[word]]) for word in words if word in bits)

    # What checks find

    def checks(self) -> Iterator[Effect]:
        """Yield the checks of the hard policy that make outcomes worse.

        If it can, an example shows one alone, of what is otherwise in order under both policies.
        """
        if not self.is_covered or not self._are_any:
            return
        asked = list(self._asked())
        if len(asked) > MOST_CHECKS:
            told = f"of {len(asked):,} checks that differ, {MOST_CHECKS:,} were asked about"
            self.telling.bounds[told] = None
        for number in asked[:MOST_CHECKS]:
            yield from list(self._alone(number)) or self._among_others(number)

    @property
    def _are_any(self) -> bool:
        """Whether the hard policy judges some subject worse, or may do so."""
        if not self.is_covered_there:  # A sort of subject that is no longer covered is told whole.
            return self.way is Way.STRICTER
        worse = any_of(
            all_of([self.here.weighs(weight), denied(self.there.weighs(weight))])
            for weight in self.here.weights - {0}
        )
        question = Question(all_of([*self._in_scope, worse]), self._is_worse)
        return self.telling.ask(question, smallest=False) is not None or bool(self.telling.bounds)

    def _is_worse(self, decisions: Sequence[Decision]) -> bool:
        """Return whether the hard policy judges a subject worse that is in scope of both.

        A sort of subject that the soft policy does not speak of is out of its scope.
        """
        hard, soft = decisions[self.hard].outcome, decisions[self.soft].outcome
        if hard in {Outcome.OUT_OF_SCOPE, Outcome.CANNOT_TELL} or soft is Outcome.CANNOT_TELL:
            return False
        if not self.is_covered_there or soft is Outcome.OUT_OF_SCOPE:
            return not self.is_covered_there and bool(hard.weight)
        return soft.weight < hard.weight

    def _asked(self) -> Iterator[int]:
        """Yield the checks that the soft policy has not as well, with an outcome as bad.

        What two checks say is compared as formulas, since one condition can mean two things: where
        days begin at another hour, or offices are closed on other days.
        """
        kept: dict[Hashable, int] = {}
        checks = self.telling.checks(self.soft)
        for check, violated in zip(checks, self.there.violations, strict=True):
            if not check.exempts:
                said = identity(violated)
                kept[said] = max(kept.get(said, 0), check.outcome.weight)
        for number in self._heavy:
            weight = self.telling.checks(self.hard)[number].outcome.weight
            if kept.get(identity(self.here.violations[number]), 0) < weight:
                yield number

    @property
    def _in_scope(self) -> list[Formula]:
        there = [denied(self.there.exempt)] if self.is_covered_there else []
        return [denied(self.here.exempt), *there]

    @cached_property
    def _heavy(self) -> Sequence[int]:
        checks = enumerate(self.telling.checks(self.hard))
        return [n for n, c in checks if not c.exempts and c.outcome.weight]

    def _alone(self, number: int) -> Iterator[Effect]:
        """Tell a check that finds fault with what the soft policy takes as it is."""
        check = self.telling.checks(self.hard)[number]
        others = denied(any_of(self.here.violations[n] for n in self._heavy if n != number))
        formula = [self.here.violations[number], others, denied(self.there.weighs(1))]

        def real(decisions: Sequence[Decision]) -> bool:
            hard, soft = decisions[self.hard], decisions[self.soft]
            is_alone = set(self._heavy).intersection(hard.hits) == {number}
            is_told = soft.outcome.is_good and hard.outcome is check.outcome
            return is_alone and is_told and self._is_worse(decisions)

        yield from self._told(check.id, check, all_of([*self._in_scope, *formula]), real)

    def _among_others(self, number: int) -> Iterator[Effect]:
        """Tell a check that makes an outcome worse, though never without others."""
        check = self.telling.checks(self.hard)[number]
        weight = check.outcome.weight
        heaviest = denied(self.here.weighs(weight + 1))
        formula = [self.here.violations[number], heaviest, denied(self.there.weighs(weight))]

        def real(decisions: Sequence[Decision]) -> bool:
            hard = decisions[self.hard]
            is_told = number in hard.hits and hard.outcome is check.outcome
            return is_told and self._is_worse(decisions)

        yield from self._told(check.id, check, all_of([*self._in_scope, *formula]), real)
