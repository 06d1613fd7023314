# SPDX-License-Identifier: MIT
"""Subjects of which a fact is missing, so that something cannot be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caljobs_policy.analysis.formulas.space import Space
from caljobs_policy.analysis.formulas.stated_values import LEFT_OUT, OWN_DAY, changed, value_at
from caljobs_policy.analysis.formulas.witnesses import Case, Witness, is_confirmed, witness_of
from caljobs_policy.analysis.generating.asked import Reaches
from caljobs_policy.analysis.variants import key_of
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.rules import Check


def lacking_a_fact(
    space: Space, check: Check, reaches: Reaches, known: Iterable[Witness]
) -> Witness | None:
    """Return a subject whose outcome cannot be told, as a known one lacks a fact of a check."""
    for witness in known:
        for case in _shorter(check, witness.case):
            found = witness_of(space, case)
            if found is None or found.decisions[0].outcome is not Outcome.CANNOT_TELL:
                continue
            if reaches(found.decisions[0]) and is_confirmed(found):
                return found
    return None


def _shorter(check: Check, case: Case) -> Iterator[Case]:
    """Yield a case without one of the facts that a check reads and the case states."""
    for keys in dict.fromkeys(key_of(fact) for fact in check.facts if fact.steps):
        if value_at(case.stated[0], keys) is not LEFT_OUT and keys != OWN_DAY:
            yield changed(case, keys, LEFT_OUT)
