# SPDX-License-Identifier: MIT
"""A decision about an account becomes an entry: what is wrong, what is due, what to ask."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from caljobs_policy import (
    UNKNOWN,
    Account,
    Office,
    Outcome,
    Policy,
    Problem,
    RosterEntry,
    Staff,
    TemporaryPassword,
    Urgency,
    evaluate,
)
from caljobs_policy.errors.problems import Place
from caljobs_policy.rosters.worklist import entry_of, unread
from caljobs_policy.subjects.unknown import Maybe
from tests.samples.profiles import DAY, sample_policy
from tests.samples.rosters import AT, roster_policy

PLACE = Place("r.csv", 2, 1)
ZONE = ZoneInfo("America/Los_Angeles")
CALM: dict[str, Any] = {"username": "anna", "organization": "branch", "status": "active"}


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    return roster_policy(tmp_path)


def made(policy: Policy, trained: int | None = 10, within: int = 30, **more: Any) -> RosterEntry:
    """Review an account whose training was so many days ago."""
    trained_on = UNKNOWN if trained is None else DAY - timedelta(trained)
    at = more.pop("at", AT)
    account = Account(**(CALM | {"staff": Staff(training_completed_on=trained_on)} | more))
    return entry_of(evaluate(policy, account, at), 7, PLACE, within)


def test_account_in_order_calls_for_nothing(policy: Policy) -> None:
    assert made(policy) == RosterEntry(
        number=7,
        place=PLACE,
        username="anna",
        organization="branch",
        contact="desk",
        outcome=Outcome.COMPLIANT,
        urgency=Urgency.NONE,
    )


def test_account_of_another_organization_has_another_contact(policy: Policy) -> None:
    assert made(policy, organization="partner").contact == "auditor"


def test_violation_is_told_with_its_remedy(policy: Policy) -> None:
    entry = made(policy, shared=True)
    assert (entry.urgency, entry.outcome, entry.due) == (
        Urgency.VIOLATION,
        Outcome.VIOLATION,
        None,
    )
    (reason,) = entry.reasons
    assert (reason.rule, reason.message, reason.remedy, reason.clauses, reason.due) == (
        "in-use",
        "The account is shared.",
        "Give everybody an account.",
        ("SAMPLE-1/a",),
        None,
    )


def test_note_is_no_reason(policy: Policy) -> None:
    entry = made(policy, status="deactivated")
    assert (entry.urgency, entry.reasons) == (Urgency.NONE, ())


@pytest.mark.parametrize(
    ("trained", "urgency", "due", "rules"),
    [
        (366, Urgency.VIOLATION, date(2025, 6, 1), ["deadlines/training"]),
        (365, Urgency.DUE, DAY, ["deadlines/training/near"]),
        (335, Urgency.DUE, date(2025, 7, 2), ["deadlines/training/near"]),
        (334, Urgency.NONE, None, []),
    ],
)
def test_deadline_is_missed_then_near_then_far(
    policy: Policy, trained: int, urgency: Urgency, due: date | None, rules: list[str]
) -> None:
    entry = made(policy, trained)
    assert (entry.urgency, entry.due) == (urgency, due)
    assert [reason.rule for reason in entry.reasons] == rules
    # What a reason says is not listed again.
    assert entry.deadlines == ()


@pytest.mark.parametrize(
    ("within", "due"), [(31, date(2025, 7, 3)), (30, None), (10**6, date(2025, 7, 3))]
)
def test_deadlines_are_listed_so_many_days_ahead(
    policy: Policy, within: int, due: date | None
) -> None:
    entry = made(policy, 334, within)
    assert (entry.outcome, entry.due) == (Outcome.COMPLIANT, due)
    assert [task.title for task in entry.deadlines] == (["Training ends"] if due else [])
    assert entry.urgency is (Urgency.DUE if due else Urgency.NONE)


def test_warning_that_is_farther_ahead_is_told_all_the_same(policy: Policy) -> None:
    entry = made(policy, 340, within=0)
    assert (entry.urgency, entry.due) == (Urgency.DUE, date(2025, 6, 27))


@pytest.mark.parametrize(
    ("issued", "changed", "listed"),
    [
        (datetime(2025, 6, 1, 12, 0, 1, tzinfo=ZONE), None, True),
        (datetime(2025, 6, 1, 12, tzinfo=ZONE), None, True),
        (datetime(2025, 6, 1, 11, 59, 59, tzinfo=ZONE), None, False),
        (datetime(2025, 6, 1, 13), None, True),
        (datetime(2025, 6, 2, 9), datetime(2025, 6, 2, 10), False),
    ],
)
def test_deadline_that_is_met_or_past_is_not_listed(
    policy: Policy, issued: datetime, changed: datetime | None, listed: bool
) -> None:
    password = TemporaryPassword(issued_at=issued, changed_at=changed)
    entry = made(policy, temporary_password=password)
    assert [task.rule for task in entry.deadlines] == (["deadlines/password"] if listed else [])


def test_times_are_in_the_zone_of_the_policy(policy: Policy) -> None:
    issued = datetime(2025, 6, 2, 4, tzinfo=UTC)
    entry = made(policy, temporary_password=TemporaryPassword(issued_at=issued))
    assert entry.due is not None
    assert entry.due.isoformat() == "2025-06-02T21:00:00-07:00"
    assert entry.order[1] == "2025-06-02"


@pytest.mark.parametrize("at", [datetime(2025, 6, 2, 12), datetime(2025, 6, 2, 19, tzinfo=UTC)])
def test_moment_may_have_any_offset_or_none(policy: Policy, at: datetime) -> None:
    issued = datetime(2025, 6, 1, 12, 0, 1)
    password = TemporaryPassword(issued_at=issued)
    assert len(made(policy, temporary_password=password, at=at).deadlines) == 1
    later = at + timedelta(seconds=2)
    assert made(policy, temporary_password=password, at=later).deadlines == ()


def test_open_duty_is_told_once(policy: Policy) -> None:
    entry = made(policy, automation_used=True, last_maintenance_on=date(2025, 5, 25))
    assert (entry.outcome, entry.urgency) == (Outcome.ATTENTION, Urgency.DUE)
    assert entry.reasons == ()
    (duty,) = entry.duties
    assert (duty.rule, duty.title, duty.who, duty.to, duty.promptness, duty.due) == (
        "duties/tell-the-boss",
        "Tell the boss.",
        "desk",
        "boss",
        "at once",
        date(2025, 6, 4),
    )
    assert entry.due == date(2025, 6, 4)


def test_missing_facts_are_asked_for(policy: Policy) -> None:
    entry = made(policy, trained=None)
    assert (entry.outcome, entry.urgency) == (Outcome.CANNOT_TELL, Urgency.MISSING)
    assert entry.needs == ("account.staff.training_completed_on",)


def test_what_is_due_goes_before_what_is_missing(policy: Policy) -> None:
    near = made(policy, 340, shared=UNKNOWN)
    duty = made(policy, shared=UNKNOWN, automation_used=True)
    for entry in (near, duty):
        assert (entry.outcome, entry.urgency) == (Outcome.CANNOT_TELL, Urgency.DUE)
        assert entry.needs == ("account.shared",)


def test_violations_stand_before_warnings_and_each_by_date(policy: Policy) -> None:
    assert [r.rule for r in made(policy, 340, shared=True).reasons] == [
        "in-use",
        "deadlines/training/near",
    ]
    assert [r.rule for r in made(policy, 400, shared=True).reasons] == [
        "deadlines/training",
        "in-use",
    ]


def test_earliest_date_is_that_of_the_entry(policy: Policy) -> None:
    password = TemporaryPassword(issued_at=datetime(2025, 6, 2, 9))
    entry = made(policy, 334, within=60, temporary_password=password)
    assert len(entry.deadlines) == 2
    assert entry.due == datetime(2025, 6, 3, 9, tzinfo=ZONE)


def test_unknown_names_are_none(policy: Policy) -> None:
    entry = entry_of(evaluate(policy, Account(), AT), 1, PLACE, 30)
    assert (entry.username, entry.organization, entry.contact) == (None, None, None)


def test_row_that_could_not_be_read_has_no_outcome() -> None:
    problem = Problem("is wrong", PLACE, "mend it")
    entry = unread(3, PLACE, "anna", [problem])
    assert (entry.urgency, entry.outcome, entry.problems) == (Urgency.UNREAD, None, (problem,))


def test_work_list_is_made_of_accounts(policy: Policy) -> None:
    with pytest.raises(TypeError, match="a work list is made of accounts"):
        entry_of(evaluate(policy, Office(), AT), 1, PLACE, 30)


LEGS = """
routing:
  branch: {requestors: boss, coordinator: desk, clauses: [SAMPLE-1/a]}
  partner: {requestors: boss, coordinator: auditor, clauses: [SAMPLE-1/a]}
