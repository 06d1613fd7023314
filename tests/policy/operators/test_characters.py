# SPDX-License-Identifier: MIT
"""`length`, `contains_each` and `contains_only` test as in these examples."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import pytest

from caljobs_policy import UNKNOWN
from caljobs_policy.policy.operators import ContainsEach, ContainsOnly, Length, Operator
from caljobs_policy.subjects.facts import facts_about
from caljobs_policy.subjects.fields import Kind
from tests.samples.facts import sample_fact

SAMPLE = sample_fact()
PASSWORD = facts_about("request/create")["request.password"]


@pytest.mark.parametrize(
    ("operator", "value", "truth"),
    [
        (Length(2, 3), "a", False),
        (Length(2, 3), "ab", True),
        (Length(2, 3), "abc", True),
        (Length(2, 3), "abcd", False),
        (Length(0, 3), "", True),
        (Length(2, 3), None, False),
        (Length(2, 3), UNKNOWN, None),
        (ContainsEach(("A-Z", "0-9", "!?")), "aB3?", True),
        (ContainsEach(("A-Z", "0-9", "!?")), "aB3", False),
        (ContainsEach(("A-Z", "0-9", "!?")), "ab3!", False),
        (ContainsEach(("A-Z",)), "É", False),
        (ContainsEach(("A-",)), "-", True),
        (ContainsEach(("A-Z",)), "", False),
        (ContainsEach(("A-Z",)), None, False),
        (ContainsEach(("A-Z",)), UNKNOWN, None),
        (ContainsOnly(("A-Z", "a-z", "!?")), "aB?", True),
        (ContainsOnly(("A-Z", "a-z", "!?")), "aB3?", False),
        (ContainsOnly(("0-9",)), "٣", False),
        (ContainsOnly(("0-9",)), "", True),
        (ContainsOnly(("0-9",)), None, False),
        (ContainsOnly(("0-9",)), UNKNOWN, None),
    ],
)
def test_characters_are_looked_at(operator: Operator, value: Any, truth: bool | None) -> None:
    assert operator.truth(value, [], UTC) is truth


@pytest.mark.parametrize(
    ("operator", "cells"),
    [
        (Length(2, 3), ("?", "??", "???", "????")),
        (Length(0, 1), ("", "?", "??")),
        (ContainsEach(("0-9", "A-Z")), ("0A", "")),
        (ContainsOnly(("0-9",)), ("", " ")),
        (ContainsOnly((" ", "!")), ("", '"')),
    ],
)
def test_the_texts_on_each_side(operator: Operator, cells: tuple[str, ...]) -> None:
    assert operator.cells(Kind.TEXT, 0, [None], UTC) == cells


def test_there_is_a_character_besides_however_many_are_listed() -> None:
    operator = ContainsOnly(("".join(map(chr, range(32, 0x400))),))
    truths = [operator.truth(cell, [], UTC) for cell in operator.cells(Kind.TEXT, 0, [None], UTC)]
    assert truths == [True, False]


@pytest.mark.parametrize(
    ("operator", "value", "kind"),
    [
        (Length(2, 3), None, "missing"),
        (Length(2, 3), "a", "else"),
        (ContainsEach(("0-9",)), None, "missing"),
        (ContainsEach(("0-9",)), "a", "missing"),
        (ContainsOnly(("0-9",)), None, "missing"),
        (ContainsOnly(("0-9",)), "a", "else"),
    ],
)
def test_a_lacking_character_is_told_from_one_too_many(
    operator: Operator, value: str | None, kind: str
) -> None:
    assert operator.failure(value, [], UTC) == kind


@pytest.mark.parametrize(
    ("operator", "said", "denied"),
    [
        (
            Length(8, 20),
            "the sample is 8 to 20 characters long",
            "the sample is not 8 to 20 characters long",
        ),
        (
            Length(8),
            "the sample is at least 8 characters long",
            "the sample is not at least 8 characters long",
        ),
        (Length(0), "the sample is stated", "the sample is not stated"),
        (
            ContainsEach(("A-Z", "0-9", "!?")),
            "the sample contains an upper case letter, a digit and one of the characters ! ?",
            "the sample does not contain an upper case letter, a digit"
            " and one of the characters ! ?",
        ),
        (
            ContainsOnly(("a-z", "0-9")),
            "the sample contains nothing but lower case letters and digits",
            "the sample contains more than lower case letters and digits",
        ),
    ],
)
def test_characters_are_put_into_words(operator: Operator, said: str, denied: str) -> None:
    assert operator.sentence(SAMPLE) == said
    assert operator.sentence(SAMPLE, negated=True) == denied
