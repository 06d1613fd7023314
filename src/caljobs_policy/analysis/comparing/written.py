# SPDX-License-Identifier: MIT
"""What is written differently in two policies, entry by entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final, TypeAlias

import attrs
from attrs import frozen

from caljobs_policy.analysis.comparing.entry_words import (
    check_in_words,
    deadline_in_words,
    duty_in_words,
    route_in_words,
    word_in_words,
)
from caljobs_policy.analysis.comparing.pair import Pair
from caljobs_policy.analysis.comparing.sources import Source
from caljobs_policy.compiler.directions import HIGHER, LOWER, Directions, direction, longer
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.differences import Direction
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check, Plan

Entries: TypeAlias = Mapping[str, tuple[str, Place]]
"""By key, an entry in words and where it is written."""
_YEARS: Final = 3
"""For how many years the closed days are compared."""
_FOLLOWED: Final = ("routing", "deadlines", "duties")
"""Checks of these tables are told with the entries that they come from."""


class Change(StrEnum):
    """What happened to an entry."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@frozen
class Written:
    """An entry that is written differently."""

    table: str
    entry: str
    change: Change
    was: str
    now: str
    place: Place
    """Where it stands in the new policy, or where it stood in the old one."""
    direction: Direction = Direction.NONE
    about: tuple[str, ...] = ()
    """The sorts of subject that it is about."""


def written_differences(old: Source, new: Source) -> tuple[Written, ...]:
    """Return all entries that differ, with numbers as the new policy uses them."""
    pair = Pair(old.policy, new.policy)
    found = [
        *_in_table("profile", *map(_heads, (pair.old, pair.new))),
        *_numbers(pair, new.uses),
        *_calendar(pair, new.uses),
    ]
    for table in sorted({*pair.old.words, *pair.new.words}):
        sides = [_words(policy, table) for policy in (pair.old, pair.new)]
        found += _in_table(table, *sides)
    found += _merged(one for key in pair.keys for one in _of_plans(pair, key))
    for name, entries in _TEXTS.items():
        found += _in_table(name, entries(pair.old), entries(pair.new))
    return tuple(_placed(one, old, new) for one in found)


def _placed(one: Written, old: Source, new: Source) -> Written:
    """Return an entry with its place as the reader can find it, also where it is in a revision."""
    source = old if one.change is Change.REMOVED else new
    return attrs.evolve(one, place=source.shown(one.place))


def _in_table(table: str, old: Entries, new: Entries) -> Iterator[Written]:
    for key in dict.fromkeys((*new, *old)):
        was, now = old.get(key), new.get(key)
        if was is None and now is not None:
            yield Written(table, key, Change.ADDED, "", now[0], now[1])
        elif now is None and was is not None:
            yield Written(table, key, Change.REMOVED, was[0], "", was[1])
        elif was is not None and now is not None and was[0] != now[0]:
            yield Written(table, key, Change.CHANGED, was[0], now[0], now[1])


def _heads(policy: Policy) -> Entries:
    return {
        "title": (policy.title, Place()),
        "time zone": (str(policy.zone), Place()),
        "editions": (", ".join(policy.editions), Place()),
    }


def _numbers(pair: Pair, uses: Directions) -> Iterator[Written]:
    """Yield the numbers that differ, each with the direction in which it moved."""
    sides = [
        {k: (f"{p.title}: {p.value}", p.origin.place) for k, p in policy.parameters.items()}
        for policy in (pair.old, pair.new)
    ]
    for one in _in_table("parameters", *sides):
        way = Direction.NONE
        if one.change is Change.CHANGED:
            was, now = (p.parameters[one.entry].value for p in (pair.old, pair.new))
            known = uses.of(f"parameters/{one.entry}")
            way = direction(longer(now, was), known) if was != now else Direction.NONE
        yield Written(one.table, one.entry, one.change, one.was, one.now, one.place, direction=way)


