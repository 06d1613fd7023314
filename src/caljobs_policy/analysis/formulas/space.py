# SPDX-License-Identifier: MIT
"""The subjects of one key that one or several policies may judge, as variables of a solver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta, tzinfo
from itertools import chain
from typing import Any, Final

from caljobs_policy.analysis.formulas.cells import (
    Cell,
    DatedCell,
)
from caljobs_policy.analysis.formulas.clock import Clock
from caljobs_policy.analysis.formulas.making import made_cell
from caljobs_policy.analysis.formulas.symbols import Symbols
from caljobs_policy.analysis.formulas.terms import (
    FALSE,
    Dated,
    Formula,
    all_of,
    any_of,
    between,
    compared,
    denied,
)
from caljobs_policy.analysis.formulas.texts import Texts
from caljobs_policy.analysis.formulas.word_cells import WordCell
from caljobs_policy.policy.conditions import NEVER, Condition, Test, tests_in
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check, Origin, Plan
from caljobs_policy.subjects.facts import (
    REQUEST,
    STANDING,
    Fact,
    fact_named,
    facts_about,
    kind_of_key,
    type_of_key,
)
from caljobs_policy.subjects.fields import Holds

_REACH: Final = 40 * 366
"""How many days before or after its policies a subject's dates may lie."""
_NO_RULE: Final = Check("scope", NEVER, Outcome.OUT_OF_SCOPE, (), Origin(""), exempts=True)
"""Puts every subject out of scope, as a decision does whose policy has no rule about it."""


