# SPDX-License-Identifier: MIT
"""A profile declares types of request and of record with their facts, and words of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator

from caljobs_policy import (
    DataEntry,
    Decision,
    OwnRecord,
    Policy,
    Request,
    SubjectError,
    case_schema,
    evaluate,
    fields,
    load_policy,
    read_subject,
    subject_to_dict,
)
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import cases_in
from caljobs_policy.loader.documents import read_documents
from caljobs_policy.subjects.facts import subject_keys
from tests.engines.durable.present import ENGINES_HERE
from tests.samples.profiles import sample_policy, sound_profile, written_profile

DAY: Final = date(2025, 6, 2)
TABLES: Final = """\
request_types:
  recertify: {title: a request to recertify an account}
record_types:
  home_visit: {title: a home visit}
record_items:
  wage_record: {title: wage record}
facts:
  request.recertified_on: {title: day of the last certification, type: date}
  record.visited_on: {title: day of the visit, type: date}
  record.participant_was: {title: presence of the participant, type: word, words: [met, absent]}
scope:
  request/recertify: {clauses: [SAMPLE-1/a]}
  record/home_visit: {clauses: [SAMPLE-1/a]}
  record/data_entry: {clauses: [SAMPLE-1/a]}
routing:
  branch: {requestors: boss, coordinator: desk, clauses: [SAMPLE-1/a]}
  partner: {requestors: boss, coordinator: desk, clauses: [SAMPLE-1/a]}
submission:
  recertify: {clauses: [SAMPLE-1/b]}
papers:
  recertify:
    form_one: {clauses: [SAMPLE-1/a]}
rules:
  certified-within-a-year:
    about: request/recertify
    require: {request.recertified_on: {within: 365 days, before: request.submitted_on}}
    say: The last certification, <request.recertified_on>, is too old.
    clauses: [SAMPLE-1/a]
  participant-met:
    about: record/home_visit
    require: {record.participant_was: met}
    say: "Nobody was met: <record.participant_was>."
    clauses: [SAMPLE-1/b]
  wage-record-without-a-code:
    about: record/data_entry
    when: {record.item: wage_record}
    require: {record.activity_code: {given: false}}
    say: A <record.item> has no activity code.
    clauses: [SAMPLE-1/c]
"""


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return sample_policy(tmp_path_factory.mktemp("own") / "sample_area", TABLES)


def decided(policy: Policy, kind: str, **facts: Any) -> Decision:
    """Decide on a subject by every engine, which agree, and through a mapping and back."""
    subject = read_subject(policy, kind, facts)
    assert read_subject(policy, kind, subject_to_dict(subject, private=True)) == subject
    first, *others = (evaluate(policy, subject, engine=engine) for engine in ENGINES_HERE)
    assert all(other.to_dict() == first.to_dict() for other in others)
    return first


def broken(decision: Decision) -> list[str]:
    return [finding.rule for finding in decision.findings if finding.result == "not_met"]


def test_request_of_an_own_type_has_its_rules_papers_and_route(policy: Policy) -> None:
    found = decided(
        policy,
        "request",
        type="recertify",
        submitted_on="2025-06-02",
        organization="branch",
        requestor={"role": "boss"},
        submitted_to="desk",
        attachments=[],
        recertified_on="2024-01-01",
    )
    assert found.to_dict()["subject"] == "request/recertify"
    assert broken(found) == ["papers/recertify/form_one", "certified-within-a-year"]
    assert found.route is not None
    assert found.route.coordinator == "desk"


def test_record_of_an_own_type_has_its_own_facts(policy: Policy) -> None:
    missed = decided(policy, "record", type="home_visit", participant_was="absent")
    assert broken(missed) == ["participant-met"]
    assert missed.findings[0].message == "Nobody was met: absent."
    assert decided(policy, "record", type="home_visit", participant_was="met").outcome == "accept"
    unknown = decided(policy, "record", type="home_visit")
    assert unknown.needs == ("record.participant_was",)
    subject = OwnRecord(type="home_visit", own={"participant_was": "met"})
    assert evaluate(policy, subject).outcome == "accept"


def test_item_of_a_profile_goes_by_its_title(policy: Policy) -> None:
    found = decided(policy, "record", type="data_entry", item="wage_record", activity_code="101")
    assert broken(found) == ["wage-record-without-a-code"]
    assert found.findings[0].message == "A wage record has no activity code."


def test_other_policies_do_not_know_these_words(policy: Policy) -> None:
    state = load_policy("state", DAY)
    for subject, word in (
        (Request(type="recertify"), "`request.type` has no such value"),
        (OwnRecord(type="home_visit"), "`record.type` has no such value"),
        (DataEntry(item="wage_record"), "`record.item` has no such value"),
    ):
        with pytest.raises(SubjectError, match=word):
            evaluate(state, subject)
        evaluate(policy, subject)


@pytest.mark.parametrize(
    ("kind", "facts", "message", "remedy"),
    [
        ("request", {"type": "recertfy"}, "type` has no value `recertfy`", "`recertify`"),
        ("record", {"type": "home_vist"}, "type` has no value `home_vist`", "`home_visit`"),
        (
            "record",
            {"type": "home_visit", "item": "activity"},
            "`record` has no such key",
            "its keys are: type, visited_on, participant_was",
        ),
        (
            "record",
            {"type": "home_visit", "participant_was": "absnt"},
            "`record.participant_was` has no value `absnt`",
            "`absent`",
        ),
        (
            "record",
            {"type": "data_entry", "item": "wage_recrod"},
            "`record.item` has no value `wage_recrod`",
            "`wage_record`",
        ),
    ],
)
def test_strange_words_have_near_names(
    policy: Policy, kind: str, facts: dict[str, Any], message: str, remedy: str
) -> None:
    with pytest.raises(SubjectError) as caught:
        read_subject(policy, kind, facts)
    (problem,) = caught.value.problems
    assert message in problem.message
    assert remedy in str(problem.help)


def test_profile_that_extends_another_has_its_types_and_adds_some(tmp_path: Path) -> None:
    sound_profile(tmp_path / "sample_area", TABLES)
    written_profile(
        tmp_path / "local",
        {
            "profile.yaml": "profile:\n  jurisdiction: local\n  title: Local\n"
            "  time_zone: America/Los_Angeles\n  extends: sample_area\n",
            "2025-01-01/edition.yaml": "edition: {from: 2025-01-01, title: First}\n"
            "uses: {roles: [boss, deputy, desk, auditor], organizations: [branch, partner]}\n"
            "request_types:\n  renew: {title: a request to renew}\n"
            "scope:\n  request/renew: {clauses: [SAMPLE-1/a]}\n",
        },
    )
    policy = load_policy(tmp_path / "local", DAY)
    keys = subject_keys(policy.words, "request")
    assert {"request/create", "request/recertify", "request/renew"} <= set(keys)
    assert {"request/recertify", "request/renew"} <= set(policy.plans)


REUSED: Final = """\
record_types:
  standing: {title: a standing order}
