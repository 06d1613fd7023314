# SPDX-License-Identifier: MIT
"""Makes duties, and the checks that one is still open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve

from caljobs_policy.compiler.bearers import towards_itself
from caljobs_policy.compiler.chain import Sourced
from caljobs_policy.compiler.plan_context import PlanContext, Usual, unique
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.errors.codes import Code
from caljobs_policy.policy.conditions import AnyOf, Condition, Not, Test, both, exists
from caljobs_policy.policy.operators import Is
from caljobs_policy.policy.outcome import PENDING_OUTCOMES, Outcome, good_outcome, outcomes_for
from caljobs_policy.policy.rules import COORDINATOR, PARTIES, Check, DutyRule
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import Kind
from caljobs_policy.syntax.entries import Judgement
from caljobs_policy.syntax.nodes import Scalar, Word
from caljobs_policy.syntax.timed_entries import Duty

_ALWAYS_ARISES: Final = "always"


def duties_of(context: PlanContext) -> Iterator[DutyRule]:
    """Yield the duties about one sort of subject, each after the one that it follows."""
    concerned = {str(s.entry.key): s for s in context.concerned("duties")}
    for sourced in _in_order(concerned, context.problems):
        duty = sourced.entry
        context.backed(duty)
        for party in filter(None, (duty.who, duty.to, *duty.cc)):
            context.known(party, "roles", "role", sourced.layer, *PARTIES)
        for party in filter(None, (duty.to, *duty.cc)):
            if party.text == COORDINATOR and not context.chain.table("routing"):
                message = "without `routing`, nothing says who the coordinator is"
                context.problems.missing(party.place, message, "add `routing`, or name a role")
        if duty.who and duty.to and duty.who.text == duty.to.text:
            message = f"`{duty.key}` is owed to the role that has to do it, so it never arises"
            context.problems.add(
                Code.CONFLICT, duty.to.place, message, "name another role, or remove `to`"
            )
        if duty.by is not None:
            context.deadline(duty.by)
        yield DutyRule(
            id=sourced.what,
            who=context.only_meaning(duty.who, sourced) if duty.who else "",
            what=context.templates(sourced.layer).text(duty.what or "", duty.place),
            arises=_arises(context, duty.arises),
            clauses=context.clauses(sourced),
            origin=sourced.origin,
            when=_when(context, sourced),
            to=context.only_meaning(duty.to, sourced) if duty.to else None,
            cc=unique(context.only_meaning(word, sourced) for word in duty.cc),
            promptness=duty.promptness,
            by=duty.by.text if duty.by else None,
            readings=context.readings(sourced),
        )


def _when(context: PlanContext, sourced: Sourced) -> Condition:
    """Return the condition that a duty is listed: it applies and is not done."""
    applies = context.when(sourced.entry, sourced.layer)
    done = _done(context, sourced)
    return both(applies, Not(done)) if done.parts else applies


def open_duties(context: PlanContext) -> Iterator[Check]:
    """Yield the checks that duties with `while_open` are done."""
    for sourced in context.concerned("duties"):
        duty: Duty = sourced.entry
        if duty.while_open is None:
            continue
        is_told = bool(duty.faulty & {"done_by", "done_when"})
        if not duty.done_by and duty.done_when is None and not is_told:
            message = f"`{duty.key}` has `while_open`, but nothing says when it is done"
            context.problems.add(
                Code.MISSING,
                duty.while_open.place,
                message,
                "name the fact under `done_by`, or write `done_when`",
            )
        judgement = Judgement(
            key=duty.key,
            place=duty.place,
            node=duty.node,
            faulty=duty.faulty,
            clauses=duty.clauses,
            reading=duty.reading,
            otherwise=duty.while_open,
        )
        usual = Usual(f"Not done: {duty.what}")
        when = context.when(duty, sourced.layer)
        if (itself := towards_itself(context, sourced)).parts:
            when = both(when, Not(itself))
        done = _done(context, sourced)
        for check in context.check(sourced.what, sourced, when, done, entry=judgement, usual=usual):
            yield evolve(check, pending=check.outcome in PENDING_OUTCOMES)


def _done(context: PlanContext, sourced: Sourced) -> AnyOf:
    """Return the condition that a duty is done; it never holds if no fact shows it."""
    binder = context.binder(sourced.layer)
    facts = (binder.fact(Scalar(w.text, place=w.place)) for w in sourced.entry.done_by)
    shown = [_shows(fact) for fact in facts if fact is not None]
    told = binder.condition(sourced.entry.done_when)
    return AnyOf((*shown, told) if told is not None else tuple(shown))


def _shows(fact: Fact) -> Condition:
    """Return the condition that a fact shows something done: it is true, or it exists."""
    return Test(fact, Is(True)) if fact.kind is Kind.FLAG else exists(fact)


def _in_order(duties: Mapping[str, Sourced], problems: Problems) -> Iterator[Sourced]:
    """Yield duties, each after the one that it follows."""
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> Iterator[Sourced]:
        if name in done:
            return
        before = duties[name].entry.after
        if before is not None and before.text in (*above, name):
            order = (*above, name)
            circle = " after ".join([*order[order.index(before.text) :], before.text])
            fault = f"these duties go in a circle: {circle}"
            problems.add(Code.CIRCULAR, before.place, fault, "let one of them come first")
        elif before is not None and before.text not in duties:
            problems.unknown(before.place, "duty", before.text, duties)
        elif before is not None:
            yield from visit(before.text, (*above, name))
        if name not in done:
            done.add(name)
            yield duties[name]

    for name in duties:
        yield from visit(name, ())


def _arises(context: PlanContext, words: Sequence[Word]) -> frozenset[Outcome]:
    """Return the outcomes with which a duty arises; for a request, acceptance by default."""
    every = (*outcomes_for(context.key), good_outcome(context.key), Outcome.CANNOT_TELL)
    found = set()
    for word in words:
        if word.text == _ALWAYS_ARISES:
            return frozenset(every)
        if word.text not in every:
            context.problems.no_such(word.place, "outcome", word.text, [*every, _ALWAYS_ARISES])
        else:
            found.add(Outcome(word.text))
    if found:
        return frozenset(found)
    if good_outcome(context.key) is Outcome.ACCEPT:
        return frozenset({Outcome.ACCEPT, Outcome.AWAIT_APPROVAL})
    return frozenset(every)
