# SPDX-License-Identifier: MIT
"""The truths that the days of an unknown date give its tests, told by where they begin and end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from caljobs_policy.dates.durations import FIRST_DAY, LAST_DAY, day_of
from caljobs_policy.decisions.variables import Variable
from caljobs_policy.policy.operators.operator import Window
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.reader import FactReader
from caljobs_policy.subjects.unknown import Truth


def truths_of_days(
    policy: Policy,
    variable: Variable,
    values: Mapping[Fact, Any],
    read: FactReader,
    nothing: Sequence[Truth],
) -> list[tuple[Truth, ...]] | None:
    """Return all truths that days of the first fact give its tests, perhaps more than once.

    `nothing` are the truths that null gives them, as a day that has not happened does. None where a
    test does not hold from one day to another, or null is not just another value of the fact.
    """
    fact, *partners = variable.facts
    windows: list[Window] = []
    happening: list[bool] = []
    today = LAST_DAY if read.at is None else day_of(read.at, read.zone).toordinal()
    for test in variable.tests:
        facts = test.facts
        own = 0 if variable.sources[facts[0]] is fact else 1
        beside = _beside(policy, variable, facts[:own] + facts[own + 1 :], values, read)
        window = None if beside is None else test.operator.window(own, beside, read.zone)
        if window is None:
            return None
        windows.append(window)
        happening.append(not partners and facts[own].happens)
    if any(happening) and (variable.null_apart or not fact.holds.nullable or fact.holds.sure_with):
        return None
    starts = {FIRST_DAY, *[first for first, _ in windows], *[last + 1 for _, last in windows]}
    if any(happening):
        starts.add(today + 1)
    found: list[tuple[Truth, ...]] = []
    for day in starts:
        if FIRST_DAY <= day <= LAST_DAY:
            truths: list[Truth] = [first <= day <= last for first, last in windows]
            if day > today:
                three = zip(nothing, happening, truths, strict=True)
                truths = [null if happens else truth for null, happens, truth in three]
            found.append(tuple(truths))
    return found


def _beside(
    policy: Policy,
    variable: Variable,
    others: Sequence[Fact],
    values: Mapping[Fact, Any],
    read: FactReader,
) -> date | None:
    """Return the day with which a test compares, any if it is none, or None if it is not known."""
    if not others:
        return policy.day
    fact, *partners = variable.facts
    source = variable.sources[others[0]]
    if len(others) > 1 or source is fact:
        return None
    # Of two unknown facts only the distance matters.
    value = policy.day if source in partners else values[others[0]]
    return day_of(value, read.zone) if isinstance(value, date) else None
