# SPDX-License-Identifier: MIT
"""A decision lists the readings behind what it says, and no others."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from caljobs_policy import UNKNOWN, Account, Decision, Result, evaluate
from tests.samples.profiles import sample_policy

NOON = datetime(2025, 6, 2, 12)
TABLES = """
readings:
  none-at-all: {question: None?, answer: It is missing.}
  a-month: {question: How long?, answer: 30 days.}
  always: {question: Who?, answer: Everybody.}
facts:
  account.learned: {title: day of the course, type: date}
rules:
  course:
    about: account
    require: {account.learned: {within: 30 days, before: at}}
    reading: always
    clauses: [SAMPLE-1/a]
    where:
      missing: {reading: none-at-all}
      too_old: {reading: a-month}
"""
DEADLINE = """
readings:
  counting: {question: How is it counted?, answer: By days.}
  warned: {question: When is it near?, answer: 5 days before.}
  broken: {question: Is it a breach?, answer: Yes.}
  not-yet: {question: And if it is not done?, answer: As if it were done now.}
  first: {question: Without a first one?, answer: From the beginning.}
facts:
  account.began: {title: begin, type: date}
  account.first: {title: first one, type: date, left_out: none}
  account.done: {title: done, type: date, left_out: none}
deadlines:
  limit:
    about: account
    title: Limit
    earliest:
      begun: {from: account.began, count: 10 days, clauses: [SAMPLE-1/c]}
      first: {from: account.first, count: 10 days, reading: first, clauses: [SAMPLE-1/c]}
    met_by: account.done
    warning: 5 days
    reading: counting
    where:
      missed: {reading: broken, clauses: [SAMPLE-1/b]}
      near: {reading: warned}
      open: {reading: not-yet}
"""


def decided(folder: Path, tables: str, **own: Any) -> Decision:
    return evaluate(sample_policy(folder, tables), Account(own=own), NOON)


@pytest.mark.parametrize(
    ("learned", "result", "readings"),
    [
        (None, Result.NOT_MET, {"always", "none-at-all"}),
        (date(2025, 1, 2), Result.NOT_MET, {"always", "a-month"}),
        (date(2025, 6, 3), Result.NOT_MET, {"always"}),
        # What it will be is not known, so it may rest on any of them.
        (UNKNOWN, Result.CANNOT_TELL, {"always", "none-at-all", "a-month"}),
    ],
)
def test_finding_rests_on_the_readings_of_its_kind_of_failure(
    tmp_path: Path, learned: Any, result: Result, readings: set[str]
) -> None:
    decision = decided(tmp_path, TABLES, **({} if learned is UNKNOWN else {"learned": learned}))
    (found,) = decision.findings
    assert found.result is result
    assert set(found.readings) == set(decision.readings) == readings


@pytest.mark.parametrize(
    ("own", "readings"),
    [
        ({"began": date(2025, 5, 30)}, {"counting", "not-yet"}),
        ({"began": date(2025, 5, 30), "done": date(2025, 5, 31)}, {"counting"}),
        (
            {"began": date(2025, 5, 30), "first": date(2025, 5, 30)},
            {"counting", "not-yet", "first"},
        ),
        ({"began": date(2025, 5, 25)}, {"counting", "not-yet", "warned"}),
        ({"began": date(2025, 5, 1)}, {"counting", "not-yet", "broken"}),
        ({"began": date(2025, 5, 1), "done": date(2025, 5, 20)}, {"counting", "broken"}),
    ],
)
def test_deadline_rests_on_what_became_of_it(
    tmp_path: Path, own: dict[str, Any], readings: set[str]
) -> None:
    assert set(decided(tmp_path, DEADLINE, **own).readings) == readings


def test_clauses_of_a_missed_deadline_are_not_those_of_its_date(tmp_path: Path) -> None:
    decision = decided(tmp_path, DEADLINE, began=date(2025, 5, 1))
    (found,) = decision.findings
    (deadline,) = decision.deadlines
    assert set(found.clauses) == {"SAMPLE-1/b", "SAMPLE-1/c"}
    assert deadline.clauses == ("SAMPLE-1/c",)
