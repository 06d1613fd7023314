# SPDX-License-Identifier: MIT
"""Another choice of a reading of a shipped profile changes what it says it changes."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from shutil import copytree

import pytest

from caljobs_policy import Account, CaseNote, Policy, Staff, Statement, evaluate, load_policy
from caljobs_policy.loader.folders import folder_of

JUNE = date(2025, 6, 2)
NOON = datetime(2025, 6, 2, 12)


def choosing(folder: Path, profile: str, *readings: str, choice: str) -> Policy:
    """Return the policy of a copy of a shipped profile with another choice of readings."""
    copy = folder / profile
    copytree(folder_of(profile), copy)
    for file in copy.glob("*/readings.yaml"):
        text = file.read_text(encoding="utf-8")
        for reading in readings:
            text = text.replace(f"  {reading}:\n", f"  {reading}:\n    chosen: {choice}\n")
        file.write_text(text, encoding="utf-8")
    return load_policy(copy.as_posix(), JUNE)


@pytest.mark.parametrize("fact", ["training", "statement", "maintenance"])
def test_a_year_may_be_an_anniversary(tmp_path: Path, fact: str) -> None:
    policy = choosing(tmp_path, "state", "day-count", "annual-clock", choice="anniversary")
    # Over the leap day of 2024 a year has 366 days: the anniversary is a day later than day 365.
    past = date(2024, 2, 20)
    recent = date(2025, 1, 10)
    account = Account(
        organization="local_area",
        status="active",
        created_on=past,
        last_maintenance_on=past if fact == "maintenance" else recent,
        staff=Staff(
            employer="county",
            training_completed_on=past if fact == "training" else recent,
            statement=(Statement(form="e1", signed_on=past if fact == "statement" else recent),),
        ),
    )
    last = datetime(2025, 2, 20, 12)
    assert evaluate(policy, account, last).outcome == "attention"
    assert evaluate(policy, account, last.replace(day=21)).outcome == "violation"
    usual = load_policy("state", JUNE)
    assert evaluate(usual, account, last).outcome == "violation"
    assert evaluate(usual, account, last.replace(day=19)).outcome == "attention"


@pytest.mark.parametrize("entered", [8, 9, 10, 11])
def test_case_notes_may_have_business_days(tmp_path: Path, entered: int) -> None:
    policy = choosing(tmp_path, "slo_county", "note-days", choice="business-days")
    note = CaseNote(
        kind="stand_alone",
        contact_date=date(2025, 6, 3),
        entered_on=date(2025, 6, entered),
        activity=None,
        reciprocal=False,
    )
    # Five business days after Tuesday, June 3, end on June 10, five days on June 8.
    assert bool(evaluate(load_policy("slo_county", JUNE), note).findings) is (entered > 8)
    assert bool(evaluate(policy, note).findings) is (entered > 10)


def test_advice_on_devices_may_be_advice(tmp_path: Path) -> None:
    policy = choosing(tmp_path, "state", "personal-device", choice="advice")
    account = Account(
        organization="local_area",
        status="active",
        created_on=date(2025, 5, 20),
        personal_device_used=True,
        staff=Staff(
            employer="county",
            training_completed_on=date(2025, 5, 20),
            statement=(Statement(form="e1", signed_on=date(2025, 5, 20)),),
        ),
    )
    assert evaluate(policy, account, NOON).outcome == "compliant"
    assert evaluate(load_policy("state", JUNE), account, NOON).outcome == "violation"
