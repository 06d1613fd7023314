# SPDX-License-Identifier: MIT
"""What is dated after the moment has not happened: every engine and every reason reads it so."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from caljobs_policy import UNKNOWN, Account, Decision, Outcome, Policy, Staff, Statement, evaluate
from tests.engines.durable.present import ENGINES_HERE
from tests.samples.profiles import sample_policy

NOON = datetime(2025, 6, 2, 12)
TODAY, TOMORROW = date(2025, 6, 2), date(2025, 6, 3)
TABLES = """
facts:
  account.began: {title: begin, type: date, happens: true}
  account.seen: {title: time it was seen, type: time, happens: true}
  account.met: {title: end, type: date_or_time, left_out: none, happens: true}
  account.planned: {title: planned end, type: date_or_time, left_out: none}
"""


def decided(policy: Policy, at: datetime = NOON, **own: Any) -> Decision:
    """Decide by every engine, all of which have to agree."""
    stated = {name: value for name, value in own.items() if value is not UNKNOWN}
    one, *others = (evaluate(policy, Account(own=stated), at, engine=e) for e in ENGINES_HERE)
    for other in others:
        assert one.to_dict(everything=True) == other.to_dict(everything=True)
    return one


def with_rule(folder: Path, forbid: str, more: str = "") -> Policy:
    rule = f"""
rules:
  sample:
    about: account
    forbid: {forbid}
    say: It began <account.began> and ended <account.met>.
    clauses: [SAMPLE-1/a]
"""
    return sample_policy(folder, TABLES + rule + more)


@pytest.mark.parametrize(
    ("met", "happened"),
    [
        (TODAY, True),
        (TOMORROW, False),
        (datetime(2025, 6, 2, 12), True),
        (datetime(2025, 6, 2, 12, 0, 1), False),
        (None, False),
    ],
)
def test_a_date_counts_once_it_has_come(tmp_path: Path, met: Any, happened: bool) -> None:
    policy = with_rule(tmp_path, "{account.met: {given: true}}")
    decision = decided(policy, met=met)
    assert decision.outcome is (Outcome.VIOLATION if happened else Outcome.COMPLIANT)


def test_a_planned_date_may_lie_ahead(tmp_path: Path) -> None:
    policy = with_rule(tmp_path, "{account.planned: {given: true}}")
    assert decided(policy, planned=TOMORROW).outcome is Outcome.VIOLATION


def test_the_moment_is_asked_for_where_only_such_dates_are_read(tmp_path: Path) -> None:
    policy = with_rule(tmp_path, "{account.met: {given: true}}")
    assert evaluate(policy, Account(own={"met": TODAY})).outcome is Outcome.VIOLATION
    assert evaluate(policy, Account(own={"met": TOMORROW})).outcome is Outcome.COMPLIANT


@pytest.mark.parametrize(
    "forbid",
    [
        "{account.met: {after: at}}",
        "{account.met: {within: 30 days, after: at}}",
        "{account.met: {more_than: 0 days, after: at}}",
        "{account.met: {at_least: 1 day, after: at}}",
        "{at: {before: account.met}}",
        "{at: {within: 30 days, before: account.met}}",
        "{at: {more_than: 0 days, before: account.met}}",
    ],
)
def test_what_lies_ahead_is_found_and_shown_as_stated(tmp_path: Path, forbid: str) -> None:
    policy = with_rule(tmp_path, forbid)
    decision = decided(policy, met=TOMORROW, began=TOMORROW)
    (finding,) = decision.findings
    assert finding.message == "It began (none) and ended 2025-06-03."
    assert finding.because["account.met"] == "2025-06-03"
    assert decided(policy, met=date(2025, 6, 1)).outcome is Outcome.COMPLIANT


@pytest.mark.parametrize("forbid", ["{at: {after: account.met}}", "{account.met: {before: at}}"])
def test_what_lies_behind_has_happened(tmp_path: Path, forbid: str) -> None:
    policy = with_rule(tmp_path, forbid)
    assert decided(policy, met=date(2025, 6, 1)).outcome is Outcome.VIOLATION
    assert decided(policy, met=TOMORROW).outcome is Outcome.COMPLIANT


def test_because_shows_what_is_read(tmp_path: Path) -> None:
    policy = with_rule(tmp_path, "{account.met: {given: false}}")
    (finding,) = decided(policy, met=TOMORROW).findings
    assert finding.because == {"account.met": None}


DEADLINE = """
deadlines:
  limit:
    about: account
    title: Limit
    from: [account.began, account.planned]
    count: 10 days
    met_by: account.met
    clauses: [SAMPLE-1/c]
