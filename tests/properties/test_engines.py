# SPDX-License-Identifier: MIT
"""Both engines agree, exactly the needed facts are asked for, and nothing raises."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import combinations, product
from math import prod
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from attrs import evolve, frozen
from hypothesis import assume, given
from hypothesis import strategies as st

from caljobs_policy import Decision, Outcome, Policy, Request, evaluate, load_policy
from caljobs_policy.decisions import search
from caljobs_policy.decisions.search import Settled, settle
from caljobs_policy.engines import naive
from caljobs_policy.engines.native import blocks
from caljobs_policy.plain.memo import Memo
from caljobs_policy.policy.conditions import facts_in
from caljobs_policy.policy.truth import leaf_from
from caljobs_policy.subjects.facts import SUBJECT_KINDS, Fact
from caljobs_policy.subjects.fields import Kind
from caljobs_policy.subjects.reader import FactReader
from caljobs_policy.subjects.unknown import UNKNOWN
from caljobs_policy.testing.strategies import subjects
from caljobs_policy.testing.strategies.policies import crowded_policies, policies
from caljobs_policy.testing.strategies.single_tests import SAMPLE_KEY, sample_fact
from tests.samples.agreement import CASES, DRAWN, agree, examples, mixed

STATE = load_policy("state", date(2025, 6, 2))
SHIPPED = (
    STATE,
    load_policy("state", date(2014, 6, 2)),
    load_policy("state", date(2022, 6, 2)),
    load_policy("la_city", date(2025, 6, 2)),
    load_policy("slo_county", date(2022, 6, 2)),
    load_policy("slo_county", date(2025, 6, 2)),
)
KINDS = [
    (policy, keys)
    for policy in SHIPPED
    for kind in SUBJECT_KINDS
    if (keys := [key for key in policy.plans if key.partition("/")[0] == kind])
]
"""Each policy with the keys of each kind of subject that it speaks of."""
SUBMITTED = date(2025, 6, 2)
MOMENTS = (
    datetime(2025, 6, 2, 12),
    datetime(2025, 6, 2, 23, 59, 59),
    # The hour that comes twice when the clocks are put back.
    datetime(2025, 11, 2, 1, 30),
    datetime(2025, 11, 2, 1, 30, fold=1),
)
FACTS = (
    "request.signed_by_requestor",
    "request.training_confirmed",
    "request.staff.business_need",
    "request.organization",
    "request.requestor.role",
    "request.staff.employer",
    "request.attachments",
    "request.staff.privileges",
    "request.submitted_on",
    "request.staff.training_completed_on",
    "request.staff.statement.long",
    "request.separates_on",
    "request.office",
    "request.requestor.name",
    "request.staff.name",
    "request.copies",
)
TEXTS = ("", " ", "a", "ab", "abc", "b", "AB", "aab", "a \N{EN DASH}  b", "Sample", "05", "06")
FAR = 6
"""How far unknown dates lie from the request; known ones lie within 2 days, windows span 3."""


def possible(policy: Policy, fact: Fact) -> list[Any]:
    """Every value that matters to the operators of random policies, and more."""
    listed = policy.words.get(str(fact.holds.vocabulary))
    words = list(listed) if listed else list(TEXTS)
    if fact.kind is Kind.FLAG:
        values: list[Any] = [True, False]
    elif fact.kind is Kind.COUNT:
        values = list(range(FAR))
    elif fact.kind is Kind.DAY:
        values = [SUBMITTED + timedelta(days=days) for days in range(-FAR, FAR + 1)]
    elif fact.kind is Kind.DAY_OR_TIME:
        days = [SUBMITTED + timedelta(days=days) for days in range(-FAR, FAR + 1)]
        values = [*days, *(datetime.combine(day, time(9)) for day in days)]
    elif fact.kind is Kind.WORDS:
        words = list(listed) if listed else ["blue", "green", "stranger"]
        values = [c for size in range(4) for c in combinations(words, size)]
    else:
        values = words
    return [*values, None] if fact.holds.nullable else values


@frozen(eq=False)
class StatedReader(FactReader):
    """Reads values of facts, without a subject around them."""

    values: Mapping[Fact, Any]

    def __call__(self, fact: Fact) -> Any:
        return self.values[fact]

    def possible(self, fact: Fact) -> tuple[Any, ...] | None:
        return None


class Stated:
    """Values of facts, without a subject around them."""

    def __init__(self, values: Mapping[Fact, Any]) -> None:
        self.values = values

    def outcome(self, policy: Policy) -> Outcome:
        plan = policy.plans[SAMPLE_KEY]
        leaf = leaf_from(lambda fact: self.values[fact], policy.zone)
        hits = [c for c in plan.checks if naive.violated(c, leaf)]
        if any(check.exempts for check in hits):
            return Outcome.OUT_OF_SCOPE
        return plan.outcomes[max((check.outcome.weight for check in hits), default=0)]


def completions(
    policy: Policy, stated: Mapping[Fact, Any], unknown: tuple[Fact, ...]
) -> Iterator[tuple[tuple[Any, ...], Outcome]]:
    for values in product(*(possible(policy, fact) for fact in unknown)):
        full = {**stated, **dict(zip(unknown, values, strict=True))}
        yield values, Stated(full).outcome(policy)


def moved_by(
    outcomes: Mapping[tuple[Any, ...], Outcome], unknown: tuple[Fact, ...]
) -> frozenset[Fact]:
    """The facts that alone can change the outcome."""
    found = set()
    for position, fact in enumerate(unknown):
        rows: dict[tuple[Any, ...], set[Outcome]] = {}
        for values, outcome in outcomes.items():
            rest = values[:position] + values[position + 1 :]
            rows.setdefault(rest, set()).add(outcome)
        if any(len(row) > 1 for row in rows.values()):
            found.add(fact)
    return frozenset(found)


def settled(outcomes: set[Outcome]) -> Outcome:
    """What the contract says of all ways of filling in the unknown facts."""
    if len(outcomes) == 1:
        return next(iter(outcomes))
    if outcomes <= {Outcome.DENY, Outcome.RETURN}:
        return Outcome.RETURN
    return Outcome.CANNOT_TELL


def is_far(value: object) -> bool:
    day = value.date() if isinstance(value, datetime) else value
    return isinstance(day, date) and abs((day - SUBMITTED).days) > 2


@st.composite
def partly_known(
    draw: st.DrawFn, policy: Policy, most: int = 3
) -> tuple[dict[Fact, Any], tuple[Fact, ...]]:
    """Values for the facts that a policy reads, some left open."""
    read = facts_in(
        *(part for c in policy.plans[SAMPLE_KEY].checks for part in (c.when, c.require))
    )
    facts = sorted(set(read), key=lambda fact: fact.path)
    assume(facts)
    unknown = draw(st.lists(st.sampled_from(facts), min_size=1, max_size=most, unique=True))
    stated = {
        fact: draw(st.sampled_from([v for v in possible(policy, fact) if not is_far(v)]))
        for fact in facts
        if fact not in unknown
    }
    assume(prod(len(possible(policy, fact)) for fact in unknown) <= 600)
    return stated, tuple(unknown)


def decided(policy: Policy, stated: Mapping[Fact, Any], unknown: tuple[Fact, ...]) -> Settled:
    """The outcome and the needed facts, as the engine's search finds them."""
    plan = policy.plans[SAMPLE_KEY]
    values = {**stated, **dict.fromkeys(unknown, UNKNOWN)}
    read = StatedReader(Request(type="create"), None, policy.zone, values)
    leaf = leaf_from(read, policy.zone)
    results = [naive.violated(check, leaf) for check in plan.checks]
    hits = tuple(n for n, result in enumerate(results) if result is True)
    unsure = tuple(n for n, result in enumerate(results) if result is None)
    if hits and plan.checks[hits[0]].exempts:
        return Settled(Outcome.OUT_OF_SCOPE)
    return settle(policy, plan, read, (hits, unsure))


