# SPDX-License-Identifier: MIT
"""A decision has its outcome at once, and its reasons when asked for."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import attrs
import pytest

from caljobs_policy import (
    Account,
    ApprovalSought,
    DeadlineSet,
    Decision,
    DutyArisen,
    Finding,
    Outcome,
    Policy,
    Request,
    Result,
    RouteTaken,
    Staff,
    evaluate,
    load_policy,
)
from caljobs_policy.decisions.decision import usual_moment
from caljobs_policy.errors.problems import Place
from caljobs_policy.subjects.facts import Subject
from tests.samples.reasons import StatedReasons

POLICY = Policy(
    jurisdiction="area",
    title="Area",
    day=date(2025, 6, 2),
    editions=("area@2025-01-01",),
    zone=ZoneInfo("America/Los_Angeles"),
    digest="sha256:0",
    plans={},
    words={},
    parameters={},
    clauses={},
    readings={},
    guides=(),
    facts={},
)
REQUEST = Request(type="create", submitted_on=date(2025, 3, 8))
CLAUSES = ("SAMPLE-1/a",)
UNMET, MET, OPEN, IDLE = (
    Finding(
        rule=f"rule-{result.value}",
        result=result,
        outcome=Outcome.RETURN,
        clauses=CLAUSES,
        edition="area@2025-01-01",
        message="Something is so.",
        remedy="Mend it.",
        readings=("day-count",),
        because={"request.office": "Sample Office"},
    )
    for result in (Result.NOT_MET, Result.MET, Result.CANNOT_TELL, Result.NOT_APPLICABLE)
)
ROUTE = RouteTaken(("boss",), "desk", ("desk",), ("desk@example.org",), (), "Sample", CLAUSES)
APPROVAL = ApprovalSought("auditor", False, CLAUSES)
DUTY = DutyArisen("desk", "Do it.", "staff", ("boss",), "at once", date(2025, 6, 3), CLAUSES)
DEADLINE = DeadlineSet(
    "training_expires", "Training", datetime(2025, 6, 3, 9, tzinfo=UTC), ("a + 1 day",), CLAUSES
)
REASONS = StatedReasons(
    (UNMET, MET, OPEN, IDLE), ROUTE, (APPROVAL,), (DUTY,), (DEADLINE,), ("day-count",)
)


def decision(
    reasons: StatedReasons = REASONS,
    subject: Subject = REQUEST,
    outcome: Outcome = Outcome.RETURN,
    at: datetime | None = None,
    policy: Policy = POLICY,
) -> Decision:
    return Decision(policy, subject, at, outcome, (), (0,), (), lambda _: reasons)


def test_an_answer_in_json_has_the_promised_keys() -> None:
    assert decision().to_dict() == {
        "policy": {
            "jurisdiction": "area",
            "date": "2025-06-02",
            "editions": ["area@2025-01-01"],
            "digest": "sha256:0",
        },
        "subject": "request/create",
        "outcome": "return",
        "findings": [UNMET.to_dict(), OPEN.to_dict()],
        "route": {
            "requestors": ["boss"],
            "coordinator": "desk",
            "submit_to": ["desk"],
            "send_to": ["desk@example.org"],
            "cc": [],
            "subject": "Sample",
            "clauses": ["SAMPLE-1/a"],
        },
        "approvals": [{"role": "auditor", "given": False, "clauses": ["SAMPLE-1/a"]}],
        "duties": [
            {
                "who": "desk",
                "what": "Do it.",
                "to": "staff",
                "cc": ["boss"],
                "promptness": "at once",
                "due": "2025-06-03",
                "clauses": ["SAMPLE-1/a"],
            }
        ],
        "deadlines": [
            {
                "name": "training_expires",
                "due": "2025-06-03T09:00:00+00:00",
                "derivation": ["a + 1 day"],
                "clauses": ["SAMPLE-1/a"],
            }
        ],
        "needs": [],
        "readings": ["day-count"],
    }


def test_a_log_holds_what_was_decided_and_nothing_that_the_subject_states() -> None:
    policy = load_policy("state", date(2025, 6, 2))
    staff = Staff(name="Private Sample", employer="county", training_completed_on=date(2023, 4, 5))
    subject = attrs.evolve(REQUEST, staff=staff, subject="Secret-1", office="Sample Office")
    found = evaluate(policy, subject)
    log = found.to_log()
    assert log == {
        "policy": "state@2025-06-02",
        "digest": policy.digest,
        "subject": "request/create",
        "at": "2025-03-08T12:00:00-08:00",
        "outcome": str(found.outcome),
        "rules": [finding.rule for finding in found.findings],
        "needs": list(found.needs),
    }
    assert log["rules"]
    text = json.dumps(log)
    assert not any(said in text for said in ("Private", "Secret", "Office", "2023", "county"))


def test_everything_that_was_looked_at_is_given_when_asked_for() -> None:
    found = decision().to_dict(everything=True)["findings"]
    assert [finding["result"] for finding in found] == [
        "not_met",
        "met",
        "cannot_tell",
        "not_applicable",
    ]


def test_a_finding_in_json_has_the_promised_keys() -> None:
    assert UNMET.to_dict() == {
        "rule": "rule-not_met",
        "result": "not_met",
        "outcome": "return",
        "clauses": ["SAMPLE-1/a"],
        "edition": "area@2025-01-01",
        "message": "Something is so.",
        "remedy": "Mend it.",
        "readings": ["day-count"],
        "because": {"request.office": "Sample Office"},
    }


def test_a_finding_names_what_it_needs_and_what_it_replaces() -> None:
    found = attrs.evolve(OPEN, needs=("request.office",), replaces="state:rule").to_dict()
    assert found["needs"] == ["request.office"]
    assert found["replaces"] == "state:rule"


def test_what_does_not_arise_is_null_or_empty() -> None:
    reasons = StatedReasons((), None, (), (attrs.evolve(DUTY, due=None, to=None),), (), ())
    found = decision(reasons).to_dict()
    assert found["route"] is None
    assert found["duties"][0]["due"] is None
    assert found["approvals"] == found["deadlines"] == found["findings"] == []


def test_the_parts_of_a_decision_are_at_hand() -> None:
    found = decision()
    assert found.findings == (UNMET, OPEN)
    assert found.all_findings == REASONS.all_findings
    assert found.route is ROUTE
    assert found.approvals == (APPROVAL,)
    assert found.duties == (DUTY,)
    assert found.deadlines == (DEADLINE,)
    assert found.readings == ("day-count",)


def test_reasons_are_worked_out_once_and_only_when_looked_at() -> None:
    asked: list[Decision] = []

    def explain(decision: Decision) -> StatedReasons:
        asked.append(decision)
        return REASONS

    found = Decision(POLICY, REQUEST, None, Outcome.RETURN, (), (0,), (), explain)
    assert repr(found) == "<Decision request/create: return>"
    assert asked == []
    assert found.reasons is found.reasons
    assert asked == [found]


def test_decisions_about_one_subject_at_one_moment_are_one() -> None:
    noon = datetime(2025, 3, 8, 20, tzinfo=UTC)
    assert decision() == decision() == decision(at=noon)
    assert len({decision(), decision(), decision(at=noon)}) == 1


@pytest.mark.parametrize(
    "other",
    [
        decision(outcome=Outcome.DENY),
        decision(at=datetime(2025, 3, 8, 9, tzinfo=UTC)),
        decision(subject=Request(type="reset")),
        decision(subject=attrs.evolve(REQUEST, staff=Staff(name="Another Sample"))),
        decision(policy=POLICY.on(date(2025, 6, 3))),
        decision(policy=attrs.evolve(POLICY, digest="sha256:1")),
        "return",
    ],
)
def test_decisions_that_differ_are_not_one(other: object) -> None:
    assert decision() != other
    assert len({decision(), other}) == 2


def test_decisions_about_two_people_are_two() -> None:
    policy = load_policy("state", date(2025, 6, 2))
    one, other = (
        evaluate(policy, Request(type="create", staff=Staff(name=name)))
        for name in ("First Sample", "Second Sample")
    )
    assert one.to_dict(everything=True) == other.to_dict(everything=True)
    assert one != other
    assert len({one, other}) == 2


@pytest.mark.parametrize("outcome", Outcome)
def test_good_outcomes_permit_and_out_of_scope_as_the_caller_says(outcome: Outcome) -> None:
    found = decision(outcome=outcome)
    for asked in (True, False):
        if outcome is Outcome.OUT_OF_SCOPE:
            assert found.permits(out_of_scope=asked) is asked
        else:
            good = outcome in {Outcome.ACCEPT, Outcome.COMPLIANT}
            assert found.permits(out_of_scope=asked) is good


def test_caller_has_to_say_whether_out_of_scope_permits() -> None:
    with pytest.raises(TypeError, match="out_of_scope"):
        decision().permits()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="`out_of_scope` takes True or False, not None"):
        decision().permits(out_of_scope=None)  # type: ignore[arg-type]


def test_a_finding_is_known_by_what_it_says_wherever_its_rule_stands() -> None:
    assert attrs.evolve(UNMET, place=Place("a.yaml", 3, 5)) == UNMET
    assert len({UNMET, MET, attrs.evolve(UNMET, place=Place("a.yaml", 3, 5))}) == 2


def test_lists_among_the_facts_of_a_finding_are_lists_in_json_alone() -> None:
    found = attrs.evolve(UNMET, because={"request.attachments": ["a", "b"]})
    assert found.because == {"request.attachments": ("a", "b")}
    assert found.to_dict()["because"] == {"request.attachments": ["a", "b"]}


@pytest.mark.parametrize(
    ("subject", "moment"),
    [
        (REQUEST, "2025-03-08T12:00:00-08:00"),
        (Request(type="create"), "2025-06-02T12:00:00-07:00"),
        (Account(), "2025-06-02T12:00:00-07:00"),
    ],
)
def test_the_usual_moment_is_noon_of_the_day(subject: Subject, moment: str) -> None:
    assert usual_moment(POLICY, subject).isoformat() == moment
    assert decision(subject=subject).at.isoformat() == moment


def test_a_moment_that_was_named_stands() -> None:
    at = datetime(2025, 6, 2, 9, tzinfo=UTC)
    assert decision(at=at).at is at


def test_an_evaluated_decision_can_be_written_as_json() -> None:
    policy = load_policy("state", date(2025, 6, 2))
    found = evaluate(policy, REQUEST)
    assert json.loads(json.dumps(found.to_dict(everything=True)))["subject"] == "request/create"
    again = evaluate(policy, REQUEST)
    assert again == found
    assert again.to_dict(everything=True) == found.to_dict(everything=True)
