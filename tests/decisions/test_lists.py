# SPDX-License-Identifier: MIT
"""The truths that lists of words give to tests, compared with trying list by list."""

from __future__ import annotations

from datetime import UTC
from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy.decisions.lists import truths_of_lists
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.operators import (
    OPERATORS,
    Exactly,
    Given,
    Has,
    HasAll,
    HasOnly,
    Operator,
)
from caljobs_policy.policy.operators.lists import Naming
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import Holds, Kind

TAGS = Fact("account.tags", Holds(Kind.WORDS, "tags"))
WORDS = ("a", "ab", "b", "c")
NAMES = st.lists(st.sampled_from((*WORDS, "stranger")), max_size=3, unique=True).map(tuple)
BEGUN = st.lists(st.sampled_from((*WORDS, "a*", "b*")), max_size=3, unique=True).map(tuple)
ASKING: list[st.SearchStrategy[Operator]] = [
    NAMES.map(lambda names: Has(names[:1] or ("a",))),
    NAMES.map(HasAll),
    NAMES.map(Exactly),
    BEGUN.map(HasOnly),
    st.booleans().map(Given),
]


@given(operators=st.lists(st.one_of(ASKING), min_size=1, max_size=4))
def test_they_are_those_of_every_list(operators: list[Operator]) -> None:
    tests = [Test(TAGS, operator) for operator in operators]
    lists: list[tuple[Any, ...]] = [
        some for size in range(len(WORDS) + 1) for some in combinations(WORDS, size)
    ]
    tried = {tuple(o.truth(some, (), UTC) for o in operators) for some in lists}
    found = truths_of_lists(tests, WORDS, UTC)
    assert len(found) == len(set(found))
    assert set(found) == tried


def test_what_else_can_be_asked_of_a_list_names_no_words() -> None:
    asked = {cls for cls in OPERATORS.values() if Kind.WORDS in cls.kinds}
    assert {cls for cls in asked if not issubclass(cls, Naming)} == {Given}
