# SPDX-License-Identifier: MIT
"""What a search at random finds different is proved to be there.

With SOAK_EXAMPLES=50000, the profile `soak` draws 100,000 subjects for each key of each shipped
chain; pairs of random policies are tried as many as it says, and a tenth of them of random layers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from random import Random
from typing import Final

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from caljobs_policy import Decision, Outcome, Policy, Request, evaluate
from caljobs_policy.analysis.aspects import Aspect, differing
from caljobs_policy.analysis.formulas.finding import Found, Limits
from caljobs_policy.analysis.questions import Prover
from caljobs_policy.cases.counterparts import counterparts
from caljobs_policy.policy.conditions import ALWAYS
from caljobs_policy.policy.outcome import is_better
from caljobs_policy.policy.rules import Check
from caljobs_policy.policy.strangers import check_subject
from caljobs_policy.subjects.facts import Subject
from caljobs_policy.testing.strategies.policies import policies
from caljobs_policy.testing.strategies.single_tests import SAMPLE_KEY
from tests.samples.chains import Chain, chains, load
from tests.samples.known_subjects import drawn, with_offset
from tests.samples.shipped_chains import KEYS
from tests.samples.variations import varied

EVER: Final = (date(2000, 1, 1), date(2060, 1, 1))
PLANS: Final = [
    *dict.fromkeys((one, key) for *pair, key in KEYS for one in pair if key in one.plans)
]
MANY: Final = 2 * settings().max_examples
"""How many subjects are searched at random for each key of a shipped chain."""
SEARCHED: Final = 200
FEW: Final = max(5, settings().max_examples // 10)
"""How many chains are written and loaded, and how many subjects are searched for each."""
LIMITS: Final = Limits(work=2_000_000)
LEAST: Final = 0.9
"""How many of the searches of random policies have to end with an answer."""


def both(
    random: Random, one: Policy, other: Policy, key: str, many: int
) -> Iterator[tuple[Decision, Decision]]:
    """Yield what two policies decide about subjects at random, each in its own words."""
    for _ in range(many):
        subject, at = drawn(random, one, key)
        if one.zone != other.zone:
            # A time without an offset is another one in each.
            subject, at = with_offset(subject, one.zone), with_offset(at, one.zone)
        yield from judged(subject, at, one, other)


def judged(
    subject: Subject, at: datetime | None, one: Policy, other: Policy
) -> Iterator[tuple[Decision, Decision]]:
    for counterpart in counterparts(subject, one, other):
        known = with_known_forms(other, counterpart)
        # Another word that only the one policy knows makes it no subject of the other.
        if not check_subject(other, known):
            yield evaluate(one, subject, at), evaluate(other, known, at)


def with_known_forms(policy: Policy, subject: Subject) -> Subject:
    """Return a subject without the forms that a policy does not list."""
    if not isinstance(subject, Request) or not isinstance(subject.attachments, tuple):
        return subject
    known = policy.words["forms"]
    return evolve(subject, attachments=[form for form in subject.attachments if form in known])


def search(prover: Prover, decisions: Iterator[tuple[Decision, Decision]]) -> None:
    """Look at random for what a prover did not find."""
    found = {what: prover.differs(what, smallest=False) for what in Aspect}
    looser = prover.better(smallest=False)
    unlike = {what: differing(what, *prover.formulas).real for what in Aspect}
    asked = (*found.values(), looser)
    assert sum(one.effort.spurious for one in asked) == 0
    # What is not certain is no proof, and nothing could be missed.
    assert all(one.is_certain for one in asked)
    for pair in decisions:
        outcomes = [decision.outcome for decision in pair]
        is_told = Outcome.CANNOT_TELL not in outcomes
        assert not (is_missed(looser) and is_told and is_better(*outcomes))
        for what in missed(found, pair):
            assert not unlike[what](pair), what


def is_missed(found: Found) -> bool:
    return found.witness is None


def missed(found: Mapping[Aspect, Found], pair: Sequence[Decision]) -> Iterator[Aspect]:
    """Yield the aspects of which no difference was found, and that are told of both decisions."""
    for what, one in found.items():
        # Of an unknown fact, only the outcome is searched for whatever it may be.
        is_told = not any(decision.unsure for decision in pair)
        if is_missed(one) and (is_told or what is Aspect.OUTCOME):
            yield what


@pytest.mark.parametrize(("local", "above", "key"), KEYS, ids=lambda one: str(one)[:30])
def test_a_random_search_of_shipped_chains_finds_no_more(
    local: Policy, above: Policy, key: str
) -> None:
    random = Random(key)  # noqa: S311  # no secret
    prover = Prover((local, above), key, EVER)
    search(prover, both(random, local, above, key, MANY))


@settings(max_examples=FEW)
@given(chain=chains(), seed=st.integers(0, 10**9))
def test_a_random_search_of_random_layers_finds_no_more(chain: Chain, seed: int) -> None:
    local, above = load(chain)
    prover = Prover((local, above), SAMPLE_KEY, EVER)
    search(prover, both(Random(seed), local, above, SAMPLE_KEY, SEARCHED))  # noqa: S311


@settings(max_examples=FEW)
@given(st.sampled_from(PLANS), st.integers(0, 10**9))
def test_a_random_search_of_varied_policies_finds_no_more(
    plan: tuple[Policy, str], seed: int
) -> None:
    (policy, key), random = plan, Random(seed)  # noqa: S311
    other = varied(policy, key, random)
    prover = Prover((other, policy), key, EVER)
    search(prover, both(random, other, policy, key, SEARCHED))


def changed(policy: Policy, random: Random) -> Policy:
    """Return a policy without one of its checks, or with one that always applies."""
    plan = policy.plans[SAMPLE_KEY]
    checks: list[Check] = list(plan.checks)
    if checks:
        number = random.randrange(len(checks))
        if random.random() < 0.5:
            del checks[number]
        else:
            checks[number] = evolve(checks[number], when=ALWAYS)
    digest = f"{policy.digest} changed {len(checks)}"
    return evolve(policy, digest=digest, plans={SAMPLE_KEY: evolve(plan, checks=tuple(checks))})


def test_a_random_search_of_random_policies_finds_no_more() -> None:
    certain = []

    @given(policies(), policies(), st.integers(0, 10**9), st.booleans())
    def no_more(one: Policy, other: Policy, seed: int, near: bool) -> None:
        random = Random(seed)  # noqa: S311
        if near:
            other = changed(one, random)
        prover = Prover((one, other), SAMPLE_KEY, EVER, limits=LIMITS)
        found = prover.differs(Aspect.OUTCOME)
        assert found.effort.spurious == 0
        certain.append(found.is_certain)
        if found.witness is not None:
            outcomes = [decision.outcome for decision in found.witness.decisions]
            assert outcomes[0] is not outcomes[1]
        elif not found.bounds:
            for pair in both(random, one, other, SAMPLE_KEY, SEARCHED):
                assert pair[0].outcome is pair[1].outcome

    no_more()
    assert sum(certain) >= LEAST * len(certain)
