# SPDX-License-Identifier: MIT
"""A finding names the fields beside which a form shows it."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest
from attrs import evolve

from caljobs_policy import Decision, Request, Requestor, Staff, evaluate, load_policy
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import cases_in, profile_cases
from caljobs_policy.decisions.culprits import culprits
from caljobs_policy.loader.documents import read_documents
from caljobs_policy.policy.conditions import NEVER, Not, Test, exists
from caljobs_policy.policy.operators import Before
from caljobs_policy.policy.outcome import Outcome, Result
from caljobs_policy.policy.rules import Check, Origin
from caljobs_policy.policy.truth import leaf_from
from caljobs_policy.subjects.facts import AT, facts_about, subject_key
from caljobs_policy.subjects.statement import Statement

POLICY: Final = load_policy("state", date(2025, 6, 2))
REQUEST: Final = Request(
    type="create",
    submitted_on=date(2025, 6, 2),
    organization="local_area",
    requestor=Requestor(role="manager_supervisor"),
    attachments=[],
    staff=Staff(
        employer="county",
        training_completed_on=date(2023, 1, 1),
        statement=Statement(form="e1", signed_on=date(2020, 1, 1)),
        business_need=False,
    ),
)


def fields_of(decision: Decision, rule: str) -> tuple[str, ...]:
    (found,) = (one.fields for one in decision.all_findings if one.rule == rule)
    return found


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("create-training-current", ("staff.training_completed_on",)),
        ("papers/create/access_request_form", ("attachments",)),
        ("create-business-need", ("staff.business_need",)),
        ("tables/create-statement/else", ("staff.statement",)),
        ("routing/local_area/requestor", ()),
    ],
)
def test_the_tested_fact_is_the_culprit(rule: str, fields: tuple[str, ...]) -> None:
    decision = evaluate(POLICY, REQUEST)
    assert fields_of(decision, rule) == fields


def test_a_fact_that_is_not_known_is_to_be_filled_in() -> None:
    decision = evaluate(POLICY, evolve(REQUEST, staff=Staff(), requestor=Requestor()))
    assert fields_of(decision, "create-business-need") == ("staff.business_need",)
    assert fields_of(decision, "routing/local_area/requestor") == ("requestor.role",)


def test_where_nothing_could_meet_a_rule_what_lets_it_apply_is_the_culprit() -> None:
    about = facts_about("account")
    shared, status = about["account.shared"], about["account.status"]
    refusing = Check("x", NEVER, Outcome.VIOLATION, (), Origin("a@2025-01-01"), exists(shared))
    leaf = leaf_from({shared: True, status: "active"}.get, POLICY.zone)
    assert culprits(refusing, leaf) == ("shared",)
    assert culprits(evolve(refusing, require=Not(exists(status))), leaf) == ("status",)


def test_what_is_compared_with_the_moment_is_the_culprit() -> None:
    created = facts_about("account")["account.created_on"]
    test = Test(AT, Before(created))
    check = Check("x", test, Outcome.VIOLATION, (), Origin("a@2025-01-01"))
    assert culprits(check, lambda _: False) == ("created_on",)


def test_out_of_scope_no_field_is_wrong() -> None:
    decision = evaluate(POLICY, Request(type="create", organization="other"))
    assert decision.outcome is Outcome.OUT_OF_SCOPE or decision.findings
    for found in decision.findings:
        assert found.outcome is not Outcome.OUT_OF_SCOPE or found.fields == ()


@pytest.mark.parametrize("profile", ["state", "la_city", "slo_county"])
def test_every_finding_of_a_worked_case_names_fields_that_its_rule_reads(profile: str) -> None:
    seen = 0
    for path in profile_cases(profile):
        for _, case in cases_in(read_documents(path.read_bytes(), str(path))):
            assert isinstance(case, Case)
            decision = evaluate(case.policy, case.subject, case.at)
            key = subject_key(case.subject)
            plan = case.policy.plans.get(key)
            checks = {check.id: check for check in plan.checks} if plan is not None else {}
            for found in decision.findings:
                if found.outcome is Outcome.OUT_OF_SCOPE:
                    continue
                seen += 1
                listed = {f"{key.partition('/')[0]}.{field}" for field in found.fields}
                assert listed, found.rule
                if found.result is Result.CANNOT_TELL:
                    assert listed == set(found.needs)
                else:
                    read = [fact.path for fact in checks[found.rule].facts]
                    assert all(any(one.startswith(path) for one in read) for path in listed)
    assert seen > 100
