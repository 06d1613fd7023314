# SPDX-License-Identifier: MIT
"""Messages never show a person's name, wherever in a subject it was written."""

from __future__ import annotations

import json
from datetime import date

import pytest

from caljobs_policy import Request, Requestor, Staff, Statement, evaluate, load_policy
from caljobs_policy.decisions.messages import as_sentence

LA = load_policy("la_city", date(2025, 6, 2))


@pytest.mark.parametrize("name", ["Sample Person", "sample  person", "SAMPLE-PERSON"])
def test_a_name_in_a_subject_line_or_an_address_is_withheld(name: str) -> None:
    request = Request(
        type="create",
        submitted_on=date(2025, 6, 2),
        organization="city_staff",
        office="Sample Office",
        requestor=Requestor(role="manager_supervisor", name="Other Sample"),
        subject="Account for Sample Person",
        sent_to=("sample.person@example.org", "desk@example.org"),
        staff=Staff(name=name),
    )
    found = json.dumps(evaluate(LA, request).to_dict(everything=True)).casefold()
    assert "person" not in found
    assert "other sample" not in found
    assert "desk@example.org" in found


def test_a_text_without_a_name_is_shown() -> None:
    request = Request(type="create", subject="Account", staff=Staff(name="Sample Person"))
    (finding,) = [f for f in evaluate(LA, request).all_findings if f.rule == "create-subject-line"]
    assert finding.because["request.subject"] == "Account"


def test_what_is_not_met_whatever_the_form_of_a_statement_has_a_reason() -> None:
    request = Request(
        type="create",
        submitted_on=date(2025, 6, 2),
        staff=Staff(employer="county", statement=Statement(signed_on=date(2020, 1, 1))),
    )
    state = load_policy("state", date(2025, 6, 2))
    findings = {f.rule: f for f in evaluate(state, request).findings}
    assert findings["tables/create-statement/else"].message.endswith(".")
    assert findings["tables/create-statement/else"].result == "not_met"


@pytest.mark.parametrize(
    ("clause", "sentence"), [("the form is there", "The form is there."), ("", "."), ("é", "É.")]
)
def test_clause_becomes_a_sentence(clause: str, sentence: str) -> None:
    assert as_sentence(clause) == sentence
