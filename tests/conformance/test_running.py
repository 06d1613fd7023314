# SPDX-License-Identifier: MIT
"""A system that answers rightly conforms, and of any other one each wrong clause is named."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from caljobs_policy.conformance.answers import Aspect
from caljobs_policy.conformance.report import Report, Shown, Word
from caljobs_policy.conformance.running import Held
from tests.conformance.foreign import Decide, held_to, knowing, only, report_of
from tests.samples.profiles import ACCEPT_YAML, TABLES_YAML


@pytest.fixture
def held(tmp_path: Path) -> Held:
    return held_to(tmp_path / "sample_area")


@pytest.fixture
def right(held: Held) -> Decide:
    """A system that is right in everything."""
    return knowing(held.policies[0])


def words(report: Report) -> dict[str, str]:
    return {clause: str(one.word) for clause, one in report.verdicts.items()}


def shown(report: Report, clause: str) -> Shown:
    found = report.verdicts[clause].shown
    assert found is not None
    return found


def test_a_system_that_is_right_in_everything_conforms(held: Held, right: Decide) -> None:
    report = report_of(right, held)
    assert words(report) == {f"SAMPLE-1/{one}": "conforms" for one in "abcd"}
    assert report.headline == "conforms"
    assert (report.run, report.answered, report.disagreed) == (5, 5, 0)
    assert report.aspects == set(Aspect)


def test_several_cases_at_once_change_nothing(held: Held, right: Decide) -> None:
    report = report_of(right, held, jobs=3)
    assert (report.headline, report.run) == ("conforms", 5)


def test_what_a_system_does_not_claim_is_no_pass(held: Held, right: Decide) -> None:
    report = report_of(only(right, "outcome"), held)
    assert words(report) == {
        "SAMPLE-1/a": "conforms",
        "SAMPLE-1/b": "not_claimed",
        "SAMPLE-1/c": "not_claimed",
        "SAMPLE-1/d": "not_claimed",
    }
    assert report.is_partial
    assert not report.fails


def test_a_system_that_claims_nothing_at_all_is_no_pass(held: Held) -> None:
    report = report_of(lambda case: None, held)
    assert set(words(report).values()) == {"not_claimed"}
    assert report.is_partial
    assert report.declined == 5


def test_a_clause_that_no_case_decides_is_not_exercised(held: Held, right: Decide) -> None:
    accepted = Held(held.profile, held.policies, [*held.cases][:1])
    report = report_of(only(right, "outcome", "findings"), accepted)
    assert set(words(report).values()) == {"not_claimed", "not_exercised"}
    assert report.is_partial


def returned_as_accepted(right: Decide) -> Decide:
    """Return a system that does not look at trainings."""

    def decide(case: dict[str, Any]) -> Any:
        case = deepcopy(case)
        staff = case.get("request", {}).get("staff")
        if staff and "training_completed_on" in staff:
            staff["training_completed_on"] = case["request"]["submitted_on"]
        return {"outcome": right(case)["outcome"]}

    return decide


TRAINED = """\
case: The training is too old
request:
  type: create
  submitted_on: 2025-06-02
  organization: branch
  office: North
  requestor: {role: deputy, name: Sample One}
  submitted_to: desk
  attachments: [form_one, form_two]
  staff: {name: Sample Two, employer: outside, training_completed_on: 2025-04-01}
