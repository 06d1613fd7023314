# SPDX-License-Identifier: MIT
"""Conditions are taken apart and joined."""

from __future__ import annotations

import pytest

from caljobs_policy.policy.conditions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Condition,
    Not,
    Test,
    both,
    facts_in,
)
from caljobs_policy.policy.conditions import tests_in as every_test
from caljobs_policy.policy.operators import After, Given, Is
from caljobs_policy.subjects.facts import facts_about

FACTS = facts_about("request/create")
NEED, OFFICE = FACTS["request.staff.business_need"], FACTS["request.office"]
DATE, END = FACTS["request.submitted_on"], FACTS["request.need_ends_on"]
NEEDED = Test(NEED, Is(True))
NAMED = Test(OFFICE, Given(True))
LATE = Test(DATE, After(END))


def test_the_tests_of_a_condition_are_given_in_order() -> None:
    condition = AllOf((NAMED, AnyOf((Not(LATE), NEEDED)), NAMED))
    assert list(every_test(condition)) == [NAMED, LATE, NEEDED, NAMED]
    assert list(every_test(ALWAYS)) == []


def test_each_fact_of_a_condition_is_given_once() -> None:
    assert facts_in(LATE, AllOf((NAMED, Not(LATE)))) == (DATE, END, OFFICE)
    assert facts_in() == ()


def test_a_test_reads_its_fact_and_those_it_is_compared_with() -> None:
    assert LATE.facts == (DATE, END)
    assert NEEDED.facts == (NEED,)


@pytest.mark.parametrize(
    ("one", "other", "whole"),
    [
        (ALWAYS, ALWAYS, ALWAYS),
        (ALWAYS, NEEDED, NEEDED),
        (NEEDED, ALWAYS, NEEDED),
        (NEEDED, NAMED, AllOf((NEEDED, NAMED))),
        (AllOf((NEEDED, NAMED)), LATE, AllOf((NEEDED, NAMED, LATE))),
        (AnyOf((NEEDED, NAMED)), LATE, AllOf((AnyOf((NEEDED, NAMED)), LATE))),
    ],
)
def test_two_conditions_are_joined_without_nesting(
    one: Condition, other: Condition, whole: Condition
) -> None:
    assert both(one, other) == whole


def test_equal_conditions_are_one_key() -> None:
    assert {LATE: "found"}[Test(DATE, After(END))] == "found"
    some: Condition = AnyOf((NAMED,))
    assert some != AllOf((NAMED,))
