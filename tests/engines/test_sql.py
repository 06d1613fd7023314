# SPDX-License-Identifier: MIT
"""A new engine is one file: conditions over five operators as SQL, run by SQLite.

It decides on what is known alone, and so says what it lacks: it is no engine to be shipped.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, date, timedelta
from typing import Any, Final, TypeAlias

from attrs import define, field
from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy.policy import operators as ops
from caljobs_policy.policy.conditions import AllOf, AnyOf, Condition, Not, Test, facts_in
from caljobs_policy.policy.operators import OPERATORS, Operator
from caljobs_policy.policy.truth import leaf_from, truth
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.testing.strategies.single_tests import sample_fact


@define
class Writer:
    """Writes conditions as SQL; every value is a parameter, never a part of the text."""

    columns: Mapping[Fact, str]
    values: list[Any] = field(factory=list)

    def constant(self, value: Any) -> str:
        self.values.append(value)
        return f":v{len(self.values)}"

    def written(self, condition: Condition) -> str:
        if isinstance(condition, Test):
            names = [self.columns[fact] for fact in condition.facts]
            known = WRITTEN[type(condition.operator)](condition.operator, names, self)
            null = " OR ".join(f"{name} IS NULL" for name in names)
            return f"CASE WHEN {null} THEN {int(if_null(condition.operator))} ELSE {known} END"
        if isinstance(condition, Not):
            return f"NOT ({self.written(condition.part)})"
        joint, empty = (" AND ", "1") if isinstance(condition, AllOf) else (" OR ", "0")
        return joint.join(f"({self.written(part)})" for part in condition.parts) or empty


def if_null(operator: Operator) -> bool:
    return operator.truth(None, [None for _ in operator.anchors], UTC) is True


def _listed(operator: ops.In | ops.NotIn, names: list[str], writer: Writer) -> str:
    return f"{names[0]} IN ({', '.join(map(writer.constant, operator.values))})"


def _given(operator: ops.Given, names: list[str], writer: Writer) -> str:
    return f"(trim({names[0]}) <> '') = {int(operator.expected)}"


Write: TypeAlias = Callable[[Any, list[str], Writer], str]
WRITTEN: Final[Mapping[type[Operator], Write]] = {
    ops.Is: lambda operator, names, writer: f"{names[0]} = {writer.constant(operator.value)}",
    ops.In: _listed,
    ops.NotIn: lambda operator, names, writer: f"NOT {_listed(operator, names, writer)}",
    ops.Given: _given,
    ops.Before: lambda operator, names, writer: f"{names[0]} < {names[1]}",
}
LACKS: Final[frozenset[type[Operator]]] = frozenset(
    {
        *(ops.FewerThan, ops.After, ops.Within, ops.MoreThan, ops.AtLeast),
        *(ops.Has, ops.HasAll, ops.HasOnly, ops.Exactly),
        *(ops.SameAs, ops.StartsWith, ops.ContainsLoosely, ops.ContainsWords),
        *(ops.Length, ops.ContainsEach, ops.ContainsOnly, ops.Reads),
    }
)


def verdict(condition: Condition, values: Mapping[Fact, Any]) -> bool:
    """Let SQLite decide a condition about one row of known values."""
    writer = Writer({fact: f"c{n}" for n, fact in enumerate(values)})
    text = writer.written(condition)
    row = ", ".join(
        f"{writer.constant(as_sql(values[fact]))} AS {name}"
        for fact, name in writer.columns.items()
    )
    query = f"SELECT {text} FROM (SELECT {row})"  # noqa: S608  # no value is in the text
    named = {f"v{number}": value for number, value in enumerate(writer.values, start=1)}
    with closing(sqlite3.connect(":memory:")) as connection:
        (found,) = connection.execute(query, named).fetchone()
    return bool(found)


def as_sql(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


FLAG, WORD, TEXT = (
    sample_fact("request.training_confirmed"),
    sample_fact("request.organization"),
    sample_fact("request.office"),
)
ENDS, SENT = sample_fact("request.staff.training_completed_on"), sample_fact("request.submitted_on")
WORDS: Final = ("a", "b", "'; DROP TABLE", "")
DAYS: Final = [date(2025, 6, 2) + timedelta(step) for step in (-1, 0, 1)]
POSSIBLE: Final[Mapping[Fact, tuple[Any, ...]]] = {
    FLAG: (True, False, None),
    WORD: (*WORDS, None),
    TEXT: (*WORDS, "  ", None),
    ENDS: (*DAYS, None),
    SENT: (*DAYS, None),
}
lists = st.lists(st.sampled_from(WORDS), min_size=1, unique=True).map(tuple)
leaves = st.one_of(
    st.booleans().map(lambda flag: Test(FLAG, ops.Is(flag))),
    st.sampled_from(WORDS).map(lambda word: Test(WORD, ops.Is(word))),
    lists.map(lambda words: Test(WORD, ops.In(words))),
    lists.map(lambda words: Test(TEXT, ops.NotIn(words))),
    st.booleans().map(lambda flag: Test(TEXT, ops.Given(flag))),
    st.booleans().map(lambda flag: Test(ENDS, ops.Given(flag))),
    st.just(Test(ENDS, ops.Before(SENT))),
)


def parts(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    some = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(some.map(AllOf), some.map(AnyOf), inner.map(Not))


CONDITIONS: st.SearchStrategy[Condition] = st.recursive(leaves, parts, max_leaves=6)


@given(condition=CONDITIONS, data=st.data())
def test_sql_says_of_what_is_known_what_the_condition_means(
    condition: Condition, data: st.DataObject
) -> None:
    read = (FLAG, *facts_in(condition))
    values = {fact: data.draw(st.sampled_from(POSSIBLE[fact])) for fact in read}
    assert verdict(condition, values) is truth(condition, leaf_from(values.__getitem__, UTC))


def test_the_five_operators_are_all_that_it_takes() -> None:
    assert {*WRITTEN, *LACKS} == {*OPERATORS.values()}
    assert not {*WRITTEN} & LACKS


def test_no_value_gets_into_the_text() -> None:
    writer = Writer({WORD: "c0"})
    assert writer.written(Test(WORD, ops.Is(WORDS[2]))) == (
        "CASE WHEN c0 IS NULL THEN 0 ELSE c0 = :v1 END"
    )
    assert writer.values == [WORDS[2]]
