# SPDX-License-Identifier: MIT
"""The search for the fewest facts that, changed, make an outcome better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import z3
from attrs import frozen

from caljobs_policy.analysis.explaining.changed_facts import changes_in
from caljobs_policy.analysis.explaining.stated_facts import StatedFacts
from caljobs_policy.analysis.explaining.sure import SureFormulas
from caljobs_policy.analysis.formulas.finding import USUAL, Limits, checked, exactly
from caljobs_policy.analysis.formulas.plans import PlanFormulas
from caljobs_policy.analysis.formulas.space import Space
from caljobs_policy.analysis.formulas.terms import (
    TRUE,
    Formula,
    Model,
    all_of,
    any_of,
    denied,
    holds_in,
    is_open,
    same,
)
from caljobs_policy.analysis.formulas.text_candidates import TextTest, Wanted, texts_for
from caljobs_policy.analysis.formulas.views import View
from caljobs_policy.analysis.variants import Steps, Variants, key_of
from caljobs_policy.dates.durations import day_of
from caljobs_policy.decisions.decision import Decision, reader_of, usual_moment
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.subjects.facts import REQUEST, subject_key
from caljobs_policy.subjects.request import Request
from caljobs_policy.subjects.unknown import UNKNOWN

_ANOTHER_TIME: Final = "the request is judged at another time than noon of its own day"
_MOST_WAYS: Final = 3
"""So many sets of as few facts are looked for."""


@frozen(eq=False)
class Turn:
    """Facts that, changed, lead to another outcome, and the decision that shows it."""

    changes: Mapping[Steps, Any]
    decision: Decision


class Turning:
    """Looks for the fewest facts of a decision's subject that lead to some outcome."""

    def __init__(self, decision: Decision, limits: Limits = USUAL) -> None:
        self.decision, self.limits = decision, limits
        self.variants = Variants(decision)
        policy, key = decision.policy, subject_key(decision.subject)
        day = _judged(decision)
        self.space = Space((policy,), key, (day, day), dates=[*_dates(decision)])
        known = PlanFormulas(View(self.space, 0))
        self.facts = StatedFacts(self.space, decision)
        sure = SureFormulas(known, self.facts.is_open)
        here = decision.outcome.weight
        outcomes = {o.weight: o for o in known.outcomes if o.weight < here}
        self.targets = {o: sure.comes_to(o) for _, o in sorted(outcomes.items())}
        """The better outcomes that the policy has, the best one first, with their formulas."""
        self.facts.settle()
        self.bounds = [_ANOTHER_TIME] if _is_at_another_time(decision) else []

    def ways(self, outcome: Outcome) -> list[Turn]:
        """Return the smallest changes that lead to an outcome: several if as small."""
        return [*_Search(self, outcome).ways()]

    def give_up(self, bound: str) -> None:
        """Say once why there may be another change, or a smaller one."""
        if bound not in self.bounds:
            self.bounds.append(bound)


