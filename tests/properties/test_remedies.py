# SPDX-License-Identifier: MIT
"""What explains a decision is what decided, and what would turn it turns it, and nothing less.

The profile `soak` tries half as many random policies as SOAK_EXAMPLES says, an eighth for remedies,
and a hundredth as many subjects of each sort under each shipped policy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import combinations
from random import Random
from typing import Any, Final

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from caljobs_policy import (
    UNKNOWN,
    Decision,
    Outcome,
    Policy,
    evaluate,
    explain,
    load_policy,
    read_subject,
    remedies,
    subject_to_dict,
)
from caljobs_policy.decisions.decision import reader_of
from caljobs_policy.policy.outcome import FOUND_RESULTS
from caljobs_policy.policy.rules import Check
from caljobs_policy.subjects.facts import STANDING, Fact, subject_key
from caljobs_policy.testing.strategies.policies import policies
from caljobs_policy.testing.strategies.single_tests import SAMPLE_KEY
from tests.samples.known_subjects import drawn, known_subject

FEW: Final = max(10, settings().max_examples // 8)
SOME: Final = 4 * FEW
EACH: Final = 3
"""How many subjects are drawn for each random policy."""
SHIPPED: Final = (
    load_policy("state", date(2022, 6, 2)),
    load_policy("state", date(2025, 6, 2)),
    load_policy("la_city", date(2025, 6, 2)),
    load_policy("slo_county", date(2025, 6, 2)),
)
PLANS: Final = [(policy, key) for policy in SHIPPED for key in sorted(policy.plans)]
ALL_TOLD: Final = max(1, settings().max_examples // 100)
"""How many subjects are drawn for each sort of them under each shipped policy."""
DRAWN: Final = 12
"""How many values are tried for the facts that a smaller change would change."""
SEEDS: Final = st.integers(0, 10**9)


def decided(random: Random, policy: Policy, key: str, *, known: bool) -> Decision:
    """Return the decision about a subject at random, some facts of which may be left out."""
    subject, at = drawn(random, policy, key)
    stated = subject_to_dict(subject, private=True)
    free = sorted({*stated} - {"type"})
    if not known and free:
        for name in random.sample(free, random.randint(1, min(5, len(free)))):
            del stated[name]
    return evaluate(policy, read_subject(policy, key.partition("/")[0], stated), at)


def decisions(policy: Policy, seed: int, *, known: bool) -> Iterator[Decision]:
    random = Random(seed)  # noqa: S311
    for _ in range(EACH):
        yield decided(random, policy, SAMPLE_KEY, known=known)


def names_what_decided(decision: Decision) -> None:
    named = {one.rule for one in explain(decision).checks if one.decides}
    told = (decision.outcome, decision.needs)
    assert told_by(decision, lambda check: check.id in named) == told
    assert (told_by(decision, lambda check: check.id not in named) == told) is (not named)


def told_by(
    decision: Decision, is_kept: Callable[[Check], bool]
) -> tuple[Outcome, tuple[str, ...]]:
    """Return the outcome under some checks alone, and the facts that it depends on."""
    policy, key = decision.policy, subject_key(decision.subject)
    plan = evolve(policy.plans[key], checks=tuple(filter(is_kept, policy.plans[key].checks)))
    other = evolve(policy, digest=f"{policy.digest}*", plans={key: plan})
    again = evaluate(other, decision.subject, decision.at)
    return again.outcome, again.needs


def leads_where_promised(decision: Decision) -> None:
    policy, kind = decision.policy, subject_key(decision.subject).partition("/")[0]
    for one in remedies(decision):
        assert one.outcome.weight < decision.outcome.weight
        after = subject_to_dict(one.decision.subject, private=True)
        again = read_subject(policy, kind, after)
        for engine in ("native", "naive"):
            assert evaluate(policy, again, decision.at, engine=engine).outcome is one.outcome
        before = subject_to_dict(decision.subject, private=True)
        assert changed(before, after, kind) <= {*one.changes}
        for path in one.changes:
            assert is_free(decision, path)


def changed(before: Mapping[str, Any], after: Mapping[str, Any], above: str) -> set[str]:
    """Return the paths of the facts that differ."""
    found: set[str] = set()
    for name in {*before, *after}:
        one, other = before.get(name), after.get(name)
        if isinstance(one, Mapping) or isinstance(other, Mapping):
            found |= changed(one or {}, other or {}, f"{above}.{name}")
        elif one != other:
            found.add(f"{above}.{name}")
    return found


def facts_by_key(policy: Policy, key: str) -> dict[str, Fact]:
    """Return the facts that the checks of a policy read at the moment, by their keys in a case."""
    read = sorted((f for f in policy.plans[key].readers if f.steps), key=lambda f: f.happens)
    return {f.path.removesuffix(f".{f.form}") if f.form else f.path: f for f in read}


def is_free(decision: Decision, path: str) -> bool:
    """Return whether a fact may change: it is not given, or nobody stated it."""
    fact = facts_by_key(decision.policy, subject_key(decision.subject))[path]
    return not fact.holds.given or reader_of(decision)(fact) is UNKNOWN


def is_smallest(random: Random, decision: Decision) -> None:
    found = remedies(decision)
    if not found.is_certain or decision.outcome.is_good:
        return
    fewest = len(found[0].changes) if len(found) else 99
    for keys, outcome in tried(random, decision):
        if outcome is not Outcome.OUT_OF_SCOPE:
            assert outcome.weight >= found.best.weight, keys
            assert outcome is not found.best or not len(found) or len(keys) >= fewest, keys


def tried(random: Random, decision: Decision) -> Iterator[tuple[tuple[str, ...], Outcome]]:
    """Yield what comes of changing few facts, whichever may be changed."""
    policy, key = decision.policy, subject_key(decision.subject)
    facts = facts_by_key(policy, key)
    free = sorted(path for path, fact in facts.items() if not fact.holds.given)
    others = [known_subject(random, policy, key, policy.day) for _ in range(DRAWN)]
    some = [subject_to_dict(other, private=True) for other in others]
    stated = subject_to_dict(decision.subject, private=True)
    for keys in several(random, free):
        for other in some:
            case = {**stated}
            if all(copied(case, other, path.split(".")[1:]) for path in keys):
                if key in STANDING and not all(is_done_now(case, facts[k], decision) for k in keys):
                    continue
                subject = read_subject(policy, key.partition("/")[0], case)
                yield keys, evaluate(policy, subject, decision.at).outcome


def several(random: Random, free: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """Return sets of up to three keys: all of them, or some if there are many."""
    every = [keys for many in (1, 2, 3) for keys in combinations(free, many)]
    return every if len(every) < 100 else random.sample(every, 100)


def copied(case: dict[str, Any], other: Mapping[str, Any], steps: Sequence[str]) -> bool:
    """Copy a value to a case from another one, if both have the part that it lies in."""
    *above, last = steps
    for step in above:
        if not isinstance(case.get(step), dict) or not isinstance(other.get(step), dict):
            return False
        case[step] = {**case[step]}
        case, other = case[step], other[step]
    if last in other:
        case[last] = other[last]
    return last in other


def is_done_now(case: dict[str, Any], fact: Fact, decision: Decision) -> bool:
    """Date something that happens at the moment; return whether it is no list of signatures."""
    if fact.form is not None:
        return False
    if fact.happens:
        *above, last = fact.steps
        for step in above:
            case = case[step]
        is_time = isinstance(case[last], datetime) or "T" in str(case[last])
        case[last] = decision.at if is_time else decision.at.date()
    return True


class TestExplanations:
    """An explanation names exactly the checks that decided, and what each of them came to."""

    @settings(max_examples=SOME)
    @given(policies(), SEEDS, st.booleans())
    def test_explanations_name_just_the_checks_that_decided(
        self, policy: Policy, seed: int, known: bool
    ) -> None:
        for decision in decisions(policy, seed, known=known):
            names_what_decided(decision)

    @settings(max_examples=SOME)
    @given(policies(), SEEDS)
    def test_trees_say_what_the_checks_came_to(self, policy: Policy, seed: int) -> None:
        for decision in decisions(policy, seed, known=True):
            for one in explain(decision).checks:
                applies = one.applies is None or one.applies.holds
                assert (one.result in FOUND_RESULTS) is (applies and not one.requires.holds)

    @pytest.mark.parametrize(("policy", "key"), PLANS, ids=lambda one: str(one)[:24])
    def test_of_shipped_policies(self, policy: Policy, key: str) -> None:
        for decision, _ in of_shipped(policy, key):
            names_what_decided(decision)


class TestRemedies:
    """Every remedy, followed, leads to the better outcome that it promises, and nothing less does.

    So none leads to a worse outcome.
    """

    @settings(max_examples=FEW)
    @given(policies(), SEEDS, st.booleans())
    def test_remedies_lead_to_the_outcome_that_they_promise(
        self, policy: Policy, seed: int, known: bool
    ) -> None:
        for decision in decisions(policy, seed, known=known):
            leads_where_promised(decision)

    @settings(max_examples=FEW)
    @given(policies(), SEEDS)
    def test_no_smaller_change_leads_as_far_and_none_farther(
        self, policy: Policy, seed: int
    ) -> None:
        for decision in decisions(policy, seed, known=True):
            is_smallest(Random(seed), decision)  # noqa: S311

    @pytest.mark.parametrize(("policy", "key"), PLANS, ids=lambda one: str(one)[:24])
    def test_of_shipped_policies(self, policy: Policy, key: str) -> None:
        for number, (decision, known) in enumerate(of_shipped(policy, key)):
            leads_where_promised(decision)
            if known:
                is_smallest(Random(f"{key} {number}"), decision)  # noqa: S311


def of_shipped(policy: Policy, key: str) -> Iterator[tuple[Decision, bool]]:
    """Yield decisions about some subjects, each with whether every fact is known."""
    random = Random(key)  # noqa: S311
    for _ in range(ALL_TOLD):
        known = random.random() < 0.5
        yield decided(random, policy, key, known=known), known
