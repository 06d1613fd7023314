# SPDX-License-Identifier: MIT
"""Makes remedies of the changes that a search finds: with leeway, and in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from attrs import evolve

from caljobs_policy.analysis.explaining.leeway import Change, Leeway, Span
from caljobs_policy.analysis.explaining.phrases import Phrases
from caljobs_policy.analysis.explaining.remedies import Remedies, Remedy
from caljobs_policy.analysis.explaining.turning import Turn, Turning
from caljobs_policy.analysis.formulas.finding import USUAL, Limits
from caljobs_policy.analysis.variants import Steps
from caljobs_policy.dates.durations import day_of
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.explain import Explanation
from caljobs_policy.decisions.messages import in_json
from caljobs_policy.subjects.facts import STANDING, Fact
from caljobs_policy.subjects.fields import Kind


def found_for(decision: Decision, limits: Limits = USUAL) -> Remedies:
    """Return the smallest changes that lead to the best outcome."""
    turning = Turning(decision, limits)
    for outcome in turning.targets:
        cures = [_Cure(turning, turn).remedy() for turn in turning.ways(outcome)]
        found = [one for one in cures if one is not None]
        if found:
            fewest = min(len(one.changes) for one in found)
            each = tuple(one for one in found if len(one.changes) == fewest)
            return Remedies(each, outcome, tuple(turning.bounds))
    return Remedies((), decision.outcome, tuple(turning.bounds))


class _Cure:
    """One change that was found, as it is told."""

    def __init__(self, turning: Turning, turn: Turn) -> None:
        self.turning, self.turn = turning, turn
        self.variants, self.facts = turning.variants, turning.facts
        self.decision = turning.decision
        self.explained = Explanation(self.decision)

    def remedy(self) -> Remedy | None:
        """Return the remedy if the engines still confirm it with its leeway."""
        leeway = Leeway(self.variants, self._fewest(), self.turn.decision)
        changes = [*self._settled(leeway)]
        turned = self.variants.confirmed(leeway.changes, leeway.outcome)
        if turned is None:
            self.turning.give_up("1 change was left out that no engine confirmed")
            return None
        kind = self.variants.kind
        shown = {
            ".".join((kind, *steps)): self._shown(steps, value)
            for steps, value in leeway.changes.items()
        }
        words = Phrases(self.decision, self.explained, turned).whole(changes)
        return Remedy(shown, turned.outcome, words, turned)

    def _fewest(self) -> Mapping[Steps, Any]:
        """Return the changes without those that others make up for where a fact is unknown."""
        changes = dict(self.turn.changes)
        for steps in [*changes]:
            fewer = {key: value for key, value in changes.items() if key != steps}
            decision = self.variants.decide(fewer)
            if decision is not None and decision.outcome is self.turn.decision.outcome:
                changes = fewer
        return changes

    def _settled(self, leeway: Leeway) -> Iterator[Change]:
        """Yield each change with its leeway, after choosing days near the moment."""
        found = [one for steps in [*leeway.changes] for one in self._changes(leeway, steps)]
        spans = [
            (span, self._putting(leeway, one)) for one in found if (span := one.span) is not None
        ]
        kept = dict(leeway.changes)
        hold_together = len(spans) < 2 or leeway.hold_together(spans)
        leeway.changes.update(kept)
        for one in found:
            yield one if hold_together else evolve(one, span=None)

    def _changes(self, leeway: Leeway, steps: Steps) -> Iterator[Change]:
        """Yield what changes at a key: of signed statements, each form."""
        value = leeway.changes[steps]
        facts = self.facts.behind(steps)
        if facts[0].form is None:
            yield self._with_leeway(leeway, Change(steps, facts[0], value, was=self._was(facts[0])))
            return
        for fact in facts:
            days = [one["signed_on"] for one in value or () if one["form"] == fact.form]
            was = self._was(fact)
            if days or isinstance(was, date):
                day = max(days, default=None)
                if day != was:
                    yield self._with_leeway(leeway, Change(steps, fact, day, was=was))

    def _was(self, fact: Fact) -> Any:
        return self.explained.reader(fact.as_stated)

    def _with_leeway(self, leeway: Leeway, change: Change) -> Change:
        put = self._put(leeway, change)
        kind, value = change.fact.kind, change.value
        if value is None:
            return change
        if kind is Kind.DAY and not self._is_done_now(change.fact):
            span = leeway.of_day(change.fact, put, value)
            near = self._nearest(span)
            if leeway.does(put(near)):
                leeway.changes.update(put(near))
                return evolve(change, span=span, value=near)
            return change
        if kind is Kind.COUNT:
            return evolve(change, span=leeway.of_count(change.fact, put, value))
        if kind is Kind.WORD:
            return evolve(change, words=leeway.of_word(change.fact, put))
        return change

    def _is_done_now(self, fact: Fact) -> bool:
        stands = self.turning.space.key in STANDING
        return stands and self.facts.named(fact).happens and not fact.holds.given

    def _nearest(self, span: Span) -> date:
        """Return the day of a span that is nearest to the moment."""
        today = day_of(self.decision.at, self.decision.policy.zone)
        return min(max(today, span.first or date.min), span.last or date.max)

    def _put(self, leeway: Leeway, change: Change) -> Callable[[Any], Mapping[Steps, Any]]:
        """Return what puts another value in the place of one that changes."""

        def put(value: Any) -> Mapping[Steps, Any]:
            if change.fact.form is None:
                return {**leeway.changes, change.key: value}
            others = [one for one in leeway.changes[change.key] if one["form"] != change.fact.form]
            signed = {"form": change.fact.form, "signed_on": value}
            return {**leeway.changes, change.key: [*others, signed]}

        return put

    def _putting(self, leeway: Leeway, change: Change) -> Callable[[Any], None]:
        put = self._put(leeway, change)
        return lambda value: leeway.changes.update(put(value))

    def _shown(self, steps: Steps, value: Any) -> Any:
        fact = self.facts.behind(steps)[0]
        if value is None:
            return None
        if fact.form is not None:
            return [{**one, "signed_on": one["signed_on"].isoformat()} for one in value]
        given = tuple(value) if isinstance(value, list) else value
        show = in_json(fact, self.decision.policy)
        return given if show is None else show(given, self.explained)
