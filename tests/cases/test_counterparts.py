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
    load_policy,
)
from caljobs_policy.cases.counterparts import counterparts, localized
from tests.samples.towns import town

DAY = date(2025, 6, 2)
ASKED = Request(
    type="create",
    submitted_on=DAY,
    organization="branch",
    requestor=Requestor(role="boss", name="Sample One"),
    submitted_to=("desk", "auditor"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample area, a town, and another town."""
    folder = tmp_path_factory.mktemp("profiles")
    town(folder)
    town(folder, name="other_town")
    return folder


def policy(folder: Path, name: str) -> Policy:
    return load_policy(folder / name, DAY)


def localized_once(folder: Path, subject: Request, name: str) -> Request:
    """Return the subject whose requestor the town's row takes."""
    (found,) = (
        found
        for found in localized(subject, policy(folder, name), "sample_area")
        if isinstance(found, Request) and found.requestor.role == "mayor"
    )
    return found


def test_each_word_that_stands_for_one_makes_a_counterpart(folder: Path) -> None:
    found = list(localized(ASKED, policy(folder, "sample_town"), "sample_area"))
    assert [one.requestor.role for one in found if isinstance(one, Request)] == ["mayor", "clerk"]
    assert {one.organization for one in found if isinstance(one, Request)} == {"station"}
    assert all(
        one.submitted_to == ("counter", "checker") for one in found if isinstance(one, Request)
    )
    assert all(one.requestor.name == "Sample One" for one in found if isinstance(one, Request))


def test_no_counterpart_if_nothing_stands_for_a_word(folder: Path) -> None:
    partner = Request(type="create", organization="partner")
    assert list(localized(partner, policy(folder, "sample_town"), "sample_area")) == []


def test_unknown_and_null_are_kept(folder: Path) -> None:
    (found,) = localized(Request(type="create"), policy(folder, "sample_town"), "sample_area")
    assert found == Request(type="create")
    assert isinstance(found, Request)
    assert found.requestor.role is UNKNOWN
    (account,) = localized(Account(staff=None), policy(folder, "sample_town"), "sample_area")
    assert account == Account(staff=None)


def test_counterparts_are_found_in_the_policy_above(folder: Path) -> None:
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


def test_facts_that_the_other_policy_does_not_declare_are_left_out(tmp_path: Path) -> None:
    facts = "facts: {request.badge: {title: badge, type: text, left_out: none}}\n"
    local = load_policy(town(tmp_path, facts), DAY)
    asked = Request(type="create", own={"badge": "12"})
    (found,) = counterparts(asked, local, policy(tmp_path, "sample_area"))
    assert (asked.own, found.own) == ({"badge": "12"}, {})


def test_counterparts_are_found_in_a_policy_beside(folder: Path) -> None:
    local = Request(type="create", organization="station", requestor=Requestor(role="clerk"))
    found = list(counterparts(local, policy(folder, "sample_town"), policy(folder, "other_town")))
    assert [one.requestor.role for one in found if isinstance(one, Request)] == ["mayor", "clerk"]


def test_a_subject_is_its_own_counterpart_under_the_same_policy(folder: Path) -> None:
    area = policy(folder, "sample_area")
    assert list(counterparts(ASKED, area, area)) == [ASKED]


def test_policies_with_nothing_in_common_have_no_counterparts(folder: Path) -> None:
    state = load_policy("state", DAY)
    assert list(counterparts(ASKED, policy(folder, "sample_area"), state)) == []
    assert list(counterparts(ASKED, policy(folder, "sample_town"), state)) == []
