# SPDX-License-Identifier: MIT
"""The messages of the shipped profiles say what happened in the case."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from caljobs_policy import CaseNote, DataEntry, Decision, PseudoSsn, evaluate, load_policy
from caljobs_policy.subjects.facts import Subject

ENTRY = DataEntry(
    item="activity",
    service_date=date(2026, 8, 21),
    entered_on=None,
    activity_code="205",
    all_applicable_fields_entered=True,
)
NOTE = CaseNote(
    kind="stand_alone",
    contact_date=date(2026, 8, 21),
    entered_on=None,
    activity=None,
    reciprocal=True,
)


def decided(subject: Subject, day: date) -> Decision:
    return evaluate(load_policy("slo_county", day), subject)


def said(decision: Decision) -> str:
    return " ".join(f"{f.message} {f.remedy or ''}" for f in decision.findings)


@pytest.mark.parametrize("subject", [ENTRY, NOTE])
@pytest.mark.parametrize("days", [8, 30, 31, 90, 91])
def test_nothing_that_was_never_entered_stands_or_came_late(subject: Subject, days: int) -> None:
    text = said(decided(subject, date.fromordinal(date(2026, 8, 21).toordinal() + days)))
    assert "not entered yet" in text
    assert "stands" not in text
    assert "came late" not in text


def test_what_was_entered_late_stands() -> None:
    late = DataEntry(**{**_stated(ENTRY), "entered_on": date(2026, 9, 1)})
    assert said(decided(late, date(2026, 9, 1))) == (
        "The entry came late; it was due 2026-08-28. Enter data in time; the entry itself stands."
    )


@pytest.mark.parametrize("value", ["975-25-250577", "97525250577"])
def test_who_followed_the_format_line_learns_that_it_disagrees_with_the_example(value: str) -> None:
    record = PseudoSsn(birth_date=date(1977, 5, 25), value=value, has_ssn=False)
    (finding,) = decided(record, date(2026, 2, 10)).findings
    assert "disagree" in finding.message
    assert value not in said(decided(record, date(2026, 2, 10)))


def _stated(entry: DataEntry) -> dict[str, Any]:
    names = ("item", "service_date", "activity_code", "all_applicable_fields_entered")
    return {name: getattr(entry, name) for name in names}
