# SPDX-License-Identifier: MIT
"""A search over all possible values of unknown facts for those that a decision depends on.

Only the truth of tests matters, so an unknown fact is represented by the combinations of truth that
its possible values give its tests (`Variable`). Checks that share no unknown fact are searched
separately. A combination that may be unreachable (two tests of one text, dates compared in a
circle) is tried all the same: the answer is then never wrong, but may ask for more than it must.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple

from attrs import frozen

from caljobs_policy.decisions.combinations import (
    Axis,
    Sides,
    Violations,
    axes_of,
    by_weight,
    weights_in,
)
from caljobs_policy.decisions.groups import Group, Layout, laid_out
from caljobs_policy.decisions.options import (
    FREE,
    Options,
    Possible,
    Values,
    exactly,
    moment_for,
    options_of,
)
from caljobs_policy.decisions.parts import BOUND
from caljobs_policy.decisions.variables import (
    Asked,
    Nullness,
    Question,
    Source,
    Variable,
    nullness_of,
    stated_behind,
    variable_of,
)
from caljobs_policy.engines.verdict import Verdict
from caljobs_policy.plain.memo import Memo
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check, Plan
from caljobs_policy.policy.truth import leaf_from
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.reader import FactReader
from caljobs_policy.subjects.unknown import UNKNOWN, Truth

MOST_OPEN: Final = 75
"""So many open checks are searched, which may ask so many tests; more would take too long."""
_OUT_OF_SCOPE: Final = Outcome.OUT_OF_SCOPE.weight
_MEMO: Final = ("what unknown facts can change",)
_ASKED: Final = ("what checks ask",)


@frozen
class Settled:
    """The outcome, and the facts on which it depends if it is `cannot_tell`."""

    outcome: Outcome
    needs: frozenset[Fact] = frozenset()


@frozen
class _Moved:
    """The possible weights of connected checks, and how far each fact can move them."""

    weights: frozenset[int]
    reach: Mapping[Fact, int]
    """The heaviest weight that changing the fact alone can add or take away."""
    is_searched: bool = True
    """Whether combinations were tried; else each weight is only one that may be possible."""


def settle(
    policy: Policy,
    plan: Plan,
    read: FactReader,
    verdict: Verdict,
) -> Settled:
    """Return the outcome of a plan whose unsure checks depend on unknown facts."""
    hits, unsure = verdict
    weights = plan.weights
    base = max((weights[n] for n in hits), default=0)
    opened = unsure if base < plan.lightest else [n for n in unsure if weights[n] > base]
    if not opened:
        return Settled(plan.outcomes[base])
    if len(opened) > MOST_OPEN:
        return _unsearched(plan, base, opened, read)
    checks = tuple([plan.checks[n] for n in opened])
    if _reading(policy, checks).tests > MOST_OPEN:
        return _unsearched(plan, base, opened, read)
    search = _Search(policy, checks, read)
    settled: Settled = search.remembered(("settle", base), _settled, plan, base, search)
    return settled


def _unsearched(plan: Plan, base: int, opened: Sequence[int], read: FactReader) -> Settled:
    """Return what comes of open checks if each unknown fact may change all that read it."""
    weights = frozenset([weight for weight in plan.outcomes if weight > base])
    if len(weights) > 1:
        weights = frozenset(map(plan.weights.__getitem__, opened))
    among, heaviest = frozenset(opened), max(weights)
    reach = {
        stated_behind(fact): heaviest
        for fact, readers in plan.readers.items()
        if not among.isdisjoint(readers) and read(fact) is UNKNOWN
    }
    return _settled_by(plan, base, [_Moved(weights | {0}, reach, is_searched=False)])


def _settled(plan: Plan, base: int, search: _Search) -> Settled:
    groups = [
        search.moved(group, [c.outcome.weight for c in group.checks])
        for group in search.layout.groups
    ]
    return _settled_by(plan, base, groups)


def _settled_by(plan: Plan, base: int, groups: Sequence[_Moved]) -> Settled:
    floors = [base, *(min(group.weights) for group in groups)]
    lightest = max(floors)
    reachable = {w for g in groups for w in g.weights if w >= lightest} | {lightest}
    # A return stands though unknown facts could make it a denial, unless they may have to.
    is_possible = all(g.is_searched or max(g.weights) <= lightest for g in groups)
    never_good = lightest >= Outcome.RETURN.weight and max(reachable) < _OUT_OF_SCOPE
    if len(reachable) == 1 or (never_good and is_possible):
        return Settled(plan.outcomes[lightest])
    needs: set[Fact] = set()
    for number, group in enumerate(groups, start=1):
        rest = max(floors[:number] + floors[number + 1 :])
        needs |= {fact for fact, weight in group.reach.items() if weight > rest}
    return Settled(Outcome.CANNOT_TELL, frozenset(needs))


def settle_check(policy: Policy, check: Check, read: FactReader) -> tuple[Truth, frozenset[Fact]]:
    """Return whether a check fails whatever the unknown facts are, or else which decide."""
    search = _Search(policy, (check,), read)
    found: tuple[Truth, frozenset[Fact]] = search.remembered("check", _settled_check, search)
    return found


def _settled_check(search: _Search) -> tuple[Truth, frozenset[Fact]]:
    (group,) = search.layout.groups
    moved = search.moved(group, [1])
    if len(moved.weights) == 1:
        return bool(max(moved.weights)), frozenset()
    return None, frozenset(moved.reach)


def _new_memo(policy: Policy) -> Memo:
    return Memo()


def _new_asked(policy: Policy) -> Asked:
    return Asked()


class _Reading(NamedTuple):
    """What some checks read."""

    facts: tuple[tuple[Fact, Source], ...]
    """The facts, each with the stated one behind it."""
    tests: int
    """How many different tests read them."""


def _reading(policy: Policy, checks: tuple[Check, ...]) -> _Reading:
    memo: Memo = policy.made(_MEMO, _new_memo)
    found: _Reading = memo.get(checks, _read_by, policy, checks, weight=len(checks))
    return found


def _read_by(policy: Policy, checks: Iterable[Check]) -> _Reading:
    asked: Asked = policy.made(_ASKED, _new_asked)
    questions = set(chain.from_iterable([asked.by(check).each for check in checks]))
    facts = {fact for question in questions for fact in question.facts}
    return _Reading(tuple([(fact, asked.source(fact)) for fact in facts]), len(questions))


class _Search:
    """What is known of a subject that some checks read, and what can come of the unknown rest."""

    def __init__(self, policy: Policy, checks: tuple[Check, ...], read: FactReader) -> None:
        self.policy, self.read = policy, read
        self.memo: Memo = policy.made(_MEMO, _new_memo)
        asked: Asked = policy.made(_ASKED, _new_asked)
        weight = len(checks)
        facts = _reading(policy, checks).facts
        self.values: Values = {fact: read(fact) for fact, _ in facts}
        values = zip(facts, self.values.values(), strict=True)
        unknown = frozenset([source for (_, source), value in values if value is UNKNOWN])
        self.layout: Layout = self.memo.get(
            (policy.day, checks, unknown), laid_out, policy, checks, asked, unknown, weight=weight
        )
        self.possible: dict[Fact, Possible] = {f: read.possible(f) for f in self.layout.forms}
        self.leaf = leaf_from(self.values.__getitem__, read.zone)
        self.truths = {question: self.leaf(question.test) for question in self.layout.known}

    def remembered(self, what: Hashable, make: Callable[..., Any], *arguments: Any) -> Any:
        """Return an answer, which is the same for all subjects of which as much is known.

        Nothing that a person wrote is remembered, only what the tests of it came to.
        """
        layout, read = self.layout, self.read
        beside = [self.values[fact] for fact in layout.partners]
        if any(isinstance(value, str) for value in beside):
            return make(*arguments)
        moment = moment_for(read, by_day=layout.by_day) if layout.reads_moment else None
        possible = tuple(self.possible.values())
        known = (moment, possible, *map(exactly, beside), *self.truths.values())
        return self.memo.get((layout, what, known), make, *arguments)

    def moved(self, group: Group, worth: Sequence[int]) -> _Moved:
        """Return what trying every combination of a group's variables shows."""
        options: list[Options] = []
        total = 2 ** len(group.nullable)
        for part in group.parts:
            free = part.is_free
            options.append(FREE if free else self._options(self.memo.get(part, variable_of, part)))
            total *= len(options[-1])
            if not 0 < total <= BOUND:
                everything = {source.fact: max(worth) for source in group.sources}
                return _Moved(frozenset({0, *worth}), everything, is_searched=False)
        sizes = [len(each) for each in options] + [2] * len(group.nullable)
        axes, full = axes_of(sizes), (1 << total) - 1
        violations = Violations(full, self._sides(group, options, axes, full))
        heavier = by_weight(worth, map(violations.of, group.checks))
        reach: dict[Fact, int] = {}
        moving = [part.sources for part in group.parts] + [(one,) for one in group.nullable]
        for axis, moved_by in zip(axes, moving, strict=True):
            moved = next((w for w, where in heavier.items() if axis.moves(where)), 0)
            for fact in [source.fact for source in moved_by] if moved else ():
                reach[fact] = max(moved, reach.get(fact, 0))
        return _Moved(frozenset(weights_in(heavier, full)), reach)

    def _options(self, variable: Variable) -> Options:
        """Return the options of a variable; most do not depend on the subject at all."""
        possible = self.possible.get(variable.facts[0])
        given = (self.policy, variable, self.values, self.read, possible)
        beside = [self.values[fact] for fact in variable.partners]
        if any(isinstance(value, str) for value in beside):
            return options_of(*given)
        moment = moment_for(self.read, by_day=variable.by_day) if variable.reads_moment else None
        key = (variable, self.policy.day, moment, possible, *map(exactly, beside))
        found: Options = self.memo.get(key, options_of, *given)
        return found

    def _sides(
        self, group: Group, options: Sequence[Options], axes: Sequence[Axis], full: int
    ) -> dict[Question, Sides]:
        """Return in which combinations each test holds and fails."""
        found: dict[Question, Sides] = {}
        for part, truths, axis in zip(group.parts, options, axes, strict=False):
            for question, under in zip(part.questions, zip(*truths, strict=True), strict=True):
                found[question] = _sides_of(under, axis)
        if group.nullable:
            given = (self.policy, group.nullable, group.parts)
            nullness: tuple[Nullness, ...] = self.memo.get(group, nullness_of, *given)
            for each, axis in zip(nullness, axes[len(options) :], strict=True):
                for question, null in each.truths.items():
                    found[question] = _where_null(found[question], axis.having[1], holds=bool(null))
        decided = {question: self.truths[question] for question in group.known}
        for question in found:
            # What is compared with null may be told, and what is known though not at the moment.
            if question.has_partners:
                decided[question] = self.leaf(question.test)
        for question, truth in decided.items():
            if truth is not None:
                found[question] = (full, 0) if truth else (0, full)
        return found


def _sides_of(truths: Iterable[Truth], axis: Axis) -> Sides:
    """Return where a test holds and fails, from its truth under each option of a variable."""
    holds = fails = 0
    for truth, where in zip(truths, axis.having, strict=True):
        if truth:
            holds |= where
        elif truth is not None:
            fails |= where
    return holds, fails


def _where_null(sides: Sides, null: int, *, holds: bool) -> Sides:
    """Return where a test holds and fails, if its truth is another where a fact is null."""
    held, failed = sides
    return (held | null, failed & ~null) if holds else (held & ~null, failed | null)