class TestMissingFacts:
    """Cannot tell: two ways of filling in the unknown facts lead to different outcomes."""

    @given(data=st.data(), policy=policies(texts=False))
    def test_the_outcome_and_the_needs_are_those_of_brute_force(
        self, data: st.DataObject, policy: Policy
    ) -> None:
        stated, unknown = data.draw(partly_known(policy))
        outcomes = dict(completions(policy, stated, unknown))
        found = decided(policy, stated, unknown)
        assert found.outcome is settled(set(outcomes.values()))
        expected = moved_by(outcomes, unknown) if found.outcome is Outcome.CANNOT_TELL else set()
        assert found.needs == expected

    @given(data=st.data(), policy=policies())
    def test_where_the_search_is_not_exact_it_asks_for_more_and_is_never_wrong(
        self, data: st.DataObject, policy: Policy
    ) -> None:
        stated, unknown = data.draw(partly_known(policy))
        outcomes = dict(completions(policy, stated, unknown))
        found = decided(policy, stated, unknown)
        if found.outcome is Outcome.CANNOT_TELL:
            assert moved_by(outcomes, unknown) <= found.needs
        else:
            assert found.outcome is settled(set(outcomes.values()))

    @pytest.mark.parametrize("bound", [1, 2, 10])
    @given(data=st.data(), policy=policies())
    def test_above_the_bound_nothing_is_settled_that_is_not_certain(
        self, bound: int, data: st.DataObject, policy: Policy
    ) -> None:
        stated, unknown = data.draw(partly_known(policy))
        outcomes = dict(completions(policy, stated, unknown))
        with patch.object(search, "BOUND", bound):
            found = decided(policy, stated, unknown)
        if found.outcome is Outcome.CANNOT_TELL:
            assert moved_by(outcomes, unknown) <= found.needs
        else:
            assert found.outcome is settled(set(outcomes.values()))

    @pytest.mark.parametrize("most", [0, 1, 3])
    @given(data=st.data(), policy=policies(texts=False))
    def test_where_more_is_open_than_is_searched_no_needed_fact_is_left_out(
        self, most: int, data: st.DataObject, policy: Policy
    ) -> None:
        stated, unknown = data.draw(partly_known(policy))
        outcomes = dict(completions(policy, stated, unknown))
        exact = decided(policy, stated, unknown)
        with patch.object(search, "MOST_OPEN", most):
            found = decided(policy, stated, unknown)
        assert exact.needs <= found.needs <= set(unknown)
        if found.outcome is not Outcome.CANNOT_TELL:
            assert found.outcome is exact.outcome is settled(set(outcomes.values()))

    @given(data=st.data(), policy=policies())
    def test_what_is_remembered_of_other_subjects_changes_nothing(
        self, data: st.DataObject, policy: Policy
    ) -> None:
        drawn = [data.draw(partly_known(policy)) for _ in range(4)]
        found = [decided(policy, *each) for each in drawn]
        assert found == [decided(evolve(policy), *each) for each in drawn]
        assert found == [decided(policy, *each) for each in drawn]

    @examples(CASES // 10)
    @given(data=st.data(), pair=st.sampled_from(KINDS), seed=st.integers(0, 2**32))
    def test_nor_does_it_for_what_is_shipped(
        self, data: st.DataObject, pair: tuple[Policy, list[str]], seed: int
    ) -> None:
        policy, keys = pair
        key = data.draw(st.sampled_from(keys))
        drawn = data.draw(st.lists(subjects(policy, key), min_size=DRAWN, max_size=DRAWN))
        moments = data.draw(st.lists(st.sampled_from(MOMENTS), min_size=2, max_size=2))
        chance = Random(seed)  # noqa: S311  # it draws tests
        for subject in (*drawn, *(mixed(drawn, chance) for _ in range(10))):
            for at in moments:
                found = evaluate(policy, subject, at)
                with patch.object(Memo, "get", forgetful):
                    anew = evaluate(policy, subject, at)
                assert found.to_dict(everything=True) == anew.to_dict(everything=True)


def forgetful(
    self: Memo, key: object, make: Callable[..., Any], *arguments: Any, weight: int = 1
) -> Any:
    """Remember nothing."""
    return make(*arguments)


def test_of_what_is_shipped_everything_is_searched() -> None:
    """All checks of a plan are few enough, let alone those that can be open at once."""
    for policy in SHIPPED:
        for plan in policy.plans.values():
            tests = {test for check in plan.checks for test in check.tests}
            assert max(len(plan.checks), len(tests)) < search.MOST_OPEN


class TestEngines:
    """Both engines give the same decision, field by field."""

    @examples(CASES // 2)
    @given(data=st.data(), policy=policies(), seed=st.integers(0, 2**32))
    def test_they_agree_on_random_policies(
        self, data: st.DataObject, policy: Policy, seed: int
    ) -> None:
        days = (SUBMITTED - timedelta(days=5), SUBMITTED + timedelta(days=5))
        some = st.lists(subjects(policy, SAMPLE_KEY, days), min_size=DRAWN, max_size=DRAWN)
        agree(("native", "naive"), policy, SAMPLE_KEY, data.draw(some), seed)

    @pytest.mark.parametrize("most", [100, 4], ids=["whole", "split"])
    @examples(CASES // 4)
    @given(data=st.data(), policy=crowded_policies(), seed=st.integers(0, 2**32))
    def test_they_agree_on_policies_of_many_rules(
        self, most: int, data: st.DataObject, policy: Policy, seed: int
    ) -> None:
        days = (SUBMITTED - timedelta(days=5), SUBMITTED + timedelta(days=5))
        some = st.lists(subjects(policy, SAMPLE_KEY, days), min_size=DRAWN, max_size=DRAWN)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(blocks, "_WORTH", 0)
            patched.setattr(blocks, "_MOST", most)
            agree(("native", "naive"), policy, SAMPLE_KEY, data.draw(some), seed)

    @pytest.mark.parametrize("most", [0, 3])
    @examples(CASES // 8)
    @given(data=st.data(), policy=crowded_policies(), seed=st.integers(0, 2**32))
    def test_they_agree_where_more_is_open_than_is_searched(
        self, most: int, data: st.DataObject, policy: Policy, seed: int
    ) -> None:
        days = (SUBMITTED - timedelta(days=5), SUBMITTED + timedelta(days=5))
        some = st.lists(subjects(policy, SAMPLE_KEY, days), min_size=DRAWN, max_size=DRAWN)
        with patch.object(search, "MOST_OPEN", most):
            agree(("native", "naive"), policy, SAMPLE_KEY, data.draw(some), seed)

    @pytest.mark.parametrize(
        ("policy", "keys"),
        [
            pytest.param(*pair, id=f"{pair[0].editions[0]} on {pair[0].day}: {pair[1][0]}")
            for pair in KINDS
        ],
    )
    @examples(CASES // 2 // len(KINDS))
    @given(data=st.data(), seed=st.integers(0, 2**32))
    def test_they_agree_on_what_is_shipped(
        self, policy: Policy, keys: list[str], data: st.DataObject, seed: int
    ) -> None:
        key = data.draw(st.sampled_from(keys))
        drawn = data.draw(st.lists(subjects(policy, key), min_size=DRAWN, max_size=DRAWN))
        agree(("native", "naive"), policy, key, drawn, seed)


class TestEvaluate:
    """A pure function: it never raises on a well-typed subject, and gives the same bytes."""

    @pytest.mark.parametrize("key", ["request/issue_report", "record/case_note"])
    @given(data=st.data())
    def test_a_subject_without_a_rule_is_out_of_scope(self, key: str, data: st.DataObject) -> None:
        decision = evaluate(STATE, data.draw(subjects(STATE, key)))
        assert decision.outcome is Outcome.OUT_OF_SCOPE

    @given(
        data=st.data(),
        at=st.datetimes(datetime(1900, 1, 1), datetime(9999, 12, 31, 23, 59, 59)),
        days=st.sampled_from(
            [
                (date.min, date(1900, 1, 1)),
                (date(2024, 2, 1), date(2025, 3, 31)),
                (date(9998, 1, 1), date.max),
            ]
        ),
    )
    def test_the_same_input_gives_the_same_bytes(
        self, data: st.DataObject, at: datetime, days: tuple[date, date]
    ) -> None:
        subject = data.draw(subjects(STATE, "request/deactivate", days))
        assert written(evaluate(STATE, subject, at)) == written(evaluate(STATE, subject, at))

    @given(data=st.data(), key=st.sampled_from(sorted(STATE.plans)))
    def test_the_needs_are_empty_unless_it_cannot_be_told(
        self, data: st.DataObject, key: str
    ) -> None:
        decision = evaluate(STATE, data.draw(subjects(STATE, key)))
        assert bool(decision.needs) is (decision.outcome is Outcome.CANNOT_TELL)


def written(decision: Decision) -> str:
    return json.dumps(decision.to_dict(everything=True))


def test_every_sample_fact_exists() -> None:
    assert [sample_fact(path).path for path in FACTS] == list(FACTS)
