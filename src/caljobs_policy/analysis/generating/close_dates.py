# SPDX-License-Identifier: MIT
"""Dates as close to the moment as they may be: on it, or right beside a limit of some test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Final

from caljobs_policy.analysis.explaining.leeway import values_beside
from caljobs_policy.analysis.formulas.shrinking import Real
from caljobs_policy.analysis.formulas.space import Space
from caljobs_policy.analysis.formulas.stated_values import (
    OWN_DAY,
    Keys,
    changed,
    elapsed,
    later,
    moment_of,
    shifted,
    value_at,
)
from caljobs_policy.analysis.formulas.witnesses import Case, Witness
from caljobs_policy.analysis.generating.near import first_that_shows
from caljobs_policy.dates.durations import day_of, noon
from caljobs_policy.decisions.decision import reader_of
from caljobs_policy.policy.conditions import Test
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import DATED, Kind

_MOST: Final = 40
"""How many values are tried for each date."""
_STEPS: Final = (-1, 0, 1, -2, 2, -7, 7, -30, 30, -90, -365)
"""How many days from the moment a date may lie, whatever the limits are."""


def with_close_dates(space: Space, real: Real, witness: Witness) -> Witness:
    """Return a witness whose dates are closer to the moment, and whose times are plainer."""
    zone = space.policies[0].zone
    witness = first_that_shows(space, real, witness, _at_noon(witness.case, zone))
    for _ in range(2):
        witness = _each_closer(space, real, witness)
        for places in _groups(space, witness.case):
            closer = _together(space, witness.case, places, zone)
            witness = first_that_shows(space, real, witness, closer)
    return witness


def _at_noon(case: Case, zone: tzinfo) -> Iterator[Case]:
    """Yield a case with all times later or earlier, so that it is judged at noon."""
    if case.at is not None:
        yield shifted(case, elapsed(case.at, noon(case.at.date(), zone)))


def _each_closer(space: Space, real: Real, witness: Witness) -> Witness:
    for keys, fact in [*_dated_places(space, witness.case)]:
        closer = _closer(space, witness, fact, value_at(witness.case.stated[0], keys))
        cases = (changed(witness.case, keys, value) for value in closer)
        witness = first_that_shows(space, real, witness, cases)
    return witness


def _dated_places(space: Space, case: Case) -> Iterator[tuple[Keys, Fact]]:
    """Yield where dates are stated, but for the day on which a request is judged."""
    for fact in [*space.facts.values()]:
        for keys in _places_of(fact, case) if fact.kind in DATED else ():
            if isinstance(value_at(case.stated[0], keys), date) and keys != OWN_DAY:
                yield keys, fact


def _places_of(fact: Fact, case: Case) -> Iterator[Keys]:
    """Yield where a fact may be stated: of a form, each of its signatures."""
    if fact.form is None:
        yield fact.steps
        return
    listed = value_at(case.stated[0], (*fact.steps, "statement"))
    for number, one in enumerate(listed if isinstance(listed, list) else ()):
        if one.get("form") == fact.form:
            yield (*fact.steps, "statement", number, "signed_on")


def _closer(space: Space, witness: Witness, fact: Fact, stated: date) -> Sequence[date]:
    """Return values that are closer to the moment than one, the closest first."""
    (decision,) = witness.decisions
    zone, moment = decision.policy.zone, moment_of(space, witness.case)
    read = reader_of(decision)
    found = {
        value
        for test in _tests(space)
        for position, one in enumerate(test.facts)
        if one.path == fact.path
        for value in values_beside(test, position, read, decision.policy)
        if isinstance(value, date)
    }
    days = {moment + timedelta(step) for step in _STEPS}
    found |= {noon(day, zone) for day in days} if fact.kind is Kind.TIME else days
    limit = _far(stated, moment, zone)
    closer = [one for one in found if _far(one, moment, zone) < limit]
    return sorted(closer, key=lambda one: _far(one, moment, zone))[:_MOST]


def _tests(space: Space) -> Mapping[Test, None]:
    checks = (check for plan in space.plans for check in plan.checks)
    return dict.fromkeys(test for check in checks for test in check.tests)


def _far(value: date, moment: date, zone: tzinfo) -> tuple[bool, int, str]:
    """Return how plain a date is, and how far from the moment."""
    is_rough = isinstance(value, datetime) and value != noon(value.date(), zone)
    return is_rough, abs((day_of(value, zone) - moment).days), value.isoformat()


def _groups(space: Space, case: Case) -> Sequence[frozenset[Keys]]:
    """Return places whose dates are compared with one another, pairs before larger groups."""
    places: dict[str, set[Keys]] = {}
    for keys, fact in _dated_places(space, case):
        places.setdefault(fact.path, set()).add(keys)
    pairs = [
        frozenset(keys for fact in test.facts for keys in places[fact.path])
        for test in _tests(space)
        if len(test.facts) > 1 and all(fact.path in places for fact in test.facts)
    ]
    whole: list[frozenset[Keys]] = []
    for pair in pairs:
        linked = [one for one in whole if one & pair]
        whole = [one for one in whole if one not in linked] + [pair.union(*linked)]
    return [*dict.fromkeys((*pairs, *whole))]


def _together(space: Space, case: Case, places: frozenset[Keys], zone: tzinfo) -> Iterator[Case]:
    """Yield a case with some dates moved together, so that one of them lies at the moment."""
    moment = moment_of(space, case)
    ordered = sorted(places, key=str)
    far = sum(abs((_day(case, keys, zone) - moment).days) for keys in ordered)
    for begin in ordered:
        value = value_at(case.stated[0], begin)
        for step in (0, -1, 1):
            day = moment + timedelta(step)
            span = elapsed(value, noon(day, zone)) if isinstance(value, datetime) else day - value
            found = case
            for keys in ordered:
                found = changed(found, keys, later(value_at(case.stated[0], keys), span))
            if sum(abs((_day(found, keys, zone) - moment).days) for keys in ordered) < far:
                yield found


def _day(case: Case, keys: Keys, zone: tzinfo) -> date:
    value: Any = value_at(case.stated[0], keys)
    return day_of(value, zone)
