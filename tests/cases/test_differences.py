# SPDX-License-Identifier: MIT
"""An expectation reports every difference from a decision, and nothing else."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

import attrs
import pytest

from caljobs_policy import (
    ApprovalSought,
    DeadlineSet,
    Decision,
    DutyArisen,
    Finding,
    Outcome,
    Request,
    Requestor,
    Result,
    Staff,
    Statement,
    evaluate,
    load_policy,
)
from caljobs_policy.cases.differences import differences as found_differences
from caljobs_policy.cases.expectation import (
    Expectation,
    ExpectedDeadline,
    ExpectedDuty,
    ExpectedFinding,
    ExpectedRoute,
)
from caljobs_policy.dates.durations import in_zone
from tests.samples.reasons import StatedReasons

DAY = date(2025, 6, 2)
TIME = datetime(2025, 6, 3, 9)
TRAINING = "WSD24-12/create-1"
TRAINED = "WSD24-12/manager-1"
CREDENTIALS = "WSD24-12/create-6"
STAFF = Staff(
    employer="local_area",
    training_completed_on=date(2025, 1, 15),
    statement=Statement(form="e1", signed_on=date(2025, 1, 15)),
    business_need=True,
)
REQUEST = Request(
    type="create",
    submitted_on=DAY,
    organization="local_area",
    requestor=Requestor(role="manager_supervisor"),
    submitted_to="mis_administrator",
    attachments=["access_request_form", "confidentiality_statement", "training_certificate"],
    staff=STAFF,
)
REQUESTS = {
    "accepted": REQUEST,
    "untrained": attrs.evolve(REQUEST, staff=attrs.evolve(STAFF, training_completed_on=None)),
    "uncertain": Request(type="create", submitted_on=DAY),
    "late": attrs.evolve(
        REQUEST,
        type="deactivate",
        attachments=["access_request_form"],
        separates_on=date(2025, 5, 1),
    ),
}


def found(result: Result, *clauses: str) -> Finding:
    return Finding("rule", result, Outcome.ATTENTION, clauses, "x@2025-01-01", "", None, (), {})


@cache
def decided(name: str) -> Decision:
    policy = load_policy("state", DAY)
    if name in REQUESTS:
        return evaluate(policy, REQUESTS[name])
    deadline = DeadlineSet("sample", "Sample", in_zone(TIME, policy.zone), (), ())
    approvals = (ApprovalSought("auditor", False, ()), ApprovalSought("boss", True, ()))
    reasons = StatedReasons((), None, approvals, (), (deadline,), ())
    if name == "due":
        due = in_zone(TIME, policy.zone)
        findings = (found(Result.PENDING, "A-1/a", "A-1/b"), found(Result.CANNOT_TELL, "A-1/c"))
        duties = (DutyArisen("desk", "Call.", None, (), None, due, ("A-1/a",)),)
        reasons = StatedReasons(findings, None, (), duties, (), ())
    return Decision(policy, REQUEST, None, Outcome.AWAIT_APPROVAL, (), (), (), lambda _: reasons)


def differences(name: str, **expected: Any) -> tuple[str, ...]:
    """Compare; a route may be given as a mapping, and a deadline as its due date alone."""
    if "route" in expected:
        expected["route"] = ExpectedRoute(**expected["route"])
    if "deadlines" in expected:
        expected["deadlines"] = {
            deadline: ExpectedDeadline(due) if isinstance(due, date) else due
            for deadline, due in expected["deadlines"].items()
        }
    return tuple(map(str, found_differences(Expectation(**expected), decided(name))))


def finding(**values: Any) -> tuple[ExpectedFinding, ...]:
    return (ExpectedFinding(**values),)


def duty(*clauses: str, **values: Any) -> tuple[ExpectedDuty, ...]:
    return (ExpectedDuty(clauses, **values),)


@pytest.mark.parametrize("name", [*REQUESTS, "awaiting", "due"])
def test_what_is_not_named_is_not_compared(name: str) -> None:
    assert differences(name) == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("accepted", {"outcome": "accept", "needs": ()}),
        ("accepted", {"not_clauses": (TRAINING,)}),
        ("untrained", {"outcome": "return", "clauses": (TRAINING,)}),
        # What cannot be decided is not broken.
        ("uncertain", {"not_clauses": (TRAINING,)}),
        ("accepted", {"route": {"coordinator": "mis_administrator", "cc": (), "subject": None}}),
        ("accepted", {"route": {"requestors": ("manager_supervisor",)}}),
        ("accepted", {"deadlines": {"training_expires": date(2026, 1, 15), "soft_exit": None}}),
        ("accepted", {"duties": duty(CREDENTIALS, cc=("requestor",), to="staff", due=None)}),
        ("accepted", {"duties": duty(who="staff")}),
        ("accepted", {"not_duties": duty(CREDENTIALS, to="nobody")}),
        ("accepted", {"not_duties": duty("WSD24-12/deactivate-5")}),
        ("late", {"clauses": ("WSD24-12/deactivate-1",), "duties": duty("WSD24-12/deactivate-5")}),
        ("awaiting", {"approvals": {"auditor": False, "boss": True}}),
        ("awaiting", {"deadlines": {"sample": TIME}}),
        ("awaiting", {"deadlines": {"sample": datetime.fromisoformat("2025-06-03T16:00:00Z")}}),
        ("awaiting", {"route": {"coordinator": None}}),
        ("accepted", {"deadlines": {"training_expires": ExpectedDeadline(None, (TRAINED,))}}),
        (
            "accepted",
            {"deadlines": {"training_expires": ExpectedDeadline(date(2026, 1, 15), (TRAINED,))}},
        ),
        ("late", {"duties": duty("WSD24-12/deactivate-5", due=None)}),
        ("due", {"pending": ("A-1/a", "A-1/b"), "not_clauses": ("A-1/a", "A-1/b")}),
        ("late", {"findings": finding(rule="deactivate-by-separation", outcome="note")}),
        ("late", {"not_findings": finding(rule="deactivate-by-separation", outcome="return")}),
        ("late", {"not_findings": finding(rule="deactivate-by-separation", result="pending")}),
        ("late", {"not_findings": finding(rule="deactivate-by-separation", clauses=(TRAINING,))}),
        ("untrained", {"findings": finding(clauses=(TRAINING,), result="not_met")}),
        # What cannot be decided is not found.
        ("uncertain", {"not_findings": finding(rule="create-training-current")}),
        ("due", {"findings": finding(rule="rule", result="pending", clauses=("A-1/b",))}),
        ("due", {"duties": duty(due=TIME)}),
        ("due", {"duties": duty(due=datetime.fromisoformat("2025-06-03T16:00:00Z"))}),
    ],
)
def test_a_decision_as_expected_has_no_differences(name: str, expected: Any) -> None:
    assert differences(name, **expected) == ()


@pytest.mark.parametrize(
    ("name", "expected", "told"),
    [
        ("accepted", {"outcome": "deny"}, "outcome: expected deny, got accept"),
        (
            "accepted",
            {"clauses": (TRAINING,)},
            f"clauses: {TRAINING} is not among those not met: none",
        ),
        (
            "untrained",
            {"clauses": (CREDENTIALS,)},
            f"clauses: {CREDENTIALS} is not among those not met: {TRAINING}, WSD24-12/manager-1",
        ),
        (
            "untrained",
            {"not_clauses": (TRAINING,)},
            f"not_clauses: {TRAINING} is not met, by create-training-current",
        ),
        (
            "untrained",
            {"findings": finding(rule="create-training-current", outcome="deny")},
            "findings: rule create-training-current, outcome deny was not found; "
            "what was: create-training-current",
        ),
        (
            "untrained",
            {"not_findings": finding(rule="create-training-current", clauses=(TRAINING,))},
            f"not_findings: {TRAINING}, rule create-training-current was found",
        ),
        (
            "accepted",
            {"needs": ("request.office",)},
            "needs: expected request.office, got none",
        ),
        (
            "accepted",
            {"route": {"coordinator": "wsb_spoc"}},
            "route.coordinator: expected wsb_spoc, got mis_administrator",
        ),
        (
            "accepted",
            {"route": {"requestors": ("a", "b")}},
            "route.requestors: expected a, b, got manager_supervisor",
        ),
        ("awaiting", {"route": {"cc": ("a",)}}, "route.cc: expected a, got none"),
        (
            "accepted",
            {"deadlines": {"training_expires": date(2026, 1, 16)}},
            "deadlines.training_expires: expected 2026-01-16, got 2026-01-15",
        ),
        (
            "accepted",
            {"deadlines": {"training_expires": None}},
            "deadlines.training_expires: expected none, got 2026-01-15",
        ),
        (
            "awaiting",
            {"deadlines": {"sample": datetime(2025, 6, 3, 9, 1)}},
            "deadlines.sample: expected 2025-06-03T09:01:00-07:00, got 2025-06-03T09:00:00-07:00",
        ),
        (
            "awaiting",
            {"deadlines": {"other": TIME}},
            "deadlines.other: expected 2025-06-03T09:00:00-07:00, got none",
        ),
        (
            "accepted",
            {"deadlines": {"training_expires": ExpectedDeadline(None, (TRAINING,))}},
            f"deadlines.training_expires: {TRAINING} is not among its clauses: {TRAINED}",
        ),
        (
            "accepted",
            {"deadlines": {"soft_exit": ExpectedDeadline(None, (TRAINING,))}},
            "deadlines.soft_exit: expected to be listed, got none",
        ),
        ("due", {"clauses": ("A-1/a",)}, "clauses: A-1/a is not among those not met: none"),
        ("due", {"pending": ("A-1/c",)}, "pending: A-1/c is not among those pending: A-1/a, A-1/b"),
        (
            "untrained",
            {"pending": (TRAINING,)},
            f"pending: {TRAINING} is not among those pending: none",
        ),
        (
            "due",
            {"duties": duty(due=datetime(2025, 6, 3, 10))},
            "duties: due 2025-06-03T10:00:00 did not arise; what did: A-1/a",
        ),
        (
            "accepted",
            {"not_duties": duty(CREDENTIALS, to="staff")},
            f"not_duties: {CREDENTIALS}, to staff arose",
        ),
        ("awaiting", {"duties": duty("a/b")}, "duties: a/b did not arise; what did: none"),
        (
            "awaiting",
            {"duties": duty("a/b", cc=("boss", "desk"))},
            "duties: a/b, cc boss, desk did not arise; what did: none",
        ),
        ("awaiting", {"approvals": {"boss": False}}, "approvals.boss: expected false, got true"),
        ("awaiting", {"approvals": {"desk": True}}, "approvals.desk: expected true, got none"),
    ],
)
def test_every_difference_is_a_sentence(name: str, expected: Any, told: str) -> None:
    assert differences(name, **expected) == (told,)


def test_order_of_needs_does_not_matter() -> None:
    needs = decided("uncertain").needs
    assert differences("uncertain", outcome="cannot_tell", needs=needs[::-1]) == ()
    (told,) = differences("uncertain", needs=needs[1:])
    assert told == f"needs: expected {', '.join(needs[1:])}, got {', '.join(needs)}"


@pytest.mark.parametrize(
    "values", [{"to": "nobody"}, {"cc": ()}, {"due": date(2025, 6, 3)}, {"promptness": "at once"}]
)
def test_a_duty_must_have_every_named_value(values: dict[str, Any]) -> None:
    (told,) = differences("accepted", duties=duty(CREDENTIALS, **values))
    assert told.startswith(f"duties: {CREDENTIALS}, ")
    assert CREDENTIALS in told.partition("what did: ")[2]


def test_all_differences_are_reported_at_once() -> None:
    told = differences(
        "accepted",
        outcome="deny",
        clauses=(TRAINING, CREDENTIALS),
        needs=("request.office",),
        route={"coordinator": "a", "cc": ("b",)},
        deadlines={"soft_exit": DAY},
        duties=duty("a/b"),
        approvals={"boss": True},
    )
    assert [text.split(":")[0].split(".")[0] for text in told] == [
        "outcome",
        "clauses",
        "clauses",
        "needs",
        "route",
        "route",
        "deadlines",
        "duties",
        "approvals",
    ]
