# SPDX-License-Identifier: MIT
"""Formulas over bits hold exactly where Kleene's logic says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import pytest

from caljobs_policy.engines import naive
from caljobs_policy.engines.durable.formulas import (
    BITS,
    FALSE,
    TRUE,
    Atom,
    Every,
    Formula,
    Some,
    bits_in,
    brackets,
    formula_of,
    joined,
    violated,
    ways,
)
from caljobs_policy.policy.conditions import ALWAYS, NEVER, AllOf, AnyOf, Condition, Not, Test
from caljobs_policy.policy.operators import Is
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.rules import Check, Origin
from caljobs_policy.policy.truth import truth
from caljobs_policy.subjects.unknown import Truth
from caljobs_policy.testing.strategies.single_tests import sample_fact

A, B, C = (Test(sample_fact("request.office"), Is(word)) for word in "abc")
NUMBERS: Mapping[Test, int] = {A: 0, B: 2, C: 4}
CONDITIONS: Sequence[Condition] = (
    A,
    Not(A),
    Not(Not(A)),
    ALWAYS,
    NEVER,
    Not(ALWAYS),
    AllOf((A, B)),
    AnyOf((A, B)),
    Not(AllOf((A, Not(B)))),
    Not(AnyOf((A, AllOf((B, Not(C)))))),
    AllOf((AnyOf((A, B)), AnyOf((Not(B), C)), AnyOf((A, Not(C))))),
    AnyOf((AllOf((A, Not(A))), AllOf((B, NEVER)), Not(C))),
    AllOf((A, AllOf((B, AnyOf((C,)))), ALWAYS)),
)


def holds(formula: Formula, bits: Sequence[int]) -> bool:
    """Return whether a formula holds, in ordinary logic."""
    if isinstance(formula, Atom):
        return bits[formula.bit] == formula.value
    parts = [holds(part, bits) for part in formula.parts]
    return all(parts) if isinstance(formula, Every) else any(parts)


def truth_by_bits(certain: Formula, possible: Formula, bits: Sequence[int]) -> Truth:
    assert holds(possible, bits) or not holds(certain, bits)
    return True if holds(certain, bits) else None if holds(possible, bits) else False


def check_of(when: Condition, require: Condition) -> Check:
    return Check("x", require, Outcome.RETURN, ("X-1/a",), Origin("x@2025-01-01"), when=when)


@pytest.mark.parametrize("condition", CONDITIONS, ids=str)
def test_two_formulas_are_the_truth_of_a_condition(condition: Condition) -> None:
    certain, possible = (
        formula_of(condition, NUMBERS.__getitem__, holds=True, certainly=certainly)
        for certainly in (True, False)
    )
    denied, doubted = (
        formula_of(condition, NUMBERS.__getitem__, holds=False, certainly=certainly)
        for certainly in (True, False)
    )
    for truths in product((True, None, False), repeat=3):
        bits = [bit for truth in truths for bit in BITS[truth]]
        expected = truth(condition, dict(zip(NUMBERS, truths, strict=True)).__getitem__)
        assert truth_by_bits(certain, possible, bits) is expected
        contrary = None if expected is None else not expected
        assert truth_by_bits(denied, doubted, bits) is contrary


@pytest.mark.parametrize("when", CONDITIONS[:7], ids=str)
@pytest.mark.parametrize("require", CONDITIONS, ids=str)
def test_two_formulas_say_whether_a_check_is_violated(when: Condition, require: Condition) -> None:
    check = check_of(when, require)
    certain, possible = (
        violated(check, NUMBERS.__getitem__, certainly=certainly) for certainly in (True, False)
    )
    for truths in product((True, None, False), repeat=3):
        bits = [bit for truth in truths for bit in BITS[truth]]
        expected = naive.violated(check, dict(zip(NUMBERS, truths, strict=True)).__getitem__)
        assert truth_by_bits(certain, possible, bits) is expected


def test_denial_swaps_the_bits_and_asks_for_their_contrary() -> None:
    def atoms(condition: Condition) -> list[Formula]:
        return [
            formula_of(condition, NUMBERS.__getitem__, holds=True, certainly=certainly)
            for certainly in (True, False)
        ]

    assert atoms(A) == [Atom(0, 1), Atom(1, 1)]
    assert atoms(Not(A)) == [Atom(1, 0), Atom(0, 0)]


def test_joined_formulas_have_no_brackets_that_are_not_needed() -> None:
    a, b, c = Atom(0, 1), Atom(1, 1), Atom(2, 0)
    assert joined(Every, (a,)) == a
    assert joined(Every, (a, a, TRUE)) == a
    assert joined(Every, (a, FALSE, b)) == FALSE
    assert joined(Some, (a, TRUE)) == TRUE
    assert joined(Some, (FALSE, FALSE)) == FALSE
    assert joined(Every, (a, Every((b, c)))) == Every((a, b, c))
    assert joined(Some, (a, Every((b, c)))) == Some((a, Every((b, c))))


def test_ways_brackets_and_bits_are_counted() -> None:
    a, b, c, d = (Atom(number, 1) for number in range(4))
    formula = Every((Some((a, b)), Some((c, d, Every((a, d)))), b))
    assert ways(formula) == 6
    assert brackets(formula) == 4
    assert sorted(bits_in(formula)) == [0, 0, 1, 1, 2, 3, 3]
    assert (ways(a), brackets(a), ways(TRUE), ways(FALSE)) == (1, 0, 1, 0)
