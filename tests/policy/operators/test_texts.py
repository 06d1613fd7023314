# SPDX-License-Identifier: MIT
"""The operators over text test as in these examples."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import pytest

from caljobs_policy import UNKNOWN
from caljobs_policy.policy.operators import (
    ContainsLoosely,
    ContainsWords,
    Operator,
    SameAs,
    StartsWith,
)
from caljobs_policy.policy.operators.texts import loosened
from caljobs_policy.subjects.facts import facts_about
from caljobs_policy.subjects.fields import Kind
from tests.samples.facts import sample_fact

SAMPLE = sample_fact()
OTHER = facts_about("request/create")["request.staff.name"]
SAME = SameAs(OTHER)
NAMED = ContainsLoosely(("Access – ", OTHER, " (new)"))  # noqa: RUF001  # a kind of dash


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("Sample", "sample"),
        ("  Sample \t\n Name ", "sample name"),
        ("A – B — C − D", "a - b - c - d"),  # noqa: RUF001  # kinds of dash
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_case_blanks_and_dashes_make_no_difference(text: str, loose: str) -> None:
    assert loosened(text) == loose


@pytest.mark.parametrize(
    ("value", "other", "truth"),
    [
        ("Sample Name", "sample  NAME ", True),
        ("Sample Name", "Sample Names", False),
        ("", "", False),
        (" ", "\t", False),
    ],
)
def test_two_texts_are_the_same_but_for_case_and_blanks(
    value: str, other: str, truth: bool
) -> None:
    assert SAME.truth(value, [other], UTC) is truth
    assert SAME.truth(other, [value], UTC) is truth


@pytest.mark.parametrize(
    ("operator", "value", "truth"),
    [
        (StartsWith("Access"), "Access Request", True),
        (StartsWith("Access"), "access request", False),
        (StartsWith("Access"), "An Access", False),
        (StartsWith("Access"), "", False),
        (ContainsLoosely(("access request - one",)), "Re: ACCESS  Request – One!", True),  # noqa: RUF001  # a dash
        (ContainsLoosely(("Access Request",)), "access", False),
        (ContainsLoosely(("Access Request",)), None, False),
        (ContainsLoosely(("Access Request",)), UNKNOWN, None),
    ],
)
def test_texts_are_searched(operator: Operator, value: Any, truth: bool | None) -> None:
    assert operator.truth(value, [], UTC) is truth


@pytest.mark.parametrize(
    ("value", "other", "truth"),
    [
        ("Re: access - SAMPLE  Name (New)", "Sample Name", True),
        ("access - Sample Name", "Sample Name", False),
        ("access - another (new)", "Sample Name", False),
        ("access - (new)", " ", False),
        ("access - (new)", None, False),
        ("access - a (new)", UNKNOWN, None),
        (None, "Sample Name", False),
    ],
)
def test_a_text_with_a_fact_in_it_is_searched(value: Any, other: Any, truth: bool | None) -> None:
    assert NAMED.truth(value, [other], UTC) is truth


@pytest.mark.parametrize(
    ("value", "other", "truth"),
    [
        ("205 - Sample Activity", "205", True),
        ("1205 - Sample Activity", "205", False),
        ("2051 - Sample Activity", "205", False),
        ("1205, 205 - Sample Activity", "205", True),
        ("(205)", "205", True),
        ("Sample-205", "205", True),
        ("205", "205", True),
        ("F05 - Sample Activity", "f05", True),
        ("xF05 - Sample Activity", "F05", False),
        ("205 - sample  ACTIVITY", "Sample Activity", True),
        ("205 - Sample Activitys", "Sample Activity", False),
        ("205 - Sample (Activity)", "Sample (Activity)", True),
        ("205 - Sample (Activity)s", "Sample (Activity)", True),
        ("", "205", False),
        ("205", " ", False),
        ("205", None, False),
        ("205", UNKNOWN, None),
        (None, "205", False),
        (UNKNOWN, "205", None),
    ],
)
def test_whole_words_are_searched(value: Any, other: Any, truth: bool | None) -> None:
    assert ContainsWords((OTHER,)).truth(value, [other], UTC) is truth


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ((OTHER,), "205 - sample"),
        (("a ", OTHER), "ba a 7"),
        ((OTHER, " b"), "7 b bc"),
        (("a ", OTHER, " b"), "a aa 7 bb b"),
    ],
)
def test_words_around_a_fact_are_found_wherever_they_stand(
    template: tuple[Any, ...], text: str
) -> None:
    operator = ContainsWords(template)
    cells = operator.cells(Kind.TEXT, 1, [text, None], UTC)
    assert {operator.truth(text, [cell], UTC) for cell in cells} == {True, False}


@pytest.mark.parametrize(
    ("values", "position"),
    [
        ([None, "Sample Name"], 0),
        (["Fwd: access - one access - two (new) more", None], 1),
        (["access - a? (new)", None], 1),
    ],
)
def test_a_fact_in_a_text_has_values_on_both_sides(values: list[Any], position: int) -> None:
    truths = set()
    for cell in NAMED.cells(Kind.TEXT, position, values, UTC):
        value, other = (cell if n == position else v for n, v in enumerate(values))
        truths.add(NAMED.truth(value, [other], UTC))
    assert truths == {True, False}


@pytest.mark.parametrize(
    ("values", "position", "cells"),
    [
        (["a", "b"], 0, ("b", "b?")),
        (["a", "b"], 1, ("a", "a?")),
        (["a", UNKNOWN], 0, ("?",)),
        ([None, "b"], 1, ("?",)),
    ],
)
def test_the_texts_on_each_side_of_another(
    values: list[Any], position: int, cells: tuple[str, ...]
) -> None:
    assert SAME.cells(Kind.TEXT, position, values, UTC) == cells


@pytest.mark.parametrize(
    "operator", [StartsWith("a"), ContainsLoosely(("a",)), ContainsWords(("a",))]
)
def test_the_texts_with_and_without_another(operator: Operator) -> None:
    truths = [operator.truth(cell, [], UTC) for cell in operator.cells(Kind.TEXT, 0, [None], UTC)]
    assert truths == [True, False]


@pytest.mark.parametrize(
    ("operator", "said", "denied"),
    [
        (
            SAME,
            "the sample is the same as the staff member's name",
            "the sample is not the same as the staff member's name",
        ),
        (StartsWith("a"), "the sample begins with “a”", "the sample does not begin with “a”"),
        (ContainsLoosely(("a",)), "the sample contains “a”", "the sample does not contain “a”"),
        (
            ContainsWords(("a", OTHER)),
            "the sample contains “a<staff member's name>” as whole words",
            "the sample does not contain “a<staff member's name>” as whole words",
        ),
        (
            ContainsLoosely((OTHER,)),
            "the sample contains the staff member's name",
            "the sample does not contain the staff member's name",
        ),
        (
            ContainsLoosely(("a ", OTHER)),
            "the sample contains “a <staff member's name>”",
            "the sample does not contain “a <staff member's name>”",
        ),
    ],
)
def test_texts_are_put_into_words(operator: Operator, said: str, denied: str) -> None:
    assert operator.sentence(SAMPLE) == said
    assert operator.sentence(SAMPLE, negated=True) == denied


def test_a_text_is_compared_with_another_fact() -> None:
    assert SAME.anchors == (OTHER,)
    assert NAMED.anchors == (OTHER,)
    assert StartsWith("a").anchors == ()