class Space:
    """The fully known subjects of one key, in the words of each of some policies.

    The first policy is the most local one, or the old one; the others have the same subjects in
    their own words. All judge a subject at one moment: a request at noon of its own day, anything
    else at any moment of the days from `judged[0]` to `judged[1]`. Their dates lie near those of
    the policies, or reach as far as some others that are named. A date that is read as unknown, as
    that of a deactivation that lies ahead, is stated by no subject of the space.
    """

    def __init__(
        self,
        policies: Sequence[Policy],
        key: str,
        judged: tuple[date, date] | None = None,
        also: Iterable[Condition] = (),
        dates: Sequence[date] = (),
    ) -> None:
        self.policies, self.key = tuple(policies), key
        self.kind, self.type = kind_of_key(key), type_of_key(key)
        days = [policy.day for policy in policies]
        self.first = min([min(days) - timedelta(_REACH), *dates])
        self.last = max([max(days) + timedelta(_REACH), *dates])
        self.judged = judged or (max(days), self._until(max(days)))
        self.symbols = Symbols()
        ends = self.first.toordinal(), self.last.toordinal()
        zones = dict.fromkeys(policy.zone for policy in policies)
        self.clocks = {zone: Clock(zone, *ends, self.symbols) for zone in zones}
        """What is known of the days and times of each zone; that of the first policy first."""
        self.texts = Texts(self.clock.zone, self.symbols)
        self.cells: dict[str, Cell] = {}
        self.facts: dict[str, Fact] = {}
        """The facts that the cells are of, by path."""
        self.nulls: dict[str, Formula] = {}
        """Whether a fact alone is null, where it may be."""
        self.parts: dict[tuple[str, ...], Formula] = {}
        """Whether a part of the subject is null."""
        self.tests = _by_path(chain(also, *map(_conditions, self.plans)))
        self.moments = self._moments()
        """The moment at which the policies of each zone judge."""

    @property
    def clock(self) -> Clock:
        """What is known of the days and times of the first policy, as subjects state them."""
        return self.clocks[self.policies[0].zone]

    @property
    def plans(self) -> tuple[Plan, ...]:
        """What each policy says of the subjects; without a rule about them, all are exempt."""
        exempting = Plan(self.key, (_NO_RULE,))
        return tuple(policy.plans.get(self.key, exempting) for policy in self.policies)

    def _until(self, first: date) -> date:
        """Return the last day on which all policies are in force, as far as that is known."""
        ends = [p.until for p in self.policies if p.until is not None and p.until >= first]
        return min([*ends, self.last])

    def _moments(self) -> Mapping[tzinfo, Dated]:
        first, last = self.judged
        if self.kind == REQUEST:
            cell = self.cell(facts_about(self.key)["request.submitted_on"])
            day = cell.dated.day if isinstance(cell, DatedCell) else None
            found = {zone: clock.noon(day) for zone, clock in self.clocks.items()}
        else:
            at = self.clock.time("at")
            self.cells["at"] = DatedCell(FALSE, at, self.clock)
            found = {zone: self.seen(at, zone) for zone in self.clocks}
        day = found[self.clock.zone].day
        self.symbols.say(between(first.toordinal(), day, last.toordinal()))
        return found

    def seen(self, dated: Dated, zone: tzinfo) -> Dated:
        """Return a stated day or time as it is in a zone."""
        clock = self.clocks[zone]
        return dated if clock is self.clock else clock.seen(dated)

    @property
    def stands(self) -> bool:
        """Whether the subjects are judged as they stand at a moment."""
        return self.key in STANDING

    def name(self, fact: Fact) -> str:
        """Return the name of the variables of the stated fact behind one."""
        return fact.path if not fact.own else f"{fact.path} ({fact.kind.name.lower()})"

    def cell(self, fact: Fact) -> Cell:
        """Return the variables of the stated fact behind one."""
        name = self.name(fact)
        if name not in self.cells:
            self.facts[name] = fact
            null = any_of([*self._null_parts(fact), self._null(fact, name)])
            self.cells[name] = cell = made_cell(self, fact, name, null)
            self._settle(fact, cell)
        return self.cells[name]

    def _null_parts(self, fact: Fact) -> Iterator[Formula]:
        steps = () if fact.own else fact.steps
        deepest = len(steps) if fact.form is not None else len(steps) - 1
        for depth in range(1, deepest + 1):
            part = steps[:depth]
            if part not in self.parts:
                self.parts[part] = self.symbols.flag(f"{'.'.join((self.kind, *part))} is null")
            yield self.parts[part]

    def _null(self, fact: Fact, name: str) -> Formula:
        """Return whether the fact alone is null; a form that nobody signed says so itself."""
        if fact.form is not None or not self._may_be_null(fact):
            null = FALSE
        else:
            null = self.nulls[name] = self.symbols.flag(f"{name} is null")
        if fact.own:
            # Where policies declare it to hold different things, all take nothing but null.
            unlike = [cell for path, cell in self.cells.items() if self._is_unlike(path, fact)]
            for one in unlike:
                self.symbols.say(all_of([one.null, null]))
        return null

    def _is_unlike(self, name: str, fact: Fact) -> bool:
        other = self.facts.get(name)
        return other is not None and other.path == fact.path and other.kind is not fact.kind

    def _may_be_null(self, fact: Fact) -> bool:
        """Return whether every policy that knows a fact lets it be null."""
        return all(holds.nullable for holds in self.holds(fact) if holds is not None)

    def holds(self, fact: Fact) -> list[Holds | None]:
        """Return what a fact holds under each policy; None where it is unknown to one."""
        if not fact.own:
            return [fact.holds] * len(self.policies)
        found = (fact_named(fact.path, self.key, policy.facts) for policy in self.policies)
        return [None if one is None else one.holds for one in found]

    def _settle(self, fact: Fact, cell: Cell) -> None:
        """Leave out subjects of which the fact is read as unknown."""
        if fact.holds.sure_with is None or not isinstance(cell, DatedCell):
            return
        other, word = fact.holds.sure_with
        path = f"{fact.path.rpartition('.')[0]}.{other}"
        state = self.cell(facts_about(self.key)[path])
        if isinstance(state, WordCell):
            self.symbols.say(any_of([denied(cell.null), denied(state.bits[0].get(word, FALSE))]))
        if self.stands:
            for zone, at in self.moments.items():
                is_ahead = after(self.seen(cell.dated, zone), at)
                self.symbols.say(any_of([cell.null, denied(is_ahead)]))


def after(one: Dated, other: Dated) -> Formula:
    """Return whether a date lies after another."""
    return compared(other, one, "<")


def _conditions(plan: Plan) -> Iterator[Condition]:
    """Yield all conditions of a plan."""
    yield from plan.conditions
    yield from (route.when for route in plan.routes)
    yield from (duty.when for duty in plan.duties)


def _by_path(conditions: Iterable[Condition]) -> Mapping[str, list[Test]]:
    found: dict[str, dict[Test, Any]] = {}
    for condition in conditions:
        for test in tests_in(condition):
            for fact in test.facts:
                found.setdefault(fact.path, {})[test] = None
    return {path: list(tests) for path, tests in found.items()}
