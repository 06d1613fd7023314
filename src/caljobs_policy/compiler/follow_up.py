# SPDX-License-Identifier: MIT
"""Makes the rules of what follows from a decision: duties and deadlines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from caljobs_policy.compiler.chain import Sourced
from caljobs_policy.compiler.directions import LOWER
from caljobs_policy.compiler.maker import PARTIES, Maker, unique
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.model.conditions import ALWAYS
from caljobs_policy.model.facts import Fact
from caljobs_policy.model.fields import Kind
from caljobs_policy.model.outcome import Outcome, good_outcome, outcomes_for
from caljobs_policy.model.policy import DeadlineRule, DutyRule, Leg
from caljobs_policy.model.written.nodes import Scalar
from caljobs_policy.model.written.shapes import Word

_ALWAYS_ARISES: Final = "always"


def duties_of(maker: Maker, deadlines: set[str]) -> Iterator[DutyRule]:
    """Give the duties about subjects of one key, in the order in which they follow."""
    concerned = {str(s.entry.key): s for s in maker.concerned("duties")}
    for sourced in _in_order(concerned, maker.problems):
        duty = sourced.entry
        maker.backed(duty)
        for party in filter(None, (duty.who, duty.to, *duty.cc)):
            maker.known(party, "roles", "role", sourced.layer, *PARTIES)
        if duty.by is not None and duty.by.text not in deadlines:
            remedy = f"list it under `deadlines` about {maker.key}"
            maker.problems.unknown(duty.by.place, "deadline", duty.by.text, deadlines, remedy)
        yield DutyRule(
            id=str(duty.key),
            who=maker.only_meaning(duty.who, sourced),
            what=maker.templates(sourced.layer).text(duty.what, duty.place),
            arises=_arises(maker, duty.arises),
            clauses=maker.clauses(sourced),
            origin=sourced.origin,
            when=maker.when(duty, sourced.layer, 0),
            to=maker.only_meaning(duty.to, sourced) if duty.to else None,
            cc=unique(maker.only_meaning(word, sourced) for word in duty.cc),
            promptness=duty.promptness,
            by=duty.by.text if duty.by else None,
            readings=maker.readings(sourced),
        )


def _in_order(duties: Mapping[str, Sourced], problems: Problems) -> Iterator[Sourced]:
    """Give duties after those that they follow."""
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> Iterator[Sourced]:
        if name in done:
            return
        before = duties[name].entry.after
        if before is not None and before.text in (*above, name):
            order = (*above, name)
            circle = " after ".join([*order[order.index(before.text) :], before.text])
            fault = f"the duties come after one another: {circle}"
            problems.add(before.place, fault, "let one of them come first")
        elif before is not None and before.text not in duties:
            problems.unknown(before.place, "duty", before.text, duties)
        elif before is not None:
            yield from visit(before.text, (*above, name))
        if name not in done:
            done.add(name)
            yield duties[name]

    for name in duties:
        yield from visit(name, ())


def _arises(maker: Maker, words: Sequence[Word]) -> frozenset[Outcome]:
    """Give the outcomes with which a duty arises; a request's by default once it is accepted."""
    every = (*outcomes_for(maker.key), good_outcome(maker.key), Outcome.CANNOT_TELL)
    found = set()
    for word in words:
        if word.text == _ALWAYS_ARISES:
            return frozenset(every)
        if word.text not in every:
            maker.problems.unknown(word.place, "outcome", word.text, [*every, _ALWAYS_ARISES])
        else:
            found.add(Outcome(word.text))
    if found:
        return frozenset(found)
    if good_outcome(maker.key) is Outcome.ACCEPT:
        return frozenset({Outcome.ACCEPT, Outcome.AWAIT_APPROVAL})
    return frozenset(every)


def deadlines_of(maker: Maker) -> Iterator[DeadlineRule]:
    """Give the deadlines about subjects of one key."""
    names: set[str] = set()
    for sourced in maker.concerned("deadlines"):
        entry = sourced.entry
        name = str(entry.name or entry.key)
        if name in names:
            maker.problems.add(
                entry.key.place,
                f"two deadlines about {maker.key} are called `{name}`",
                "give one of them another `name`",
            )
        names.add(name)
        maker.backed(entry)
        yield DeadlineRule(
            name=name,
            title=entry.title,
            legs=tuple(_legs(maker, sourced)),
            clauses=maker.clauses(sourced),
            origin=sourced.origin,
            when=maker.when(entry, sourced.layer, 0),
            readings=maker.readings(sourced),
        )


def _legs(maker: Maker, sourced: Sourced) -> Iterator[Leg]:
    """Give the legs of a deadline: those under `earliest`, or the one that it is itself."""
    entry = sourced.entry
    binder = maker.binder(sourced.layer)
    alone = bool(entry.from_) and entry.count is not None
    if alone is bool(entry.earliest):
        maker.problems.add(
            entry.key.place,
            f"the deadline `{entry.key}` needs either `from` and `count`, or `earliest`",
            "say from which fact it is counted and how long",
        )
        return
    for leg in [entry] if alone else entry.earliest.values():
        facts = [_dated(maker, binder.fact(Scalar(w.text, place=w.place)), w) for w in leg.from_]
        count = binder.duration(leg.count, LOWER)
        if count is not None:
            when = ALWAYS if alone else maker.when(leg, sourced.layer, 0)
            yield Leg(when, tuple(fact for fact in facts if fact is not None), count)


def _dated(maker: Maker, fact: Fact | None, word: Word) -> Fact | None:
    """Refuse to count from what is no date, or from one that the deadline would give away."""
    if fact is None:
        return None
    if fact.kind not in {Kind.DAY, Kind.TIME, Kind.DAY_OR_TIME}:
        why = f"holds {fact.kind.value}"
    elif fact.holds.private:
        why = "is never shown"
    else:
        return fact
    maker.problems.add(
        word.place,
        f"a deadline cannot be counted from `{fact.path}`, which {why}",
        "name a fact that holds a date" if why != "is never shown" else "name another fact",
    )
    return None
