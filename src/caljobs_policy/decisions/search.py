# SPDX-License-Identifier: MIT
"""A search over all possible values of unknown facts for those that a decision depends on.

Only the truth of tests matters, so an unknown fact is represented by the combinations of truth that
its possible values give its tests (`Variable`). Checks that share no unknown fact are searched
separately. A combination that may be unreachable (two tests of one text, dates compared in a
circle) is tried all the same: the answer is then never wrong, but may ask for more than it must.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from attrs import frozen

from caljobs_policy.decisions.combinations import (
    Axis,
    Sides,
    Violations,
    axes_of,
    by_weight,
    weights_in,
)
from caljobs_policy.decisions.groups import Group, Layout, Reading, laid_out, reading_of
from caljobs_policy.decisions.lists import Lists
from caljobs_policy.decisions.options import (
    Possible,
    Values,
    exactly,
    moment_for,
    options_of,
)
from caljobs_policy.decisions.parts import BOUND
from caljobs_policy.decisions.turns import FREE, Options
from caljobs_policy.decisions.variables import (
    Asked,
    Question,
    Reads,
    Variable,
    stated_behind,
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
        return _unsearched(plan, opened, read)
    reading = _reading(policy, tuple([plan.checks[n] for n in opened]))
    if reading.tests > MOST_OPEN:
        return _unsearched(plan, opened, read)
    search = _Search(policy, reading, read)
    settled: Settled = search.remembered(("settle", base), _settled, plan, base, search)
    return settled


def _unsearched(plan: Plan, opened: Iterable[int], read: FactReader) -> Settled:
    """Return that it cannot be told, and each unknown fact that an open check reads."""
    among = frozenset(opened)
    needs = [
        stated_behind(fact)
        for fact, readers in plan.readers.items()
        if not among.isdisjoint(readers) and read(fact) is UNKNOWN
    ]
    return Settled(Outcome.CANNOT_TELL, frozenset(needs))


def _settled(plan: Plan, base: int, search: _Search) -> Settled:
    groups = [
        search.moved(group, [c.outcome.weight for c in group.checks])
        for group in search.layout.groups
    ]
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
    search = _Search(policy, _reading(policy, (check,)), read)
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


def asked_of(policy: Policy) -> Asked:
    """Return what the checks of a policy ask, which is worked out when one is first open."""
    asked: Asked = policy.made(_ASKED, _new_asked)
    return asked


def _reading(policy: Policy, checks: tuple[Check, ...]) -> Reading:
    memo: Memo = policy.made(_MEMO, _new_memo)
    given = (asked_of(policy), checks)
    reading: Reading = memo.get(checks, reading_of, *given, weight=len(checks))
    return reading


class _Search:
    """What is known of a subject that some checks read, and what can come of the unknown rest."""

    def __init__(self, policy: Policy, reading: Reading, read: FactReader) -> None:
        self.policy, self.read = policy, read
        self.memo: Memo = policy.made(_MEMO, _new_memo)
        self.values: Values = {fact: read(fact) for fact in reading.sources}
        values = zip(reading.sources.values(), self.values.values(), strict=True)
        unknown = frozenset([source for source, value in values if value is UNKNOWN])
        given = (policy, reading, unknown)
        key = (policy.day, reading, unknown)
        self.layout: Layout = self.memo.get(key, laid_out, *given, weight=reading.checks)
        self.possible: dict[Fact, Possible] = {f: read.possible(f) for f in self.layout.forms}
        self.leaf = leaf_from(self.values.__getitem__, read.zone)
        self.truths = {question: self.leaf(question.test) for question in self.layout.known}

    def remembered(self, what: Hashable, make: Callable[..., Any], *arguments: Any) -> Any:
        """Return an answer, which is the same for all subjects of which as much is known.

        Nothing that a person wrote is remembered, only what the tests of it came to.
        """
        layout, read = self.layout, self.read
        beside = [self.values[fact] for fact in layout.partners]
        if _is_private(beside):
            return make(*arguments)
        moment = moment_for(read, by_day=layout.by_day) if layout.reads_moment else None
        possible = tuple(self.possible.values())
        known = (moment, possible, *map(exactly, beside), *self.truths.values())
        return self.memo.get((layout, what, known), make, *arguments)

    def moved(self, group: Group, worth: Sequence[int]) -> _Moved:
        """Return what trying every combination of a group's variables shows."""
        options: list[Options | Lists] = []
        total = 2 ** len(group.nullable)
        for variable in group.variables:
            options.append(FREE if variable.is_free else self._options(variable))
            total *= options[-1].size
            if not 0 < total <= BOUND:
                everything = {source.fact: max(worth) for source in group.sources}
                return _Moved(frozenset({0, *worth}), everything, is_searched=False)
        sizes = [size for each in options for size in each.sizes] + [2] * len(group.nullable)
        axes, full = axes_of(sizes), (1 << total) - 1
        violations = Violations(full, self._sides(group, options, axes, full))
        heavier = by_weight(worth, map(violations.of, group.checks))
        reach: dict[Fact, int] = {}
        varied = zip(group.variables, options, strict=True)
        moving = [variable.sources for variable, its in varied for _ in its.sizes]
        moving += [(one,) for one in group.nullable]
        # From the lightest up, so that the heaviest is what stays.
        for weight, where in reversed(heavier.items()):
            for axis, moved_by in zip(axes, moving, strict=True):
                if axis.moves(where):
                    reach.update(dict.fromkeys([source.fact for source in moved_by], weight))
        return _Moved(frozenset(weights_in(heavier, full)), reach)

    def _options(self, variable: Variable) -> Options | Lists:
        """Return the options of a variable; most do not depend on the subject at all."""
        possible = self.possible.get(variable.fact)
        given = (self.policy, variable, self.values, self.read, possible)
        beside = [self.values[fact] for fact in variable.partners]
        if _is_private(beside):
            return options_of(*given)
        moment = moment_for(self.read, by_day=variable.by_day) if variable.reads_moment else None
        key = (variable, self.policy.day, moment, possible, *map(exactly, beside))
        found: Options | Lists = self.memo.get(key, options_of, *given)
        return found

    def _is_told(self, reads: Reads) -> bool:
        """Return whether the truth of tests that read some facts may be known."""
        values = [self.values[fact] for fact in reads.facts]
        return None in values or UNKNOWN not in values

    def _sides(
        self, group: Group, options: Sequence[Options | Lists], axes: Sequence[Axis], full: int
    ) -> dict[Question, Sides]:
        """Return in which combinations each test holds and fails."""
        found: dict[Question, Sides] = {}
        left = iter(axes)
        for variable, its in zip(group.variables, options, strict=True):
            sides = its.sides([*islice(left, len(its.sizes))], full)
            found.update(zip(variable.questions, sides, strict=True))
        # What is compared with null may be told, and what is known though not at the moment.
        reads = {question.reads for question in found}
        told = {each for each in reads if self._is_told(each)}
        decided = {question: self.truths[question] for question in group.known}
        if told:
            asked = [question for question in found if question.reads in told]
            decided.update([(question, self.leaf(question.test)) for question in asked])
        if group.nullable:
            null = dict.fromkeys(reads, 0)
            for source, axis in zip(group.nullable, left, strict=True):
                where = axis.taking((1, 2))
                null.update({each: null[each] | where for each in reads if source in each.sources})
            there = {each: full ^ where for each, where in null.items()}
            for question, (holds, fails) in found.items():
                each = question.reads
                if question.test.operator.truth(None, (), self.read.zone):
                    found[question] = holds | null[each], fails & there[each]
                else:
                    found[question] = holds & there[each], fails | null[each]
        for question, truth in decided.items():
            if truth is not None:
                found[question] = (full, 0) if truth else (0, full)
        return found


def _is_private(values: Iterable[Any]) -> bool:
    """Return whether a person wrote one of some values, which are then not remembered."""
    return True in [isinstance(value, str) for value in values]
