# SPDX-License-Identifier: MIT
"""Subjects of which proofs do not speak: a date that lies ahead and is read as unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from caljobs_policy.analysis.explaining.leeway import values_beside
from caljobs_policy.analysis.formulas.space import Space
from caljobs_policy.analysis.formulas.stated_values import value_at
from caljobs_policy.analysis.formulas.witnesses import Case, Witness, is_confirmed, witness_of
from caljobs_policy.analysis.generating.asked import Reaches
from caljobs_policy.analysis.generating.near import stating
from caljobs_policy.decisions.decision import reader_of
from caljobs_policy.policy.rules import Check
from caljobs_policy.subjects.facts import Fact


def unproved(check: Check) -> Sequence[Fact]:
    """Return the facts of a check that proofs read as unknown where they lie ahead."""
    return [fact for fact in check.facts if fact.holds.sure_with is not None and not fact.happens]


def tried(space: Space, check: Check, reaches: Reaches, known: Iterable[Witness]) -> Witness | None:
    """Return a subject that reaches something of a check, one such date away from a known one."""
    for witness in known:
        for case in _ahead(check, witness):
            found = witness_of(space, case)
            if found is not None and reaches(found.decisions[0]) and is_confirmed(found):
                return found
    return None


def _ahead(check: Check, witness: Witness) -> Iterator[Case]:
    """Yield a case with other dates of facts of which nothing is proved, beside their limits."""
    (decision,) = witness.decisions
    for fact in unproved(check):
        if not isinstance(value_at(witness.case.stated[0], fact.steps[:-1]), dict):
            continue
        for test in check.tests:
            for position, one in enumerate(test.facts):
                if one == fact:
                    read, policy = reader_of(decision), decision.policy
                    for value in values_beside(test, position, read, policy):
                        yield stating(witness.case, fact.steps, value)