class _Search:
    """A search for changes that lead to one outcome."""

    def __init__(self, turning: Turning, outcome: Outcome) -> None:
        self.turning, self.outcome = turning, outcome
        self.space, self.facts, self.limits = turning.space, turning.facts, turning.limits
        self.solver = z3.Optimize(ctx=self.space.symbols.context)
        self.told = self.models = self.spurious = 0
        self._add(*self.facts.rules, turning.targets[outcome])
        heavy = 1 + len(self.facts.wishes)
        for stays in self.facts.stays.values():
            self._prefer(stays, heavy)
        for wish in self.facts.wishes:
            self._prefer(wish, 1)

    def _add(self, *formulas: Formula) -> None:
        for one in formulas:
            # A plain constant is none of the solver's formulas.
            self.solver.add(one if is_open(one) else z3.BoolVal(one, self.space.symbols.context))

    def _prefer(self, formula: Formula, weight: int) -> None:
        if is_open(formula):
            self.solver.add_soft(formula, str(weight))

    def ways(self) -> Iterator[Turn]:
        """Yield changes of as few facts as may be, each of other facts."""
        fewest = None
        for _ in range(_MOST_WAYS):
            found = self._next()
            if found is None or (fewest is not None and len(found.changes) > fewest):
                return
            fewest = len(found.changes)
            yield found
            self._add(any_of(self.facts.stays[key] for key in found.changes))

    def _next(self) -> Turn | None:
        """Ask for models until one is real, or there is none, or a bound is reached."""
        while self._may_go_on():
            axioms = self.space.symbols.axioms
            self._add(*axioms[self.told :])
            self.told = len(axioms)
            result = checked(self.solver, self.limits.work)
            if result == z3.unsat:
                break
            if result != z3.sat:
                self.turning.give_up(f"the search stopped after {self.limits.work:,} steps")
                return None
            self.models += 1
            found = self._turn(self.solver.model())
            if found is not None:
                self._doubt()
                return found
        self._doubt()
        return None

    def _may_go_on(self) -> bool:
        if self.models < self.limits.models and self.spurious < self.limits.spurious:
            return True
        self.turning.give_up(f"the search stopped after {self.models:,} attempts")
        return False

    def _doubt(self) -> None:
        """Say why there may be another change, or a smaller one, after all."""
        guessed = self.space.texts.guessed
        for path in dict.fromkeys(one.test.fact.path for core in guessed for one in core):
            self.turning.give_up(f"not every text of `{path}` was tried")
        if self.spurious:
            self.turning.give_up(
                f"{self.spurious:,} changes were left out that no engine confirmed"
            )

    def _turn(self, model: Model) -> Turn | None:
        """Return the real change that a model describes, or learn why there is none."""
        texts = self._texts(model)
        if texts is None:
            return None
        changes = changes_in(self.facts, model, texts)
        decision = self.turning.variants.confirmed(changes, self.outcome)
        if decision is not None:
            return Turn(changes, decision)
        if not sum(clock.corrected(model) for clock in self.space.clocks.values()):
            self.spurious += 1
            self._add(denied(exactly(self.space, model)))
        return None

    def _texts(self, model: Model) -> Mapping[str, str] | None:
        """Return texts for the facts that change; None after learning that there are none."""
        texts = self.space.texts
        found = texts.found(model)
        if found is None:
            return None
        changed = set(self.facts.changed(model))
        mine = [name for name in found if key_of(self.space.facts[name]) in changed]
        wanted = self._wanted(mine, model)
        if all(len(one.places) == 1 for one in wanted):
            return found
        # What stays as it is may be compared with what changes.
        known = {place: value for one in wanted for place, value in self._beside(one, mine, model)}
        made = texts_for(wanted, mine, known, self.space.clock.zone)
        if made is None:
            self._rule_out(wanted, mine, model)
            return None
        return {**found, **made}

    def _wanted(self, mine: Sequence[str], model: Model) -> Wanted:
        """Return the truths of the tests of some texts, as far as all exists that they read."""
        texts = self.space.texts
        return {
            one: holds_in(model, truth)
            for one, truth in texts.truths.items()
            if set(one.places).intersection(mine)
            and holds_in(model, texts.exist[one])
            and all(value is not UNKNOWN for _, value in self._beside(one, mine, model))
        }

    def _beside(
        self, one: TextTest, mine: Sequence[str], model: Model
    ) -> Iterator[tuple[str, Any]]:
        """Yield what a test reads beside the texts that change, place by place."""
        beside = self.space.texts.beside
        for fact, place in zip(one.test.facts, one.places, strict=True):
            if place not in mine:
                is_text = place not in beside
                yield place, self.facts.read(fact) if is_text else beside[place].value(model)

    def _rule_out(self, wanted: Wanted, mine: Sequence[str], model: Model) -> None:
        """Learn that no text was found beside what a model states besides."""
        texts = self.space.texts
        texts.guessed.append(wanted)
        given = [same(texts.truths[one], truth) for one, truth in wanted.items()]
        for one in wanted:
            facts = dict(zip(one.places, one.test.facts, strict=True))
            for place, value in self._beside(one, mine, model):
                is_text = place not in texts.beside
                stays = self.facts.stays.get(key_of(facts[place]), TRUE)
                given.append(stays if is_text else texts.beside[place].is_value(value, wanted))
        self._add(denied(all_of(given)))


def _is_at_another_time(decision: Decision) -> bool:
    """Return whether a request is judged at a time of its own, which its formulas do not know."""
    key = subject_key(decision.subject)
    plan = decision.policy.plans.get(key)
    is_usual = decision.at == usual_moment(decision.policy, decision.subject)
    return plan is not None and plan.reads_moment and key.startswith(REQUEST) and not is_usual


def _judged(decision: Decision) -> date:
    """Return the day on which a subject is judged: for a request, its own."""
    subject = decision.subject
    own = subject.submitted_on if isinstance(subject, Request) else None
    return own if isinstance(own, date) else day_of(decision.at, decision.policy.zone)


def _dates(decision: Decision) -> Iterator[date]:
    """Yield the days that the policy reads of a subject."""
    plan, read = decision.policy.plans.get(subject_key(decision.subject)), reader_of(decision)
    for fact in plan.readers if plan is not None else ():
        for value in (read(fact), read(fact.as_stated)):
            if isinstance(value, date):
                yield value.date() if isinstance(value, datetime) else value
