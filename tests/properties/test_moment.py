# SPDX-License-Identifier: MIT
"""What is dated after the moment of an account, an office or a participant has not happened."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy import Decision, Outcome, Policy, Statement, evaluate, load_policy
from caljobs_policy.dates.durations import compare
from caljobs_policy.subjects.facts import STANDING
from caljobs_policy.subjects.fields import DATED, Kind, fields_of, null_part
from caljobs_policy.testing.strategies import subjects

DAY = date(2025, 6, 2)
POLICIES = [
    load_policy("state", DAY),
    load_policy("state", date(2014, 6, 2)),
    load_policy("state", date(2022, 6, 2)),
    load_policy("la_city", DAY),
    load_policy("slo_county", DAY),
]
PLANS = [(policy, key) for policy in POLICIES for key in STANDING if key in policy.plans]
NEAR = (DAY - timedelta(400), DAY + timedelta(400))
MOMENTS = st.datetimes(datetime(2025, 4, 1), datetime(2025, 8, 1))


def as_happened(part: Any, at: datetime, policy: Policy) -> Any:
    """Put null in the place of every date that happens and lies after a moment."""
    if part is null_part(type(part)):
        return part
    changes: dict[str, Any] = {}
    for name, holds in fields_of(type(part)).items():
        value = getattr(part, name)
        if holds.kind is Kind.STATEMENTS and isinstance(value, tuple):
            changes[name] = tuple(s for s in value if not lies_ahead(s.signed_on, at, policy))
        elif holds.kind is Kind.PART:
            changes[name] = as_happened(value, at, policy)
        elif holds.happens and holds.kind in DATED and lies_ahead(value, at, policy):
            changes[name] = None
    names = {field.name for field in fields(type(part)) if field.init}
    return evolve(part, **{name: value for name, value in changes.items() if name in names})


def lies_ahead(value: Any, at: datetime, policy: Policy) -> bool:
    return isinstance(value, date) and compare(value, at, policy.zone) > 0


def told(decision: Decision) -> dict[str, Any]:
    """Everything but the notes, and the texts that show the dates that are stated."""
    whole = decision.to_dict()
    findings = [
        (finding["rule"], finding["result"], finding.get("needs"))
        for finding in whole["findings"]
        if finding["outcome"] != Outcome.NOTE
    ]
    return {**whole, "findings": findings, "readings": None, "duties": duties(whole)}


def duties(whole: dict[str, Any]) -> list[Any]:
    return [(duty["who"], duty["clauses"], duty["due"]) for duty in whole["duties"]]


@pytest.mark.parametrize(
    ("policy", "key"),
    [pytest.param(p, key, id=f"{p.editions[0]}: {key}") for p, key in PLANS],
)
@given(data=st.data(), at=MOMENTS)
def test_a_date_to_come_counts_as_little_as_none(
    policy: Policy, key: str, data: st.DataObject, at: datetime
) -> None:
    subject = data.draw(subjects(policy, key, NEAR))
    happened = as_happened(subject, at, policy)
    assert told(evaluate(policy, subject, at)) == told(evaluate(policy, happened, at))


def test_a_statement_is_dated_by_its_signature() -> None:
    assert [name for name, holds in fields_of(Statement).items() if holds.kind in DATED] == [
        "signed_on"
    ]
