# SPDX-License-Identifier: MIT
"""What is said of the mutants of a profile is so."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Final

import pytest
from hypothesis import settings

from caljobs_policy import Outcome, Policy, evaluate
from caljobs_policy.analysis.aspects import Aspect, differing
from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.mutating.mutants import Mutant
from caljobs_policy.analysis.mutating.mutation import Mutation
from caljobs_policy.analysis.questions import Prover
from caljobs_policy.loader.store import read_chain
from caljobs_policy.policy.strangers import check_subject
from tests.samples.known_subjects import drawn
from tests.samples.mutated import GOOD, OLD, mutated_profile

MANY: Final = 10 * settings().max_examples
"""How many subjects are looked at for each mutant."""


class Judged(Mutation):
    """A mutation that keeps the mutants that are equivalent."""

    def __init__(self, examined: Examined) -> None:
        self.alike: list[Mutant] = []
        super().__init__(examined)

    def _judge(self, mutant: Mutant) -> None:
        before = self.equivalent
        super()._judge(mutant)
        self.alike += [mutant] * (self.equivalent - before)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    folder: Path = tmp_path_factory.mktemp("profiles") / "sample_area"
    mutated_profile(folder, GOOD, OLD)
    found = Judged(Examined(read_chain(folder), date(2025, 6, 2)))
    for _ in found.run():
        pass
    return found


def test_no_subject_tells_an_equivalent_mutant(judged: Judged) -> None:
    """A mutant is equivalent if no subject is decided otherwise."""
    random = Random(20250602)  # noqa: S311  # the same subjects each time
    assert judged.alike
    for mutant in judged.alike:
        for stretch, policy in mutant.policies.items():
            for key in ("request/create", "request/change"):
                look(random, stretch.policy, policy, key)


def look(random: Random, was: Policy, mutant: Policy, key: str) -> None:
    """Look for a subject that two policies decide unlike."""
    prover = Prover((was, mutant), key)
    unlike = {aspect: differing(aspect, *prover.formulas).real for aspect in Aspect}
    for _ in range(MANY // 10):
        subject, at = drawn(random, was, key)
        if check_subject(mutant, subject):
            continue
        pair = [evaluate(policy, subject, at) for policy in (was, mutant)]
        assert pair[0].outcome is pair[1].outcome
        if Outcome.CANNOT_TELL not in {one.outcome for one in pair}:
            assert not [aspect for aspect, differs in unlike.items() if differs(pair)]


def test_each_survivor_has_a_case_that_kills_it(tmp_path: Path, judged: Judged) -> None:
    """A ready case passes under the profile, and its mutant does not survive beside it."""
    assert judged.survivors
    cases = [one.case for one in judged.survivors if one.case]
    assert len(cases) == len(judged.survivors)
    folder = mutated_profile(tmp_path / "sample_area", GOOD, OLD, *cases)
    again = Mutation(Examined(read_chain(folder), date(2025, 6, 2)))
    assert not again.worked.failing
    for _ in again.run():
        pass
    assert (again.made, again.equivalent) == (judged.made, judged.equivalent)
    assert not again.survivors
