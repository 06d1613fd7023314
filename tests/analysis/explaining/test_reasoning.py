# SPDX-License-Identifier: MIT
"""An explanation names what decided, down to the facts, the clauses and the place of each rule."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest

from caljobs_policy import (
    Branch,
    Decision,
    Reasoning,
    decide,
    evaluate,
    explain,
)
from tests.samples.profiles import written_profile

AT: Final = datetime(2025, 6, 2, 12)
REQUEST: Final[dict[str, Any]] = {
    "type": "create",
    "submitted_on": "2025-06-02",
    "organization": "worksource_center",
    "office": "Boyle Heights WSC",
    "requestor": {"role": "program_director", "name": "Pat Sample"},
    "submitted_to": ["city_mis_unit"],
    "sent_to": ["david.l.thompson@lacity.org", "emoli.mendez@lacity.org"],
    "subject": "Access Request - Boyle Heights WSC",
    "signed_by_requestor": True,
    "training_confirmed": True,
    "attachments": ["access_request_form", "confidentiality_statement", "training_certificate"],
    "staff": {
        "name": "Sam Sample",
        "employer": "city",
        "training_completed_on": "2025-05-01",
        "statement": {"form": "e1", "signed_on": "2025-05-01"},
        "business_need": True,
    },
}


COUNTY: Final = {
    "my_county/profile.yaml": """
profile:
  {jurisdiction: my_county, title: My County, time_zone: America/Los_Angeles, extends: state}
""",
    "my_county/2025-03-01/edition.yaml": "edition: {from: 2025-03-01, title: First edition}",
    "my_county/2025-03-01/training.yaml": """
documents:
  MEMO-1: {title: Access to CalJOBS, issuer: My County, in_force: 2025-03-01}
clauses:
  - {id: MEMO-1/training, at: Section 2, kind: check, says: ISPA training is good for 180 days.}
uses:
  organizations: [local_area]
  roles: [manager_supervisor, mis_administrator, staff, operations_unit]
overrides:
  - {what: parameters/training_validity, was: 365 days, now: 180 days, clauses: [MEMO-1/training]}
