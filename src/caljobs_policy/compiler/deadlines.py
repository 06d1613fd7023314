# SPDX-License-Identifier: MIT
"""Makes deadlines, and the checks that one is missed or near."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import evolve

from caljobs_policy.compiler.chain import Sourced
from caljobs_policy.compiler.deadline_tests import DeadlineTests, counts
from caljobs_policy.compiler.directions import HIGHER, LOWER
from caljobs_policy.compiler.plan_context import PlanContext, Usual
from caljobs_policy.compiler.vocabulary import texts
from caljobs_policy.dates.durations import Unit
from caljobs_policy.dates.reading import day_from
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import shown
from caljobs_policy.policy.conditions import (
    ALWAYS,
    NEVER,
    Not,
    both,
)
from caljobs_policy.policy.operators import AtLeast, MoreThan
from caljobs_policy.policy.outcome import Outcome, outcomes_for, usual_failure
from caljobs_policy.policy.rules import (
    DEADLINE_TESTS,
    ELSE,
    MISSED,
    NEAR,
    OPEN,
    Check,
    DeadlineRule,
    Leg,
)
from caljobs_policy.subjects.facts import Fact, constant_day
from caljobs_policy.subjects.fields import DATED
from caljobs_policy.syntax.entries import Judgement
from caljobs_policy.syntax.nodes import Scalar, Word
from caljobs_policy.syntax.timed_entries import Deadline

_NONE: Final = "none"
_TEXTS: Final = (*DEADLINE_TESTS, OPEN)


def deadlines_of(context: PlanContext) -> Iterator[DeadlineRule]:
    """Yield the deadlines about one sort of subject; conditions can refer to earlier ones."""
    for sourced in context.concerned("deadlines"):
        entry = sourced.entry
        name = entry.called
        if name in context.deadlines.made:
            context.problems.add(
                Code.DUPLICATE,
                entry.key.place,
                f"two deadlines about {context.key} are called `{name}`",
                "give one of them another `name`",
            )
        if not _by_legs(entry):
            context.backed(entry)
        rule = _deadline(context, sourced, name)
        context.deadlines.add(rule, entry)
        yield rule


def _deadline(context: PlanContext, sourced: Sourced, name: str) -> DeadlineRule:
    entry: Deadline = sourced.entry
    legs = tuple(_legs(context, sourced))
    met_by = tuple(_dated_facts(context, sourced, entry.met_by, "met by"))
    when = context.when(entry, sourced.layer)
    warning = _warning(context, sourced)
    met_when = context.binder(sourced.layer).condition(entry.met_when)
    tests = DeadlineTests(met_by, met_when, AtLeast if entry.reached_is_missed else MoreThan)
    missed = both(when, tests.missed(legs))
    near = both(when, tests.near(legs, warning)) if warning is not None else NEVER
    return DeadlineRule(
        id=sourced.what,
        name=name,
        title=entry.title or name,
        legs=legs,
        clauses=context.clauses(sourced),
        origin=sourced.origin,
        missed=missed,
        near=near,
        when=when,
        met_by=met_by,
        met_when=tests.met,
        warning=warning,
        reached_is_missed=bool(entry.reached_is_missed),
        readings=context.readings(sourced),
        readings_open=texts(entry.where[OPEN].reading) if OPEN in entry.where else (),
        readings_where=tuple((counts(leg), leg.readings) for leg in legs if leg.readings),
    )


def _by_legs(entry: Deadline) -> bool:
    """Return whether the legs of a deadline cite its clauses."""
    return bool(entry.earliest) and all(leg.clauses for leg in entry.earliest.values())


def _legs(context: PlanContext, sourced: Sourced) -> Iterator[Leg]:
    """Yield the legs of a deadline: those under `earliest`, or the deadline itself."""
    entry: Deadline = sourced.entry
    alone = bool(entry.from_) and entry.count is not None
    if alone is bool(entry.earliest) and not entry.faulty & {"from", "count", "earliest"}:
        context.problems.add(
            Code.MISSING,
            entry.key.place,
            f"the deadline `{entry.key}` needs either `from` and `count`, or `earliest`",
            "say which fact it is counted from, and how long it runs",
        )
    legs: list[Any] = [entry] if entry.from_ or entry.count is not None else []
    for leg in [*legs, *entry.earliest.values()]:
        triggers = tuple(_triggers(context, sourced, leg.from_))
        node = leg.count
        count = None if node is None else context.binder(sourced.layer).duration(node, LOWER)
        when = ALWAYS if leg is entry else context.when(leg, sourced.layer, 0)
        if count is not None:
            cited, read = ((), ()) if leg is entry else (texts(leg.clauses), texts(leg.reading))
            yield Leg(when, triggers, count, cited, read)


def _triggers(context: PlanContext, sourced: Sourced, words: Iterable[Word]) -> Iterator[Fact]:
    """Yield what a leg is counted from: facts, and days that are written out."""
    for word in words:
        day, _ = day_from(word.text)
        if day is not None:
            yield constant_day(day)
        else:
            yield from _dated_facts(context, sourced, (word,))


def _dated_facts(
    context: PlanContext, sourced: Sourced, words: Iterable[Word], use: str = "counted from"
) -> Iterator[Fact]:
    """Yield the facts that hold dates, and refuse others and those that a due date would reveal."""
    binder = context.binder(sourced.layer)
    for word in words:
        fact = binder.fact(Scalar(word.text, place=word.place))
        if fact is None:
            continue
        if fact.kind in DATED and not fact.holds.private:
            yield fact
            continue
        is_dated = fact.kind in DATED
        why = "is never shown" if is_dated else f"holds {fact.kind.value}"
        context.problems.add(
            Code.WRONG_KIND,
            word.place,
            f"a deadline cannot be {use} `{fact.path}`, which {why}",
            "name another fact" if is_dated else "name a fact that holds a date",
        )


def _warning(context: PlanContext, sourced: Sourced) -> int | None:
    """Return the warning time in days."""
    node = sourced.entry.warning
    if node is None:
        return None
    found = context.binder(sourced.layer).duration(node, HIGHER)
    if found is not None and found.unit is not Unit.DAYS:
        message = f"a warning time is counted in days, but {shown(str(found))} is not"
        context.problems.add(Code.WRONG_KIND, node.place, message, "write it as: 30 days")
    return found.amount if found is not None else None


def deadline_checks(context: PlanContext) -> Iterator[Check]:
    """Yield the checks that deadlines are not missed, nor so near that they need attention."""
    for sourced in context.concerned("deadlines"):
        entry: Deadline = sourced.entry
        name = entry.called
        rule = context.deadlines.made[name]
        for kind in (*entry.say, *entry.remedy):
            if kind not in (*_TEXTS, ELSE):
                place = (entry.say.get(kind) or entry.remedy[kind]).place
                context.problems.no_such(place, "kind of text", kind, _TEXTS)
        for kind, where in entry.where.items():
            if kind not in _TEXTS:
                context.problems.no_such(where.key.place, "kind of failure", kind, _TEXTS)
        for text in (*entry.say.values(), *entry.remedy.values()):
            # Texts that no check uses may have problems too.
            context.templates(sourced.layer, name).text(text.text, text.place)
        outcome = _missed_outcome(context, entry)
        if outcome is not None:
            usual = Usual(f"{entry.title} was due <due>.", "", outcome, name, _by_legs(entry))
            yield from _check(context, sourced, rule, MISSED, usual)
        if rule.warning is not None and Outcome.ATTENTION in outcomes_for(context.key):
            said = f"{entry.title} is due <due>."
            usual = Usual(said, "", Outcome.ATTENTION, name, _by_legs(entry))
            yield from _check(context, sourced, rule, NEAR, usual)


def _missed_word(context: PlanContext, entry: Deadline) -> Word | None:
    """Return the outcome written for a missed deadline, under the chosen reading."""
    return context.instead(entry) or entry.missed


def _missed_outcome(context: PlanContext, entry: Deadline) -> Outcome | None:
    """Return the outcome of a missed deadline, or None where missing it has none."""
    word = _missed_word(context, entry)
    if word is not None:
        return None if word.text == _NONE else usual_failure(context.key)
    usual = usual_failure(context.key)
    return usual if usual is Outcome.VIOLATION else None


def _check(
    context: PlanContext, sourced: Sourced, rule: DeadlineRule, kind: str, usual: Usual
) -> Iterator[Check]:
    """Yield the check that a deadline is not missed, or not near."""
    entry: Deadline = sourced.entry
    is_missed = kind == MISSED
    where = entry.where.get(kind)
    judgement = Judgement(
        key=entry.key,
        place=entry.place,
        node=entry.node,
        faulty=entry.faulty,
        clauses=(*entry.clauses, *(where.clauses if where else ())),
        reading=(*entry.reading, *(where.reading if where else ())),
        otherwise=_missed_word(context, entry) if is_missed else None,
        say=_texts_for(kind, entry.say),
        remedy=_texts_for(kind, entry.remedy),
        where={k: w for k, w in entry.where.items() if is_missed and k == OPEN},
        instead=entry.instead if is_missed else {},
    )
    id_ = sourced.what if is_missed else f"{sourced.what}/{NEAR}"
    require = Not(rule.missed if is_missed else rule.near)
    for check in context.check(id_, sourced, rule.when, require, entry=judgement, usual=usual):
        stated = f"the deadline “{entry.title}” is not {kind}"
        kinds = {OPEN: Not(rule.met_when)} if is_missed and rule.met_by else {}
        yield evolve(
            check,
            stated=stated,
            pending=not is_missed,
            kinds=kinds,
            clauses_where=tuple((counts(leg), leg.clauses) for leg in rule.legs if leg.clauses),
            readings_where=rule.readings_where,
        )


def _texts_for(kind: str, written: Mapping[str, Word]) -> Mapping[str, Word]:
    """Return the texts for one kind; a single text is for a missed deadline."""
    if kind == NEAR:
        return {ELSE: written[NEAR]} if NEAR in written else {}
    found = {ELSE: written.get(MISSED) or written.get(ELSE), OPEN: written.get(OPEN)}
    return {kind: text for kind, text in found.items() if text is not None}
