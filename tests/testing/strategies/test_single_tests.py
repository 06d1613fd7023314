# SPDX-License-Identifier: MIT
"""Random tests are drawn for every operator."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy.policy.operators import OPERATORS
from caljobs_policy.testing.strategies.single_tests import by_operator, exactly_searched


def test_every_operator_is_drawn() -> None:
    assert {*by_operator()} == {*OPERATORS.values()}


@pytest.mark.parametrize("name", OPERATORS)
@given(data=st.data())
def test_what_is_drawn_for_an_operator_could_be_written(name: str, data: st.DataObject) -> None:
    cls = OPERATORS[name]
    strategies = [table[cls] for table in (by_operator(), exactly_searched()) if cls in table]
    test = data.draw(st.one_of(strategies))
    assert type(test.operator) is cls
    assert test.fact.kind in cls.kinds
    assert test.fact not in test.operator.anchors
    assert all(other.kind in (cls.other_kinds or cls.kinds) for other in test.operator.anchors)


@given(data=st.data())
def test_what_is_searched_exactly_compares_with_one_day_alone(data: st.DataObject) -> None:
    tests = data.draw(st.lists(st.one_of(list(exactly_searched().values())), min_size=10))
    assert len({fact for test in tests for fact in test.operator.anchors}) <= 1
    assert all(test.operator.is_even for test in tests)
