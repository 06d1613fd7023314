# SPDX-License-Identifier: MIT
"""Hypothesis strategies for random policies about requests for a new account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from caljobs_policy.dates.durations import Duration, Unit
from caljobs_policy.policy.conditions import AllOf, AnyOf, Condition, Not, Test
from caljobs_policy.policy.operators import (
    After,
    AtLeast,
    Before,
    ContainsLoosely,
    ContainsWords,
    Exactly,
    Given,
    Has,
    HasAll,
    HasOnly,
    In,
    Is,
    MoreThan,
    NotIn,
    SameAs,
    StartsWith,
    Within,
)
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import ListedWord, Policy
from caljobs_policy.policy.rules import Check, Origin, Plan
from caljobs_policy.subjects.facts import Fact, fact_named

_SAMPLE_WORDS: Mapping[str, Sequence[str]] = {
    "organizations": ("north", "south", "west"),
    "roles": ("asker", "helper", "checker"),
    "employers": ("one", "two"),
    "forms": ("blue", "green", "pink"),
    "statements": ("short", "long"),
}
_FLAGS = (
    "request.signed_by_requestor",
    "request.training_confirmed",
    "request.staff.business_need",
)
_WORD_FACTS = ("request.organization", "request.requestor.role", "request.staff.employer")
_LISTS = ("request.attachments", "request.staff.privileges")
_DAYS = (
    "request.submitted_on",
    "request.staff.training_completed_on",
    "request.staff.statement.long",
)
_TIMES = ("request.separates_on",)
"""Dates with or without a time of day."""
_TEXTS = ("request.office", "request.requestor.name", "request.staff.name")
SAMPLE_KEY = "request/create"


def sample_fact(path: str) -> Fact:
    """Return a fact of the subjects that random policies are about."""
    fact = fact_named(path, SAMPLE_KEY, {})
    if fact is None:
        raise LookupError(path)
    return fact


def _tests(*, texts: bool) -> st.SearchStrategy[Condition]:
    """Return single tests.

    Without texts, all tests of dates compare with one date and count in days: they form no
    circle, and a search may fix one date and try the others.
    """
    flags = st.builds(
        lambda path, value: Test(sample_fact(path), Is(value)),
        st.sampled_from(_FLAGS),
        st.booleans(),
    )
    options = [flags, _word_tests(), _list_tests(), _day_tests(circles=texts)]
    return st.one_of([*options, _text_tests()] if texts else options)


def _word_tests() -> st.SearchStrategy[Condition]:
    def tests(path: str) -> st.SearchStrategy[Condition]:
        fact = sample_fact(path)
        words = _SAMPLE_WORDS[str(fact.holds.vocabulary)]
        some = st.lists(st.sampled_from(words), min_size=1, unique=True).map(tuple)
        operators = st.one_of(st.sampled_from(words).map(Is), some.map(In), some.map(NotIn))
        return operators.map(lambda operator: Test(fact, operator))

    return st.sampled_from(_WORD_FACTS).flatmap(tests)


def _list_tests() -> st.SearchStrategy[Condition]:
    def tests(path: str) -> st.SearchStrategy[Condition]:
        words = st.lists(st.sampled_from(("blue", "green")), min_size=1, unique=True).map(tuple)
        operators = st.one_of(
            st.sampled_from(("blue", "green")).map(lambda word: Has((word,))),
            words.map(HasAll),
            words.map(HasOnly),
            words.map(Exactly),
            st.booleans().map(Given),
        )
        return operators.map(lambda operator: Test(sample_fact(path), operator))

    return st.sampled_from(_LISTS).flatmap(tests)


def _day_tests(*, circles: bool) -> st.SearchStrategy[Condition]:
    anchors = st.sampled_from((*_DAYS, *_TIMES) if circles else _DAYS[:1]).map(sample_fact)
    facts = st.sampled_from((*_DAYS, *_TIMES) if circles else _DAYS[1:]).map(sample_fact)
    units = st.sampled_from(Unit) if circles else st.just(Unit.DAYS)
    counts = st.builds(Duration, st.integers(0, 3), units)
    counts |= st.builds(Duration, st.integers(20, 80), st.just(Unit.HOURS)) if circles else counts
    sides = st.sampled_from(("before", "after"))

    def tests(fact: Fact, anchor: Fact, count: Duration, side: str) -> list[Condition]:
        return [
            Test(fact, Before(anchor)),
            Test(fact, After(anchor)),
            Test(fact, Within(count, side, anchor)),
            Test(fact, MoreThan(count, side, anchor)),
            Test(fact, AtLeast(count, side, anchor)),
            Test(fact, Given(True)),
        ]

    return _apart(facts, anchors).flatmap(
        lambda pair: st.builds(tests, st.just(pair[0]), st.just(pair[1]), counts, sides).flatmap(
            st.sampled_from
        )
    )


def _apart(
    facts: st.SearchStrategy[Fact], others: st.SearchStrategy[Fact]
) -> st.SearchStrategy[tuple[Fact, Fact]]:
    """Return two different facts, as a profile cannot compare a fact with itself."""
    return st.tuples(facts, others).filter(lambda pair: pair[0] != pair[1])


def _text_tests() -> st.SearchStrategy[Condition]:
    facts = st.sampled_from(_TEXTS).map(sample_fact)

    def tests(fact: Fact, other: Fact) -> list[Condition]:
        return [
            Test(fact, Is("ab")),
            Test(fact, NotIn(("a", "ab"))),
            Test(fact, StartsWith("a")),
            Test(fact, StartsWith("ab")),
            Test(fact, SameAs(other)),
            Test(fact, ContainsLoosely(("a", other))),
            Test(fact, ContainsLoosely(("A  -",))),
            Test(fact, ContainsWords(("a", other))),
            Test(fact, ContainsWords(("ab",))),
            Test(fact, Given(True)),
        ]

    return _apart(facts, facts).map(lambda pair: tests(*pair)).flatmap(st.sampled_from)


def conditions(*, texts: bool = True) -> st.SearchStrategy[Condition]:
    """Return conditions about requests; without texts, only those whose search is exact."""
    return st.recursive(
        _tests(texts=texts),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda parts: AllOf(tuple(parts))),
            st.lists(inner, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
            inner.map(Not),
        ),
        max_leaves=5,
    )


def policies(*, texts: bool = True) -> st.SearchStrategy[Policy]:
    """Return random policies about requests for a new account."""
    outcomes = (Outcome.DENY, Outcome.RETURN, Outcome.AWAIT_APPROVAL, Outcome.NOTE)
    pairs = st.tuples(conditions(texts=texts), conditions(texts=texts), st.sampled_from(outcomes))
    exempting = st.lists(conditions(texts=texts), max_size=1)
    return st.builds(_policy, exempting, st.lists(pairs, max_size=5))


def _policy(
    exempting: list[Condition], pairs: list[tuple[Condition, Condition, Outcome]]
) -> Policy:
    origin = Origin("sample@2025-01-01")
    checks = [
        Check(f"exempt/{n}", Not(c), Outcome.OUT_OF_SCOPE, ("X-1/a",), origin, exempts=True)
        for n, c in enumerate(exempting)
    ]
    checks += [
        Check(f"rule-{n}", require, outcome, (f"X-1/{n}",), origin, when=when)
        for n, (when, require, outcome) in enumerate(pairs)
    ]
    words = {
        table: {word: ListedWord(word, word) for word in listed}
        for table, listed in _SAMPLE_WORDS.items()
    }
    return Policy(
        jurisdiction="sample",
        title="Sample",
        day=date(2025, 6, 2),
        editions=("sample@2025-01-01",),
        zone=ZoneInfo("America/Los_Angeles"),
        digest=f"sha256:{sha256(repr(checks).encode()).hexdigest()}",
        plans={SAMPLE_KEY: Plan(SAMPLE_KEY, tuple(checks))},
        words=words,
        parameters={},
        clauses={},
        readings={},
        guides=(),
        facts={},
    )
