# SPDX-License-Identifier: MIT
"""Conditions hold as Kleene's three-valued logic says, over the truth of their tests."""

from __future__ import annotations

from datetime import UTC
from itertools import product
from typing import Any

import pytest

from caljobs_policy import UNKNOWN
from caljobs_policy.policy.conditions import ALWAYS, NEVER, AllOf, AnyOf, Condition, Not, Test
from caljobs_policy.policy.operators import Is
from caljobs_policy.policy.truth import leaf_from, truth
from caljobs_policy.subjects.unknown import Truth
from caljobs_policy.testing.strategies.single_tests import sample_fact

OFFICE = sample_fact("request.office")
A, B = Test(OFFICE, Is("a")), Test(OFFICE, Is("b"))
TRUTHS: tuple[Truth, ...] = (True, None, False)
WEIGHT: dict[Truth, int] = {True: 2, None: 1, False: 0}


@pytest.mark.parametrize(("one", "other"), list(product(TRUTHS, TRUTHS)))
def test_the_least_part_decides_a_whole_and_the_greatest_a_choice(one: Truth, other: Truth) -> None:
    leaf = {A: one, B: other}.__getitem__
    assert truth(AllOf((A, B)), leaf) is min(one, other, key=WEIGHT.__getitem__)
    assert truth(AnyOf((A, B)), leaf) is max(one, other, key=WEIGHT.__getitem__)


@pytest.mark.parametrize(("part", "contrary"), [(True, False), (None, None), (False, True)])
def test_the_contrary_of_unknown_is_unknown(part: Truth, contrary: Truth) -> None:
    assert truth(Not(A), {A: part}.__getitem__) is contrary


@pytest.mark.parametrize(
    ("condition", "holds"), [(ALWAYS, True), (NEVER, False), (Not(ALWAYS), False)]
)
def test_a_whole_of_no_parts_holds_and_a_choice_of_none_does_not(
    condition: Condition, holds: bool
) -> None:
    unread: dict[Test, Truth] = {}
    assert truth(condition, unread.__getitem__) is holds


@pytest.mark.parametrize(("value", "holds"), [("a", True), ("b", False), (UNKNOWN, None)])
def test_a_test_is_as_true_as_its_operator_says_of_what_is_read(value: Any, holds: Truth) -> None:
    assert leaf_from(lambda fact: {OFFICE: value}[fact], UTC)(A) is holds
