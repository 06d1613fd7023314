# SPDX-License-Identifier: MIT
"""Fields hold what their kind allows, and report what is wrong with anything else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from caljobs_policy import UNKNOWN, Request, Requestor, Staff, Statement, SubjectError
from caljobs_policy.subjects.faults import check, fault
from caljobs_policy.subjects.fields import Holds, Kind

DAY = date(2025, 6, 2)
TIME = datetime(2025, 6, 2, 9)
SAMPLES: dict[Kind, tuple[Any, ...]] = {
    Kind.FLAG: (True, False),
    Kind.WORD: ("a", ""),
    Kind.TEXT: ("a", ""),
    Kind.COUNT: (0, 10**20),
    Kind.DAY: (DAY,),
    Kind.TIME: (TIME,),
    Kind.DAY_OR_TIME: (DAY, TIME),
    Kind.WORDS: ((), ("a", "b")),
    Kind.PART: (Staff(),),
    Kind.STATEMENTS: ((), (Statement(form="a"),)),
}
STRANGERS: dict[Kind, tuple[Any, ...]] = {
    Kind.FLAG: (1, 0, "true", DAY),
    Kind.WORD: (1, True, b"a", ("a",)),
    Kind.TEXT: (1, True, b"a", ("a",)),
    Kind.COUNT: (True, 1.0, "1"),
    Kind.DAY: (TIME, "2025-06-02", 20250602),
    Kind.TIME: (DAY, "2025-06-02T09:00", 9),
    Kind.DAY_OR_TIME: ("2025-06-02", 20250602),
    Kind.WORDS: ("a", ["a"], ("a", 1), (None,)),
    Kind.PART: ({}, "a", Requestor()),
    Kind.STATEMENTS: (Statement(), ("a",), ({},)),
}


def field_of(kind: Kind, **more: Any) -> Holds:
    parts = {Kind.PART: Staff, Kind.STATEMENTS: Statement}
    return Holds(kind, "sample", part=parts.get(kind), **more)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_holds_its_values(kind: Kind) -> None:
    assert [fault(field_of(kind), value) for value in SAMPLES[kind]] == [None] * len(SAMPLES[kind])


@pytest.mark.parametrize("kind", Kind)
def test_no_kind_holds_values_of_another(kind: Kind) -> None:
    for value in STRANGERS[kind]:
        found = fault(field_of(kind), value)
        assert found is not None
        assert found[0] == f"must be {kind.value}"


@pytest.mark.parametrize("kind", Kind)
def test_null_is_refused_where_it_cannot_be(kind: Kind) -> None:
    assert fault(field_of(kind), None) is None
    assert fault(field_of(kind, nullable=False), None) == (
        "must not be null",
        "leave it out when it is not known",
    )


@pytest.mark.parametrize(
    ("kind", "value", "remedy"),
    [
        (Kind.DAY, TIME, "give the day alone, without the time"),
        (Kind.DAY, "2025-06-02", "give a date object, not its text"),
        (Kind.TIME, "2025-06-02", "give a date object, not its text"),
        (Kind.DAY_OR_TIME, "2025-06-02", "give a date object, not its text"),
        (Kind.TIME, DAY, None),
        (Kind.FLAG, "true", None),
    ],
)
def test_what_is_almost_right_has_a_remedy(kind: Kind, value: object, remedy: str | None) -> None:
    assert fault(field_of(kind), value) == (f"must be {kind.value}", remedy)


def test_a_count_is_not_below_zero() -> None:
    assert fault(field_of(Kind.COUNT), -1) == ("must not be below 0", None)


@pytest.mark.parametrize(
    ("kind", "value", "fault_"),
    [
        (Kind.WORD, "red", None),
        (Kind.WORDS, ("red", "green"), None),
        (Kind.WORD, "gren", ("has no value `gren`", "did you mean `green`?")),
        (Kind.WORDS, ("red", "x", "y"), ("has no such value", "known are: red, green")),
    ],
)
def test_words_are_those_of_the_vocabulary(
    kind: Kind, value: object, fault_: tuple[str, str] | None
) -> None:
    assert fault(field_of(kind, vocabulary=("red", "green")), value) == fault_


def test_words_that_a_profile_lists_are_its_own_affair() -> None:
    assert fault(field_of(Kind.WORD, vocabulary="roles"), "anybody") is None


def test_all_faults_of_a_subject_are_told_at_once() -> None:
    with pytest.raises(SubjectError) as caught:
        Request(type="create", submitted_on=None, office=7)  # type: ignore[arg-type]
    messages = [problem.message for problem in caught.value.problems]
    assert messages == ["`office` must be a text", "`submitted_on` must not be null"]


def test_what_is_unknown_is_never_at_fault() -> None:
    check(Staff(employer=UNKNOWN, duties=UNKNOWN, statement=UNKNOWN))
