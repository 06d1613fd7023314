# SPDX-License-Identifier: MIT
"""Each type of record holds what cases can say, and nothing else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from caljobs_policy import (
    UNKNOWN,
    CaseNote,
    DataEntry,
    FutureActivity,
    NotedActivity,
    OwnRecord,
    PlannedBreak,
    PseudoSsn,
    SubjectError,
)
from caljobs_policy.subjects.fields import fields_of
from caljobs_policy.subjects.record import RECORDS
from tests.samples.keys import WORDS

DAY = date(2025, 6, 2)


@pytest.mark.parametrize("type_", RECORDS)
def test_a_record_goes_by_its_type(type_: str) -> None:
    assert RECORDS[type_].type == type_


@pytest.mark.parametrize("type_", RECORDS)
def test_every_record_refuses_what_its_keys_cannot_hold(type_: str) -> None:
    for name in fields_of(RECORDS[type_]):
        values: dict[str, Any] = {name: object()}
        with pytest.raises(SubjectError, match=rf"`record\.{name}` takes"):
            RECORDS[type_](**values)


def test_a_day_is_given_without_its_time() -> None:
    moment: Any = datetime(2025, 6, 2, 9)
    with pytest.raises(SubjectError, match="give the day alone"):
        DataEntry(entered_on=moment)


def test_record_of_a_shipped_type_needs_its_own_class() -> None:
    assert OwnRecord(type="visit", own={"seen_on": date(2025, 6, 2)}).type == "visit"
    with pytest.raises(SubjectError, match="make a Closure"):
        OwnRecord(type="closure")
    for given in (None, UNKNOWN, 7):
        with pytest.raises(SubjectError, match=r"`record\.type` (is missing|takes)"):
            OwnRecord(type=given)  # type: ignore[arg-type]


def test_every_class_has_a_type_that_is_listed() -> None:
    assert set(RECORDS) == set(WORDS["record_types"])


def test_the_activity_of_a_note_may_be_unknown_null_or_given() -> None:
    assert CaseNote().activity.code is UNKNOWN
    assert CaseNote(activity=None).activity.code is None
    unknown: Any = UNKNOWN
    assert CaseNote(activity=unknown) == CaseNote()
    assert PlannedBreak(future_activity=unknown) == PlannedBreak()
    given = NotedActivity(code="101", begins_on=DAY)
    assert CaseNote(activity=given).activity is given


def test_no_future_activity_is_none() -> None:
    assert PlannedBreak().future_activity.begins_on is None
    assert PlannedBreak(future_activity=None).future_activity.begins_on is None
    assert PlannedBreak(future_activity=FutureActivity()).future_activity.begins_on is UNKNOWN


def test_what_identifies_a_person_is_private() -> None:
    fields = fields_of(PseudoSsn)
    assert fields["birth_date"].private
    assert fields["value"].private


def test_equal_records_are_one_key() -> None:
    one, other = (DataEntry(item="activity", approvals=("boss",)) for _ in range(2))
    assert {one: "found"}[other] == "found"
