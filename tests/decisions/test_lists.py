# SPDX-License-Identifier: MIT
"""The truths that lists of words give to tests, compared with trying list by list."""

from __future__ import annotations

from datetime import UTC
from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy.decisions.combinations import axes_of
from caljobs_policy.decisions.lists import Lists, told_by_some, truths_of_lists
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
LISTS: list[tuple[Any, ...]] = [
    some for size in range(len(WORDS) + 1) for some in combinations(WORDS, size)
]
ASKING: list[st.SearchStrategy[Operator]] = [
    NAMES.map(lambda names: Has(names[:1] or ("a",))),
    NAMES.map(HasAll),
    NAMES.map(Exactly),
    BEGUN.map(HasOnly),
    st.booleans().map(Given),
]


MANY = 1_000


@given(operators=st.lists(st.one_of(ASKING), min_size=1, max_size=4))
def test_they_are_those_of_every_list(operators: list[Operator]) -> None:
    tests = [Test(TAGS, operator) for operator in operators]
    tried = {row_of(operators, some) for some in LISTS}
    found = truths_of_lists(tests, WORDS, UTC, MANY)
    assert found is not None
    assert len(found) == len(set(found))
    assert set(found) == tried
    most = len(tried) * len(tests)
    assert truths_of_lists(tests, WORDS, UTC, most) == found
    assert truths_of_lists(tests, WORDS, UTC, most - 1) is None


@given(operators=st.lists(st.one_of(ASKING), min_size=1, max_size=4), null=st.booleans())
def test_each_word_that_matters_may_have_an_axis(operators: list[Operator], null: bool) -> None:
    tests = [Test(TAGS, operator) for operator in operators]
    nothing = [operator.truth(None, (), UTC) for operator in operators] if null else None
    lists = Lists(tests, told_by_some(tests, WORDS), UTC, nothing)
    full = (1 << lists.size) - 1
    sides = lists.sides(axes_of(lists.sizes), full)
    rows = set()
    for option in range(lists.size):
        assert all((holds >> option & 1) is not (fails >> option & 1) for holds, fails in sides)
        rows.add(sum((holds >> option & 1) << n for n, (holds, _) in enumerate(sides)))
    tried = {row_of(operators, some) for some in LISTS}
    assert rows == (tried | {row_of(operators, None)} if null else tried)


def row_of(operators: list[Operator], value: Any) -> int:
    return sum(bool(each.truth(value, (), UTC)) << n for n, each in enumerate(operators))


def test_what_else_can_be_asked_of_a_list_names_no_words() -> None:
    asked = {cls for cls in OPERATORS.values() if Kind.WORDS in cls.kinds}
    assert {cls for cls in asked if not issubclass(cls, Naming)} == {Given}
