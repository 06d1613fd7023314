# SPDX-License-Identifier: MIT
"""Hypothesis strategies for random policies about requests for a new account."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from caljobs_policy.policy.conditions import ALWAYS, AllOf, AnyOf, Condition, Not
from caljobs_policy.policy.operators import In, Is, NotIn
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import ListedWord, Policy
from caljobs_policy.policy.rules import Check, Origin, Plan
from caljobs_policy.testing.strategies.single_tests import (
    SAMPLE_FACTS,
    SAMPLE_KEY,
    SAMPLE_WORDS,
    by_operator,
    exactly_searched,
)


def conditions(*, texts: bool = True) -> st.SearchStrategy[Condition]:
    """Return conditions about requests; without texts, only those whose search is exact."""
    tests = by_operator() if texts else exactly_searched()
    return st.recursive(
        st.one_of(list(tests.values())),
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


def crowded_policies() -> st.SearchStrategy[Policy]:
    """Return random policies of many rules, most of which need one of a few values of a fact."""
    tests = by_operator()
    told = st.one_of(tests[Is], tests[In])
    needed = st.one_of(
        told,
        st.tuples(told, told).map(AllOf),
        st.tuples(told, told).map(AnyOf),
        st.tuples(told, conditions()).map(AllOf),
    )
    required = st.one_of(conditions(), needed.map(Not), tests[NotIn])
    outcomes = st.sampled_from((Outcome.DENY, Outcome.RETURN, Outcome.NOTE))
    rules = st.tuples(needed | st.just(ALWAYS), required, outcomes)
    return st.builds(_policy, st.lists(needed, max_size=1), st.lists(rules, min_size=15))


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
        for table, listed in SAMPLE_WORDS.items()
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
        facts=SAMPLE_FACTS,
    )
