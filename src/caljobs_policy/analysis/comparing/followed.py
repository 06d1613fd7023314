# SPDX-License-Identifier: MIT
"""Whose duties, deadlines or notes differ, and by which entry: each cause is told once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from caljobs_policy.analysis.aspects import Aspect, differing
from caljobs_policy.analysis.comparing.effects import Effect, Telling, Way
from caljobs_policy.analysis.formulas.deadlines import DeadlineFormulas, deadline_of, due_differs
from caljobs_policy.analysis.formulas.finding import Question
from caljobs_policy.analysis.formulas.follow_up import FollowUpFormulas
from caljobs_policy.analysis.formulas.plans import PlanFormulas
from caljobs_policy.analysis.formulas.terms import (
    FALSE,
    Formula,
    all_of,
    any_of,
    denied,
    identity,
    same,
)
from caljobs_policy.analysis.formulas.witnesses import Witness
from caljobs_policy.decisions.decision import Decision, reader_of
from caljobs_policy.decisions.reasons import DutyArisen
from caljobs_policy.policy.conditions import Condition
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.rules import Check, DeadlineRule, DutyRule, Plan
from caljobs_policy.policy.truth import leaf_from, truth
from caljobs_policy.subjects.facts import Fact, subject_key
from caljobs_policy.subjects.unknown import UNKNOWN

_Unlike: TypeAlias = Callable[[Decision, Decision], bool]
"""Returns whether something is so of the old decision and the new one."""


def follow_up_effects(telling: Telling) -> Iterator[Effect]:
    """Yield what changes in duties, deadlines and notes of subjects in scope of both policies.

    Of duties and notes, only those count that differ though the outcome is the same.
    """
    old, new = telling.sides.old, telling.sides.new
    in_scope = [denied(old.exempt), denied(new.exempt)]
    alike = [*in_scope, denied(differing(Aspect.OUTCOME, new, old).formula)]
    yield from _duty_effects(telling, alike)
    yield from _deadline_effects(telling, in_scope)
    yield from _note_effects(telling, alike)


def _are_in_scope(old: Decision, new: Decision) -> bool:
    return Outcome.OUT_OF_SCOPE not in {old.outcome, new.outcome}


def _are_alike(old: Decision, new: Decision) -> bool:
    return old.outcome is new.outcome and _are_in_scope(old, new)


def _asked(telling: Telling, formula: Iterable[Formula], is_so: _Unlike) -> Witness | None:
    def real(decisions: Sequence[Decision]) -> bool:
        return is_so(*telling.sides.of(decisions))

    return telling.ask(Question(all_of(formula), real))


def _plan(decision: Decision) -> Plan:
    return decision.policy.plans[subject_key(decision.subject)]


def _is_settled(
    decision: Decision, conditions: Iterable[Condition], facts: Iterable[Fact] = ()
) -> bool:
    """Return whether what is known of a subject settles conditions, and some facts are known."""
    read = reader_of(decision)
    leaf = leaf_from(read, read.zone)
    known = all(read(fact) is not UNKNOWN for fact in facts)
    return known and all(truth(condition, leaf) is not None for condition in conditions)


# Duties


def _duty_effects(telling: Telling, alike: list[Formula]) -> Iterator[Effect]:
    """Yield each duty that arises under one of the policies alone, or for somebody else."""
    sides = telling.sides
    roles = [telling.pair.roles_above(new=new) for new in (False, True)]
    owed = [_owed(*one) for one in zip((sides.old, sides.new), roles, strict=True)]
    rules = [{rule.id: rule for rule in one.plan.duties} for one in (sides.old, sides.new)]
    for number in (1, 0):
        for name in rules[number]:
            mine = {key: holds for key, holds in owed[number].items() if key[0] == name}
            others = {key[1:]: holds for key, holds in owed[1 - number].items()}
            alone = any_of(
                all_of([holds, denied(others.get(key[1:], FALSE))]) for key, holds in mine.items()
            )
            is_so = partial(_owes_alone, number, name, roles)
            shown = _asked(telling, [*alike, alone], is_so)
            if shown is not None:
                entries = rules[0].get(name), rules[1].get(name)
                yield telling.effect(Way.DIFFERENT, Aspect.DUTIES, [name], entries, shown)


_Roles: TypeAlias = Mapping[str, str]
_Owed: TypeAlias = tuple[Hashable, ...]
"""The rule of a duty, and then who has to do what for whom and by when."""


def _owed(formulas: PlanFormulas, roles: _Roles) -> dict[_Owed, Formula]:
    """Return the duties that may fall to somebody, each with the formula that it does."""
    follow_up = FollowUpFormulas(formulas)
    found: dict[_Owed, Formula] = {}
    for rule in formulas.plan.duties:
        for duty, holds in follow_up.owed(rule):
            key = _content(rule, duty, roles)
            found[key] = any_of([found.get(key, FALSE), holds])
    return found


def _content(rule: DutyRule, duty: DutyArisen, roles: _Roles) -> _Owed:
    who, to, *cc = (roles.get(one or "", one) for one in (duty.who, duty.to, *duty.cc))
    return (rule.id, who, to, frozenset(cc), duty.promptness, rule.what, rule.by)


def _owes_alone(
    number: int, name: str, roles: Sequence[_Roles], old: Decision, new: Decision
) -> bool:
    told = [_told(one, each) for one, each in zip((old, new), roles, strict=True)]
    others = {key[1:] for key in told[1 - number]}
    alone = [key for key in told[number] if key[0] == name and key[1:] not in others]
    other = old if number else new
    same = [rule for rule in _plan(other).duties if any(rule.what == key[5] for key in alone)]
    return (
        bool(alone)
        and _are_alike(old, new)
        and all(_is_settled(other, [rule.when]) for rule in same)
    )


def _told(decision: Decision, roles: _Roles) -> set[_Owed]:
    rules = {duty.id: duty for duty in _plan(decision).duties}
    return {_content(rules[duty.rule], duty, roles) for duty in decision.duties}


# Deadlines


def _deadline_effects(telling: Telling, in_scope: list[Formula]) -> Iterator[Effect]:
    """Yield each deadline that is set under one policy alone, or due at another time."""
    old, new = (_deadlines(one) for one in (telling.sides.old, telling.sides.new))
    for name in dict.fromkeys((*new, *old)):
        was, now = old.get(name), new.get(name)
        if was and now and _said(was[1]) == _said(now[1]):
            continue
        for formula, is_so in _ways(name, was and was[1], now and now[1]):
            shown = _asked(telling, [*in_scope, formula], is_so)
            if shown is not None:
                entries = was and was[0], now and now[0]
                causes = [rule.id for rule in reversed(entries) if rule][:1]
                yield telling.effect(Way.DIFFERENT, Aspect.DEADLINES, causes, entries, shown)


def _deadlines(formulas: PlanFormulas) -> Mapping[str, tuple[DeadlineRule, DeadlineFormulas]]:
    return {rule.name: (rule, deadline_of(formulas, rule)) for rule in formulas.plan.deadlines}


def _said(deadline: DeadlineFormulas) -> Hashable:
    """Return what two deadlines share only if they are the same for every subject."""
    due = deadline.due
    dated = () if due is None else (due.timed, due.day, due.second)
    return tuple(map(identity, (deadline.is_set, deadline.is_met, *dated)))


def _ways(
    name: str, old: DeadlineFormulas | None, new: DeadlineFormulas | None
) -> Iterator[tuple[Formula, _Unlike]]:
    """Yield in what ways a deadline can differ, each as a formula and for real decisions."""
    was, now = (one.is_set if one else FALSE for one in (old, new))

    def is_alone(has: Decision, lacks: Decision) -> bool:
        is_so = _due(has, name) is not None and _is_unset(lacks, name)
        return is_so and _are_in_scope(has, lacks)

    def differs(one: Decision, other: Decision) -> bool:
        due = _due(one, name), _due(other, name)
        return None not in due and due[0] != due[1] and _are_in_scope(one, other)

    yield all_of([now, denied(was)]), lambda o, n: is_alone(n, o)
    yield all_of([was, denied(now)]), is_alone
    if old is not None and new is not None:
        unlike = any_of([due_differs(old, new), denied(same(old.is_met, new.is_met))])
        yield all_of([was, now, unlike]), differs


def _due(decision: Decision, name: str) -> Hashable:
    """Return when a deadline is due and whether it is met, None if it is not set."""
    found = (one for one in decision.deadlines if one.name == name)
    return next(((type(one.due), one.due, one.is_met) for one in found), None)


def _is_unset(decision: Decision, name: str) -> bool:
    """Return whether a deadline is not set, and that for sure."""
    rules = [rule for rule in _plan(decision).deadlines if rule.name == name]
    legs = [leg for rule in rules for leg in rule.legs]
    conditions = [*(rule.when for rule in rules), *(leg.when for leg in legs)]
    facts = [fact for leg in legs for fact in leg.triggers]
    return _due(decision, name) is None and _is_settled(decision, conditions, facts)


# Notes


def _note_effects(telling: Telling, alike: list[Formula]) -> Iterator[Effect]:
    """Yield each note that one policy makes alone; it changes no outcome."""
    sides = [_violations(one) for one in (telling.sides.old, telling.sides.new)]
    for number in (1, 0):
        for name, (check, violated) in sides[number].items():
            if check.outcome.weight or check.exempts:
                continue
            other = sides[1 - number].get(name)
            formula = [*alike, violated, denied(other[1] if other else FALSE)]
            shown = _asked(telling, formula, partial(_notes_alone, number, name))
            if shown is not None:
                both = (other and other[0], check)
                entries = both if number else both[::-1]
                yield telling.effect(Way.DIFFERENT, Aspect.FINDINGS, [name], entries, shown)


def _violations(formulas: PlanFormulas) -> Mapping[str, tuple[Check, Formula]]:
    pairs = zip(formulas.plan.checks, formulas.violations, strict=True)
    return {check.id: (check, violated) for check, violated in pairs}


def _notes_alone(number: int, name: str, old: Decision, new: Decision) -> bool:
    mine, other = (new, old) if number else (old, new)
    is_found = name in _found(mine, mine.hits) and name not in _found(
        other, (*other.hits, *other.unsure)
    )
    return is_found and _are_alike(old, new)


def _found(decision: Decision, numbers: Iterable[int]) -> set[str]:
    checks = _plan(decision).checks
    return {checks[number].id for number in numbers}
