# SPDX-License-Identifier: MIT
"""Hypothesis strategies for single tests of requests for a new account, one for each operator."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from hypothesis import strategies as st

from caljobs_policy.dates.durations import Duration, Unit
from caljobs_policy.policy import operators as ops
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.operators import Operator
from caljobs_policy.subjects.facts import Fact, fact_named
from caljobs_policy.subjects.fields import Holds, Kind

Tests: TypeAlias = st.SearchStrategy[Test]
Operators: TypeAlias = st.SearchStrategy[Operator]

SAMPLE_KEY: Final = "request/create"
SAMPLE_WORDS: Final[Mapping[str, Sequence[str]]] = {
    "request_types": ("create",),
    "organizations": ("north", "south", "west"),
    "roles": ("asker", "helper", "checker"),
    "employers": ("one", "two"),
    "forms": ("blue", "green", "pink"),
    "statements": ("short", "long"),
}
SAMPLE_FACTS: Final[Mapping[str, Fact]] = {
    "request.copies": Fact(
        "request.copies", Holds(Kind.COUNT, "number of copies"), ("copies",), own=True
    )
}
"""A fact of the sample's own, as no fact of every request is a number."""
_FLAGS = (
    "request.signed_by_requestor",
    "request.training_confirmed",
    "request.staff.business_need",
)
_WORDS = ("request.organization", "request.requestor.role", "request.staff.employer")
_LISTS = ("request.attachments", "request.staff.privileges")
_DAYS = (
    "request.submitted_on",
    "request.staff.training_completed_on",
    "request.staff.statement.long",
)
_DATES = (*_DAYS, "request.separates_on")
"""The last one holds a day with or without a time of day."""
_TEXTS = ("request.office", "request.requestor.name", "request.staff.name")
_COUNTS = tuple(SAMPLE_FACTS)
_PARTS: Final = st.sampled_from(("a", "ab", "Sample"))
_COLORS: Final = st.lists(st.sampled_from(("blue", "green")), min_size=1, unique=True).map(tuple)
_SETS: Final = st.sampled_from((("a",), ("a", "b"), ("A-Z",), ("A-Z", "a-z")))
_LENGTHS: Final = st.sampled_from(((0, 0), (1, None), (1, 2), (2, 3), (4, 6)))


def sample_fact(path: str) -> Fact:
    """Return a fact of the subjects that random policies are about."""
    fact = fact_named(path, SAMPLE_KEY, SAMPLE_FACTS)
    if fact is None:
        raise LookupError(path)
    return fact


def by_operator() -> Mapping[type[Operator], Tests]:
    """Return how tests are drawn, by the exact class of their operator."""
    plain, texts = exactly_searched(), _text_tests()
    dates = _date_tests(
        st.permutations([sample_fact(path) for path in _DATES]),
        st.builds(Duration, st.integers(0, 3), st.sampled_from(Unit))
        | st.builds(Duration, st.integers(20, 80), st.just(Unit.HOURS)),
    )
    both = {cls: plain[cls] | texts[cls] for cls in plain if cls in texts}
    return {**plain, **texts, **dates, **both}


def exactly_searched() -> Mapping[type[Operator], Tests]:
    """Return how those tests are drawn whose search is exact, which look into no text.

    Tests of dates compare with one date and count in days: they form no circle, and a search may
    fix one date and try the others.
    """
    first, *others = (sample_fact(path) for path in _DAYS)
    numbers = st.integers(0, 3)
    return {
        ops.Is: _of(_FLAGS, st.builds(ops.Is, st.booleans()))
        | _of(_COUNTS, st.builds(ops.Is, numbers))
        | _worded(lambda words: st.sampled_from(words).map(ops.Is)),
        ops.In: _worded(lambda words: _some(words).map(ops.In)),
        ops.NotIn: _worded(lambda words: _some(words).map(ops.NotIn)),
        ops.Given: _of((*_LISTS, *_DAYS[1:], *_COUNTS), st.booleans().map(ops.Given)),
        ops.FewerThan: _of(_COUNTS, numbers.map(ops.FewerThan)),
        ops.Has: _of(_LISTS, st.sampled_from(("blue", "green")).map(lambda w: ops.Has((w,)))),
        ops.HasAll: _of(_LISTS, _COLORS.map(ops.HasAll)),
        ops.HasOnly: _of(_LISTS, _COLORS.map(ops.HasOnly)),
        ops.Exactly: _of(_LISTS, _COLORS.map(ops.Exactly)),
        **_date_tests(
            st.sampled_from([(fact, first) for fact in others]),
            st.builds(Duration, st.integers(0, 3), st.just(Unit.DAYS)),
        ),
    }


