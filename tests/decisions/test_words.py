# SPDX-License-Identifier: MIT
"""The truths that words give tests by what these mention, compared with trying word by word."""

from __future__ import annotations

from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy.decisions.words import truths_of_words
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.operators import Given, In, Is, NotIn, Operator
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import Holds, Kind

NAME = Fact("account.name", Holds(Kind.TEXT, "name"))
WORDS = ("a", "b", "ab", "", " ", "stranger", None)
NAMED = st.sampled_from(("a", "b", "ab", ""))
LISTED = st.lists(NAMED, max_size=3).map(tuple)
ASKING: list[st.SearchStrategy[Operator]] = [
    NAMED.map(Is),
    LISTED.map(In),
    LISTED.map(NotIn),
    st.booleans().map(Given),
]


@given(operators=st.lists(st.one_of(ASKING), min_size=1, max_size=5))
def test_they_are_those_of_every_word(operators: list[Operator]) -> None:
    tests = [Test(NAME, operator) for operator in operators]
    rows = truths_of_words(tests, WORDS, UTC)
    for word, row in zip(WORDS, rows, strict=True):
        truths = [operator.truth(word, (), UTC) for operator in operators]
        assert [bool(row >> number & 1) for number in range(len(tests))] == truths
