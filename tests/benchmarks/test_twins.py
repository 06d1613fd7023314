# SPDX-License-Identifier: MIT
"""What is written by hand answers all worked cases as the state's profile does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any, Final

import pytest

from benchmarks.cases import AT, DAY, POLICY
from benchmarks.stages import STAGES, Stage
from benchmarks.twins import TWINS
from benchmarks.twins.request.checks import ROLES
from caljobs_policy import (
    Account,
    Incident,
    Policy,
    Request,
    Requestor,
    Staff,
    Statement,
    read_subject,
)
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import worked_cases
from caljobs_policy.loader.store import found, read
from caljobs_policy.subjects.account import TemporaryPassword
from caljobs_policy.subjects.facts import Fact, Subject, subject_key
from caljobs_policy.subjects.request import Answer
from caljobs_policy.subjects.unknown import UNKNOWN
from caljobs_policy.subjects.writing import subject_to_dict

ORGANIZATIONS: Final = ("local_area", "wsb_field_division", "community_based_organization", "other")
YEARLY: Final = (-800, -366, -365, -340, -335, -334, -100, -1, 0, 1, 30)
"""Days from the moment on each side of what is tested."""
MADE: Final = 200


@cache
def stated_cases() -> Mapping[str, tuple[Case, ...]]:
    """Return the cases of each kind that state all that the functions read."""
    kept: dict[str, list[Case]] = {key: [] for key in TWINS}
    for case in worked_cases(read(found("state").folder)):
        key = subject_key(case.subject)
        if key in kept and case.policy.editions == POLICY.editions and is_stated(case):
            kept[key].append(case)
    return {key: tuple(cases) for key, cases in kept.items()}


def subjects(key: str) -> Iterator[tuple[Policy, Subject, datetime]]:
    """Yield the subjects of these cases, and many more that are made at random."""
    for case in stated_cases()[key]:
        yield case.policy, case.subject, case.at
    random = Random(key)  # noqa: S311  # the same subjects each time
    make = random_account if key == "account" else random_request
    for _ in range(MADE):
        yield POLICY, make(random), AT


def random_account(random: Random) -> Account:
    """Return an account with dates around the moment, so that all rules are broken now and then."""

    def day(*around: int) -> Any:
        return random.choice([None, *(DAY + timedelta(random.choice(around)) for _ in range(3))])

    def step() -> Any:
        found = day(-40, -2, -1, 0, 1, 20, 40)
        is_time = found is not None and random.random() < 0.3
        return datetime.combine(found, time(random.choice((0, 9, 12, 18)))) if is_time else found

    def moment() -> Any:
        found = AT + timedelta(hours=random.choice((-50, -24, -23, -5, 0, 5)))
        return random.choice([None, found, found.replace(tzinfo=None)])

    status = random.choice(("active", "active", "deactivated"))
    deactivated_on = step()
    if status == "deactivated" or deactivated_on is not None:
        # Whether an account is deactivated that will be so is not known.
        deactivated_on = DAY - timedelta(random.choice((0, 1, 2, 30, 2_000)))
    signed = [
        Statement(form=random.choice(("e1", "de7410")), signed_on=day(*YEARLY))
        for _ in range(random.choice((1, 2)))
    ]
    return Account(
        organization=random.choice(ORGANIZATIONS),
        status=status,
        created_on=day(*YEARLY, -500),
        last_maintenance_on=day(*YEARLY),
        separated_on=step(),
        need_ended_on=step(),
        deactivated_on=deactivated_on,
        personal_device_used=random.choice((None, False, True)),
        temporary_password=TemporaryPassword(
            issued_at=moment(), first_login_at=moment(), changed_at=moment()
        ),
        incident=Incident(
            coordinator_notified_on=step(), operations_informed_on=step(), investigated_on=step()
        ),
        staff=Staff(
            employer=random.choice(("edd", "county")),
            training_completed_on=day(*YEARLY),
            statement=tuple(one for one in signed if one.signed_on is not None),
            business_need=random.choice((None, False, True)),
            privileges=random.choice(((), (), ("cash",), ("cash", "view"))),
        ),
    )


def random_request(random: Random) -> Request:
    """Return a request for an account with dates around its own."""

    def day() -> Any:
        return random.choice([None, DAY + timedelta(random.choice(YEARLY))])

    forms = ("access_request_form", "confidentiality_statement", "training_certificate")
    names = (None, "A. Sample", "a.  sample", "B. Sample")
    statement = Statement(form=random.choice(("e1", "de7410")), signed_on=day())
    return Request(
        type="create",
        submitted_on=DAY,
        organization=random.choice(ORGANIZATIONS),
        requestor=Requestor(role=random.choice([*ROLES]), name=random.choice(names)),
        submitted_to=random.sample([*ROLES], random.choice((0, 1, 2))),
        attachments=random.sample(forms, random.choice((1, 2, 3))),
        privileges=random.choice(((), (), ("cash",), ("cash", "view"))),
        privilege_group=random.choice((None, " ", "View only")),
        answer=Answer(granted=random.choice((None, True, False))),
        staff=Staff(
            name=random.choice(names),
            employer=random.choice(("edd", "county")),
            training_completed_on=day(),
            statement=() if statement.signed_on is None else statement,
            business_need=random.choice((None, True, True)),
            privileges=random.choice(((), ("cash_draw",))),
        ),
    )


def is_stated(case: Case) -> bool:
    plan = case.policy.plans[subject_key(case.subject)]
    facts: set[Fact] = {fact for check in plan.checks for fact in check.facts}
    values = [fact.read(case.subject, case.at, case.policy.zone) for fact in facts]
    return UNKNOWN not in values


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
@pytest.mark.parametrize("key", TWINS)
def test_each_stage_by_hand_gives_what_the_profile_gives(key: str, stage: Stage) -> None:
    for policy, subject, at in subjects(key):
        ours = stage.of_policy(policy, key)(subject, at)
        by_hand = stage.by_hand(TWINS[key], policy)(subject, at)
        assert stage.seen(policy, key, ours) == by_hand, subject


@pytest.mark.parametrize("key", TWINS)
def test_whole_answer_by_hand_is_the_same_byte_for_byte(key: str) -> None:
    stage = STAGES[-1]
    for policy, subject, at in subjects(key):
        ours = stage.of_policy(policy, key)(subject, at)
        by_hand = stage.by_hand(TWINS[key], policy)(subject, at)
        assert json.dumps(ours) == json.dumps(by_hand), subject


@pytest.mark.parametrize("key", TWINS)
def test_subject_read_by_hand_is_the_same(key: str) -> None:
    kind = key.split("/")[0]
    for case in stated_cases()[key]:
        mapping: dict[str, Any] = subject_to_dict(case.subject, private=True)
        expected: Subject = read_subject(case.policy, kind, mapping)
        assert TWINS[key].read(mapping) == expected == case.subject, case.title


@pytest.mark.parametrize(("key", "least"), [("request/create", 40), ("account", 150)])
def test_there_are_many_cases_that_state_everything(key: str, least: int) -> None:
    assert len(stated_cases()[key]) >= least


@pytest.mark.parametrize("key", TWINS)
def test_every_rule_is_broken_by_some_subject(key: str) -> None:
    broken = {rule for _, one, at in subjects(key) for rule in TWINS[key].verdict(one, at)}
    never = {check.id for check in POLICY.plans[key].checks} - broken
    # Each organization has a row of its own, so that none is without one.
    assert never <= {"routing"}
