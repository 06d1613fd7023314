# SPDX-License-Identifier: MIT
"""What a difference does, in sentences: a lead for some sorts of subject, and a line below it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from attrs import frozen

from caljobs_policy.analysis.aspects import Aspect
from caljobs_policy.analysis.comparing.effects import Effect, Entry, Way
from caljobs_policy.analysis.comparing.entry_words import (
    check_in_words,
    deadline_in_words,
    deadlines_in_words,
    does,
    duty_in_words,
    required_in_words,
    route_in_words,
)
from caljobs_policy.analysis.comparing.gists import found_in_words
from caljobs_policy.analysis.comparing.outcomes import SCOPE
from caljobs_policy.analysis.comparing.pair import Pair
from caljobs_policy.decisions.decision import reader_of
from caljobs_policy.policy.operators import Is
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import NEAR, Check, DeadlineRule, DutyRule, Plan, Route
from caljobs_policy.report.layout import upper
from caljobs_policy.subjects.unknown import UNKNOWN

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


@frozen(eq=False)
class Line:
    """One thing that changes for one sort of subject."""

    heading: str
    lead: str
    """The sentence that leads to it; braces stand for the sorts of subject."""
    text: str
    """Empty where the lead says it all."""
    key: str
    clauses: tuple[str, ...] = ()
    effect: Effect | None = None
    """What shows it, if there is an example."""


def long_date(day: date) -> str:
    """Return a day as in: 1 March 2025."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


