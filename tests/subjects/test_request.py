# SPDX-License-Identifier: MIT
"""A request and its parts hold what cases can say, and nothing else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from caljobs_policy import (
    UNKNOWN,
    Answer,
    Request,
    Requestor,
    Staff,
    Statement,
    SubjectError,
)
from tests.samples.keys import WORDS

EARLY, LATE = date(2024, 6, 2), date(2025, 6, 2)
PARTS = {"requestor": Requestor, "staff": Staff, "answer": Answer}


@pytest.mark.parametrize("type_", WORDS["request_types"])
def test_every_type_of_request_can_be_made(type_: str) -> None:
    assert Request(type=type_).type == type_


@pytest.mark.parametrize("type_", [None, UNKNOWN, 7])
def test_the_type_of_a_request_must_be_a_word(type_: Any) -> None:
    with pytest.raises(SubjectError, match=r"`request\.type`"):
        Request(type=type_)


@pytest.mark.parametrize("name", ["submitted_on", "organization", "submitted_to", "attachments"])
def test_null_is_an_error_where_something_must_be(name: str) -> None:
    values: dict[str, Any] = {"type": "create", name: None}
    with pytest.raises(SubjectError, match=f"`request.{name}` must not be null"):
        Request(**values)


@pytest.mark.parametrize(("cls", "name"), [(Requestor, "role"), (Staff, "employer")])
def test_null_is_an_error_in_a_part(cls: Any, name: str) -> None:
    with pytest.raises(SubjectError, match=f"`{name}` must not be null"):
        cls(**{name: None})


def test_null_for_a_part_makes_all_beneath_it_null() -> None:
    request = Request(type="create", requestor=None, staff=None, answer=None)
    assert request.requestor.role is None
    assert request.staff.employer is None
    assert request.staff.privileges is None
    assert request.staff.signed == {}
    assert request.staff.unsigned is None
    assert request.answer.granted is None


@pytest.mark.parametrize("name", ["requestor", "staff", "answer"])
def test_a_part_that_is_said_to_be_unknown_is_as_if_left_out(name: str) -> None:
    values: dict[str, Any] = {"type": "create", name: UNKNOWN}
    assert Request(**values) == Request(type="create")


@pytest.mark.parametrize("name", PARTS)
def test_a_part_of_another_sort_is_refused(name: str) -> None:
    strangers: list[Any] = ["somebody", Statement()]
    for stranger in strangers:
        values: dict[str, Any] = {"type": "create", name: stranger}
        with pytest.raises(SubjectError, match=f"`request.{name}` takes a mapping"):
            Request(**values)


def test_an_answer_grants_or_refuses() -> None:
    answer = Answer(granted=False)
    assert Request(type="change", answer=answer).answer.granted is False
    assert answer.reason is None
    with pytest.raises(SubjectError, match="`granted` takes true or false"):
        Answer(granted="no")  # type: ignore[arg-type]


def test_one_role_is_a_list_of_one() -> None:
    request = Request(type="create", submitted_to="desk", attachments=["one", "two"])
    assert request.submitted_to == ("desk",)
    assert request.attachments == ("one", "two")


def test_the_letter_case_of_an_address_makes_no_difference() -> None:
    request = Request(type="create", sent_to=[" Desk@Example.ORG ", "boss@example.org"])
    assert request.sent_to == ("desk@example.org", "boss@example.org")


@pytest.mark.parametrize("value", [UNKNOWN, None])
def test_addresses_may_be_unknown_or_none(value: Any) -> None:
    assert Request(type="create", sent_to=value).sent_to is value


@pytest.mark.parametrize("value", [["one", 2], {"one", 2}, b"one", {"one": 2}, iter(["one"]), 5])
def test_anything_but_a_list_of_words_is_refused(value: Any) -> None:
    with pytest.raises(SubjectError, match=r"`request\.attachments.*` takes a .*word"):
        Request(type="create", attachments=value)


def test_a_separation_may_be_a_day_or_a_time() -> None:
    moment = datetime(2025, 6, 2, 9)
    assert Request(type="deactivate", separates_on=LATE).separates_on == LATE
    assert Request(type="deactivate", separates_on=moment).separates_on == moment


def test_equal_requests_are_one_key() -> None:
    one = Request(type="create", staff=Staff(statement=Statement(form="a", signed_on=LATE)))
    other = Request(type="create", staff=Staff(statement=[Statement(form="a", signed_on=LATE)]))
    assert {one: "found"}[other] == "found"
    assert one != Request(type="reset", staff=one.staff)


@pytest.mark.parametrize(
    ("statement", "signed", "unsigned"),
    [
        (UNKNOWN, {}, UNKNOWN),
        (None, {}, None),
        ((), {}, None),
        (Statement(form="a", signed_on=EARLY), {"a": EARLY}, None),
        (Statement(form="a", signed_on=None), {"a": None}, None),
        (Statement(form="a"), {"a": UNKNOWN}, None),
        (Statement(form=None, signed_on=EARLY), {}, None),
        ([Statement(form="a", signed_on=EARLY), Statement(signed_on=LATE)], {}, UNKNOWN),
        (
            [Statement(form="a", signed_on=EARLY), Statement(form="b", signed_on=LATE)],
            {"a": EARLY, "b": LATE},
            None,
        ),
        (
            [Statement(form="a", signed_on=LATE), Statement(form="a", signed_on=EARLY)],
            {"a": LATE},
            None,
        ),
        (
            [Statement(form="a", signed_on=None), Statement(form="a", signed_on=EARLY)],
            {"a": EARLY},
            None,
        ),
        ([Statement(form="a"), Statement(form="a", signed_on=EARLY)], {"a": UNKNOWN}, None),
    ],
)
def test_statements_are_read_as_a_date_per_form(
    statement: Any, signed: dict[str, Any], unsigned: Any
) -> None:
    staff = Staff(statement=statement)
    assert staff.signed == signed
    assert staff.unsigned is unsigned


@pytest.mark.parametrize("statement", ["a", {"form": "a"}, [Statement(), "a"], 7])
def test_anything_but_statements_is_refused(statement: Any) -> None:
    with pytest.raises(SubjectError, match=r"`statement.*` takes a "):
        Staff(statement=statement)
