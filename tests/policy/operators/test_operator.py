# SPDX-License-Identifier: MIT
"""What all operators share: null and unknown, and denial."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, tzinfo
from typing import Any

import pytest
from attrs import frozen

from caljobs_policy import UNKNOWN
from caljobs_policy.policy.operators import (
    OPERATORS,
    Argument,
    Has,
    HasOnly,
    NotIn,
    Operator,
    SameAs,
)
from caljobs_policy.policy.speech import Speech
from caljobs_policy.subjects.facts import Fact, facts_about
from caljobs_policy.subjects.fields import Kind
from tests.samples.facts import sample_fact

FACTS = facts_about("request/create")
OFFICE, SUBJECT = FACTS["request.office"], FACTS["request.subject"]
DATE, TRAINED = FACTS["request.submitted_on"], FACTS["request.staff.training_completed_on"]


@frozen
class Shines(Operator):
    """Stands for an operator whose verb has no denial of its own."""

    name = "shines"
    argument = Argument.FLAG
    kinds = frozenset({Kind.TEXT})

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        return True

    def words(self, fact: Fact, speech: Speech) -> str:
        return "shines"


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
    assert Shines().cells(Kind.TEXT, 0, ["a"], UTC) == ()
    assert Shines().anchors == ()


def test_what_is_lacking_fails_as_missing() -> None:
    assert Shines().failure(None, [], UTC) == "missing"
    assert Shines().failure("a", [], UTC) == "else"


def test_any_verb_can_be_denied() -> None:
    office = sample_fact(title="office")
    assert Shines().sentence(office) == "the office shines"
    expected = "it is not the case that the office shines"
    assert Shines().sentence(office, negated=True) == expected


@pytest.mark.parametrize("cls", OPERATORS.values())
def test_operators_are_siblings(cls: type[Operator]) -> None:
    others = [other for other in OPERATORS.values() if other is not cls]
    assert [other for other in others if issubclass(cls, other)] == []
