# SPDX-License-Identifier: MIT
"""The truths that the days of an unknown date give its tests, told by where they begin and end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from operator import xor
from typing import Any, NamedTuple

from caljobs_policy.dates.durations import FIRST_DAY, LAST_DAY, Moment, day_of
from caljobs_policy.decisions.variables import Reads, Variable
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.reader import FactReader
from caljobs_policy.subjects.unknown import Truth


class _Beside(NamedTuple):
    """How tests read an unknown date, and what they compare it with."""

    own: int
    """Its position among the facts that they read."""
    known: Moment | None
    """The other date, any where they compare it with none; None where it is not known."""
    happens: bool
    """Whether it has to have happened."""


def truths_of_days(
    policy: Policy,
    variable: Variable,
    values: Mapping[Fact, Any],
    read: FactReader,
    nothing: Sequence[Truth],
) -> list[int] | None:
    """Return all truths that days of the first fact give its tests, perhaps more than once.

    Each are the bits of a number, in the order of the tests. `nothing` are the truths that null
    gives them, as a day that has not happened does. None where a test does not hold from one day to
    another, or it is not known what a day that has not happened gives it.
    """
    beside = {reads: _beside(policy, variable, reads, values, read) for reads in variable.reads}
    happening = [other.happens for other in beside.values()]
    if any(happening) and variable.fact.holds.sure_with:
        return None
    today = LAST_DAY if read.day is None else read.day.toordinal()
    turning: defaultdict[int, int] = defaultdict(int, {FIRST_DAY: 0})
    for number, question in enumerate(variable.questions):
        own, known, happens = beside[question.reads]
        window = None if known is None else question.test.operator.window(own, known, read.zone)
        if window is None:
            return None
        first, last = window
        if happens:
            last = min(last, today)
            if nothing[number]:
                turning[today + 1] ^= 1 << number
        if first <= last:
            turning[max(first, FIRST_DAY)] ^= 1 << number
            turning[last + 1] ^= 1 << number
    # If nullness varies by itself, it stands for the days ahead, too, unless some are read.
    null_is_ahead = variable.null_apart and variable.fact.holds.nullable and all(happening)
    end = today if null_is_ahead else LAST_DAY
    starts = sorted([day for day in turning if day <= end])
    return list(accumulate([turning[day] for day in starts], xor))


def _beside(
    policy: Policy, variable: Variable, reads: Reads, values: Mapping[Fact, Any], read: FactReader
) -> _Beside:
    own = reads.sources.index(variable.sources[0])
    happens = reads.facts[own].happens and not variable.is_distance
    value: Any = policy.day
    if len(reads.facts) == 2 and (source := reads.sources[1 - own]) not in variable.sources[1:]:
        # Of two unknown facts only the distance matters, so the other one may be any.
        value = None if source is variable.sources[0] else values[reads.facts[1 - own]]
    if not isinstance(value, date) or len(reads.facts) > 2:
        return _Beside(own, None, happens)
    return _Beside(own, day_of(value, read.zone) if variable.by_day else value, happens)
