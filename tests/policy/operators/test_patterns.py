# SPDX-License-Identifier: MIT
"""`reads` tests as in these examples."""

from __future__ import annotations

import re
from datetime import UTC, date
from typing import Any, Final

import pytest

from caljobs_policy import UNKNOWN
from caljobs_policy.policy.operators import Reads
from caljobs_policy.subjects.facts import facts_about
from caljobs_policy.subjects.fields import Kind
from tests.samples.facts import sample_fact

FACTS: Final = facts_about("record/pseudo_ssn")
BORN: Final = FACTS["record.birth_date"]
DAY: Final = date(2001, 2, 3)
LEAP: Final = date(2004, 2, 29)


PART: Final = re.compile("(YYYY|YY|MM|DD)")


def reads(pattern: str) -> Reads:
    return Reads(tuple(PART.split(pattern)), BORN)


@pytest.mark.parametrize(
    ("pattern", "day", "text"),
    [
        ("DD-MM-YYYY", DAY, "03-02-2001"),
        ("975-DD-MMYY", DAY, "975-03-0201"),
        ("YYYYMMDD", date(33, 4, 5), "00330405"),
        ("YY", date(1900, 1, 1), "00"),
        ("DD/DD", DAY, "03/03"),
        ("YYYYYY", DAY, "200101"),
        ("ADDRESS", DAY, "A03RESS"),
        (".DD*", DAY, ".03*"),
    ],
)
def test_a_text_holds_the_parts_of_a_date(pattern: str, day: date, text: str) -> None:
    operator = reads(pattern)
    assert operator.truth(text, [day], UTC) is True
    for other in ("", f"{text} ", f" {text}", text[:-1], f"{text}0"):
        assert operator.truth(other, [day], UTC) is False
    assert operator.truth(text, [date(1987, 6, 15)], UTC) is False


@pytest.mark.parametrize(
    ("value", "day", "truth", "kind"),
    [
        ("03-02", DAY, True, None),
        ("02-03", DAY, False, "else"),
        (None, DAY, False, "missing"),
        ("03-02", None, False, "missing"),
        (UNKNOWN, DAY, None, None),
        ("03-02", UNKNOWN, None, None),
    ],
)
def test_null_and_unknown_are_told_apart(
    value: Any, day: Any, truth: bool | None, kind: str | None
) -> None:
    operator = reads("DD-MM")
    assert operator.truth(value, [day], UTC) is truth
    assert truth is not False or operator.failure(value, [day], UTC) == kind


@pytest.mark.parametrize("pattern", ["DD-MM-YYYY", "YYMMDD", "MM-YY", "DD", "MM", "YY", "DDMM"])
@pytest.mark.parametrize("day", [DAY, LEAP, date(2000, 2, 29), date(1999, 12, 31)])
def test_some_day_fits_a_text_that_a_day_gives(pattern: str, day: date) -> None:
    operator = reads(pattern)
    (text, *_) = operator.cells(Kind.TEXT, 0, [None, day], UTC)
    assert operator.truth(text, [day], UTC) is True
    days = operator.cells(Kind.DAY, 1, [text, None], UTC)
    assert {operator.truth(text, [other], UTC) for other in days} == {True, False}


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("DD", "32"),
        ("DD", "00"),
        ("MM", "13"),
        ("DD-MM", "31-04"),
        ("DD-MM", "30-02"),
        ("DD-MM-YY", "29-02-01"),
        ("DD-MM-YYYY", "29-02-1900"),
        ("YYYY", "0000"),
        ("YYYY YY", "2001 02"),
        ("DD DD", "01 02"),
        ("DD", "1"),
        ("DD", "\N{ARABIC-INDIC DIGIT ZERO}\N{ARABIC-INDIC DIGIT ONE}"),
        ("DD-MM", "01.02"),
        ("DD", ""),
    ],
)
def test_no_day_fits_what_is_no_day(pattern: str, text: str) -> None:
    operator = reads(pattern)
    days = operator.cells(Kind.DAY, 1, [text, None], UTC)
    assert days
    assert {operator.truth(text, [other], UTC) for other in days} == {False}


@pytest.mark.parametrize("other", [None, UNKNOWN])
def test_without_the_other_there_is_no_boundary(other: Any) -> None:
    assert reads("DD").cells(Kind.TEXT, 0, [None, other], UTC) == ()
    assert reads("DD").cells(Kind.DAY, 1, [other, None], UTC) == ()


def test_a_pattern_is_put_into_words() -> None:
    operator = reads("975-DD-MMYY")
    assert operator.anchors == (BORN,)
    number = sample_fact(title="number")
    said = "the number is 975-DD-MMYY, filled in from the birth date"
    assert operator.sentence(number) == said
    assert operator.sentence(number, negated=True) == said.replace("is", "is not", 1)
