# SPDX-License-Identifier: MIT
"""A deadline states when it is due, how that was counted, and when it was met."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from caljobs_policy import UNKNOWN, Account, DeadlineSet, Outcome, evaluate
from tests.samples.profiles import sample_policy

NOON = datetime(2025, 6, 2, 12)
TABLES = """
facts:
  account.began: {title: begin, type: date_or_time}
  account.first: {title: first, type: date_or_time}
  account.second: {title: second, type: date_or_time, left_out: none}
calendar:
  weekend: {title: weekend, on: [every Saturday, every Sunday]}
  holiday: {title: Independence Day, on: July 4}
deadlines:
  limit:
    about: account
    title: Limit
    from: account.began
    count: COUNT
    met_by: [account.first, account.second]
    reached_is_missed: true
    clauses: [SAMPLE-1/c]
"""


def counted(folder: Path, count: str, **own: Any) -> DeadlineSet | None:
    """Return the deadline of an account with some facts."""
    policy = sample_policy(folder, TABLES.replace("COUNT", count))
    return next(iter(evaluate(policy, Account(own=own), NOON).deadlines), None)


@pytest.mark.parametrize(
    ("count", "began", "steps"),
    [
        ("3 business days", date(2025, 6, 2), ["2025-06-02 + 3 business days = 2025-06-05"]),
        (
            "1 business day",
            date(2025, 7, 3),
            [
                "2025-07-03 + 1 business day = 2025-07-07",
                "2025-07-04 does not count: Independence Day",
                "2025-07-05 does not count: weekend",
                "2025-07-06 does not count: weekend",
            ],
        ),
        (
            "1 business day",
            date(2025, 7, 4),
            [
                "2025-07-04 + 1 business day = 2025-07-07",
                "2025-07-05 does not count: weekend",
                "2025-07-06 does not count: weekend",
            ],
        ),
        (
            "2 business days",
            datetime(2025, 6, 7, 6, tzinfo=UTC),
            [
                "2025-06-07T06:00:00+00:00 + 2 business days = 2025-06-10",
                "2025-06-07 does not count: weekend",
                "2025-06-08 does not count: weekend",
            ],
        ),
        ("0 business days", date(2025, 7, 4), ["2025-07-04 + 0 business days = 2025-07-04"]),
        ("3 days", date(2025, 7, 3), ["2025-07-03 + 3 days = 2025-07-06"]),
        ("1 month", date(2025, 1, 31), ["2025-01-31 + 1 month = 2025-02-28"]),
        ("1 quarter", date(2025, 1, 31), ["2025-01-31 + 1 quarter = 2025-06-30"]),
        (
            "24 hours",
            datetime(2025, 3, 8, 12),
            ["2025-03-08T12:00:00 + 24 hours = 2025-03-09T13:00:00-07:00"],
        ),
    ],
)
def test_every_step_of_the_count_is_told(
    tmp_path: Path, count: str, began: date, steps: list[str]
) -> None:
    found = counted(tmp_path, count, began=began)
    assert found is not None
    first, *skipped = steps
    assert list(found.derivation) == [f"account.began {first}", *skipped]
    assert found.due.isoformat() == first.rpartition(" ")[2]


@pytest.mark.parametrize(
    ("number", "skipped"),
    [
        # From Monday, June 2, to Friday, September 12, lie fourteen weekends and July 4.
        (73, [29]),
        (74, [31]),
        (78, [31]),
        (79, ["33 days in between are not business days"]),
    ],
)
def test_many_days_that_do_not_count_are_summed_up(
    tmp_path: Path, number: int, skipped: list[int | str]
) -> None:
    found = counted(tmp_path, f"{number} business days", began=date(2025, 6, 2))
    assert found is not None
    _, *rest = found.derivation
    if isinstance(skipped[0], str):
        assert rest == skipped
    else:
        assert len(rest) == skipped[0]
        assert all(" does not count: " in step for step in rest)
        assert rest == sorted(rest)


@pytest.mark.parametrize(
    ("first", "second", "met_on"),
    [
        (date(2025, 6, 4), date(2025, 6, 3), date(2025, 6, 4)),
        (None, date(2025, 6, 3), date(2025, 6, 3)),
        (None, None, None),
        (datetime(2025, 6, 4, 9), None, datetime(2025, 6, 4, 9)),
    ],
)
def test_the_first_fact_that_exists_tells_when_it_was_met(
    tmp_path: Path, first: date | None, second: date | None, met_on: date | None
) -> None:
    found = counted(tmp_path, "3 days", began=date(2025, 6, 2), first=first, second=second)
    assert found is not None
    assert found.met_on == met_on


def test_where_nobody_knows_it_is_not_told_that_it_was_met(tmp_path: Path) -> None:
    found = counted(tmp_path, "3 days", began=date(2025, 6, 2))
    assert found is not None
    assert found.met_on is None


@pytest.mark.parametrize("began", [None, UNKNOWN])
def test_without_a_trigger_there_is_no_deadline(tmp_path: Path, began: Any) -> None:
    own = {} if began is UNKNOWN else {"began": began}
    assert counted(tmp_path, "3 days", **own) is None


def test_a_count_that_leaves_the_calendar_ends_with_it(tmp_path: Path) -> None:
    found = counted(tmp_path, "999999 hours", began=datetime(9999, 12, 31, 23, 59))
    assert found is not None
    assert found.due == date.max
    found = counted(tmp_path, "9 business days", began=date(9999, 12, 30))
    assert found is not None
    assert found.due == date.max


def test_hours_that_begin_with_a_day_are_missed_once_their_due_date_is_past(tmp_path: Path) -> None:
    tables = TABLES.replace("COUNT", "24 hours").replace("is_missed: true", "is_missed: false")
    policy = sample_policy(tmp_path, tables)
    at = datetime(2025, 6, 3, 10)
    decision = evaluate(policy, Account(own={"began": date(2025, 6, 2), "first": None}), at)
    (deadline,) = decision.deadlines
    assert deadline.due.isoformat() == "2025-06-03"
    assert decision.outcome is Outcome.COMPLIANT
    at = datetime(2025, 6, 4)
    late = evaluate(policy, Account(own={"began": date(2025, 6, 2), "first": None}), at)
    assert late.outcome is Outcome.VIOLATION


EARLIEST = """
facts:
  account.began: {title: begin, type: date_or_time}
