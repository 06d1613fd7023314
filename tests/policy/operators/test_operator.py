# SPDX-License-Identifier: MIT
"""What all operators share: null and unknown, binding, denial and the schema of what is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, tzinfo
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from caljobs_policy import UNKNOWN, load_policy
from caljobs_policy.dates.durations import Duration, Unit
from caljobs_policy.policy.operators import (
    OPERATORS,
    Argument,
    Binder,
    Has,
    HasOnly,
    Names,
    NotIn,
    Operator,
    SameAs,
    Within,
)
from caljobs_policy.policy.speech import Speech
from caljobs_policy.subjects.facts import Fact, facts_about, subject_keys
from caljobs_policy.subjects.fields import Kind
from caljobs_policy.syntax.nodes import AnyNode, Scalar
from tests.things.facts import sample_fact

FACTS = facts_about("request/create")
OFFICE, SUBJECT = FACTS["request.office"], FACTS["request.subject"]
DATE, TRAINED = FACTS["request.submitted_on"], FACTS["request.staff.training_completed_on"]
NODE = Scalar("written")
WRITTEN: dict[Argument, tuple[Any, ...]] = {
    Argument.VALUE: ("word", True, 7),
    Argument.WORDS: ("list_name", ["one"], ["one", "two"], ["cash*"]),
    Argument.WORD: ("word",),
    Argument.TEXT: ("Access Request - ",),
    Argument.FLAG: (True, False),
    Argument.FACT: ("at", "request.staff.statement.de7410"),
    Argument.RANGE: ("8 to 20", "0 to 0", "0 or more", "8 or more"),
    Argument.CHARACTERS: ("list_name", ["A-Z"], ["A-Z", "0-9", "!?"]),
    Argument.TEMPLATE: ("word", "Request - <request.office>"),
    Argument.DURATION: (
        "365 days",
        "1 day",
        "5 business days",
        "12 months",
        "1 quarter",
        "24 hours",
        "training_validity",
    ),
    Argument.PATTERN: ("DD-MM-YYYY", "975-DD-MMYY"),
}
MISWRITTEN: dict[Argument, tuple[Any, ...]] = {
    Argument.VALUE: (None, ["word"], 1.5, {}),
    Argument.WORDS: (None, [], [""], "", ["one", "one"], {}),
    Argument.WORD: (None, "", ["word"], True),
    Argument.TEXT: (None, "", ["text"], True),
    Argument.FLAG: (None, "true", 1),
    Argument.FACT: (None, "", "Request.office", "request office", "request."),
    Argument.RANGE: (None, "", 8, "8", "8-20", "8 to", "-1 to 2", "1.5 to 2", "1 to 1234567"),
    Argument.CHARACTERS: (None, [], [""], "", ["A-Z", "A-Z"], {}),
    Argument.TEMPLATE: (None, "", ["text"], True),
    Argument.DURATION: (
        None,
        "",
        365,
        "365 dogs",
        "-1 days",
        "007 days",
        "1.5 days",
        "5 businessdays",
    ),
    Argument.PATTERN: (None, "", ["DD"], True),
}


class Refusing:
    """Gives no meaning to anything."""

    def value(self, node: AnyNode, fact: Fact) -> None: ...
    def words(self, node: AnyNode, fact: Fact) -> None: ...
    def text(self, node: AnyNode) -> None: ...
    def flag(self, node: AnyNode) -> None: ...
    def fact(self, node: AnyNode) -> None: ...
    def duration(self, node: AnyNode) -> None: ...
    def template(self, node: AnyNode) -> None: ...
    def refuse(self, node: AnyNode, message: str, remedy: str) -> None: ...


class WithoutDuration(Refusing):
    """Finds every fact, and no duration."""

    def fact(self, node: AnyNode) -> Fact:  # type: ignore[override]
        return DATE


class WithoutFact(Refusing):
    """Reads every duration, and finds no fact."""

    def duration(self, node: AnyNode) -> Duration:  # type: ignore[override]
        return Duration(1, Unit.DAYS)


@frozen
class Shines(Operator):
    """Stands for an operator whose verb has no denial of its own."""

    name = "shines"
    argument = Argument.FLAG
    kinds = frozenset({Kind.TEXT})

    @classmethod
    def bind(
        cls, node: AnyNode, fact: Fact, binder: Binder, anchor: tuple[str, AnyNode] | None
    ) -> Operator | None:
        return cls()

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        return True

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        return "True"

    def words(self, fact: Fact, speech: Speech) -> str:
        return "shines"


@pytest.mark.parametrize("name", OPERATORS)
@pytest.mark.parametrize("anchor", [None, ("before", NODE)])
def test_no_operator_is_made_after_a_problem(name: str, anchor: tuple[str, AnyNode] | None) -> None:
    assert OPERATORS[name].bind(NODE, OFFICE, Refusing(), anchor) is None


@pytest.mark.parametrize("binder", [WithoutDuration(), WithoutFact()])
@pytest.mark.parametrize("name", ["within", "more_than", "at_least"])
def test_a_window_needs_both_its_duration_and_its_fact(name: str, binder: Binder) -> None:
    assert OPERATORS[name].bind(NODE, TRAINED, binder, ("before", NODE)) is None


@pytest.mark.parametrize(
    ("operator", "value", "others", "truth"),
    [
        (SameAs(SUBJECT), None, ["a"], False),
        (SameAs(SUBJECT), "a", [None], False),
        (SameAs(SUBJECT), None, [UNKNOWN], False),
        (SameAs(SUBJECT), UNKNOWN, [None], False),
        (SameAs(SUBJECT), UNKNOWN, ["a"], None),
        (SameAs(SUBJECT), "a", [UNKNOWN], None),
        (SameAs(SUBJECT), "a", ["a"], True),
        (HasOnly(("a",)), None, [], True),
        (HasOnly(("a",)), UNKNOWN, [], None),
        (NotIn(("a",)), None, [], True),
        (NotIn(("a",)), UNKNOWN, [], None),
        (Has(("a",)), None, [], False),
    ],
)
def test_null_is_told_for_certain_and_unknown_is_not(
    operator: Operator, value: Any, others: Sequence[Any], truth: bool | None
) -> None:
    assert operator.truth(value, others, UTC) is truth


def test_an_operator_tells_nothing_apart_unless_it_says_so() -> None:
    assert Shines().mentions() == ()
    assert Shines().cells(0, ["a"], UTC) == ()
    assert Shines().anchors == ()


def test_what_is_lacking_fails_as_missing() -> None:
    assert Shines().failure(None, [], UTC) == "missing"
    assert Shines().failure("a", [], UTC) == "else"


def test_any_verb_can_be_denied() -> None:
    office = sample_fact(title="office")
    assert Shines().sentence(office) == "the office shines"
    expected = "it is not the case that the office shines"
    assert Shines().sentence(office, negated=True) == expected


@pytest.mark.parametrize("name", OPERATORS)
def test_a_schema_accepts_what_can_be_written_and_nothing_else(name: str) -> None:
    cls = OPERATORS[name]
    validator = Draft202012Validator(cls.schema())
    assert [value for value in WRITTEN[cls.argument] if not validator.is_valid(value)] == []
    assert [value for value in MISWRITTEN[cls.argument] if validator.is_valid(value)] == []


def test_a_schema_accepts_every_fact() -> None:
    validator = Draft202012Validator(OPERATORS["before"].schema())
    paths = {path for key in subject_keys() for path in facts_about(key)}
    assert [path for path in sorted(paths) if not validator.is_valid(path)] == []


@given(st.integers(0, 999_999), st.sampled_from(Unit))
def test_a_schema_accepts_every_duration(amount: int, unit: Unit) -> None:
    validator = Draft202012Validator(Within.schema())
    assert validator.is_valid(str(Duration(amount, unit)))


def test_a_schema_accepts_the_names_of_parameters() -> None:
    validator = Draft202012Validator(Within.schema())
    names = ["limit_2", *load_policy("state", date(2025, 6, 2)).parameters]
    assert [name for name in names if not validator.is_valid(name)] == []
