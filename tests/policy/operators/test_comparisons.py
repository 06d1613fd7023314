# SPDX-License-Identifier: MIT
"""`is`, `in`, `not_in`, `given` and `fewer_than` test as in these examples."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

import pytest

from caljobs_policy import UNKNOWN
from caljobs_policy.policy.operators import FewerThan, Given, In, Is, NotIn, Operator
from caljobs_policy.policy.speech import Speech
from caljobs_policy.subjects.facts import Fact, facts_about
from caljobs_policy.subjects.fields import Kind
from tests.samples.facts import sample_fact

SAMPLE, FLAG = sample_fact(), sample_fact(Kind.FLAG)
ANSWER = facts_about("request/create")["request.answer.granted"]
GROUP = facts_about("request/create")["request.privilege_group"]


@pytest.mark.parametrize(
    ("operator", "value", "truth"),
    [
        (Is("red"), "red", True),
        (Is("red"), "Red", False),
        (Is("red"), None, False),
        (Is("red"), UNKNOWN, None),
        (Is(3), 3, True),
        (Is(3), 4, False),
        (Is(True), True, True),
        (Is(True), False, False),
        (Is(True), None, False),
        (Is(False), False, True),
        (Is(False), None, False),
        (Is(False), UNKNOWN, None),
        (In(("red", "green")), "green", True),
        (In(("red", "green")), "blue", False),
        (In(("red", "green")), None, False),
        (In(("red", "green")), UNKNOWN, None),
        (NotIn(("red", "green")), "green", False),
        (NotIn(("red", "green")), "blue", True),
        (NotIn(("red", "green")), None, True),
        (NotIn(("red", "green")), UNKNOWN, None),
        (Given(True), "red", True),
        (Given(True), " \t", False),
        (Given(True), None, False),
        (Given(True), UNKNOWN, None),
        (Given(False), "", True),
        (Given(False), None, True),
        (Given(False), "red", False),
        (Given(True), (), False),
        (Given(True), ("red",), True),
        (Given(True), 0, True),
        (Given(True), False, True),
        (Given(True), date(2025, 6, 2), True),
        (Given(False), date(2025, 6, 2), False),
        (FewerThan(2), 1, True),
        (FewerThan(2), 2, False),
        (FewerThan(0), 0, False),
        (FewerThan(2), None, False),
        (FewerThan(2), UNKNOWN, None),
    ],
)
def test_values_are_compared(operator: Operator, value: Any, truth: bool | None) -> None:
    assert operator.truth(value, [], UTC) is truth


@pytest.mark.parametrize(
    ("fact", "operator", "said", "denied"),
    [
        (SAMPLE, Is("red"), "the sample is red", "the sample is not red"),
        (SAMPLE, Is(3), "the sample is 3", "the sample is not 3"),
        (FLAG, Is(True), "sample: yes", "sample: no"),
        (FLAG, Is(False), "sample: no", "sample: yes, or not said"),
        (ANSWER, Is(True), "the request was granted", "the request was refused"),
        (ANSWER, Is(False), "the request was refused", "the request was not refused"),
        (
            SAMPLE,
            In(("red", "green")),
            "the sample is red or green",
            "the sample is not red or green",
        ),
        (
            SAMPLE,
            NotIn(("red", "green", "blue")),
            "the sample is not red, green or blue",
            "the sample is red, green or blue",
        ),
        (SAMPLE, Given(True), "the sample is stated", "the sample is not stated"),
        (SAMPLE, Given(False), "the sample is not stated", "the sample is stated"),
        (
            GROUP,
            Given(True),
            "a privilege group is asked for",
            "no privilege group is asked for",
        ),
    ],
)
def test_values_are_put_into_words(fact: Fact, operator: Operator, said: str, denied: str) -> None:
    assert operator.sentence(fact) == said
    assert operator.sentence(fact, negated=True) == denied


def test_a_text_is_quoted_unless_a_table_has_a_title_for_it() -> None:
    speech = Speech(lambda table, word: {"small": "Small Group"}.get(word, word))
    said = In(("small", "odd")).sentence(GROUP, speech)
    assert said == "the privilege group asked for is Small Group or “odd”"


@pytest.mark.parametrize(
    ("operator", "mentions"),
    [
        (Is("red"), ("red",)),
        (Is(3), ()),
        (Is(True), ()),
        (In(("red", "green")), ("red", "green")),
        (NotIn(("red", "green")), ("red", "green")),
        (Given(True), ()),
    ],
)
def test_the_words_that_are_told_apart(operator: Operator, mentions: tuple[str, ...]) -> None:
    assert operator.mentions() == mentions


@pytest.mark.parametrize(
    ("kind", "operator", "cells"),
    [
        (Kind.COUNT, Is(3), (2, 3, 4)),
        (Kind.COUNT, Is(0), (0, 1)),
        (Kind.FLAG, Is(True), (True, False)),
        (Kind.WORD, Is("red"), ("red", "red?")),
        (Kind.WORD, In(("red", "green")), ("red", "green", "red?green?")),
        (Kind.TEXT, Given(True), ("?", "")),
        (Kind.DAY, Given(True), ()),
    ],
)
def test_the_values_on_each_side(kind: Kind, operator: Operator, cells: tuple[Any, ...]) -> None:
    assert operator.cells(kind, 0, [None], UTC) == cells


def test_a_word_that_begins_with_not_is_no_denial() -> None:
    denied = Is("not applicable").sentence(SAMPLE, negated=True)
    assert denied != Is("applicable").sentence(SAMPLE)
