# SPDX-License-Identifier: MIT
"""Deadlines: their texts, what meets them, and the clauses of their legs."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from caljobs_policy import Account, ProfileError, evaluate
from caljobs_policy.subjects.unknown import UNKNOWN, Maybe
from tests.engines.durable.present import ENGINES_HERE
from tests.samples.profiles import faults_of, sample_policy

NOON = datetime(2025, 6, 2, 12)
TABLES = """
facts:
  account.began: {title: begin, type: date}
  account.first: {title: first, type: date, left_out: none}
  account.second: {title: second, type: date, left_out: none}
deadlines:
  limit:
    about: account
    title: Limit
    from: account.began
    count: 10 days
    met_by: [account.first, account.second]
    say: {missed: It came after <due>., open: It has not come; it was due <due>.}
    remedy: {missed: Come in time., open: Come now.}
    clauses: [SAMPLE-1/c]
"""


@pytest.mark.parametrize(
    ("first", "second", "texts"),
    [
        (None, None, ("It has not come; it was due 2025-05-11.", "Come now.")),
        (date(2025, 5, 12), None, ("It came after 2025-05-11.", "Come in time.")),
        (None, date(2025, 5, 12), ("It came after 2025-05-11.", "Come in time.")),
        (date(2025, 5, 12), UNKNOWN, ("It came after 2025-05-11.", "Come in time.")),
    ],
)
def test_text_tells_what_came_late_from_what_has_not_come(
    tmp_path: Path, first: date | None, second: Maybe[date | None], texts: tuple[str, str]
) -> None:
    policy = sample_policy(tmp_path, TABLES)
    own = {"began": date(2025, 5, 1), "first": first, "second": second}
    (finding,) = evaluate(policy, Account(own=own), NOON).findings
    assert (finding.message, finding.remedy) == texts


def test_text_for_what_came_late_stands_in_where_there_is_no_other(tmp_path: Path) -> None:
    tables = TABLES.replace(", open: It has not come; it was due <due>.", "")
    policy = sample_policy(tmp_path, tables.replace(", open: Come now.", ""))
    (finding,) = evaluate(policy, Account(own={"began": date(2025, 5, 1)}), NOON).findings
    assert (finding.message, finding.remedy) == ("It came after 2025-05-11.", "Come in time.")


def test_kinds_of_text_of_a_deadline_are_named(tmp_path: Path) -> None:
    tables = TABLES.replace("open: Come", "opne: Come")
    with pytest.raises(ProfileError) as caught:
        sample_policy(tmp_path, tables)
    assert [problem.help for problem in caught.value.problems] == ["did you mean `open`?"]


READING = """
readings:
  strictly: {question: How strictly?, answer: Strictly., others: [mildly], chosen: mildly}
deadlines:
  limit:
    about: account
    title: Limit
    from: account.created_on
    count: 10 days
    warning: 5 days
    reading: strictly
    instead: {mildly: note}
    clauses: [SAMPLE-1/c]
"""


@pytest.mark.parametrize(
    ("created", "outcome", "rule"),
    [
        (date(2025, 5, 1), "compliant", "deadlines/limit"),
        (date(2025, 5, 25), "attention", "deadlines/limit/near"),
    ],
)
def test_chosen_reading_says_what_a_missed_deadline_comes_to_and_not_a_near_one(
    tmp_path: Path, created: date, outcome: str, rule: str
) -> None:
    decision = evaluate(sample_policy(tmp_path, READING), Account(created_on=created), NOON)
    assert decision.outcome == outcome
    assert [finding.rule for finding in decision.findings] == [rule]


MET_WHEN = """
facts:
  account.began: {title: begin, type: date}
  account.first: {title: first, type: date, left_out: none}
deadlines:
  limit:
    about: account
    title: Limit
    from: account.began
    count: 10 days
    met_by: account.first
    met_when: {account.status: deactivated}
    warning: 5 days
    say: {missed: It came after <due>., open: It has not come., near: It is due <due>.}
    remedy: {missed: Come in time., open: Come now., near: Come.}
    clauses: [SAMPLE-1/c]
