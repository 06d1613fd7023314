# SPDX-License-Identifier: MIT
"""One subject under several policies, side by side."""

from __future__ import annotations

from datetime import date, datetime
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from caljobs_policy import Account, Decision, Request, Staff, evaluate
from caljobs_policy.report.side_by_side import side_by_side
from tests.samples.profiles import sample_policy

TABLES = """
deadlines:
  training:
    about: account
    title: Training ends
    from: account.staff.training_completed_on
    count: 30 days
    warning: 5 days
    say: {near: The training ends <due>.}
    remedy: {near: Train again in time.}
    clauses: [SAMPLE-1/c]
"""


@pytest.fixture
def decision(tmp_path: Path) -> Decision:
    account = Account(staff=Staff(training_completed_on=date(2025, 5, 6)))
    return evaluate(sample_policy(tmp_path, TABLES), account, datetime(2025, 6, 2, 12))


def printed(content: RenderableType) -> list[str]:
    stream = StringIO()
    Console(file=stream, width=100, highlight=False, markup=False, emoji=False).print(content)
    return [line.strip(" │\n") for line in stream.getvalue().splitlines()]


def test_what_is_pending_falls_due_and_is_not_among_what_is_not_met(decision: Decision) -> None:
    lines = printed(side_by_side(None, [decision]))
    assert [line.split("│")[1].strip() for line in lines if line.startswith("Falling due")] == [
        "The training ends 2025-06-05."
    ]
    assert not [line for line in lines if line.startswith("Not met")]


def test_papers_that_are_not_asked_for_are_left_out(tmp_path: Path) -> None:
    papers = """
papers:
  create:
    form_one: {clauses: [SAMPLE-1/a]}
    form_two: {unless: {request.staff.employer: inside}, clauses: [SAMPLE-1/a]}
"""
    request = Request(type="create", staff=Staff(employer="inside"), attachments=())
    lines = printed(side_by_side(None, [evaluate(sample_policy(tmp_path, papers), request)]))
    assert any("✗ Form One" in line for line in lines)
    assert not any("Form Two" in line for line in lines)
