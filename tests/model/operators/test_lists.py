# SPDX-License-Identifier: MIT
"""`has`, `has_all`, `has_only` and `exactly` test as in these examples."""

from __future__ import annotations

from datetime import UTC

import pytest

from caljobs_policy.model.operators import Exactly, Has, HasAll, HasOnly, Operator

TITLE = "sample"


@pytest.mark.parametrize(
    ("operator", "value", "truth"),
    [
        (Has(("a",)), ("b", "a"), True),
        (Has(("a",)), ("b",), False),
        (Has(("a",)), ("ab",), False),
        (HasAll(("a", "b")), ("b", "c", "a"), True),
        (HasAll(("a", "b")), ("a",), False),
        (HasOnly(("a", "b")), ("b",), True),
        (HasOnly(("a", "b")), (), True),
        (HasOnly(("a", "b")), ("a", "c"), False),
        (HasOnly(("cash*", "b")), ("cash one", "cash", "b"), True),
        (HasOnly(("cash*", "b")), ("cash one", "bb"), False),
        (HasOnly(("cash*",)), ("petty cash",), False),
        (HasOnly(("*",)), ("anything", ""), True),
        (Exactly(("a", "b")), ("b", "a"), True),
        (Exactly(("a", "b")), ("b", "a", "a"), True),
        (Exactly(("a", "b")), ("a",), False),
        (Exactly(("a", "b")), ("a", "b", "c"), False),
        (Exactly(("a", "b")), None, False),
    ],
)
def test_lists_are_compared(operator: Operator, value: tuple[str, ...] | None, truth: bool) -> None:
    assert operator.truth(value, [], UTC) is truth


@pytest.mark.parametrize(
    ("operator", "value", "kind"),
    [
        (Has(("a",)), ("b",), "missing"),
        (HasAll(("a", "b")), ("a", "c"), "missing"),
        (HasOnly(("a",)), ("b",), "else"),
        (Exactly(("a", "b")), None, "missing"),
        (Exactly(("a", "b")), ("a", "c"), "missing"),
        (Exactly(("a", "b")), ("a", "b", "c"), "else"),
    ],
)
def test_a_lacking_word_is_told_from_one_too_many(
    operator: Operator, value: tuple[str, ...] | None, kind: str
) -> None:
    assert operator.failure(value, [], UTC) == kind


@pytest.mark.parametrize(
    ("operator", "mentions"),
    [
        (Has(("a",)), ("a",)),
        (HasAll(("b", "a")), ("b", "a")),
        (HasOnly(("b", "cash*", "a")), ("a", "b", "cash")),
        (Exactly(("b", "a")), ("b", "a")),
    ],
)
def test_the_words_that_are_told_apart(operator: Operator, mentions: tuple[str, ...]) -> None:
    assert operator.mentions() == mentions


@pytest.mark.parametrize(
    ("operator", "said", "denied"),
    [
        (Has(("a",)), "the sample includes a", "the sample does not include a"),
        (
            HasAll(("a", "b")),
            "the sample includes a and b",
            "the sample does not include a and b",
        ),
        (
            HasOnly(("a", "b", "c")),
            "the sample holds nothing but a, b and c",
            "the sample holds more than a, b and c",
        ),
        (Exactly(("a", "b")), "the sample is exactly a and b", "the sample is not exactly a and b"),
    ],
)
def test_lists_are_put_into_words(operator: Operator, said: str, denied: str) -> None:
    assert operator.sentence(TITLE) == said
    assert operator.sentence(TITLE, negated=True) == denied
