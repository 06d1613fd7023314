# SPDX-License-Identifier: MIT
"""What would turn a decision: the fewest facts, in words, and a proof where nothing does."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

import pytest

from caljobs_policy import Outcome, decide, evaluate, remedies
from caljobs_policy.analysis.explaining.curing import found_for
from caljobs_policy.analysis.formulas.finding import Limits
from tests.analysis.explaining.test_reasoning import request

DAY: Final = timedelta(days=1)
AT, LATER = datetime(2025, 6, 2, 12), datetime(2026, 3, 20, 12)


def test_the_fewest_facts_are_changed() -> None:
    decision = request(
        attachments=["access_request_form", "confidentiality_statement"],
        staff={"training_completed_on": "2024-05-31"},
    )
    found = remedies(decision)
    (one,) = found
    assert (found.best, found.bounds, one.outcome) == ("accept", (), "accept")
    assert one.words == (
        "attach the ISPA training certificate and have the training completed on or after "
        "2024-06-02"
    )
    assert dict(one.changes) == {
        "request.attachments": (
            "access_request_form",
            "confidentiality_statement",
            "training_certificate",
        ),
        "request.staff.training_completed_on": "2025-06-02",
    }
    assert one.decision.outcome is Outcome.ACCEPT


def test_what_is_good_has_no_remedy() -> None:
    found = remedies(request())
    assert (len(found), found.best, found.is_certain) == (0, "accept", True)


def test_it_is_proved_that_nothing_helps() -> None:
    found = remedies(request(staff={"business_need": False}))
    assert (tuple(found), found.best, found.bounds) == ((), "deny", ())


def test_a_day_that_has_passed_stays() -> None:
    late = {
        "organization": "local_area",
        "status": "deactivated",
        "separated_on": "2022-05-01",
        "deactivated_on": "2022-05-09",
    }
    found = remedies(decide("state", {"account": late}, datetime(2022, 6, 2, 12)))
    assert (found.best, len(found), found.is_certain) == ("violation", 0, True)


def account(**changes: Any) -> Any:
    stated = {
        "organization": "worksource_center",
        "status": "active",
        "created_on": "2025-03-10",
        "staff": {
            "employer": "community_organization",
            "training_completed_on": "2025-03-10",
            "statement": {"form": "e1", "signed_on": "2025-03-10"},
        },
    }
    return decide("la_city", {"account": {**stated, **changes}}, LATER)


def test_what_happens_to_an_account_happens_now() -> None:
    found = remedies(account(last_maintenance_on="2026-03-10"))
    assert found.best is Outcome.COMPLIANT
    words = [one.words for one in found]
    assert (
        "have the Vendor/Contractor Confidentiality Statement (Attachment E-1) signed on "
        "2026-03-20 and have the training completed on 2026-03-20"
    ) in words or "change the status of the account to deactivated" in words
    for one in found:
        assert one.decision.outcome is Outcome.COMPLIANT


def test_all_words_that_would_do_are_told() -> None:
    (one,) = remedies(request(requestor={"role": "staff"}))
    assert one.words == "change the requestor's role to Program Director or MIS Administrator"


def words_of(profile: str, subject: Mapping[str, Any], at: datetime = AT) -> list[str]:
    return [one.words for one in remedies(decide(profile, subject, at))]


def test_numbers_are_told_as_far_as_they_do() -> None:
    office = {"organization": "local_area", "mis_administrators": 1, "accounts": 5}
    words = words_of("state", {"office": office}, datetime(2022, 6, 2, 12))
    assert words == ["see to it that the number of MIS Administrators is 2 or more"]


def test_days_are_told_as_far_as_they_do() -> None:
    record = {
        "type": "planned_break",
        "last_service_on": "2025-03-01",
        "returns_on": "2025-02-01",
        "reason": "family care",
        "intends_to_return": True,
        "approvals": ["supervisor"],
        "future_activity": {"begins_on": "2025-05-01", "ends_on": "2025-06-01"},
        "case_note_gives_reason": True,
    }
    pattern = r"see to it that the day of the return is between (\S+) and (\S+)"
    all_found = remedies(decide("slo_county", {"record": record}, AT))
    ((one, found),) = [(r, m) for r in all_found if (m := re.fullmatch(pattern, r.words))]
    first, last = map(date.fromisoformat, found.groups())
    for day, does in [(first, True), (last, True), (first - DAY, False), (last + DAY, False)]:
        changed = {**record, "returns_on": day}
        outcome = decide("slo_county", {"record": changed}, AT).outcome
        assert (outcome is one.outcome) is does


def test_what_is_too_much_is_left_out() -> None:
    found = remedies(request(submitted_to=["city_mis_unit", "operations_unit"]))
    assert all("do not send it to" in one.words for one in found)


def test_a_statement_that_nobody_signed_is_none() -> None:
    (one,) = remedies(
        request(staff={"statement": [{"form": "de7410", "signed_on": None}, {"form": "e1"}]})
    )
    assert one.words == (
        "have the Vendor/Contractor Confidentiality Statement (Attachment E-1) signed on or after "
        "2024-06-02"
    )
    assert one.changes["request.staff.statement"] == ({"form": "e1", "signed_on": "2025-06-02"},)


def test_what_is_required_of_a_text_is_told() -> None:
    (one,) = remedies(request(subject="Access"))
    assert one.words == (
        "see to it that the subject line of the message contains “Access Request - <name of the "
        "office>”"
    )
    assert dict(one.changes) == {"request.subject": "Access Request - Boyle Heights WSC"}


def test_what_is_given_but_not_known_may_turn_out() -> None:
    (one,) = remedies(request(staff={"business_need": None}))
    assert one.words == (
        "do nothing, if it turns out that the staff member has a business need for access"
    )


def test_no_personal_data_is_told() -> None:
    record = {
        "type": "pseudo_ssn",
        "birth_date": "1950-02-03",
        "value": "975-05-0950",
        "has_ssn": False,
    }
    found = remedies(decide("slo_county", {"record": record}, AT))
    said = json.dumps(found.to_dict()) + repr(found)
    assert found.best is Outcome.ACCEPT
    assert {path: value for one in found for path, value in one.changes.items()} == {
        "record.value": "(withheld)"
    }
    for digits in ("1950", "0950", "0250", "975-0"):
        assert digits not in said


def test_a_search_that_is_cut_short_says_so() -> None:
    decision = request(attachments=[])
    for limits in (Limits(models=0), Limits(work=10)):
        found = found_for(decision, limits)
        assert (len(found), found.best, found.is_certain) == (0, "return", False)
        assert found.bounds[0].startswith("the search stopped after ")


def test_a_request_at_a_time_of_its_own_says_so() -> None:
    decision = request(attachments=[])
    again = evaluate(decision.policy, decision.subject, AT.replace(hour=9))
    assert remedies(again).is_certain is not decision.policy.plans["request/create"].reads_moment


def test_it_is_written_as_plain_data() -> None:
    content = remedies(request(staff={"statement": None, "training_completed_on": None})).to_dict()
    assert json.loads(json.dumps(content)) == content
    assert {*content} == {"remedies", "best", "bounds"}
    assert {*content["remedies"][0]} == {"changes", "outcome", "words"}


def test_remedies_need_the_extra() -> None:
    script = (
        "import sys; sys.modules['z3'] = None\n"
        "from caljobs_policy import EngineError, decide, remedies\n"
        "try:\n    remedies(decide('state', {'office': {}}))\n"
        "except EngineError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.stdout == (
        "`remedies` needs `z3-solver`, which is not installed\n"
        "  help: pip install 'caljobs-policy[analysis]'\n"
    )


def test_what_is_no_decision_is_refused() -> None:
    with pytest.raises(TypeError, match="`decision` takes a Decision, as `evaluate` returns one"):
        remedies(None)  # type: ignore[arg-type]


def test_a_change_that_the_engines_do_not_confirm_in_the_end_is_not_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("caljobs_policy.analysis.explaining.curing._Cure._fewest", lambda _: {})
    found = remedies(request(attachments=["access_request_form"]))
    assert tuple(found) == ()
    assert found.bounds == ("1 change was left out that no engine confirmed",)