deadlines:
  upkeep:
    about: account
    title: Upkeep is due
    earliest:
      training: {from: account.staff.training_completed_on, count: 365 days}
      creation: {from: account.created_on, count: 365 days}
    say: Upkeep was due <due>.
    clauses: [SAMPLE-1/c]
duties:
  keep-up:
    about: account
    when: {missed: upkeep}
    who: coordinator
    what: Keep the account up.
    by: upkeep
    clauses: [SAMPLE-1/b]
"""
CREATED = date(2024, 6, 1)


@pytest.mark.parametrize(
    ("trained", "due", "at_latest"),
    [
        (UNKNOWN, date(2025, 6, 1), True),
        (date(2024, 6, 2), date(2025, 6, 1), False),
        (None, date(2025, 6, 1), False),
    ],
)
def test_what_is_missed_by_the_leg_that_is_known_has_the_latest_day_of_it(
    tmp_path: Path, trained: date, due: date, at_latest: bool
) -> None:
    policy = sample_policy(tmp_path, LEGS)
    staff = Staff(training_completed_on=trained)
    account = Account(**(CALM | {"staff": staff, "created_on": CREATED}))
    entry = entry_of(evaluate(policy, account, AT), 1, PLACE, 30)
    (reason,), (duty,) = entry.reasons, entry.duties
    for dated in (entry, reason, duty):
        assert (dated.due, dated.at_latest) == (due, at_latest)


def test_what_has_a_latest_day_alone_is_sorted_by_it(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, LEGS)
    days = (date(2024, 5, 1), date(2023, 5, 1), date(2024, 4, 1))
    trained: tuple[Maybe[date], ...] = (days[0], UNKNOWN, days[0])
    entries = [
        entry_of(evaluate(policy, Account(**(CALM | more)), AT), number, PLACE, 30)
        for number, more in enumerate(
            {"created_on": day, "staff": Staff(training_completed_on=on)}
            for day, on in zip(days, trained, strict=True)
        )
    ]
    ordered = sorted(entries, key=lambda entry: entry.order)
    assert [(entry.number, entry.at_latest) for entry in ordered] == [
        (1, True),
        (2, False),
        (0, False),
    ]


OUTLIVED = """
rules:
  outlived:
    about: account
    forbid: {at: {after: account.separated_on}, account.status: active}
    say: The account outlived the separation.
    clauses: [SAMPLE-1/c]
deadlines:
  revoked:
    about: account
    title: Account must be revoked
    from: account.separated_on
    count: 0 days
    met_by: account.deactivated_on
    missed: none
    clauses: [CLAUSE]
"""


@pytest.mark.parametrize(
    ("clause", "due"), [("SAMPLE-1/c", date(2025, 6, 1)), ("SAMPLE-1/a", None)]
)
def test_what_breaks_the_clause_of_a_passed_deadline_has_its_day(
    tmp_path: Path, clause: str, due: date | None
) -> None:
    policy = sample_policy(tmp_path, OUTLIVED.replace("CLAUSE", clause))
    account = Account(**(CALM | {"separated_on": date(2025, 6, 1)}))
    entry = entry_of(evaluate(policy, account, AT), 1, PLACE, 30)
    assert [reason.due for reason in entry.reasons] == [due]
    assert entry.due == due
