# SPDX-License-Identifier: MIT
"""The readings of the shipped profiles: what another choice changes, and what rests on them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from caljobs_policy import (
    Account,
    CaseNote,
    DataEntry,
    Decision,
    Office,
    Policy,
    Request,
    Requestor,
    Staff,
    Statement,
    evaluate,
    load_policy,
)
from caljobs_policy.loader.folders import find

JUNE = date(2025, 6, 2)
NOON = datetime(2025, 6, 2, 12)


def choosing(folder: Path, profile: str, *readings: str, choice: str) -> Policy:
    """Return the policy of a copy of a shipped profile with another choice of readings."""
    copy = folder / profile
    copytree(find(profile).folder, copy)
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


def requested(profile: str, type_: str = "create", *, on: date = JUNE, **more: Any) -> Decision:
    """Return the decision on a request that is in order, but for what is told."""
    staff = Staff(
        **{
            "employer": "local_area",
            "training_completed_on": date(2025, 5, 20),
            "statement": (Statement(form="e1", signed_on=date(2025, 5, 20)),),
            "business_need": True,
            **more.pop("staff", {}),
        }
    )
    request = Request(
        **{
            "type": type_,
            "submitted_on": on,
            "office": "Sample Office",
            "signed_by_requestor": True,
            "sent_to": ("david.l.thompson@lacity.org", "emoli.mendez@lacity.org"),
            "subject": "Access Request - Sample Office",
            "training_confirmed": True,
            "attachments": (
                "access_request_form",
                "confidentiality_statement",
                "training_certificate",
            ),
            "privileges": ("staff_view",) if type_ == "change" else None,
            "additional_duties": "More to do.",
            **more,
            "requestor": Requestor(role=more["requestor"]),
            "staff": staff,
        }
    )
    return evaluate(load_policy(profile, on), request)


def of_city(organization: str, requestor: str, type_: str = "create", **more: Any) -> Decision:
    usual = {"submitted_to": ("city_mis_unit",), **more}
    return requested("la_city", type_, organization=organization, requestor=requestor, **usual)


def of_state(organization: str, requestor: str, to: str, **more: Any) -> Decision:
    return requested(
        "state", organization=organization, requestor=requestor, submitted_to=(to,), **more
    )


IN_ORDER = {"annual-clock", "twenty-four-hours"}


@pytest.mark.parametrize(
    ("organization", "requestor", "to", "readings"),
    [
        ("local_area", "manager_supervisor", "mis_administrator", set()),
        ("local_area", "project_manager", "mis_administrator", {"project-manager-role"}),
        ("wsb_field_division", "project_manager", "wsb_spoc", {"project-manager-role"}),
        (
            "community_based_organization",
            "project_manager",
            "operations_unit",
            {"cbo-requestor", "mailing-cbo"},
        ),
        ("other", "manager_supervisor", "operations_unit", {"mailing-cbo"}),
    ],
)
def test_request_under_the_state_rests_on_these_readings(
    organization: str, requestor: str, to: str, readings: set[str]
) -> None:
    decision = of_state(organization, requestor, to)
    assert decision.outcome == "accept"
    assert set(decision.readings) == IN_ORDER | readings


@pytest.mark.parametrize(
    ("organization", "requestor", "type_", "readings"),
    [
        ("worksource_center", "program_director", "create", {"la-supervisor", *IN_ORDER}),
        ("youthsource_center", "program_director", "create", IN_ORDER),
        ("city_staff", "manager_supervisor", "create", {"la-signer", *IN_ORDER}),
        ("other", "manager_supervisor", "create", {"la-signer", *IN_ORDER}),
        ("other", "manager_supervisor", "reset", {"twenty-four-hours"}),
        ("youthsource_center", "mis_administrator", "change", {"la-change-route"}),
        ("worksource_center", "mis_administrator", "change", {"la-change-route", "la-supervisor"}),
    ],
)
def test_request_in_the_city_rests_on_these_readings(
    organization: str, requestor: str, type_: str, readings: set[str]
) -> None:
    decision = of_city(organization, requestor, type_)
    assert decision.outcome == "accept"
    # The state's duties go on.
    assert set(decision.readings) == {"local-on-top", *readings}


@pytest.mark.parametrize(
    ("requestor", "to", "readings", "clauses"),
    [
        ("program_director", "operations_unit", {"local-on-top"}, {"routing-6"}),
        ("manager_supervisor", "city_mis_unit", {"la-supervisor"}, {"routing-1"}),
    ],
)
def test_finding_on_one_part_of_a_row_says_nothing_of_the_other(
    requestor: str, to: str, readings: set[str], clauses: set[str]
) -> None:
    (found,) = of_city("worksource_center", requestor, submitted_to=(to,)).findings
    assert set(found.readings) == readings
    cited = {c.partition("/")[2] for c in found.clauses if c.startswith("WDS25-10/routing")}
    assert cited == clauses


@pytest.mark.parametrize(
    ("completed", "reading"),
    [
        (None, "missing-is-not-expired"),
        (date(2025, 6, 3), "done-before"),
        (date(2024, 5, 31), "day-count"),
    ],
)
def test_finding_on_training_rests_on_what_is_wrong_with_it(
    completed: date | None, reading: str
) -> None:
    decision = of_state(
        "local_area",
        "manager_supervisor",
        "mis_administrator",
        staff={"training_completed_on": completed},
    )
    (found,) = decision.findings
    assert found.readings == (reading,)


@pytest.mark.parametrize(
    ("entered", "at", "readings"),
    [
        (date(2025, 6, 4), 4, {"business-day"}),
        (date(2025, 6, 20), 20, {"business-day", "backdate-bounds"}),
        (None, 4, {"business-day", "not-entered"}),
        (None, 20, {"business-day", "backdate-bounds", "not-entered"}),
    ],
)
def test_entry_of_data_rests_on_these_readings(
    entered: date | None, at: int, readings: set[str]
) -> None:
    entry = DataEntry(
        item="application",
        service_date=date(2025, 6, 3),
        entered_on=entered,
        all_applicable_fields_entered=True,
    )
    decision = evaluate(load_policy("slo_county", JUNE), entry, datetime(2025, 6, at, 12))
    assert set(decision.readings) == readings


@pytest.mark.parametrize(
    ("reviewed", "readings"),
    [(None, {"quarter", "first-sample"}), (date(2025, 3, 20), {"quarter", "coming-due"})],
)
def test_sample_of_an_office_rests_on_these_readings(
    reviewed: date | None, readings: set[str]
) -> None:
    office = Office(organization="local_area", accounts=4, last_sample_review_on=reviewed)
    decision = evaluate(load_policy("state", JUNE), office, NOON)
    assert set(decision.readings) == readings


@pytest.mark.parametrize(
    ("profile", "organization", "requestor", "to", "day"),
    [
        ("state", "local_area", "manager_supervisor", "mis_administrator", date(2014, 6, 2)),
        ("state", "local_area", "manager_supervisor", "mis_administrator", date(2020, 6, 2)),
        ("slo_county", "service_provider", "supervisor", "dss_mis_administrator", date(2021, 6, 2)),
    ],
)
def test_reset_in_order_rests_on_few_readings(
    profile: str, organization: str, requestor: str, to: str, day: date
) -> None:
    decision = requested(
        profile,
        "reset",
        on=day,
        organization=organization,
        requestor=requestor,
        submitted_to=(to,),
    )
    assert decision.outcome == "accept"
    assert set(decision.readings) == (
        set() if profile == "state" else {"local-on-top", "slo-reset"}
    )