def _date_tests(
    pairs: st.SearchStrategy[Sequence[Fact]], durations: st.SearchStrategy[Duration]
) -> Mapping[type[Operator], Tests]:
    """Return how tests are drawn that compare the first two of some dates."""
    sides = st.sampled_from(("before", "after"))

    def ordered(cls: type[ops.Before | ops.After]) -> Tests:
        return pairs.map(lambda pair: Test(pair[0], cls(pair[1])))

    def spanned(cls: type[ops.Within | ops.MoreThan | ops.AtLeast]) -> Tests:
        return st.builds(
            lambda pair, duration, side: Test(pair[0], cls(duration, side, pair[1])),
            *(pairs, durations, sides),
        )

    return {
        **{cls: ordered(cls) for cls in (ops.Before, ops.After)},
        **{cls: spanned(cls) for cls in (ops.Within, ops.MoreThan, ops.AtLeast)},
    }


def _text_tests() -> Mapping[type[Operator], Tests]:
    """Return how tests are drawn that look into texts, or name some."""
    facts = st.permutations([sample_fact(path) for path in _TEXTS])
    months = st.builds(
        lambda day: ops.Reads(("", "MM", ""), sample_fact(day)), st.sampled_from(_DAYS[:2])
    )
    templates = st.sampled_from((("ab",), ("A  -",), ("Sample",)))

    def filled(cls: type[ops.ContainsLoosely | ops.ContainsWords]) -> Tests:
        with_fact = facts.map(lambda two: Test(two[0], cls(("a", two[1]))))
        return with_fact | _of(_TEXTS, templates.map(cls))

    return {
        ops.Is: _of(_TEXTS, _PARTS.map(ops.Is)),
        ops.In: _of(_TEXTS, st.just(ops.In(("a", "ab")))),
        ops.NotIn: _of(_TEXTS, st.just(ops.NotIn(("a", "ab")))),
        ops.Given: _of((*_TEXTS, *_DATES), st.booleans().map(ops.Given)),
        ops.SameAs: facts.map(lambda two: Test(two[0], ops.SameAs(two[1]))),
        ops.StartsWith: _of(_TEXTS, _PARTS.map(ops.StartsWith)),
        ops.ContainsLoosely: filled(ops.ContainsLoosely),
        ops.ContainsWords: filled(ops.ContainsWords),
        ops.Length: _of(_TEXTS, _LENGTHS.map(lambda ends: ops.Length(*ends))),
        ops.ContainsEach: _of(_TEXTS, _SETS.map(ops.ContainsEach)),
        ops.ContainsOnly: _of(_TEXTS, _SETS.map(ops.ContainsOnly)),
        ops.Reads: _of(_TEXTS, months),
    }


def _of(paths: Sequence[str], operators: Operators) -> Tests:
    """Return tests of any of some facts under any of some operators."""
    return st.builds(Test, st.sampled_from(paths).map(sample_fact), operators)


def _worded(operators: Callable[[Sequence[str]], Operators]) -> Tests:
    """Return tests of facts that hold a word, under operators that name words of their table."""

    def tests(path: str) -> Tests:
        words = SAMPLE_WORDS[str(sample_fact(path).holds.vocabulary)]
        return _of((path,), operators(words))

    return st.one_of([tests(path) for path in _WORDS])


def _some(words: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(words), min_size=1, unique=True).map(tuple)
