# SPDX-License-Identifier: MIT
"""A list of statements says when each form was last signed, as far as that is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from itertools import combinations_with_replacement, product
from typing import Any, Final

import pytest

from caljobs_policy import UNKNOWN, Account, Request, Staff, Statement
from caljobs_policy.subjects.facts import Fact, fact_named

EARLY, LATE = date(2024, 6, 2), date(2025, 6, 2)
FORMS: Final = ("a", "b", "c", None)
DAYS: Final = (date(2023, 1, 1), EARLY, date(2024, 9, 1), LATE, date(2025, 9, 1), None)
EVERY: Final = [
    Statement(form=form, signed_on=day)
    for form in ("a", "b", None, UNKNOWN)
    for day in (EARLY, LATE, None, UNKNOWN)
]
LISTS: Final = [
    chosen for size in range(4) for chosen in combinations_with_replacement(EVERY, size)
]


def signature(form: str) -> Fact:
    fact = fact_named(f"request.staff.statement.{form}", "request/create", {})
    assert fact is not None
    return fact


def request(statements: Sequence[Statement]) -> Request:
    return Request(type="create", staff=Staff(statement=tuple(statements)))


def completions(statement: Statement) -> Iterator[Statement]:
    forms = FORMS if statement.form is UNKNOWN else (statement.form,)
    days = DAYS if statement.signed_on is UNKNOWN else (statement.signed_on,)
    return (Statement(form=form, signed_on=day) for form, day in product(forms, days))


def last_signed(statements: Sequence[Statement], form: str) -> Any:
    """Return the last day on which a form was signed, if everything is known."""
    days = [s.signed_on for s in statements if s.form == form]
    return max((day for day in days if isinstance(day, date)), default=None)


@pytest.mark.parametrize("form", ["a", "b"])
def test_a_day_is_known_if_all_possibilities_agree_on_it(form: str) -> None:
    fact = signature(form)
    for statements in LISTS:
        wholes = product(*(tuple(completions(statement)) for statement in statements))
        days = {last_signed(whole, form) for whole in wholes}
        told = fact.read(request(statements), None, UTC)
        assert days == {told} if told is not UNKNOWN else len(days) > 1, statements


@pytest.mark.parametrize("form", ["a", "b"])
def test_possible_days_are_listed_if_they_are_few(form: str) -> None:
    fact = signature(form)
    for statements in LISTS:
        if fact.read(request(statements), None, UTC) is not UNKNOWN:
            continue
        wholes = product(*(tuple(completions(statement)) for statement in statements))
        days = {last_signed(whole, form) for whole in wholes}
        possible = fact.possible(request(statements), None, UTC)
        assert possible is None or set(possible) == days, statements


def test_any_day_is_possible_if_nothing_is_known() -> None:
    assert signature("a").possible(Request(type="create"), None, UTC) is None
    office = fact_named("request.office", "request/create", {})
    assert office is not None
    assert office.possible(Request(type="create"), None, UTC) is None


def test_only_the_days_of_a_form_that_is_not_known_are_possible() -> None:
    known = [Statement(form="a", signed_on=EARLY), Statement(signed_on=LATE)]
    assert signature("a").possible(request(known), None, UTC) == (EARLY, LATE)
    assert signature("b").possible(request(known), None, UTC) == (None, LATE)


FORM, DAY = "request.staff.statement.form", "request.staff.statement.signed_on"


@pytest.mark.parametrize(
    ("statements", "asked"),
    [
        ([Statement(form="a", signed_on=EARLY), Statement(signed_on=LATE)], (FORM,)),
        # The day of another form makes no difference.
        ([Statement(form="b"), Statement(signed_on=LATE)], (FORM,)),
        ([Statement(form="a"), Statement(form="b")], (DAY,)),
        ([Statement(form="a"), Statement(signed_on=LATE)], (FORM, DAY)),
        ([Statement()], (FORM, DAY)),
    ],
)
def test_what_would_settle_the_day_is_asked_for(
    statements: list[Statement], asked: tuple[str, ...]
) -> None:
    assert signature("a").asked(request(statements), None, UTC) == asked


def signed_by(statements: Sequence[Statement], day: date) -> list[Statement]:
    """Return the statements without those dated after a day."""
    return [s for s in statements if not (isinstance(s.signed_on, date) and s.signed_on > day)]


@pytest.mark.parametrize("form", ["a", "b"])
@pytest.mark.parametrize("day", [date(2024, 1, 1), EARLY, date(2025, 1, 1), LATE])
def test_of_an_account_the_signatures_to_come_do_not_count(form: str, day: date) -> None:
    at = datetime.combine(day, time(12))
    fact = fact_named(f"account.staff.statement.{form}", "account", {})
    assert fact is not None
    for statements in LISTS:
        account = Account(staff=Staff(statement=tuple(statements)))
        before = Account(staff=Staff(statement=tuple(signed_by(statements, day))))
        found = [ask(account, at, UTC) for ask in (fact.read, fact.possible, fact.asked)]
        expected = [ask(before, None, UTC) for ask in (fact.read, fact.possible, fact.asked)]
        assert found == expected, statements
