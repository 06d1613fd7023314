# SPDX-License-Identifier: MIT
"""Conditions as English clauses."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy.policy.conditions import ALWAYS, NEVER, AllOf, AnyOf, Condition, Not, Test
from caljobs_policy.policy.operators import After, Before, Given, In, Is, NotIn
from caljobs_policy.policy.sentences import in_words, simplified
from caljobs_policy.policy.speech import Naming, Speech
from caljobs_policy.subjects.facts import facts_about

FACTS = facts_about("request/create")
NEED, OFFICE = FACTS["request.staff.business_need"], FACTS["request.office"]
DATE, END = FACTS["request.submitted_on"], FACTS["request.need_ends_on"]
TRAINED = FACTS["request.staff.training_completed_on"]
NEEDED = Test(NEED, Is(True))
NAMED = Test(OFFICE, Given(True))
LATE = Test(DATE, After(END))
EARLY = Test(DATE, Before(TRAINED))
AFTER = "the date of the request is after the end of the business need"
BEFORE = "before the day the training was completed"
NEEDS = "the staff member has a business need for access"


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (ALWAYS, "always"),
        (NEVER, "never"),
        (NAMED, "the office is named"),
        (Not(NAMED), "the office is not named"),
        (Not(Not(NAMED)), "the office is named"),
        (NEEDED, NEEDS),
        (AllOf((NAMED, Test(OFFICE, NotIn(())))), "the office is named"),
        (AnyOf((NAMED, Test(OFFICE, In(())))), "the office is named"),
        (AllOf((NAMED, Test(OFFICE, In(())))), "never"),
        (Not(NEEDED), "the staff member has no business need for access"),
        (LATE, AFTER),
        (AllOf((NAMED,)), "the office is named"),
        (AllOf((NAMED, NEEDED)), f"the office is named and {NEEDS}"),
        (AllOf((NAMED, AllOf((NEEDED, LATE)))), f"the office is named and {NEEDS} and {AFTER}"),
        (AnyOf((NAMED, AllOf((NEEDED, LATE)))), f"the office is named or ({NEEDS} and {AFTER})"),
        (AllOf((NAMED, AnyOf((NEEDED,)))), f"the office is named and {NEEDS}"),
        (
            Not(AnyOf((NAMED, NEEDED))),
            "the office is not named and the staff member has no business need for access",
        ),
        (
            AnyOf((LATE, Not(AnyOf((NAMED, Not(NEEDED)))))),
            f"{AFTER} or (the office is not named and {NEEDS})",
        ),
        (Not(AllOf((NAMED, NEEDED))), f"it is not the case that (the office is named and {NEEDS})"),
        (Not(AllOf((NAMED,))), "the office is not named"),
        (AllOf((NAMED, Not(ALWAYS))), "never"),
        (AnyOf((NAMED, ALWAYS)), "always"),
        (AllOf((NAMED, ALWAYS)), "the office is named"),
        (AllOf((LATE, Not(EARLY))), f"{AFTER} and is not {BEFORE}"),
        (AnyOf((LATE, EARLY)), f"{AFTER} or is {BEFORE}"),
    ],
)
def test_a_condition_is_put_into_words(condition: Condition, text: str) -> None:
    assert in_words(condition) == text


WHOLE, EITHER = AllOf((NAMED, NEEDED)), AnyOf((NAMED, LATE))
SPEECH = Speech(
    names={
        WHOLE: Naming("all is well", "all is not well"),
        EITHER: Naming("one is so", "none is so"),
        EARLY: Naming("it is early", "it is not early"),
    }
)


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (WHOLE, "all is well"),
        (Not(WHOLE), "all is not well"),
        (Not(Not(WHOLE)), "all is well"),
        (AllOf((NAMED, LATE, NEEDED)), f"all is well and {AFTER}"),
        (AllOf((LATE, WHOLE)), f"{AFTER} and all is well"),
        (AnyOf((WHOLE, LATE)), f"all is well or {AFTER}"),
        (AllOf((EITHER, NEEDED)), f"one is so and {NEEDS}"),
        (Not(EITHER), "none is so"),
        (AllOf((LATE, EARLY)), f"{AFTER} and it is early"),
        (AllOf((LATE, Not(EARLY))), f"{AFTER} and it is not early"),
    ],
)
def test_a_condition_with_a_name_goes_by_it(condition: Condition, text: str) -> None:
    assert in_words(condition, SPEECH) == text


LEAVES = (NAMED, NEEDED, LATE, EARLY)
CONDITIONS = st.recursive(
    st.sampled_from((*LEAVES, ALWAYS, NEVER)),
    lambda inner: (
        inner.map(Not)
        | st.lists(inner, max_size=3).map(lambda parts: AllOf(tuple(parts)))
        | st.lists(inner, max_size=3).map(lambda parts: AnyOf(tuple(parts)))
    ),
    max_leaves=8,
)


def truth(condition: Condition, true: frozenset[Condition]) -> bool:
    if isinstance(condition, Test):
        return condition in true
    if isinstance(condition, Not):
        return not truth(condition.part, true)
    joined = all if isinstance(condition, AllOf) else any
    return joined(truth(part, true) for part in condition.parts)


@given(CONDITIONS, st.sampled_from((Speech(), SPEECH)))
def test_what_is_said_is_the_same_condition(condition: Condition, speech: Speech) -> None:
    said = simplified(condition, speech)
    for truths in product((True, False), repeat=len(LEAVES)):
        true = frozenset(leaf for leaf, is_true in zip(LEAVES, truths, strict=True) if is_true)
        assert truth(said, true) is truth(condition, true)
