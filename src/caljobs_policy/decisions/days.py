# SPDX-License-Identifier: MIT
"""The truths that the days of an unknown date give its tests, told by where they begin and end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from caljobs_policy.dates.durations import FIRST_DAY, LAST_DAY, day_of
from caljobs_policy.decisions.variables import Reads, Variable
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
    fact = variable.fact
    read_as = dict.fromkeys([question.reads for question in variable.questions])
    beside = {reads: _beside(policy, variable, reads, values, read) for reads in read_as}
    windows: list[Window] = []
    happening: list[bool] = []
    for question in variable.questions:
        own, day, happens = beside[question.reads]
        window = None if day is None else question.test.operator.window(own, day, read.zone)
        if window is None:
            return None
        windows.append(window)
        happening.append(happens)
    if any(happening) and (variable.null_apart or not fact.holds.nullable or fact.holds.sure_with):
        return None
    starts = {FIRST_DAY, *[first for first, _ in windows], *[last + 1 for _, last in windows]}
    tomorrow = LAST_DAY + 1 if read.day is None else read.day.toordinal() + 1
    if any(happening):
        starts.add(tomorrow)
    days = sorted([day for day in starts if FIRST_DAY <= day <= LAST_DAY])
    none: list[Truth] = [False] * len(days)
    ahead = bisect_left(days, tomorrow)
    columns: list[list[Truth]] = []
    for (first, last), happens, null in zip(windows, happening, nothing, strict=True):
        begin = bisect_left(days, first)
        end = max(begin, bisect_right(days, last))
        truths = none.copy()
        truths[begin:end] = [True] * (end - begin)
        if happens:
            truths[ahead:] = [null] * (len(days) - ahead)
        columns.append(truths)
    return list(zip(*columns, strict=True))


def _beside(
    policy: Policy, variable: Variable, reads: Reads, values: Mapping[Fact, Any], read: FactReader
) -> tuple[int, date | None, bool]:
    """Return where tests read the fact, the day beside it, and whether it has to have happened.

    The day is any where they compare it with none, and None where it is not known.
    """
    own = reads.sources.index(variable.sources[0])
    happens = reads.facts[own].happens and not variable.is_distance
    if len(reads.facts) != 2:
        return own, policy.day if len(reads.facts) == 1 else None, happens
    source = reads.sources[1 - own]
    if source in variable.sources:
        # Of two unknown facts only the distance matters.
        return own, None if source is variable.sources[0] else policy.day, happens
    value = values[reads.facts[1 - own]]
    if value is read.at:
        return own, read.day, happens
    return own, day_of(value, read.zone) if isinstance(value, date) else None, happens
