# SPDX-License-Identifier: MIT
"""Dates as close to the moment as they may be: on it, or right beside a limit of some test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from caljobs_policy.analysis.explaining.leeway import values_beside
from caljobs_policy.analysis.formulas.shrinking import Real
from caljobs_policy.analysis.formulas.space import Space
from caljobs_policy.analysis.formulas.stated_values import (
    Keys,
    changed,
    moment_of,
    value_at,
)
from caljobs_policy.analysis.formulas.witnesses import Case, Witness
from caljobs_policy.analysis.generating.near import first_that_shows
from caljobs_policy.dates.durations import day_of, noon
from caljobs_policy.decisions.decision import reader_of
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import DATED, Kind

_MOST: Final = 40
"""How many values are tried for each date."""


def with_close_dates(space: Space, real: Real, witness: Witness) -> Witness:
    """Return a witness whose dates are closer to the moment, each by itself."""
    for fact in [*space.facts.values()]:
        for keys in _places_of(fact, witness.case) if fact.kind in DATED else ():
            stated = value_at(witness.case.stated[0], keys)
            if isinstance(stated, date) and fact.steps != ("submitted_on",):
                closer = _closer(space, witness, fact, stated)
                cases = (changed(witness.case, keys, value) for value in closer)
                witness = first_that_shows(space, real, witness, cases)
    return witness


def _places_of(fact: Fact, case: Case) -> Iterator[Keys]:
    """Yield where a fact is stated: of a form, each of its signatures."""
    if fact.form is None:
        yield fact.steps
        return
    listed = value_at(case.stated[0], (*fact.steps, "statement"))
    for number, one in enumerate(listed if isinstance(listed, list) else ()):
        if one.get("form") == fact.form:
            yield (*fact.steps, "statement", number, "signed_on")


def _closer(space: Space, witness: Witness, fact: Fact, stated: date) -> list[Any]:
    """Return the values beside limits that are closer to the moment than one, the closest first."""
    (decision,) = witness.decisions
    moment = moment_of(space, witness.case)
    read, policy = reader_of(decision), decision.policy
    plan = policy.plans[space.key]
    tests = dict.fromkeys(test for check in plan.checks for test in check.tests)
    found = {
        value
        for test in tests
        for position, one in enumerate(test.facts)
        if one.path == fact.path
        for value in values_beside(test, position, read, policy)
        if isinstance(value, date)
    }
    if fact.kind is not Kind.TIME:
        found |= {moment + timedelta(step) for step in (-1, 0, 1)}

    def far(value: date) -> tuple[bool, int, str]:
        is_rough = isinstance(value, datetime) and value != noon(value.date(), policy.zone)
        return is_rough, abs((day_of(value, policy.zone) - moment).days), value.isoformat()

    return sorted((one for one in found if far(one) < far(stated)), key=far)[:_MOST]