def _calendar(pair: Pair, uses: Directions) -> Iterator[Written]:
    """Yield the days of some years on which offices are closed under one policy alone."""
    first = min(pair.old.day, pair.new.day).replace(month=1, day=1)
    days = [first + timedelta(n) for n in range(366 * _YEARS)]
    closed = [
        {} if p.calendar is None else {d: p.calendar.reason(d) or "" for d in days}
        for p in (pair.old, pair.new)
    ]
    for day in days:
        was, now = (one.get(day, "") for one in closed)
        if bool(was) != bool(now):
            moved = HIGHER if now else LOWER
            way = direction(moved, uses.of("calendar"))
            change = Change.ADDED if now else Change.REMOVED
            yield Written("calendar", day.isoformat(), change, was, now, Place(), way)


def _words(policy: Policy, table: str) -> Entries:
    found = policy.words.get(table, {})
    return {key: (word_in_words(policy, word), word.origin.place) for key, word in found.items()}


def _of_plans(pair: Pair, key: str) -> Iterator[Written]:
    """Yield the entries about one sort of subject."""
    plans = [(p, p.plans.get(key)) for p in (pair.old, pair.new)]
    for table, entries in _ENTRIES.items():
        sides = [entries(policy, plan) if plan is not None else {} for policy, plan in plans]
        for one in _in_table(table, *sides):
            yield Written(
                one.table, one.entry, one.change, one.was, one.now, one.place, about=(key,)
            )


def _checks(policy: Policy, plan: Plan) -> Entries:
    return {
        check.id: (check_in_words(policy, plan, check), check.origin.place)
        for check in plan.checks
        if not _is_followed(check)
    }


def _is_followed(check: Check) -> bool:
    return check.id.partition("/")[0] in _FOLLOWED


def _routes(policy: Policy, plan: Plan) -> Entries:
    return {
        f"routing/{one.id}": (route_in_words(policy, plan, one), one.origin.place)
        for one in plan.routes
    }


def _duties(policy: Policy, plan: Plan) -> Entries:
    return {d.id: (duty_in_words(policy, plan, d), d.origin.place) for d in plan.duties}


def _deadlines(policy: Policy, plan: Plan) -> Entries:
    return {d.id: (deadline_in_words(policy, plan, d), d.origin.place) for d in plan.deadlines}


_ENTRIES: Final[Mapping[str, Callable[[Policy, Plan], Entries]]] = {
    "routing": _routes,
    "rules": _checks,
    "duties": _duties,
    "deadlines": _deadlines,
}


def _merged(found: Iterable[Written]) -> list[Written]:
    """Return entries with those as one that say the same of several sorts of subject."""
    merged: dict[tuple[Any, ...], list[Written]] = {}
    for one in found:
        said = (one.table, one.entry, one.change, one.was, one.now)
        merged.setdefault(said, []).append(one)
    return [
        attrs.evolve(ones[0], about=tuple(k for one in ones for k in one.about))
        for _, ones in sorted(merged.items(), key=lambda pair: list(_ENTRIES).index(pair[0][0]))
    ]


def _clauses(policy: Policy) -> Entries:
    return {k: (f"{c.at}: {c.says}", Place()) for k, c in policy.clauses.items()}


def _readings(policy: Policy) -> Entries:
    return {
        k: (f"{r.question} {r.chosen or r.answer}".strip(), Place())
        for k, r in policy.readings.items()
    }


def _guides(policy: Policy) -> Entries:
    return {g.id: (f"{g.say} ({', '.join(g.clauses)})", g.origin.place) for g in policy.guides}


def _facts(policy: Policy) -> Entries:
    return {path: (fact.title, Place()) for path, fact in policy.facts.items()}


_TEXTS: Final[Mapping[str, Callable[[Policy], Entries]]] = {
    "facts": _facts,
    "readings": _readings,
    "guides": _guides,
    "clauses": _clauses,
}