"""


@pytest.mark.parametrize(
    ("status", "first", "began", "outcome", "message"),
    [
        # A day on file does not meet it where the condition does not hold.
        ("active", date(2025, 5, 10), date(2025, 5, 1), "violation", "It has not come."),
        ("active", date(2025, 5, 10), date(2025, 5, 25), "attention", "It is due 2025-06-04."),
        ("active", date(2025, 5, 10), date(2025, 6, 1), "compliant", None),
        ("deactivated", date(2025, 5, 11), date(2025, 5, 1), "compliant", None),
        (
            "deactivated",
            date(2025, 5, 12),
            date(2025, 5, 1),
            "violation",
            "It came after 2025-05-11.",
        ),
        # Where it holds, it is met, though the day is not on file.
        ("deactivated", None, date(2025, 5, 1), "compliant", None),
        ("deactivated", None, date(2025, 5, 25), "compliant", None),
    ],
)
def test_condition_says_whether_a_deadline_is_met_and_the_fact_by_when(  # noqa: PLR0917
    tmp_path: Path, status: str, first: date | None, began: date, outcome: str, message: str | None
) -> None:
    policy = sample_policy(tmp_path, MET_WHEN)
    account = Account(status=status, own={"began": began, "first": first})
    for engine in ENGINES_HERE:
        decision = evaluate(policy, account, NOON, engine=engine)
        assert decision.outcome == outcome
        assert [finding.message for finding in decision.findings] == ([message] if message else [])
    (deadline,) = decision.deadlines
    assert deadline.is_met is (status == "deactivated")
    assert deadline.met_on == (first if status == "deactivated" else None)


LEGS = """
facts:
  account.one: {title: one, type: date, left_out: none}
  account.two: {title: two, type: date, left_out: none}
deadlines:
  limit:
    about: account
    title: Limit
    earliest:
      first: {from: account.one, count: 10 days, clauses: [SAMPLE-1/a]}
      second: {from: account.two, count: 10 days, clauses: [SAMPLE-1/b]}
"""


@pytest.mark.parametrize(
    ("own", "clauses"),
    [
        ({"one": date(2025, 5, 1)}, ("SAMPLE-1/a",)),
        ({"two": date(2025, 5, 1)}, ("SAMPLE-1/b",)),
        ({"one": date(2025, 5, 1), "two": date(2025, 5, 20)}, ("SAMPLE-1/a", "SAMPLE-1/b")),
    ],
)
def test_clauses_of_a_leg_are_cited_where_there_is_what_it_is_counted_from(
    tmp_path: Path, own: dict[str, date], clauses: tuple[str, ...]
) -> None:
    decision = evaluate(sample_policy(tmp_path, LEGS), Account(own=own), NOON)
    assert [finding.clauses for finding in decision.findings] == [clauses]
    assert [deadline.clauses for deadline in decision.deadlines] == [clauses]


@pytest.mark.parametrize("leg", ["second", "first"])
def test_deadline_without_a_clause_of_its_own_has_one_in_every_leg(
    tmp_path: Path, leg: str
) -> None:
    clause = {"first": ", clauses: [SAMPLE-1/a]", "second": ", clauses: [SAMPLE-1/b]"}[leg]
    faults = faults_of(tmp_path, LEGS.replace(clause, ""))
    assert set(faults) == {"`limit` cites no clause"}


CONSTANT = """
facts:
  account.began: {title: begin, type: date, left_out: none}
deadlines:
  limit:
    about: account
    title: Limit
    earliest:
      first: {when: {account.began: {given: false}}, from: 2025-03-01, count: 0 quarters}
      next: {from: account.began, count: 1 quarter}
    warning: 10 days
    clauses: [SAMPLE-1/c]
"""


@pytest.mark.parametrize(
    ("began", "at", "outcome", "derivation"),
    [
        (None, "2025-03-20", "compliant", "2025-03-01 + 0 quarters = 2025-03-31"),
        (None, "2025-03-21", "attention", "2025-03-01 + 0 quarters = 2025-03-31"),
        (None, "2025-03-31", "attention", "2025-03-01 + 0 quarters = 2025-03-31"),
        (None, "2025-04-01", "violation", "2025-03-01 + 0 quarters = 2025-03-31"),
        (
            date(2025, 3, 5),
            "2025-04-01",
            "compliant",
            "account.began 2025-03-05 + 1 quarter = 2025-06-30",
        ),
    ],
)
def test_leg_is_counted_from_a_day_that_stands_in_it(
    tmp_path: Path, began: date | None, at: str, outcome: str, derivation: str
) -> None:
    policy = sample_policy(tmp_path, CONSTANT)
    moment = datetime.fromisoformat(f"{at}T12:00")
    for engine in ENGINES_HERE:
        decision = evaluate(policy, Account(own={"began": began}), moment, engine=engine)
        assert decision.outcome == outcome
    assert decision.deadlines[0].derivation == (derivation,)
    assert all("2025-03-01" not in finding.because for finding in decision.all_findings)