facts:
  record.code: {title: number of the order, type: count}
  record.activity: {title: activity it is about, type: text}
  record.approvals: {title: approvals of the order, type: words, left_out: none}
scope:
  record/standing: {clauses: [SAMPLE-1/a]}
  record/follow_up: {clauses: [SAMPLE-1/a]}
  record/case_note: {clauses: [SAMPLE-1/a]}
rules:
  few:
    about: record/standing
    require: {record.code: {fewer_than: 3}}
    say: The number, <record.code>, is too high.
    clauses: [SAMPLE-1/a]
  coded:
    about: [record/standing, record/follow_up]
    require: {record.code: {given: true}}
    say: There is no code.
    clauses: [SAMPLE-1/a]
  noted:
    about: record/case_note
    require: {record.activity.code: {given: true}}
    say: The note is about no activity.
    clauses: [SAMPLE-1/a]
approvals:
  agreed: {about: record/standing, role: boss, clauses: [SAMPLE-1/b]}
"""


@pytest.fixture(scope="module")
def reusing(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return sample_policy(tmp_path_factory.mktemp("reused") / "sample_area", REUSED)


class TestNamesOfTheModel:
    """Facts of own record types may be called as those of the shipped types, which keep theirs."""

    def test_own_type_has_the_fact_that_the_profile_declares(self, reusing: Policy) -> None:
        many = decided(reusing, "record", type="standing", code=3, approvals="boss")
        assert broken(many) == ["few"]
        assert many.findings[0].message == "The number, 3, is too high."
        few = decided(reusing, "record", type="standing", code=2, activity="any", approvals=[])
        assert (few.outcome, [one.given for one in few.approvals]) == ("await_approval", [False])
        assert decided(reusing, "record", type="standing").needs == ("record.code",)

    def test_shipped_types_keep_theirs(self, reusing: Policy) -> None:
        assert decided(reusing, "record", type="follow_up", code="F01").outcome == "accept"
        assert broken(decided(reusing, "record", type="follow_up", code=None)) == ["coded"]
        noted = decided(reusing, "record", type="case_note", activity={"code": "101"})
        assert noted.outcome == "accept"
        for facts in ({"type": "follow_up", "code": 5}, {"type": "case_note", "activity": "any"}):
            with pytest.raises(SubjectError):
                read_subject(reusing, "record", facts)

    def test_forms_ask_for_the_fact_of_the_type(self, reusing: Policy) -> None:
        kinds = {
            key: {one.path: one.kind for one in fields(f"record/{key}", reusing)}
            for key in ("standing", "follow_up", "case_note")
        }
        assert kinds["standing"]["code"] == "count"
        assert kinds["follow_up"]["code"] == "text"
        assert kinds["standing"]["activity"] == "text"
        assert kinds["case_note"]["activity.code"] == "text"
        assert "activity" not in kinds["case_note"]


def test_case_may_have_a_subject_of_an_own_type(tmp_path: Path) -> None:
    folder = sound_profile(tmp_path / "sample_area", TABLES)
    text = (
        f"profile: {folder}\ndate: 2025-06-02\n"
        "record: {type: home_visit, participant_was: met}\nexpect: {outcome: accept}\n"
    )
    ((_, case),) = cases_in(read_documents(text, "cases.yaml"), folders=True)
    assert isinstance(case, Case)
    assert case.subject == OwnRecord(type="home_visit", own={"participant_was": "met"})


def test_forms_and_schemas_know_own_types_with_their_facts(policy: Policy) -> None:
    asked = {field.path: field for field in fields("record/home_visit", policy)}
    assert list(asked) == ["type", "visited_on", "participant_was"]
    assert set(asked["participant_was"].choices) == {"met", "absent"}
    told = {field.path: field for field in fields("request", policy)}
    assert told["type"].choices["recertify"] == "a request to recertify an account"
    schema = Draft202012Validator(case_schema(policy))
    assert schema.is_valid({"record": {"type": "home_visit", "participant_was": "met"}})
    assert not schema.is_valid({"record": {"type": "home_visit", "participant_was": "late"}})
    assert not schema.is_valid({"record": {"type": "home_vist"}})
