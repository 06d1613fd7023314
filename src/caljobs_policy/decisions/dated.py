# SPDX-License-Identifier: MIT
"""The truths that values of an unknown date give its tests, told by where they begin and end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, tzinfo
from itertools import accumulate
from operator import xor
from typing import Any, Final, NamedTuple

from caljobs_policy.dates.durations import (
    FIRST_DAY,
    LAST_DAY,
    Moment,
    day_of,
    second_of,
)
from caljobs_policy.dates.seconds import second_of_day, seconds_in
from caljobs_policy.decisions.variables import Reads, Variable, anchor
from caljobs_policy.policy.operators.operator import Window
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import Kind
from caljobs_policy.subjects.reader import FactReader
from caljobs_policy.subjects.unknown import Truth

MOST_BY_DATES: Final = 4096
"""How many truths of single tests are told by where dates begin and end, for one variable."""
_BEHIND: Final = 2
"""Truths turn at so many points behind the dates that are tried: the moment, and the end of all."""


class _Beside(NamedTuple):
    """How tests read an unknown date, and what they compare it with."""

    own: int
    """Its position among the facts that they read."""
    known: Moment | None
    """The other date, any where they compare it with none; None where it is not known."""
    seconds: Window
    """The first and the last second of the other date."""
    happens: bool
    """Whether it has to have happened."""


class _Line(NamedTuple):
    """All days in order, or all times by their seconds."""

    first: int
    last: int
    now: int
    """The last that has happened."""
    zone: tzinfo
    is_of_times: bool


def truths_of_dates(
    policy: Policy,
    variable: Variable,
    values: Mapping[Fact, Any],
    read: FactReader,
    nothing: Sequence[Truth],
) -> list[int] | None:
    """Return all truths that values of the first fact give its tests, perhaps more than once.

    Each are the bits of a number, in the order of the tests, and then whether each is unknown.
    `nothing` are the truths that null gives them, as a date does that has not happened, or else
    these are unknown. None where a test does not hold from one date to another. Where there
    are more than `MOST_BY_DATES`, not all of them are worked out.
    """
    beside = {reads: _beside(policy, variable, reads, values, read) for reads in variable.reads}
    most = MOST_BY_DATES // len(nothing)
    found: list[int] = []
    for line in _lines(variable.fact.kind, read):
        truths = _along(line, variable, beside, nothing, most - len(found))
        if truths is None:
            return None
        found += truths
    return found


def _lines(kind: Kind, read: FactReader) -> Iterator[_Line]:
    """Yield what an unknown date may be: any day, any time, or either."""
    if kind is not Kind.TIME:
        today = LAST_DAY if read.day is None else read.day.toordinal()
        yield _Line(FIRST_DAY, LAST_DAY, today, read.zone, is_of_times=False)
    if kind is not Kind.DAY:
        first, last = (
            second_of_day(FIRST_DAY, read.zone),
            second_of_day(LAST_DAY + 1, read.zone) - 1,
        )
        now = last if read.at is None else second_of(read.at, read.zone)
        yield _Line(first, last, now, read.zone, is_of_times=True)


def _along(
    line: _Line,
    variable: Variable,
    beside: Mapping[Reads, _Beside],
    nothing: Sequence[Truth],
    most: int,
) -> list[int] | None:
    """Return the truths that follow one another along a line, or more than so many of them."""
    begin, end, now, zone, is_of_times = line
    is_null_ahead = variable.fact.holds.sure_with is None
    tests = len(variable.questions)
    turning: defaultdict[int, int] = defaultdict(int, {begin: 0})
    for number, question in enumerate(variable.questions):
        own, known, seconds, happens = beside[question.reads]
        if known is None:
            return None
        operator = question.test.operator
        found = (
            operator.window_of_times(own, known, seconds, zone)
            if is_of_times
            else operator.window(own, known, zone)
        )
        if found is None:
            return None
        first, last = found
        if happens:
            last = min(last, now)
            if not is_null_ahead:
                turning[now + 1] ^= 1 << (tests + number)
            elif nothing[number]:
                turning[now + 1] ^= 1 << number
        if first <= last:
            turning[max(first, begin)] ^= 1 << number
            turning[last + 1] ^= 1 << number
        if len(turning) > most + _BEHIND:
            break
    # A date that lies ahead is read as null, which may vary by itself, or is still to be stated.
    is_apart = variable.null_apart and variable.fact.holds.nullable
    if (is_apart or not is_null_ahead) and all(other.happens for other in beside.values()):
        end = now
    starts = sorted([start for start in turning if start <= end])
    return list(accumulate([turning[start] for start in starts], xor))


def _beside(
    policy: Policy, variable: Variable, reads: Reads, values: Mapping[Fact, Any], read: FactReader
) -> _Beside:
    own = reads.sources.index(variable.sources[0])
    happens = reads.facts[own].happens and not variable.is_distance
    value: Any = policy.day
    if len(reads.facts) == 2:
        source = reads.sources[1 - own]
        if source in variable.sources[1:]:
            # Of two unknown facts only the distance matters, so the other one may be any.
            value = anchor(policy, source.fact)
        else:
            value = None if source is variable.sources[0] else values[reads.facts[1 - own]]
    if not isinstance(value, date) or len(reads.facts) > 2:
        return _Beside(own, None, (0, 0), happens)
    known = day_of(value, read.zone) if variable.by_day else value
    return _Beside(own, known, seconds_in(known, read.zone), happens)
