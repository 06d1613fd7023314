# SPDX-License-Identifier: MIT
"""What explains a decision is what decided, and what would turn it turns it, and nothing less.

The profile `soak` tries as many policies as SOAK_EXAMPLES says, and a quarter of them for remedies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from random import Random
from typing import Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from caljobs_policy import (
    Decision,
    Outcome,
    Policy,
    evaluate,
    explain,
    read_subject,
    remedies,
    subject_to_dict,
)
from caljobs_policy.decisions.evaluation import outcome_without
from caljobs_policy.policy.outcome import FOUND_RESULTS
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import Kind
from caljobs_policy.testing.policies import policies
from caljobs_policy.testing.single_tests import SAMPLE_KEY
from tests.samples.known_subjects import known_subject

KIND: Final = "request"
FEW: Final = max(10, settings().max_examples // 4)
EACH: Final = 3
"""How many subjects are drawn for each random policy."""
DRAWN: Final = 12
"""How many values are tried for the facts that a smaller change would change."""
SEEDS: Final = st.integers(0, 10**9)


def sample(random: Random, policy: Policy, *, known: bool) -> Decision:
    """Return a decision about a subject at random, some facts of which are left out."""
    stated = stated_at_random(random, policy)
    if not known:
        for name in random.sample(sorted({*stated} - {"type"}), random.randint(1, 5)):
            del stated[name]
    return evaluate(policy, read_subject(policy, KIND, stated))


def stated_at_random(random: Random, policy: Policy) -> dict[str, Any]:
    subject = known_subject(random, policy, SAMPLE_KEY, policy.day)
    return subject_to_dict(subject, private=True)


def decisions(policy: Policy, seed: int, *, known: bool) -> Iterator[Decision]:
    random = Random(seed)  # noqa: S311
    for _ in range(EACH):
        yield sample(random, policy, known=known)


@given(policies(), SEEDS, st.booleans())
def test_explanations_name_just_the_checks_that_decided(
    policy: Policy, seed: int, known: bool
) -> None:
    for decision in decisions(policy, seed, known=known):
        checks = policy.plans[SAMPLE_KEY].checks
        named = {one.rule for one in explain(decision).checks if one.decides}
        decided = {number for number, check in enumerate(checks) if check.id in named}
        others = {*range(len(checks))} - decided
        assert outcome_without(decision, others) is decision.outcome
        assert (outcome_without(decision, decided) is decision.outcome) is (not decided)


@given(policies(), SEEDS)
def test_trees_say_what_the_checks_came_to(policy: Policy, seed: int) -> None:
    for decision in decisions(policy, seed, known=True):
        for one in explain(decision).checks:
            applies = one.applies is None or one.applies.holds
            assert (one.result in FOUND_RESULTS) is (applies and not one.requires.holds)


@settings(max_examples=FEW)
@given(policies(), SEEDS, st.booleans())
def test_remedies_lead_to_the_outcome_that_they_promise(
    policy: Policy, seed: int, known: bool
) -> None:
    for decision in decisions(policy, seed, known=known):
        for one in remedies(decision):
            assert one.outcome.weight < decision.outcome.weight
            again = read_subject(policy, KIND, subject_to_dict(one.decision.subject, private=True))
            for engine in ("native", "naive"):
                assert evaluate(policy, again, engine=engine).outcome is one.outcome
            before, after = (
                subject_to_dict(each.subject, private=True) for each in (decision, one.decision)
            )
            assert changed(before, after) <= {*one.changes}


def changed(before: Mapping[str, Any], after: Mapping[str, Any], above: str = KIND) -> set[str]:
    """Return the paths of the facts that differ."""
    found: set[str] = set()
    for name in {*before, *after}:
        one, other = before.get(name), after.get(name)
        if isinstance(one, Mapping) or isinstance(other, Mapping):
            found |= changed(one or {}, other or {}, f"{above}.{name}")
        elif one != other:
            found.add(f"{above}.{name}")
    return found


@settings(max_examples=FEW)
@given(policies(), SEEDS)
def test_no_smaller_change_leads_as_far_and_none_farther(policy: Policy, seed: int) -> None:
    random = Random(seed)  # noqa: S311
    for decision in decisions(policy, seed, known=True):
        found = remedies(decision)
        if not found.is_certain or decision.outcome.is_good:
            continue
        fewest = len(found[0].changes) if len(found) else 99
        for keys, outcome in tried(random, decision):
            if outcome is not Outcome.OUT_OF_SCOPE:
                assert outcome.weight >= found.best.weight, keys
                assert outcome is not found.best or not len(found) or len(keys) >= fewest, keys


def tried(random: Random, decision: Decision) -> Iterator[tuple[tuple[str, ...], Outcome]]:
    """Yield what comes of changing few facts, whichever may be changed."""
    policy, stated = decision.policy, subject_to_dict(decision.subject, private=True)
    free = sorted(keys_that_may_change(policy.plans[SAMPLE_KEY].readers))
    some = [stated_at_random(random, policy) for _ in range(DRAWN)]
    for many in range(1, min(3, len(free)) + 1):
        for keys in combinations(free, many):
            for other in some:
                case = {**stated}
                if all(copied(case, other, key.split(".")[1:]) for key in keys):
                    subject = read_subject(policy, KIND, case)
                    yield keys, evaluate(policy, subject).outcome


def keys_that_may_change(facts: Mapping[Fact, object]) -> set[str]:
    """Return the keys of the facts that nobody has to leave as they are."""
    return {
        fact.path.removesuffix(f".{fact.form}") if fact.form else fact.path
        for fact in facts
        if fact.steps and not fact.holds.given and fact.kind is not Kind.PART
    }


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
