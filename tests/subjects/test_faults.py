# SPDX-License-Identifier: MIT
"""Constructors take what a subject can hold; of anything else they say what the reader says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from caljobs_policy import (
    UNKNOWN,
    Account,
    Closure,
    Code,
    Office,
    OwnRecord,
    Problem,
    Request,
    Requestor,
    Staff,
    Statement,
    SubjectError,
    TemporaryPassword,
    load_policy,
    read_subject,
)
from caljobs_policy.subjects.checking import check
from caljobs_policy.subjects.faults import faults
from caljobs_policy.subjects.fields import Holds, Kind
from caljobs_policy.subjects.value_hooks import fact_reader

STATE = load_policy("state", date(2025, 6, 2))
DAY = date(2025, 6, 2)
TIME = datetime(2025, 6, 2, 9)
SAMPLES: dict[Kind, tuple[Any, ...]] = {
    Kind.FLAG: (True, False),
    Kind.WORD: ("a", ""),
    Kind.TEXT: ("a", ""),
    Kind.COUNT: (0, 999_999_999),
    Kind.DAY: (DAY,),
    Kind.TIME: (TIME, TIME.replace(tzinfo=ZoneInfo("America/Los_Angeles"))),
    Kind.DAY_OR_TIME: (DAY, TIME),
    Kind.WORDS: ((), ("a", "b")),
}
STRANGERS: dict[Kind, tuple[Any, ...]] = {
    Kind.FLAG: (1, 0, "true", DAY),
    Kind.WORD: (1, True, b"a", ("a",)),
    Kind.TEXT: (1, True, b"a", ("a",)),
    Kind.COUNT: (True, 1.0, "1", -1, 10**20),
    Kind.DAY: (TIME, "2025-06-02", 20250602),
    Kind.TIME: (DAY, "2025-06-02T09:00", 9, TIME.replace(tzinfo=timezone(timedelta(hours=20)))),
    Kind.DAY_OR_TIME: ("2025-06-02", 20250602),
    Kind.WORDS: ("a", ["a"], ("a", 1), (None,), b"a", 7),
}


def told(value: object, holds: Holds) -> tuple[Problem, ...]:
    known = holds.vocabulary if isinstance(holds.vocabulary, tuple) else None
    return faults(value, holds, fact_reader(holds, known))


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_kind_holds_its_values(kind: Kind) -> None:
    assert [told(value, Holds(kind, "sample")) for value in SAMPLES[kind]] == [()] * len(
        SAMPLES[kind]
    )


@pytest.mark.parametrize("kind", STRANGERS)
def test_no_kind_holds_values_of_another(kind: Kind) -> None:
    for value in STRANGERS[kind]:
        found = told(value, Holds(kind, "sample"))
        assert len(found) == 1, value
        assert found[0].help


@pytest.mark.parametrize("kind", SAMPLES)
def test_null_is_refused_where_it_cannot_be(kind: Kind) -> None:
    assert told(None, Holds(kind, "sample")) == ()
    (problem,) = told(None, Holds(kind, "sample", nullable=False))
    assert (problem.message, problem.code) == ("must not be null", Code.NULL)


def test_words_are_those_of_the_vocabulary() -> None:
    colors = Holds(Kind.WORDS, "sample", vocabulary=("red", "green"))
    assert told(("red", "green"), colors) == ()
    assert [(p.pointer, p.help) for p in told(("red", "gren"), colors)] == [
        ("/1", "did you mean `green`?")
    ]


def test_constructors_take_any_word_of_a_profiles_tables() -> None:
    assert Requestor(role="anybody").role == "anybody"


def problems_of(make: Any, **facts: Any) -> list[Problem]:
    with pytest.raises(SubjectError) as caught:
        make(**facts)
    return list(caught.value.problems)


def read_problems(kind: str, facts: dict[str, Any]) -> list[Problem]:
    with pytest.raises(SubjectError) as caught:
        read_subject(STATE, kind, facts)
    return list(caught.value.problems)


TEN = {
    "type": 7,
    "submitted_on": "2025-02-30",
    "organization": None,
    "signed_by_requestor": "false",
    "submitted_to": ["mis_administrator", 7],
    "attachments": None,
    "office": ["one", "two"],
    "subject": float("nan"),
    "separates_on": 20250602,
    "staff": {"employer": 7, "statement": [{"form": "e1"}, {"signed_on": "soon"}]},
    "password": b"secret",
    "sent_to": {"to": "a@example.org"},
}


def test_faults_of_a_constructor_are_those_of_the_reader() -> None:
    made = problems_of(Request, **TEN)
    assert made == read_problems("request", TEN)
    assert len(made) == 13
    assert "/staff/statement/1/signed_on" in [problem.pointer for problem in made]
    assert Code.BAD_SUBJECT not in [problem.code for problem in made]


@pytest.mark.parametrize(
    ("make", "kind", "facts"),
    [
        (Account, "account", {"status": None, "shared": "no", "created_on": TIME, "staff": "x"}),
        (Account, "account", {"username": "x" * 2_000_000, "incident": [], "separated_on": 1}),
        (Account, "account", {"staff": {"privileges": ["x"] * 20_000}}),
        (Office, "office", {"accounts": -1, "mis_administrators": 2.5, "organization": 7}),
        (Office, "office", {"accounts": 10**20, "mis_administrators": "2"}),
        (Closure, "record", {"all_fields_completed": 1, "exited_on": "2025-13-01"}),
    ],
)
def test_constructor_of_every_kind_agrees_with_its_reader(
    make: Any, kind: str, facts: dict[str, Any]
) -> None:
    typed = {"type": "closure", **facts} if kind == "record" else facts
    assert problems_of(make, **facts) == read_problems(kind, typed)


def test_missing_type_is_reported_as_missing() -> None:
    for type_ in (None, UNKNOWN):
        (problem,) = problems_of(Request, type=type_)
        assert (problem.message, problem.code) == ("`request.type` is missing", Code.MISSING)
    (problem,) = problems_of(OwnRecord, type=None)
    assert problem.message == "`record.type` is missing"


def test_faults_of_a_part_have_its_own_keys() -> None:
    (problem,) = problems_of(Staff, employer=7)
    assert (problem.message, problem.pointer) == ("`employer` takes a word", "/employer")


@pytest.mark.parametrize(
    ("make", "facts", "message"),
    [
        (Request, {"type": "create", "submitted_on": "2025-06-02"}, "takes a value of type `date`"),
        (Request, {"type": "create", "staff": {}}, "takes a value of type `Staff`"),
        (Staff, {"statement": [{}]}, "takes a value of type `Statement`"),
        (Account, {"separated_on": "2025-06-02"}, "takes a value of type `date` or `datetime`"),
        (Office, {"accounts": 2.0}, "takes a value of type `int`"),
    ],
)
def test_what_only_the_reader_takes_has_a_remedy(
    make: Any, facts: dict[str, Any], message: str
) -> None:
    (problem,) = problems_of(make, **facts)
    assert problem.message.endswith(f"` {message}")
    assert problem.help == "make one of it, or hand the whole mapping to `read_subject`"


def test_own_facts_that_no_profile_could_declare_are_refused() -> None:
    (problem,) = problems_of(Account, own=7)
    assert (problem.message, problem.pointer) == ("`account.own` takes a mapping", "/own")
    found = problems_of(Account, own={"seen": True, "x": 1.5, "y": ("a", 1), 7: "a"})
    assert [p.message for p in found] == [
        f"`account.own` cannot hold its fact number {number}" for number in (2, 3, 4)
    ]


@pytest.mark.parametrize(
    ("zone", "message"),
    [
        (timezone(timedelta(hours=20)), "has an offset that does not exist"),
        (timezone(timedelta(microseconds=1)), "has an offset that does not exist"),
    ],
)
def test_time_that_could_not_be_read_back_is_refused(zone: Any, message: str) -> None:
    facts = {"issued_at": TIME.replace(tzinfo=zone)}
    (problem,) = problems_of(TemporaryPassword, **facts)
    assert (problem.message, problem.code) == (f"`issued_at` {message}", Code.NOT_A_TIME)
    (problem,) = read_problems("account", {"temporary_password": facts})
    assert problem.message == f"`account.temporary_password.issued_at` {message}"
    assert Account(separated_on=TIME.replace(tzinfo=UTC)).separated_on is not None


class Color(Enum):
    RED = "red"


class Opaque:
    """A value of some program."""


def items() -> Iterator[str]:
    yield "a"


@pytest.mark.parametrize(
    ("kind", "value", "remedy"),
    [
        (Kind.TEXT, ["a"], "give one value, not a list"),
        (Kind.TEXT, {"a"}, "give one value, not a list"),
        (Kind.DAY, {"a": 1}, "give one value, not a mapping"),
        (Kind.TEXT, b"a", "decode it, and give the text"),
        (Kind.TEXT, UUID(int=1), "make a text of it first, as `str` does"),
        (Kind.TEXT, Opaque(), "make a text of it first, as `str` does"),
        (Kind.TEXT, Decimal(1), "give it as a text, in quotes"),
        (Kind.WORD, 1, "give it as a text, in quotes"),
        (Kind.WORD, Color.RED, "give the value of the member, not the member itself"),
        (Kind.COUNT, Decimal(2), "make a whole number of it first, as `int` does"),
        (Kind.COUNT, 1j, "make a whole number of it first, as `int` does"),
        (Kind.COUNT, 2.5, "give a whole number, without a fraction"),
        (Kind.COUNT, True, "give a whole number, and neither true nor false"),
        (Kind.COUNT, "2", "give a whole number, not its text"),
        (Kind.COUNT, Opaque(), "give a whole number"),
        (Kind.COUNT, 10**9, "give 999,999,999 at most"),
        (Kind.DAY, 1, "give a date, or its text such as 2025-03-01, and not a number"),
        (Kind.DAY, TIME, "give the day alone, such as 2025-03-01"),
        (Kind.TIME, DAY, "give the time with its day, such as 2025-03-01T09:00:00-08:00"),
        (Kind.FLAG, Opaque(), "give true or false, and neither a number nor a text"),
        (Kind.WORDS, items(), "make a list of it first, as `list` does"),
        (Kind.WORDS, b"a", "give a list of texts, such as `[a, b]`"),
        (Kind.WORDS, 7, "give a list of texts, such as `[a, b]`"),
    ],
)
def test_remedy_says_what_to_hand_over_instead(kind: Kind, value: object, remedy: str) -> None:
    (problem,) = told(value, Holds(kind, "sample"))
    assert problem.help == remedy


def test_what_is_unknown_is_never_at_fault() -> None:
    check(Staff(employer=UNKNOWN, duties=UNKNOWN, statement=UNKNOWN))
    check(Staff(statement=(Statement(),)))
