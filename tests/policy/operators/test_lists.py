# SPDX-License-Identifier: MIT
"""`has`, `has_all`, `has_only` and `exactly` test as in these examples."""

from __future__ import annotations

from datetime import UTC

import pytest

from caljobs_policy.policy.operators import Exactly, Has, HasAll, HasOnly, Operator
from caljobs_policy.policy.speech import Speech
from caljobs_policy.subjects.facts import facts_about
from caljobs_policy.subjects.fields import Kind
from tests.samples.facts import sample_fact

FACTS = facts_about("request/create")
TITLES = {
    "a": "Form A",
    "b": "the form B",
    "boss": "Boss",
    "desk": "Help Desk",
    "one": "office work",
}
SPEECH = Speech(lambda table, word: TITLES.get(word, word))


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
            "the sample does not include all of a and b",
        ),
        (
            HasOnly(("a", "b", "c*")),
            "the sample includes nothing but a, b and “c…”",
            "the sample includes something besides a, b and “c…”",
        ),
        (
            Exactly(("a", "b")),
            "the sample includes a and b, and nothing else",
            "it is not the case that the sample includes a and b, and nothing else",
        ),
    ],
)
def test_lists_are_put_into_words(operator: Operator, said: str, denied: str) -> None:
    fact = sample_fact(Kind.WORDS)
    assert operator.sentence(fact) == said
    assert operator.sentence(fact, negated=True) == denied


@pytest.mark.parametrize(
    ("path", "operator", "said", "denied"),
    [
        ("attachments", Has(("a",)), "the Form A is attached", "the Form A is not attached"),
        ("attachments", Has(("b",)), "the form B is attached", "the form B is not attached"),
        (
            "attachments",
            HasAll(("a", "b")),
            "each of the Form A and the form B is attached",
            "at least one of the Form A and the form B is not attached",
        ),
        (
            "attachments",
            Exactly(("a",)),
            "the Form A, and nothing else, is attached",
            "it is not the case that the Form A, and nothing else, is attached",
        ),
        (
            "attachments",
            HasOnly(("a",)),
            "nothing but the Form A is attached",
            "something besides the Form A is attached",
        ),
        (
            "submitted_to",
            Exactly(("boss", "desk")),
            "the request went to each of the Boss and the Help Desk, and nobody else",
            "it is not the case that the request went to each of the Boss and the Help Desk,"
            " and nobody else",
        ),
        (
            "approvals",
            HasOnly(("boss",)),
            "the approval of nobody but the Boss is on file",
            "the approval of somebody besides the Boss is on file",
        ),
        (
            "staff.duties",
            Has(("one",)),
            "the staff member's work includes office work",
            "the staff member's work does not include office work",
        ),
        (
            "privileges",
            Has(("two",)),
            "the request asks for “two”",
            "the request does not ask for “two”",
        ),
    ],
)
def test_a_fact_says_in_its_own_words_what_its_list_holds(
    path: str, operator: Operator, said: str, denied: str
) -> None:
    fact = FACTS[f"request.{path}"]
    assert operator.sentence(fact, SPEECH) == said
    assert operator.sentence(fact, SPEECH, negated=True) == denied
