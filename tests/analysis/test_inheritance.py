# SPDX-License-Identifier: MIT
"""Subjects are put into the words of other profiles, and changed outcomes are accounted for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caljobs_policy import (
    UNKNOWN,
    Account,
    Policy,
    Request,
    Requestor,
    Staff,
    evaluate,
    load_policy,
)
from caljobs_policy.analysis.inheritance import counterparts, is_explained, localized
from tests.things.towns import town

DAY = date(2025, 6, 2)
ASKED = Request(
    type="create",
    submitted_on=DAY,
    organization="branch",
    requestor=Requestor(role="boss", name="Sample One"),
    submitted_to=("desk", "auditor"),
)
RULE = """
rules:
  no-office: {about: request/create, require: {request.office: North}, clauses: [TOWN-1/a]}
"""
OVERRIDE = """
overrides:
  - what: parameters/grace
    was: 30 days
    now: 400 days
    authority: TOWN-1/a
    reason: The town trains less often.
"""
TRAINED = Request(
    type="create",
    submitted_on=DAY,
    organization="branch",
    office="North",
    requestor=Requestor(role="boss", name="Sample One"),
    submitted_to=("desk",),
    attachments=("form_one", "form_two"),
    staff=Staff(name="Sample Two", employer="outside", training_completed_on=date(2025, 3, 1)),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample area, a town, and another town."""
    folder = tmp_path_factory.mktemp("profiles")
    town(folder)
    town(folder, name="other_town")
    town(folder, RULE, name="strict_town")
    town(folder, OVERRIDE, name="lax_town")
    return folder


def policy(folder: Path, name: str) -> Policy:
    return load_policy(folder / name, DAY)


def localized_once(folder: Path, subject: Request, name: str) -> Request:
    """Give the subject whose requestor the town's row takes."""
    (found,) = (
        found
        for found in localized(subject, policy(folder, name), "sample_area")
        if isinstance(found, Request) and found.requestor.role == "mayor"
    )
    return found


def test_subject_has_a_counterpart_for_each_word_that_stands_for_its_own(folder: Path) -> None:
    found = list(localized(ASKED, policy(folder, "sample_town"), "sample_area"))
    assert [one.requestor.role for one in found if isinstance(one, Request)] == ["mayor", "clerk"]
    assert {one.organization for one in found if isinstance(one, Request)} == {"station"}
    assert all(
        one.submitted_to == ("counter", "checker") for one in found if isinstance(one, Request)
    )
    assert all(one.requestor.name == "Sample One" for one in found if isinstance(one, Request))


def test_word_that_nothing_stands_for_leaves_no_counterpart(folder: Path) -> None:
    partner = Request(type="create", organization="partner")
    assert list(localized(partner, policy(folder, "sample_town"), "sample_area")) == []


def test_what_is_unknown_or_null_stays_so(folder: Path) -> None:
    (found,) = localized(Request(type="create"), policy(folder, "sample_town"), "sample_area")
    assert found == Request(type="create")
    assert isinstance(found, Request)
    assert found.requestor.role is UNKNOWN
    (account,) = localized(Account(staff=None), policy(folder, "sample_town"), "sample_area")
    assert account == Account(staff=None)


def test_counterparts_are_found_upwards(folder: Path) -> None:
    local = Request(
        type="create",
        organization="station",
        requestor=Requestor(role="clerk"),
        submitted_to=("counter",),
    )
    (found,) = counterparts(local, policy(folder, "sample_town"), policy(folder, "sample_area"))
    assert found == Request(
        type="create",
        organization="branch",
        requestor=Requestor(role="boss"),
        submitted_to=("desk",),
    )


def test_counterparts_are_found_beside(folder: Path) -> None:
    local = Request(type="create", organization="station", requestor=Requestor(role="clerk"))
    found = list(counterparts(local, policy(folder, "sample_town"), policy(folder, "other_town")))
    assert [one.requestor.role for one in found if isinstance(one, Request)] == ["mayor", "clerk"]


def test_policy_has_its_own_words(folder: Path) -> None:
    area = policy(folder, "sample_area")
    assert list(counterparts(ASKED, area, area)) == [ASKED]


def test_policies_with_nothing_in_common_have_no_counterparts(folder: Path) -> None:
    state = load_policy("state", DAY)
    assert list(counterparts(ASKED, policy(folder, "sample_area"), state)) == []
    assert list(counterparts(ASKED, policy(folder, "sample_town"), state)) == []


def test_same_outcome_is_explained(folder: Path) -> None:
    above = evaluate(policy(folder, "sample_area"), TRAINED)
    here = evaluate(policy(folder, "sample_town"), localized_once(folder, TRAINED, "sample_town"))
    assert above.outcome.value == here.outcome.value == "return"
    assert is_explained(above, here)


def test_outcome_that_a_local_rule_changes_is_explained(folder: Path) -> None:
    good = Request(
        type="create",
        submitted_on=DAY,
        organization="branch",
        office="South",
        requestor=Requestor(role="boss", name="Sample One"),
        submitted_to=("desk",),
        attachments=("form_one", "form_two"),
        staff=Staff(name="Sample Two", employer="outside", training_completed_on=DAY),
    )
    above = evaluate(policy(folder, "sample_area"), good)
    here = evaluate(policy(folder, "strict_town"), localized_once(folder, good, "strict_town"))
    assert (above.outcome.value, here.outcome.value) == ("accept", "return")
    assert is_explained(above, here)


def test_outcome_that_an_override_changes_is_explained(folder: Path) -> None:
    above = evaluate(policy(folder, "sample_area"), TRAINED)
    here = evaluate(policy(folder, "lax_town"), localized_once(folder, TRAINED, "lax_town"))
    assert (above.outcome.value, here.outcome.value) == ("return", "accept")
    assert is_explained(above, here)


def test_outcome_that_nothing_local_accounts_for_is_not_explained(folder: Path) -> None:
    """The requestor is put into no words of the town, so that the area's rules fail there."""
    area = policy(folder, "sample_area")
    above = evaluate(area, Account(shared=False))
    here = evaluate(policy(folder, "sample_town"), Account(shared=True))
    assert not is_explained(above, here)