class Sentences:
    """Says what effects do, from the day of the new policy on or as a policy beside another."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        since = pair.since
        self.is_later = since is not None
        self.now, self.before = "In the new version", "in the old one"
        if since is not None:
            self.now, self.before = f"From {long_date(since)}", "before"
        elif not pair.is_one_profile:
            self.now, self.before = f"Under {pair.new.title}", f"under {pair.old.title}"

    def line(self, effect: Effect) -> Line:
        """Return an effect in words."""
        if effect.aspect is Aspect.OUTCOME:
            return self._outcome(effect)
        if effect.aspect is Aspect.FINDINGS:
            return self._note(effect)
        if effect.aspect is Aspect.ROUTE:
            return self._route(effect)
        heading = "Duties" if effect.aspect is Aspect.DUTIES else "Deadlines"
        return self._line(effect, heading, "For {}:", self._followed(effect))

    def _line(
        self, effect: Effect, heading: str, lead: str, text: str, cited: Iterable[str] | None = None
    ) -> Line:
        entry = effect.entries[1] or effect.entries[0]
        clauses = clauses_of(entry) if cited is None and entry else tuple(cited or ())
        return Line(heading, lead, text, effect.key, clauses, effect)

    # Outcomes

    def _outcome(self, effect: Effect) -> Line:
        outside = [one is Outcome.OUT_OF_SCOPE for one in effect.outcomes]
        if effect.because == (SCOPE,):
            return self._scope(effect, is_new=outside[0])
        if outside == [True, False] and effect.entries[0] is not None:
            return self._covered(effect, effect.entries[0])
        if outside[1]:
            lead = f"{self.now} {{}} is out of scope in these cases:"
            return self._found(effect, "Who is covered", lead, new=True)
        heading = "Stricter" if effect.way is Way.STRICTER else "Looser"
        old, new = effect.outcomes
        was = does(old, past=self.is_later)
        lead = f"{self.now} {{}} {does(new)} in these cases; {self.before} it {was}:"
        return self._found(effect, heading, lead, new=effect.way is Way.STRICTER)

    def _scope(self, effect: Effect, *, is_new: bool) -> Line:
        lead = f"{self.now} the policy has no rule about {{}} any more."
        if is_new:
            has = "had" if self.is_later else "has"
            lead = f"{self.now} the policy covers {{}}; {self.before} it {has} no rule about it."
        return self._line(effect, "Who is covered", lead, "")

    def _covered(self, effect: Effect, entry: object) -> Line:
        """Return whose subjects are covered that an exemption of the old policy left out."""
        was = does(Outcome.OUT_OF_SCOPE, past=self.is_later)
        lead = f"{self.now} {{}} is covered in these cases; {self.before} it {was}:"
        check = entry if isinstance(entry, Check) else None
        policy = effect.decisions[0].policy
        fact = check.facts[0] if check and len(check.facts) == 1 else None
        value = reader_of(effect.decisions[0])(fact) if fact else UNKNOWN
        if check is None or fact is None or not isinstance(value, str):
            return self._found(effect, "Who is covered", lead, new=False)
        said = Is(value).sentence(fact, policy.speech(policy.plans[effect.key]))
        return self._line(effect, "Who is covered", lead, upper(said), check.clauses)

    def _found(self, effect: Effect, heading: str, lead: str, *, new: bool) -> Line:
        """Return what one of the policies finds, and what it asks for instead if both ask."""
        check = effect.entries[new]
        if not isinstance(check, Check):
            return self._line(effect, heading, lead, ", ".join(effect.because))
        found = (f for f in effect.decisions[new].findings if f.rule == check.id)
        cited = dict.fromkeys((*check.clauses, *(c for f in found for c in f.clauses)))
        text = " Or: ".join(found_in_words(effect, check, new=new))
        return self._line(effect, heading, lead, f"{text}{self._more_exactly(effect)}", cited)

    def _more_exactly(self, effect: Effect) -> str:
        """Return what differs in a check, or the deadline behind it, that both policies have."""
        old, new = effect.entries
        if not isinstance(old, Check) or not isinstance(new, Check) or _is_routing(new):
            return ""
        rules = [self._deadline_of(effect, number) for number in (0, 1)]
        if rules[0] and rules[1]:
            return f" More exactly, {deadlines_in_words(rules[0], rules[1], self.before)}."
        say = required_in_words if old.outcome is new.outcome else check_in_words
        was, now = (say(*self._place(effect, n), c) for n, c in enumerate((old, new)))
        if was != now:
            return f" More exactly, {now}; {self.before}, {was}."
        how_many = "fewer" if effect.way is Way.LOOSER else "more"
        return f" This is so in {how_many} cases than {self.before}."

    def _deadline_of(self, effect: Effect, number: int) -> tuple[Policy, Plan, DeadlineRule] | None:
        """Return the deadline that a check is about."""
        check, (policy, plan) = effect.entries[number], self._place(effect, number)
        for rule in plan.deadlines:
            if isinstance(check, Check) and check.id in {rule.id, f"{rule.id}/{NEAR}"}:
                return policy, plan, rule
        return None

    def _place(self, effect: Effect, number: int) -> tuple[Policy, Plan]:
        policy = effect.decisions[number].policy
        return policy, policy.plans[effect.key]

    def _note(self, effect: Effect) -> Line:
        new = any(f.rule in effect.because for f in effect.decisions[1].findings)
        lead = f"{self.now} this is {'also' if new else 'no longer'} noted of {{}}:"
        return self._found(effect, "Notes, which change no outcome", lead, new=new)

    # What follows

    def _route(self, effect: Effect) -> Line:
        old, new = effect.entries
        rows = [self._entry(effect, number) or "no row fits" for number in (0, 1)]
        if isinstance(old, Route) and self.pair.is_one_profile and isinstance(new, Route):
            rows[0] = rows[0].partition(": ")[2]
        text = f"{upper(rows[1])}; {self.before}: {rows[0]}."
        return self._line(effect, "Who requests, and to whom", "For {}:", text)

    def _followed(self, effect: Effect) -> str:
        """Return a duty or a deadline as it is now, and as it was before."""
        old, new = effect.entries
        was, now = (self._entry(effect, number) for number in (0, 1))
        if not now:
            return f"Gone: {was}."
        if not was:
            return f"New: {now}."
        if was == now:
            return f"{now}: for other subjects, or at other times, than {self.before}."
        if isinstance(old, DeadlineRule) and isinstance(new, DeadlineRule):
            both = ((*self._place(effect, 0), old), (*self._place(effect, 1), new))
            return f"Changed: {deadlines_in_words(*both, self.before)}."
        return f"Changed: {now}; {self.before}: {was}."

    def _entry(self, effect: Effect, number: int) -> str:
        """Return what one of the policies says; nothing if it has no such entry."""
        entry = effect.entries[number]
        return "" if entry is None else entry_in_words(*self._place(effect, number), entry)


def _is_routing(check: Check) -> bool:
    return check.id.partition("/")[0] == "routing"


def clauses_of(entry: Entry) -> tuple[str, ...]:
    """Return the clauses of an entry, for a deadline with those of what it is counted from."""
    legs = entry.legs if isinstance(entry, DeadlineRule) else ()
    return tuple(dict.fromkeys((*entry.clauses, *(c for leg in legs for c in leg.clauses))))


def entry_in_words(policy: Policy, plan: Plan, entry: Entry) -> str:
    """Return a check, a row, a duty or a deadline in words."""
    if isinstance(entry, Check):
        return check_in_words(policy, plan, entry)
    if isinstance(entry, Route):
        return route_in_words(policy, plan, entry)
    if isinstance(entry, DutyRule):
        return duty_in_words(policy, plan, entry)
    return deadline_in_words(policy, plan, entry)