""",
}


def request(**changes: Any) -> Decision:
    """Return the decision about the request in order, with other facts; None leaves one out."""
    staff = {**REQUEST["staff"], **changes.pop("staff", {})}
    stated = {**REQUEST, **changes, "staff": {k: v for k, v in staff.items() if v is not None}}
    return decide("la_city", {"request": {k: v for k, v in stated.items() if v is not None}})


def explained(**changes: Any) -> Reasoning:
    return explain(request(**changes))


def branches(branch: Branch) -> list[Branch]:
    return [branch, *(one for part in branch.parts for one in branches(part))]


def test_each_check_that_was_looked_at_is_there() -> None:
    found = explained()
    plan = found.decision.policy.plans["request/create"]
    assert [one.rule for one in found.checks] == [check.id for check in plan.checks]
    assert not any(one.decides for one in found.checks)


def test_a_check_that_decided_tells_facts_clause_and_place() -> None:
    found = explained(staff={"training_completed_on": "2024-05-31"})
    (one,) = [check for check in found.checks if check.decides]
    assert (one.rule, one.result, one.outcome) == ("create-training-current", "not_met", "return")
    assert [clause.id for clause in one.clauses] == ["WSD24-12/create-1"]
    assert one.clauses[0].at == "Create a New CalJOBS Staff User Account"
    assert "at most 365 days" in one.clauses[0].says
    assert one.edition == "state@2025-03-01"
    assert one.place.file.endswith("state/2025-03-01/create.yaml")
    assert one.place.line
    assert "day-count" in [reading.id for reading in one.readings]
    assert one.applies is None
    assert one.requires.holds is False
    assert one.requires.facts == {
        "request.staff.training_completed_on": "2024-05-31",
        "request.submitted_on": "2025-06-02",
    }


def test_what_weighs_less_did_not_decide() -> None:
    found = explained(staff={"business_need": False, "training_completed_on": "2024-05-31"})
    assert found.decision.outcome == "deny"
    assert [one.rule for one in found.checks if one.decides] == ["create-business-need"]


def test_an_exemption_is_all_that_was_looked_at() -> None:
    found = explained(staff={"privileges": ["cash"]}, privileges=["cash"])
    assert found.decision.outcome == "out_of_scope"
    assert [(one.rule, one.decides) for one in found.checks] == [("exempt/cash-only", True)]


def test_without_rules_nothing_was_looked_at() -> None:
    found = explain(decide("state", {"record": {"type": "closure"}}))
    assert found.decision.outcome == "out_of_scope"
    assert found.checks == ()


def test_a_rule_that_replaces_another_says_what_it_changes() -> None:
    account = {"organization": "worksource_center", "status": "active"}
    checks = explain(decide("la_city", {"account": account}, AT)).checks
    (one,) = [check for check in checks if check.rule == "deadlines/account-statement"]
    assert one.replaces == "state:deadlines/account-statement"
    assert one.edition == "la_city@2025-04-01"
    (change,) = one.changes
    assert change.what == "deadlines/account-statement/earliest/of-others/when"
    assert change.was != change.now


def test_a_number_tells_where_it_is_set_and_what_it_replaces(tmp_path: Path) -> None:
    written_profile(tmp_path, COUNTY)
    folder = tmp_path / "my_county"
    stated = {"type": "create", "submitted_on": "2025-06-02"}
    checks = explain(decide(folder, {"request": stated})).checks
    (number,) = [n for one in checks for n in one.numbers if n.name == "training_validity"]
    assert (number.value, number.edition) == ("180 days", "my_county@2025-03-01")
    assert number.replaces == "state:parameters/training_validity"
    assert [(one.was, one.now) for one in number.changes] == [("365 days", "180 days")]


def test_terms_are_called_by_their_names_above_what_they_say() -> None:
    found = explain(decide("la_city", {"account": {"organization": "worksource_center"}}))
    every = [one for check in found.checks for one in branches(check.requires)]
    named = [one for one in every if one.parts and not one.says.startswith(("all", "any", "none"))]
    assert named
    for one in every:
        assert one.says


def test_private_facts_are_withheld() -> None:
    found = explained(requestor={"role": "program_director", "name": "Sam Sample"})
    assert "not-for-oneself" in [one.rule for one in found.checks if one.decides]
    said = json.dumps(found.to_dict())
    assert "Sam" not in said
    assert "(withheld)" in said


def test_what_settles_most_is_asked_first() -> None:
    found = explained(attachments=None, staff={"employer": None})
    assert found.decision.outcome == "cannot_tell"
    assert [one.fact for one in found.ask] == ["request.attachments", "request.staff.employer"]
    first = found.ask[0]
    assert (first.title, first.settles <= first.answers) == ("attachments", True)
    assert first.settles


@pytest.mark.parametrize(
    ("statement", "asked"),
    [
        (None, "request.staff.statement"),
        ([{"form": "e1"}], "request.staff.statement.signed_on"),
        ([{"signed_on": "2025-05-01"}], "request.staff.statement.form"),
    ],
)
def test_what_is_missing_of_a_statement_is_asked(statement: Any, asked: str) -> None:
    found = explained(staff={"statement": statement})
    assert [one.fact for one in found.ask] == [asked]
    assert found.ask[0].settles == found.ask[0].answers > 1


def test_nothing_is_asked_where_the_outcome_is_certain() -> None:
    assert explained(attachments=[], office=None).ask == ()


def test_it_is_written_as_plain_data() -> None:
    found = explained(attachments=None)
    content = found.to_dict()
    assert json.loads(json.dumps(content)) == content
    assert content["outcome"] == "cannot_tell"
    assert {"rule", "decides", "clauses", "place", "requires"} <= {*content["checks"][0]}


def test_what_is_no_decision_is_refused() -> None:
    with pytest.raises(TypeError, match="`decision` takes a Decision, as `evaluate` returns one"):
        explain("accept")  # type: ignore[arg-type]


def test_explanations_need_no_solver() -> None:
    script = (
        "import sys; sys.modules['z3'] = None\n"
        "from caljobs_policy import decide, explain\n"
        "print(any(one.decides for one in explain(decide('state', {'office': {}})).checks))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_an_engine_makes_no_difference() -> None:
    decision = request(attachments=[])
    again = evaluate(decision.policy, decision.subject, decision.at, engine="naive")
    assert explain(decision).to_dict() == explain(again).to_dict()
