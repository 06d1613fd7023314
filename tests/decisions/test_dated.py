# SPDX-License-Identifier: MIT
"""The truths that days give tests by their windows, compared with trying value by value."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import Any
from unittest.mock import patch

from hypothesis import assume, given
from hypothesis import strategies as st

from caljobs_policy import UNKNOWN, Account, load_policy
from caljobs_policy.dates.durations import (
    FIRST_DAY,
    LAST_DAY,
    Duration,
    Unit,
    noon,
    second_of,
    seconds_from,
)
from caljobs_policy.dates.seconds import seconds_in
from caljobs_policy.decisions import options
from caljobs_policy.decisions.options import options_of
from caljobs_policy.decisions.turns import Options, Turns
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
from caljobs_policy.policy.truth import leaf_from
from caljobs_policy.subjects.facts import AT, Fact, constant_day, facts_about
from caljobs_policy.subjects.fields import Kind
from caljobs_policy.subjects.reader import FactReader

DAY = date(2025, 6, 2)
POLICY = load_policy("state", DAY)
FACTS = facts_about("account")
CREATED = FACTS["account.created_on"]
PLANNED = FACTS["account.separated_on"]
ISSUED = FACTS["account.temporary_password.issued_at"]
NOTIFIED = FACTS["account.incident.coordinator_notified_on"]
ENDED = FACTS["account.deactivated_on"]
UNSTATED = (CREATED, PLANNED, ISSUED, NOTIFIED, ENDED)
BESIDE = FACTS["account.last_maintenance_on"]
ENDS = (date.min, date.max)
DAYS = st.integers(-6, 6).map(lambda days: DAY + timedelta(days)) | st.sampled_from(ENDS)
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


def under(turns: Turns, option: int) -> bool:
    """Whether something is so under an option."""
    return sum(turn <= option for turn in turns) % 2 == 1


def told(policy: Any, variable: Variable, values: dict[Fact, Any], read: FactReader) -> set[Any]:
    found = options_of(policy, variable, values, read, None)
    assert isinstance(found, Options)
    rows = [
        tuple(
            [
                None if under(unknown, option) else under(holding, option)
                for holding, unknown in zip_longest(found.holding, found.unsure, fillvalue=())
            ]
        )
        for option in range(found.size)
    ]
    assert len(rows) == len(set(rows))
    return set(rows)


@given(data=st.data(), fact=st.sampled_from(UNSTATED), at=MOMENTS, apart=st.booleans())
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
    with patch.object(options, "truths_of_dates", lambda *_: None):
        one_by_one = told(POLICY, variable, values, read)
    # Where nullness varies by itself, it may stand for what lies ahead as well.
    nothing = tuple([test.operator.truth(None, (), POLICY.zone) for test in drawn])
    null = {nothing} if apart else set()
    found = told(POLICY, variable, values, read) | null
    if fact.kind is Kind.DAY:
        assert found == one_by_one | null
        return
    # On the boundary of one test, only some of the values are tried that others tell apart.
    tried = turning_points(fact, drawn, values, read)
    rows = {row(fact, drawn, {**values, fact.as_stated: value}, read) for value in tried}
    if all(fact in test.facts for test in drawn):
        # What must have happened, and is stated to lie ahead, is as unknown as before.
        one_by_one, rows = (
            {each for each in some if None not in each} for some in (one_by_one, rows)
        )
    assert one_by_one | rows <= found | {nothing}
    if None not in values.values() and all(day not in ENDS for day in values.values()):
        assert found <= one_by_one | rows | {nothing}


def turning_points(
    fact: Fact, drawn: list[Test], values: dict[Fact, Any], read: FactReader
) -> list[Any]:
    """The days and times with which the truth of some test begins or ends."""
    days: set[int] = set()
    seconds: set[int] = set()
    moments = [] if read.at is None else [read.at]
    for test in drawn:
        own = 0 if test.fact.as_stated == fact.as_stated else 1
        others = [values[each] for n, each in enumerate(test.facts) if n != own] or [DAY]
        for known in [each for each in others if each is not None]:
            days.update(test.operator.window(own, known, read.zone) or ())
            its = seconds_in(known, read.zone)
            seconds.update(test.operator.window_of_times(own, known, its, read.zone) or ())
    for at in moments:
        days.add(at.toordinal())
        seconds.add(second_of(at, read.zone))
    base = noon(DAY, read.zone)
    own_second = second_of(base, read.zone)
    found: list[Any] = [None]
    if fact.kind is not Kind.TIME:
        near = {day + step for day in days for step in (-1, 0, 1)}
        found += [date.fromordinal(day) for day in near if FIRST_DAY <= day <= LAST_DAY]
    near = {second + step for second in seconds for step in (-1, 0, 1)}
    return found + [seconds_from(base, second - own_second) for second in near]


def row(
    fact: Fact, drawn: list[Test], values: dict[Fact, Any], read: FactReader
) -> tuple[Any, ...]:
    """The truths of some tests where a fact is stated to hold a value."""
    stated = values[fact.as_stated]
    held = {**values, fact: read.at_moment(fact, stated), fact.as_stated: stated}
    leaf = leaf_from(held.__getitem__, read.zone)
    return tuple([leaf(test) for test in drawn])


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
    with patch.object(options, "truths_of_dates", lambda *_: None):
        one_by_one = told(POLICY, variable, values, read)
    assert told(POLICY, variable, values, read) == one_by_one
