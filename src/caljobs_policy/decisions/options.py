# SPDX-License-Identifier: MIT
"""The possible values of unknown facts, as the truths that they give the tests."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, Final, TypeAlias

from caljobs_policy.decisions.dated import MOST_BY_DATES, truths_of_dates
from caljobs_policy.decisions.lists import Lists, told_by_some, truths_of_lists
from caljobs_policy.decisions.turns import (
    FREE,
    TOO_MANY,
    Options,
    options_from,
    options_from_bits,
)
from caljobs_policy.decisions.variables import (
    Variable,
    anchor,
    is_text,
    mentioned,
    words_told_apart,
)
from caljobs_policy.decisions.words import truths_of_words
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import AT, Fact
from caljobs_policy.subjects.fields import DATED, WORDED, Kind
from caljobs_policy.subjects.reader import FactReader
from caljobs_policy.subjects.unknown import UNKNOWN, Truth

Values: TypeAlias = Mapping[Fact, Any]
"""What each fact that some checks read holds: a value, None, or UNKNOWN."""
Possible: TypeAlias = tuple[Any, ...] | None
"""All values that an unknown fact can have, or None if it can have any."""
MOST_TRIED: Final = 512
"""How many truths of single tests are worked out one by one, for one variable."""


def exactly(value: Any) -> Hashable:
    """Return a value such that two times that are told apart by their offset are not equal."""
    return (value, value.fold, value.utcoffset()) if isinstance(value, datetime) else value


def moment_for(read: FactReader, *, by_day: bool) -> Hashable:
    """Return what is to be known of the moment, if only its day may matter or all of it."""
    return read.day if by_day else exactly(read.at)


def options_of(
    policy: Policy, variable: Variable, values: Values, read: FactReader, possible: Possible
) -> Options | Lists:
    """Return the distinct truths that values of the facts give the tests of a variable.

    For two unknown facts only their distance matters, as both can be so far back that they have
    happened.
    """
    kind = variable.fact.kind
    if kind is Kind.WORDS:
        return _of_lists(policy, variable, read)
    if kind in WORDED and not variable.looks_inside:
        return _of_words(policy, variable, read)
    if possible is None and kind in DATED:
        found = _of_dates(policy, variable, values, read)
        if found is not None:
            return found
    return _of_values(policy, variable, values, read, possible)


def _of_lists(policy: Policy, variable: Variable, read: FactReader) -> Options | Lists:
    tests, words = variable.tests, words_told_apart(policy, variable.fact, variable.tests)
    nothing = _nothing(variable, read) if variable.can_be_null else None
    told = truths_of_lists(tests, words, read.zone, MOST_TRIED)
    if told is None:
        return Lists(tests, told_by_some(tests, words), read.zone, nothing)
    if nothing is not None:
        told.append(_bits(nothing))
    return options_from_bits(told, len(tests))


def _of_words(policy: Policy, variable: Variable, read: FactReader) -> Options:
    """Return the truths of words in tests that tell none apart but those that they mention."""
    tests = variable.tests
    words: list[str | None] = [*words_told_apart(policy, variable.fact, tests)]
    if variable.fact.kind is Kind.TEXT:
        words.append("")
    if variable.can_be_null:
        words.append(None)
    if len(words) * len(tests) > MOST_TRIED:
        return _too_many(variable)
    return options_from_bits(truths_of_words(tests, words, read.zone), len(tests))


def _of_values(
    policy: Policy, variable: Variable, values: Values, read: FactReader, possible: Possible
) -> Options:
    """Return the truths that are found by trying values one by one."""
    held = {
        each: anchor(policy, source.fact) if source in variable.sources[1:] else values[each]
        for each, source in variable.read.items()
    }
    if variable.by_day and read.at is not None and AT in held:
        held[AT] = read.day
    if variable.is_distance:
        tried = _values(policy, variable, held)
    elif possible is None:
        tried = _values_alone(policy, variable, held, read)
    else:
        tried = iter(possible)
    distinct: dict[Hashable, Any] = {}
    for number, value in enumerate(tried, start=1):
        distinct.setdefault(exactly(value), value)
        if max(number, len(distinct) * len(variable.questions)) > MOST_TRIED:
            return _too_many(variable)
    return options_from(_by_truths(variable, distinct.values(), held, read))


def _of_dates(
    policy: Policy, variable: Variable, values: Values, read: FactReader
) -> Options | None:
    nothing = _nothing(variable, read)
    dates = truths_of_dates(policy, variable, values, read, nothing)
    if dates is None:
        return None
    if len(dates) * len(nothing) > MOST_BY_DATES:
        return _too_many(variable)
    if variable.can_be_null:
        dates.append(_bits(nothing))
    return options_from_bits(dates, len(nothing))


def _nothing(variable: Variable, read: FactReader) -> tuple[Truth, ...]:
    """Return the truths that null gives the tests."""
    return tuple([test.operator.truth(None, (), read.zone) for test in variable.tests])


def _bits(truths: Iterable[Truth]) -> int:
    return sum([1 << number for number, truth in enumerate(truths) if truth])


def answers_of(policy: Policy, variable: Variable, read: FactReader) -> tuple[Any, ...]:
    """Return values of one unknown fact: one for each way in which its tests are seen to come out.

    Unknown facts that these compare it with hold any value; of lists, only some are tried.
    """
    held = {
        each: anchor(policy, source.fact) if read(each) is UNKNOWN else read(each)
        for each, source in variable.read.items()
    }
    fact = variable.fact
    if fact.kind is Kind.WORDS:
        words = words_told_apart(policy, fact, variable.tests)
        tried: Iterable[Any] = ((), *((word,) for word in words), tuple(words))
    else:
        tried = _values_alone(policy, variable, held, read)
    return tuple(_by_truths(variable, islice(tried, MOST_TRIED), held, read).values())


def _too_many(variable: Variable) -> Options:
    """Return what stands for truths that are too many to work out."""
    return FREE if len(variable.questions) == 1 else TOO_MANY


def _by_truths(
    variable: Variable, tried: Iterable[Any], held: Values, read: FactReader
) -> Mapping[tuple[Truth, ...], Any]:
    """Return the distinct truths for values of the first of the facts, each with such a value."""
    # By number, as facts take longer to look up and the same ones are read for every value.
    number = {each: n for n, each in enumerate(held)}
    tests = [
        (t.operator, number[t.fact], [number[other] for other in t.operator.anchors])
        for t in variable.tests
    ]
    forms = [(number[f], f) for f, source in variable.read.items() if source is variable.sources[0]]
    read_as = list(held.values())
    found: dict[tuple[Truth, ...], Any] = {}
    for value in tried:
        for n, form in forms:
            read_as[n] = value if variable.is_distance else read.at_moment(form, value)
        truths = [
            operator.truth(read_as[tested], [read_as[n] for n in others], read.zone)
            for operator, tested, others in tests
        ]
        found.setdefault(tuple(truths), value)
    return found


def _values_alone(
    policy: Policy, variable: Variable, held: Values, read: FactReader
) -> Iterator[Any]:
    """Yield values of one unknown fact; the moment is the latest date that has happened."""
    fact = variable.fact
    yield from _values(policy, variable, held)
    if fact.kind in DATED and read.at is not None:
        if fact.kind is not Kind.TIME:
            yield read.day
        if fact.kind is not Kind.DAY:
            yield read.at
    if fact.holds.nullable and not variable.null_apart:
        yield None


def _values(policy: Policy, variable: Variable, held: Values) -> Iterator[Any]:
    """Yield values of a fact on every side of what its tests distinguish."""
    fact, tests = variable.fact, variable.tests
    if fact.kind is Kind.FLAG:
        yield from (True, False)
    elif fact.kind is Kind.WORD and not is_text(policy, fact, tests):
        yield from words_told_apart(policy, fact, tests)
    else:
        yield anchor(policy, fact)
        yield from mentioned(tests)
        for question in variable.questions:
            position = variable.position(question)
            values = [
                None if n == position else held[f] for n, f in enumerate(question.reads.facts)
            ]
            yield from question.test.operator.cells(fact.kind, position, values, policy.zone)