"""


def test_a_deadline_is_not_counted_from_what_has_not_happened(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, TABLES + DEADLINE)
    assert decided(policy, began=TOMORROW).deadlines == ()
    (deadline,) = decided(policy, began=TOMORROW, planned=TOMORROW).deadlines
    assert deadline.derivation == ("account.planned 2025-06-03 + 10 days = 2025-06-13",)


def test_a_deadline_is_not_met_by_what_has_not_happened(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, TABLES + DEADLINE)
    decision = decided(policy, began=date(2025, 5, 1), met=TOMORROW)
    assert decision.outcome is Outcome.VIOLATION
    assert [deadline.met_on for deadline in decision.deadlines] == [None]


class TestUnknown:
    """An unknown date that happens is none after the moment."""

    def test_it_cannot_lie_after_a_day_to_come(self, tmp_path: Path) -> None:
        policy = with_rule(tmp_path, "{account.began: {after: account.planned}}")
        decision = decided(policy, planned=TOMORROW)
        assert (decision.outcome, decision.needs) == (Outcome.COMPLIANT, ())
        assert decided(policy, planned=date(2025, 6, 1)).needs == ("account.began",)

    def test_it_cannot_lie_near_a_day_to_come(self, tmp_path: Path) -> None:
        policy = with_rule(tmp_path, "{account.began: {within: 3 days, before: account.planned}}")
        decision = decided(policy, planned=date(2025, 6, 6))
        assert (decision.outcome, decision.needs) == (Outcome.COMPLIANT, ())
        assert decided(policy, planned=date(2025, 6, 5)).needs == ("account.began",)

    def test_it_may_be_the_moment_itself(self, tmp_path: Path) -> None:
        some = "[{account.seen: {before: account.planned}}, {account.seen: {given: false}}]"
        policy = with_rule(tmp_path, f"{{not: {{any: {some}}}}}")
        decision = decided(policy, datetime(2025, 6, 2, 9), planned=TODAY)
        assert (decision.outcome, decision.needs) == (Outcome.CANNOT_TELL, ("account.seen",))

    def test_of_two_both_may_have_happened(self, tmp_path: Path) -> None:
        policy = with_rule(tmp_path, "{account.began: {more_than: 300 days, after: account.seen}}")
        assert decided(policy).needs == ("account.began", "account.seen")

    def test_it_is_one_fact_whether_it_lies_ahead_or_not(self, tmp_path: Path) -> None:
        """Where it is given it does not lie ahead, so both never hold."""
        some = "[{account.met: {given: true}}, {account.met: {after: at}}]"
        policy = with_rule(tmp_path, f"{{all: {some}}}", "")
        tables = TABLES.replace("date_or_time, left_out: none, happens", "date_or_time, happens")
        assert tables != TABLES
        other = tmp_path / "other"
        other.mkdir()
        policy = sample_policy(
            other,
            tables
            + f"""
rules:
  sample: {{about: account, forbid: {{all: {some}}}, say: It cannot be., clauses: [SAMPLE-1/a]}}
""",
        )
        decision = decided(policy)
        assert (decision.outcome, decision.needs) == (Outcome.COMPLIANT, ())


def test_the_last_signature_that_has_happened_counts(tmp_path: Path) -> None:
    policy = sample_policy(
        tmp_path,
        """
deadlines:
  signed-again:
    about: account
    title: Signed again
    from: account.staff.statement.paper_a
    count: 30 days
    clauses: [SAMPLE-1/c]
""",
    )
    both = (
        Statement(form="paper_a", signed_on=date(2025, 5, 20)),
        Statement(form="paper_a", signed_on=date(2026, 1, 1)),
    )
    found = {
        evaluate(policy, Account(staff=Staff(statement=both)), NOON, engine=engine).deadlines
        for engine in ENGINES_HERE
    }
    ((deadline,),) = found
    assert deadline.due == date(2025, 6, 19)
