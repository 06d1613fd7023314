# SPDX-License-Identifier: MIT
"""An exception of a routing row says what it changes, and what that rests on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caljobs_policy import Decision, Policy, Request, Requestor, evaluate
from tests.things.profiles import sample_policy

ROUTING = """
readings:
  big: {question: Who does big ones?, answer: The auditor.}
  usual: {question: Who does the others?, answer: The desk.}
routing:
  branch:
    requestors: REQUESTORS
    coordinator: desk
    reading: usual
    clauses: [SAMPLE-1/a]
    except:
      large:
        when: {request.privilege_group: large}
        coordinator: auditor
        reading: big
        clauses: [SAMPLE-1/b]
      mailed:
        when: {request.privilege_group: mailed}
        requestors: deputy
        send_to: [one@example.org, two@example.org]
        clauses: [SAMPLE-1/c]
      by-hand: {when: {request.privilege_group: by_hand}, send_to: none}
  partner: {requestors: anyone, coordinator: desk, clauses: [SAMPLE-1/a]}
submission:
  create: {clauses: [SAMPLE-1/d]}
"""


def policy(folder: Path, requestors: str) -> Policy:
    return sample_policy(folder, ROUTING.replace("REQUESTORS", requestors))


def decided(policy: Policy, group: str, to: str) -> Decision:
    request = Request(
        type="create",
        submitted_on=date(2025, 6, 2),
        organization="branch",
        requestor=Requestor(role="deputy"),
        submitted_to=(to,),
        privilege_group=group,
    )
    return evaluate(policy, request)


@pytest.mark.parametrize(
    ("group", "to", "send_to", "clauses"),
    [
        ("small", "desk", ("desk@example.org",), ("SAMPLE-1/a",)),
        ("large", "auditor", (), ("SAMPLE-1/b",)),
        ("mailed", "desk", ("one@example.org", "two@example.org"), ("SAMPLE-1/c",)),
        ("by_hand", "desk", (), ("SAMPLE-1/a",)),
    ],
)
def test_exception_says_where_it_is_sent_and_by_which_clauses(
    tmp_path: Path, group: str, to: str, send_to: tuple[str, ...], clauses: tuple[str, ...]
) -> None:
    decision = decided(policy(tmp_path, "anyone"), group, to)
    assert decision.outcome == "accept"
    assert decision.route is not None
    assert (decision.route.send_to, decision.route.clauses) == (send_to, clauses)


def test_row_is_cited_where_it_still_says_who_requests(tmp_path: Path) -> None:
    by_row = policy(tmp_path, "deputy")
    assert decided(by_row, "large", "auditor").route.clauses == ("SAMPLE-1/a", "SAMPLE-1/b")  # type: ignore[union-attr]
    # This one says itself who requests.
    assert decided(by_row, "mailed", "desk").route.clauses == ("SAMPLE-1/c",)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("group", "clauses"),
    [
        ("small", ("SAMPLE-1/a", "SAMPLE-1/d")),
        ("large", ("SAMPLE-1/b",)),
        ("mailed", ("SAMPLE-1/c", "SAMPLE-1/d")),
        ("by_hand", ("SAMPLE-1/a", "SAMPLE-1/d")),
    ],
)
def test_request_that_went_elsewhere_breaks_what_its_case_rests_on(
    tmp_path: Path, group: str, clauses: tuple[str, ...]
) -> None:
    (finding,) = decided(policy(tmp_path, "anyone"), group, "boss").findings
    assert finding.clauses == clauses


def test_readings_are_those_of_the_case_that_applies(tmp_path: Path) -> None:
    found = policy(tmp_path, "anyone")
    assert decided(found, "small", "desk").readings == ("usual",)
    assert decided(found, "large", "auditor").readings == ("big",)