"""


TWO_CLAUSES = TABLES_YAML.replace(
    "{unless: {request.staff.employer: inside}, clauses: [SAMPLE-1/a]}",
    "{unless: {request.staff.employer: inside}, clauses: [SAMPLE-1/d]}",
)


def test_the_smallest_case_lies_at_the_boundary(tmp_path: Path) -> None:
    held = held_to(tmp_path / "sample_area", cases=TRAINED)
    right = knowing(held.policies[0])
    report = report_of(returned_as_accepted(right), held)
    found = shown(report, "SAMPLE-1/a")
    assert found.posed.asked == {
        "profile": "sample_area",
        "date": "2025-06-02",
        "at": "2025-06-02T12:00:00-07:00",
        "request": {
            "type": "create",
            "submitted_on": "2025-06-02",
            "organization": "branch",
            "requestor": {"role": "deputy"},
            "submitted_to": ["desk"],
            "attachments": ["form_one", "form_two"],
            "staff": {"training_completed_on": "2025-05-02"},
        },
    }


def test_what_a_system_finds_besides_is_traced_to_the_check_that_reads_it(
    tmp_path: Path,
) -> None:
    fresh = TRAINED.replace("2025-04-01", "2025-05-05")
    settled = TRAINED.replace("2025-04-01", "2025-05-31")
    held = held_to(tmp_path / "sample_area", cases=f"{fresh}---\n{settled}")
    right = knowing(held.policies[0])

    def stricter(case: dict[str, Any]) -> Any:
        trained = case["request"].get("staff", {}).get("training_completed_on")
        is_old = trained is not None and trained < "2025-05-10"
        return {"outcome": "return" if is_old else right(case)["outcome"]}

    report = report_of(stricter, held)
    found = shown(report, "SAMPLE-1/a")
    assert found.posed.stated["staff"] == {"training_completed_on": "2025-05-09"}
    assert not report.unclear


def test_a_disagreement_with_several_explanations_is_listed_and_forces_no_verdict(
    held: Held, right: Decide
) -> None:
    def denying(case: dict[str, Any]) -> Any:
        outcome = right(case)["outcome"]
        return {"outcome": "deny" if outcome == "accept" else outcome}

    report = report_of(denying, held)
    (found,) = report.unclear
    assert found.candidates == {"SAMPLE-1/a"}
    assert [(str(d.aspect), d.ours, d.theirs) for d in found.differences] == [
        ("outcome", "accept", "deny")
    ]
    assert not report.of(Word.VIOLATES)
    assert report.fails


@pytest.mark.parametrize(
    ("key", "value", "clause"),
    [
        ("route", {"coordinator": "auditor"}, "SAMPLE-1/a"),
        ("route", None, "SAMPLE-1/a"),
        ("duties", [], "SAMPLE-1/b"),
        ("duties", [{"who": "boss", "clauses": ["SAMPLE-1/b"]}], "SAMPLE-1/b"),
        ("deadlines", [], "SAMPLE-1/c"),
        ("deadlines", {"training_ends": "2025-07-01"}, "SAMPLE-1/c"),
        ("approvals", {"auditor": False}, "SAMPLE-1/b"),
    ],
)
def test_each_aspect_that_is_wrong_names_its_clause(
    held: Held, key: str, value: Any, clause: str
) -> None:
    accepted = Held(held.profile, held.policies, [*held.cases][:1])
    report = report_of(lambda case: {key: value}, accepted)
    assert report.of(Word.VIOLATES) == [clause]
    assert [str(one.aspect) for one in shown(report, clause).differences] == [key]


def test_needs_that_differ_name_the_clauses_of_what_asks_for_them(held: Held) -> None:
    unknown = Held(held.profile, held.policies, [*held.cases][2:3])
    report = report_of(lambda case: {"outcome": "cannot_tell", "needs": []}, unknown)
    assert report.disagreed == 1
    assert not report.of(Word.CONFORMS)


def test_errors_of_single_cases_do_not_end_the_run(held: Held, right: Decide) -> None:
    def sometimes(case: dict[str, Any]) -> Any:
        if "account" in case:
            raise ValueError("no such table")
        return right(case)

    report = report_of(sometimes, held)
    (fault,) = report.faults
    assert str(fault.fault).startswith("the adapter raised ValueError: no such table (test_running")
    assert report.run == 5
    assert report.fails


def test_a_check_that_a_system_makes_where_it_does_not_apply_is_named(tmp_path: Path) -> None:
    inside = TRAINED.replace("2025-04-01", "2025-05-31").replace("outside", "inside")
    inside = inside.replace("[form_one, form_two]", "[form_one]")
    held = held_to(tmp_path / "sample_area", TWO_CLAUSES, f"{inside}---\n{ACCEPT_YAML}")
    right = knowing(held.policies[0])

    def stricter(case: dict[str, Any]) -> Any:
        is_lacking = "form_two" not in case["request"].get("attachments", ["form_two"])
        return {"outcome": "return" if is_lacking else right(case)["outcome"]}

    report = report_of(stricter, held)
    assert report.of(Word.VIOLATES) == ["SAMPLE-1/d"]
    assert shown(report, "SAMPLE-1/d").posed.stated["attachments"] == ["form_one"]


def test_duties_that_are_missing_because_of_the_outcome_are_no_fault_of_their_own(
    held: Held, right: Decide
) -> None:
    def without_duties(case: dict[str, Any]) -> Any:
        answer = right(case)
        if answer["outcome"] == "accept":
            answer |= {"outcome": "return", "duties": []}
            answer["findings"] = [{"result": "not_met", "clauses": ["SAMPLE-1/a"]}]
        return answer

    report = report_of(without_duties, held)
    assert report.of(Word.VIOLATES) == ["SAMPLE-1/a"]
    assert not report.unclear


def test_what_a_system_says_of_a_subject_out_of_scope_is_about_its_exemption(
    tmp_path: Path,
) -> None:
    tables = TABLES_YAML.replace(
        "say: A tiny group is outside.\n    clauses: [SAMPLE-1/a]",
        "say: A tiny group is outside.\n    clauses: [SAMPLE-1/d]",
    )
    held = held_to(tmp_path / "sample_area", tables)
    right = knowing(held.policies[0])

    def strict(case: dict[str, Any]) -> Any:
        answer = right(case)
        if answer["outcome"] == "out_of_scope":
            broken = [{"result": "not_met", "clauses": ["SAMPLE-1/a", "SAMPLE-1/b"]}]
            return {**answer, "outcome": "return", "findings": broken}
        return answer

    assert report_of(strict, held).of(Word.VIOLATES) == ["SAMPLE-1/d"]
    outside = report_of(lambda case: {"outcome": "out_of_scope"}, held)
    assert not outside.of(Word.VIOLATES)
    assert {clause for one in outside.unclear for clause in one.candidates} == {"SAMPLE-1/d"}


def test_a_fact_taken_for_missing_where_it_is_unknown_is_found(tmp_path: Path) -> None:
    complete = TRAINED.replace("2025-04-01", "2025-05-31")
    open_ = complete.replace(", training_completed_on: 2025-05-31", "")
    held = held_to(tmp_path / "sample_area", cases=f"{complete}---\n{open_}")
    right = knowing(held.policies[0])

    def closed(case: dict[str, Any]) -> Any:
        outcome = right(case)["outcome"]
        return {"outcome": "return" if outcome == "cannot_tell" else outcome}

    report = report_of(closed, held)
    assert report.of(Word.VIOLATES) == ["SAMPLE-1/a"]
    assert not report.unclear
