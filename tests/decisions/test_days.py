# SPDX-License-Identifier: MIT
"""The truths that days give tests by their windows, compared with trying value by value."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch

from hypothesis import assume, given
from hypothesis import strategies as st

from caljobs_policy import UNKNOWN, Account, load_policy
from caljobs_policy.dates.durations import Duration, Unit
from caljobs_policy.decisions import options
from caljobs_policy.decisions.options import options_of
from caljobs_policy.decisions.turns import Options
from caljobs_policy.decisions.variables import Asked, Variable, variable_of
from caljobs_policy.policy.conditions import Test, stated_ahead
from caljobs_policy.policy.operators import (
    After,
    AtLeast,
    Before,
    Given,
    MoreThan,
    Operator,
    Within,
)
from caljobs_policy.subjects.facts import AT, Fact, constant_day, facts_about
from caljobs_policy.subjects.reader import FactReader

DAY = date(2025, 6, 2)
POLICY = load_policy("state", DAY)
FACTS = facts_about("account")
CREATED = FACTS["account.created_on"]
PLANNED = FACTS["account.separated_on"]
BESIDE = FACTS["account.last_maintenance_on"]
DAYS = st.integers(-6, 6).map(lambda days: DAY + timedelta(days)) | st.sampled_from(
    (date.min, date.max)
)
MOMENTS = st.none() | st.builds(datetime.combine, DAYS, st.times())
DURATIONS = st.builds(
    Duration,
    st.integers(0, 4) | st.sampled_from((23, 24, 25, 49)),
    st.sampled_from((Unit.DAYS, Unit.DAYS, Unit.HOURS, Unit.MONTHS, Unit.QUARTERS)),
)
SIDES = st.sampled_from(("before", "after"))


@st.composite
def operators(draw: st.DrawFn, other: Fact) -> Operator:
    if draw(st.booleans()):
        return draw(st.sampled_from((Before, After)))(other)
    spans = [
        st.builds(cls, DURATIONS, SIDES, st.just(other)) for cls in (Within, MoreThan, AtLeast)
    ]
    return draw(st.one_of(spans))


@st.composite
def drawn_tests(draw: st.DrawFn, fact: Fact) -> Test:
    """Draws a test of whether a date is given, or one that compares it with another day."""
    other = draw(st.sampled_from((AT, AT, BESIDE, BESIDE.as_stated)) | DAYS.map(constant_day))
    if draw(st.booleans()):
        return stated_ahead(Test(fact, draw(operators(other))))
    if other.constant is None and draw(st.booleans()):
        return stated_ahead(Test(other, draw(operators(fact))))
    return Test(fact, Given(draw(st.booleans())))


def told(policy: Any, variable: Variable, values: dict[Fact, Any], read: FactReader) -> set[Any]:
    found = options_of(policy, variable, values, read, None)
    assert isinstance(found, Options)
    rows = [
        tuple([sum(turn <= option for turn in turns) % 2 == 1 for turns in found.holding])
        for option in range(found.size)
    ]
    assert len(rows) == len(set(rows))
    return set(rows)


@given(data=st.data(), fact=st.sampled_from((CREATED, PLANNED)), at=MOMENTS, apart=st.booleans())
def test_they_are_those_of_trying_values(
    data: st.DataObject, fact: Fact, at: datetime | None, apart: bool
) -> None:
    asked = Asked()
    drawn = data.draw(st.lists(drawn_tests(fact), min_size=1, max_size=4, unique=True))
    questions = tuple([asked[test] for test in drawn])
    variable = variable_of((asked.source(fact),), questions, null_apart=apart)
    read = FactReader(Account(), at, POLICY.zone)
    values = {each: each.constant or at for test in drawn for each in test.facts}
    stated = data.draw(st.none() | DAYS)
    for beside in (BESIDE, BESIDE.as_stated):
        values[beside] = read.at_moment(beside, stated)
    with patch.object(options, "truths_of_days", lambda *_: None):
        one_by_one = told(POLICY, variable, values, read)
    # Where nullness varies by itself, it may stand for what lies ahead as well.
    null = (
        {tuple([test.operator.truth(None, (), POLICY.zone) for test in drawn])} if apart else set()
    )
    assert told(POLICY, variable, values, read) | null == one_by_one | null


@given(data=st.data())
def test_of_two_unknown_days_only_the_distance_matters(data: st.DataObject) -> None:
    asked = Asked()
    drawn = data.draw(
        st.lists(operators(BESIDE).map(lambda each: Test(CREATED, each)), min_size=1, max_size=4)
    )
    assume(all(test.operator.is_even for test in drawn))
    questions = tuple(dict.fromkeys([asked[test] for test in drawn]))
    sources = (asked.source(CREATED), asked.source(BESIDE))
    variable = variable_of(sources, questions, null_apart=True)
    read = FactReader(Account(), datetime(2025, 6, 2, 12), POLICY.zone)
    values = dict.fromkeys((CREATED, BESIDE), UNKNOWN)
    with patch.object(options, "truths_of_days", lambda *_: None):
        one_by_one = told(POLICY, variable, values, read)
    assert told(POLICY, variable, values, read) == one_by_one
