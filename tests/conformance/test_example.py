# SPDX-License-Identifier: MIT
"""The kit finds the three faults of the foreign system in the documentation, and no others."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from caljobs_policy.conformance.adapters.adapter import Adapter
from caljobs_policy.conformance.adapters.callable import callable_adapter, function_named
from caljobs_policy.conformance.report import Report, Word
from caljobs_policy.conformance.running import Held, conformance
from caljobs_policy.conformance.sources import Standard
from tests.samples.pages import DOCS, page, steps

EXAMPLE: Final = DOCS / "examples" / "access_desk.py"


@pytest.fixture(scope="module")
def report() -> Report:
    standard = Standard("state", date(2025, 6, 2))
    adapter: Adapter = callable_adapter(function_named(f"{EXAMPLE}:decide"), 10)
    return conformance(adapter, Held("state", standard.policies, standard.cases(500, 1)))


@pytest.mark.parametrize(
    ("clause", "outcomes", "facts"),
    [
        (
            "WSD24-12/create-1",
            ("return", "accept"),
            {"submitted_on": "2025-06-02", "staff.training_completed_on": "2024-06-01"},
        ),
        (
            "WSD24-12/create-5",
            ("accept", "return"),
            {"staff.employer": "edd", "attachments": ["access_request_form"]},
        ),
        (
            "WSD24-12/routing-3",
            ("return", "accept"),
            {
                "organization": "community_based_organization",
                "requestor.role": "manager_supervisor",
            },
        ),
    ],
)
def test_each_fault_is_found_in_the_smallest_case(
    report: Report, clause: str, outcomes: tuple[str, str], facts: dict[str, Any]
) -> None:
    shown = report.verdicts[clause].shown
    assert shown is not None
    (difference,) = shown.differences
    assert (difference.ours, difference.theirs) == outcomes
    assert len([*shown.posed.decide().findings]) == (outcomes[0] != "accept")
    for path, value in facts.items():
        found: Any = shown.posed.stated
        for step in path.split("."):
            found = found[step]
        assert found == value


def test_nothing_else_is_found(report: Report) -> None:
    assert len(report.of(Word.VIOLATES)) == 3
    assert not report.unclear
    assert not report.faults
    assert report.is_partial


def test_the_page_shows_the_whole_example() -> None:
    files = {s.name: s.text for s in steps(page("how-to/hold-a-system-to-a-directive"))}
    assert files["access_desk.py"] == EXAMPLE.read_text("utf-8")