deadlines:
  limit:
    about: account
    title: Limit
    earliest:
      day: {from: account.created_on, count: 1 day}
      hours: {from: account.began, count: 24 hours}
    clauses: [SAMPLE-1/c]
"""


@pytest.mark.parametrize("legs", [["day", "hours"], ["hours", "day"]])
def test_the_earliest_of_a_day_and_a_time_on_it_is_the_time(
    tmp_path: Path, legs: list[str]
) -> None:
    lines = [line for name in legs for line in EARLIEST.splitlines() if f" {name}: " in line]
    head, _, tail = EARLIEST.partition("earliest:\n")
    clauses = tail.splitlines()[-1]
    policy = sample_policy(tmp_path, "\n".join([f"{head}earliest:", *lines, clauses, ""]))
    account = Account(created_on=date(2025, 6, 2), own={"began": datetime(2025, 6, 2, 9)})
    decision = evaluate(policy, account, datetime(2025, 6, 3, 10))
    (deadline,) = decision.deadlines
    assert [finding.rule for finding in decision.findings] == ["deadlines/limit"]
    assert deadline.due.isoformat() == "2025-06-03T09:00:00-07:00"


@pytest.mark.parametrize(
    ("shared", "due"),
    [(True, date(2025, 6, 3)), (False, date(2025, 6, 7)), (UNKNOWN, None)],
)
def test_where_it_is_not_known_whether_a_leg_counts_there_is_no_deadline(
    tmp_path: Path, shared: Any, due: date | None
) -> None:
    tables = """
deadlines:
  limit:
    about: account
    title: Limit
    earliest:
      shared: {when: {account.shared: true}, from: account.created_on, count: 1 day}
      any: {from: account.created_on, count: 5 days}
    clauses: [SAMPLE-1/c]
"""
    account = Account(created_on=date(2025, 6, 2), shared=shared)
    found = evaluate(sample_policy(tmp_path, tables), account, NOON).deadlines
    assert [deadline.due for deadline in found] == ([due] if due else [])


def test_a_day_comes_before_a_later_time(tmp_path: Path) -> None:
    tables = """
deadlines:
  limit:
    about: account
    title: Limit
    earliest:
      day: {from: account.created_on, count: 1 day}
      time: {from: account.separated_on, count: 48 hours}
    clauses: [SAMPLE-1/c]
"""
    account = Account(created_on=date(2025, 6, 2), separated_on=datetime(2025, 6, 9, 9))
    (found,) = evaluate(sample_policy(tmp_path, tables), account, NOON).deadlines
    assert found.due == date(2025, 6, 3)


@pytest.mark.parametrize(
    ("at", "outcome"),
    [
        (datetime(2025, 6, 2, 23, 59), Outcome.COMPLIANT),
        (datetime(2025, 6, 3, 0, 0), Outcome.ATTENTION),
        (datetime(2025, 6, 3, 8, 59), Outcome.ATTENTION),
        (datetime(2025, 6, 3, 9, 0, 1), Outcome.VIOLATION),
    ],
)
def test_a_warning_of_no_days_begins_with_the_due_day(
    tmp_path: Path, at: datetime, outcome: Outcome
) -> None:
    tables = """
facts:
  account.began: {title: begin, type: time}
deadlines:
  limit:
    about: account
    title: Limit
    from: account.began
    count: 24 hours
    warning: 0 days
    clauses: [SAMPLE-1/c]
"""
    account = Account(own={"began": datetime(2025, 6, 2, 9)})
    assert evaluate(sample_policy(tmp_path, tables), account, at).outcome is outcome


def test_a_missed_deadline_of_which_a_leg_is_not_known_was_due_at_the_latest_then(
    tmp_path: Path,
) -> None:
    tables = """
deadlines:
  limit:
    about: account
    title: Limit
    earliest:
      training: {from: account.staff.training_completed_on, count: 365 days}
      creation: {from: account.created_on, count: 365 days}
    say: It was due <due>.
    clauses: [SAMPLE-1/c]
"""
    decision = evaluate(
        sample_policy(tmp_path, tables), Account(created_on=date(2023, 6, 12)), NOON
    )
    assert [f.message for f in decision.findings] == ["It was due 2024-06-11 at the latest."]
