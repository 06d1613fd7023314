# SPDX-License-Identifier: MIT
"""An account and an office hold what cases can say, and nothing else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from caljobs_policy import (
    UNKNOWN,
    Account,
    Incident,
    Office,
    Staff,
    SubjectError,
    TemporaryPassword,
)

DAY, MOMENT = date(2025, 6, 2), datetime(2025, 6, 2, 9)


@pytest.mark.parametrize("need", [True, False, None])
def test_what_is_said_of_the_need_stands(need: bool | None) -> None:
    assert Account(staff=Staff(business_need=need)).staff.business_need is need


def test_a_need_that_was_left_out_is_not_said_to_have_ended() -> None:
    account = Account(staff=Staff(employer="inside", training_completed_on=DAY))
    assert account.staff.business_need is None
    assert account.staff.employer == "inside"
    assert account.staff.training_completed_on == DAY


def test_an_unknown_holder_has_no_known_need() -> None:
    for account in (Account(), Account(staff=Staff())):
        assert account.staff.business_need is None
        assert account.staff.employer is UNKNOWN
    assert Account() == Account(staff=Staff())


def test_null_for_a_part_makes_all_beneath_it_null() -> None:
    account = Account(staff=None, temporary_password=None, incident=None)
    assert account.staff.employer is None
    assert account.temporary_password.issued_at is None
    assert account.incident.investigated_on is None


def test_a_part_that_was_left_out_has_not_happened() -> None:
    assert Account().temporary_password.issued_at is None
    assert Account().incident.coordinator_notified_on is None


def test_a_holder_who_is_said_to_be_unknown_is_as_if_left_out() -> None:
    unknown: Any = UNKNOWN
    assert Account(staff=unknown) == Account()


@pytest.mark.parametrize("name", ["temporary_password", "incident"])
def test_a_part_that_may_not_exist_and_is_said_to_be_unknown_is_as_if_left_out(name: str) -> None:
    values: dict[str, Any] = {name: UNKNOWN}
    assert Account(**values) == Account()


@pytest.mark.parametrize("name", ["staff", "temporary_password", "incident"])
@pytest.mark.parametrize("value", ["somebody", Office()])
def test_a_part_of_another_sort_is_refused(name: str, value: Any) -> None:
    values: dict[str, Any] = {name: value}
    with pytest.raises(SubjectError, match=f"`account.{name}` takes a mapping"):
        Account(**values)


@pytest.mark.parametrize("stated", [{}, {"deactivated_on": None}])
def test_day_of_a_deactivation_is_unknown_unless_the_account_is_active(
    stated: dict[str, Any],
) -> None:
    assert Account(status="deactivated", **stated).deactivated_on is UNKNOWN
    assert Account(**stated).deactivated_on is UNKNOWN
    assert Account(status="active", **stated).deactivated_on is None


@pytest.mark.parametrize("status", ["active", "deactivated", UNKNOWN])
def test_day_of_a_deactivation_that_is_stated_stands(status: Any) -> None:
    assert Account(status=status, deactivated_on=DAY).deactivated_on == DAY


@pytest.mark.parametrize("name", ["organization", "status"])
def test_null_is_an_error_where_something_must_be(name: str) -> None:
    values: dict[str, Any] = {name: None}
    with pytest.raises(SubjectError, match=f"`account.{name}` must not be null"):
        Account(**values)


def test_a_password_has_times_and_an_incident_days_or_times() -> None:
    issued: Any = DAY
    with pytest.raises(SubjectError, match="`issued_at` takes a date with time"):
        TemporaryPassword(issued_at=issued)
    incident = Incident(coordinator_notified_on=DAY, operations_informed_on=MOMENT)
    assert incident.operations_informed_on == MOMENT


@pytest.mark.parametrize("count", [-1, True, 1.5, "2"])
def test_an_office_counts_whole_accounts(count: Any) -> None:
    with pytest.raises(SubjectError, match=r"`office\.accounts` (must|takes)"):
        Office(accounts=count)


def test_equal_accounts_are_one_key() -> None:
    one, other = (Account(username="a-1", incident=Incident(investigated_on=DAY)) for _ in range(2))
    assert {one: "found"}[other] == "found"
    assert {Office(accounts=3): "found"}[Office(accounts=3)] == "found"
