# SPDX-License-Identifier: MIT
"""On each day one edition is in force, and all that its policy names exists."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from caljobs_policy import (
    Outcome,
    Policy,
    Profile,
    ProfileError,
    Request,
    Result,
    evaluate,
    load_policy,
    load_profile,
)
from caljobs_policy.decisions.decision import reader_of
from caljobs_policy.policy.rules import ANYONE, Plan
from caljobs_policy.policy.truth import leaf_from, truth
from caljobs_policy.testing.strategies import subjects

PROFILES = {name: load_profile(name) for name in ("state", "la_city", "slo_county")}
PARTIES = ("requestor", "coordinator")
DAY = timedelta(days=1)
FEW = settings(max_examples=max(5, settings().max_examples // 5))
"""For what takes its time: a policy is compiled for each day, a subject has many facts."""


def chain_of(name: str) -> Iterator[Profile]:
    """A profile and those that it extends."""
    profile = PROFILES[name]
    yield profile
    if profile.parent is not None:
        yield from chain_of(profile.parent)


def first_day(name: str) -> date:
    return PROFILES[name].editions[0].start


def starts(name: str) -> list[date]:
    """The days on which the profile's policy begins, or becomes another."""
    days = {edition.start for profile in chain_of(name) for edition in profile.editions}
    return sorted(day for day in days if day >= first_day(name))


def spans() -> Iterator[tuple[str, date, date]]:
    """Each profile with the first and the last day of each of its policies."""
    for name in PROFILES:
        ends = [start - DAY for start in starts(name)[1:]]
        for first, last in zip(starts(name), [*ends, date.max], strict=True):
            yield name, first, last


def days(first: date, last: date, *edges: date) -> st.SearchStrategy[date]:
    """Days of a span, its ends and some others often among them."""
    return st.sampled_from([first, *edges, last]) | st.dates(first, last)


def policies(chosen: Sequence[Policy]) -> pytest.MarkDecorator:
    """A test of each of some policies."""
    return pytest.mark.parametrize(
        "policy", chosen, ids=lambda policy: f"{policy.jurisdiction}@{policy.day}"
    )


SPANS = tuple(spans())
POLICIES = tuple(load_policy(name, first) for name, first, _ in SPANS)
each_policy = policies(POLICIES)
each_span = pytest.mark.parametrize(("name", "first", "last"), SPANS)
each_profile = pytest.mark.parametrize("name", PROFILES)


class TestEditions:
    """Editions are in force from a date until the next."""

    @each_profile
    @given(data=st.data())
    def test_each_day_from_the_first_on_has_exactly_one(
        self, name: str, data: st.DataObject
    ) -> None:
        profile = PROFILES[name]
        edges = [day for start in starts(name)[1:] for day in (start - DAY, start)]
        day = data.draw(days(first_day(name), date.max, *edges))
        nexts = [edition.start - DAY for edition in profile.editions[1:]]
        lasts = zip(profile.editions, [*nexts, date.max], strict=True)
        in_force = [e for e, last in lasts if e.start <= day <= (e.end or last)]
        assert in_force == [profile.edition_on(day)]

    @each_profile
    def test_they_begin_one_after_the_other(self, name: str) -> None:
        beginnings = [edition.start for edition in PROFILES[name].editions]
        assert all(one < other for one, other in pairwise(beginnings))

    @each_profile
    @FEW
    @given(data=st.data())
    def test_a_day_before_the_first_is_an_error_that_names_it_and_the_parent(
        self, name: str, data: st.DataObject
    ) -> None:
        day = data.draw(days(date.min, first_day(name) - DAY))
        with pytest.raises(ProfileError) as error:
            load_policy(name, day)
        (problem,) = error.value.problems
        assert f"`{name}` has no edition on {day}" in problem.message
        assert str(first_day(name)) in problem.message
        others = [other for other in PROFILES if f"`{other}`" in (problem.help or "")]
        assert others == [profile.jurisdiction for profile in chain_of(name)][1:]

    @each_span
    @FEW
    @given(data=st.data())
    def test_the_policy_is_the_same_on_every_day_of_a_span(
        self, name: str, first: date, last: date, data: st.DataObject
    ) -> None:
        day = data.draw(days(first, last))
        policy = load_policy(name, day)
        in_force = [profile.edition_on(day) for profile in chain_of(name)]
        assert list(policy.editions) == [edition.id for edition in in_force if edition]
        assert policy.digest == load_policy(name, first).digest

    @each_profile
    def test_no_two_spans_have_the_same_policy(self, name: str) -> None:
        digests = [load_policy(name, day).digest for day in starts(name)]
        assert len(set(digests)) == len(digests)


def outside(policy: Policy) -> list[str]:
    """The organizations of which the directive does not speak."""
    edition = PROFILES[policy.jurisdiction].edition_on(policy.day)
    table = edition.table("organizations") if edition else {}
    return sorted(word for word, entry in table.items() if entry.outside)


def inside(policy: Policy) -> list[str]:
    return sorted(set(policy.words["organizations"]) - set(outside(policy)))


def requests(policy: Policy) -> list[str]:
    return sorted(key for key in policy.plans if key.startswith("request/"))


def groups(policy: Policy) -> list[str | None]:
    return [None, "sample_group", *sorted(policy.words["privilege_groups"])]


def request_of(data: st.DataObject, policy: Policy, **stated: Any) -> Request:
    """Any request, with some facts stated."""
    subject = data.draw(subjects(policy, data.draw(st.sampled_from(requests(policy)))))
    assert isinstance(subject, Request)
    return evolve(subject, **stated)


class TestRoutes:
    """Each row of the routing names who requests and who coordinates."""

    @each_policy
    @given(data=st.data())
    def test_one_route_applies_to_an_organization_and_it_is_the_one_taken(
        self, policy: Policy, data: st.DataObject
    ) -> None:
        group = data.draw(st.sampled_from(groups(policy)))
        organization = data.draw(st.sampled_from(inside(policy)))
        request = request_of(data, policy, organization=organization, privilege_group=group)
        decision = evaluate(policy, request)
        leaf = leaf_from(reader_of(decision), policy.zone)
        plan = policy.plans[f"request/{request.type}"]
        rows = {
            row: truth(row.when, leaf) for row in plan.routes if row.organization == organization
        }
        applying = [row.coordinator for row, applies in rows.items() if applies]
        assert len(applying) + (None in rows.values()) == 1
        if decision.outcome is not Outcome.OUT_OF_SCOPE:
            assert applying == ([decision.route.coordinator] if decision.route else [])

    @policies([policy for policy in POLICIES if outside(policy)])
    @FEW
    @given(data=st.data())
    def test_an_organization_outside_has_none_whatever_else_is_said(
        self, policy: Policy, data: st.DataObject
    ) -> None:
        organization = data.draw(st.sampled_from(outside(policy)))
        decision = evaluate(policy, request_of(data, policy, organization=organization))
        assert decision.outcome is Outcome.OUT_OF_SCOPE
        assert decision.route is None
        assert decision.findings[0].clauses

    @each_policy
    def test_the_names_in_routes_exist(self, policy: Policy) -> None:
        routes = [route for plan in policy.plans.values() for route in plan.routes]
        roles = set(policy.words["roles"])
        assert {route.organization for route in routes} == set(inside(policy))
        assert {role for route in routes for role in route.requestors} <= {*roles, ANYONE}
        assert {route.coordinator for route in routes} <= roles
        assert {role for route in routes for role in route.cc} <= {*roles, *PARTIES}


def cited(plan: Plan) -> Iterator[str]:
    """Every clause that a plan names."""
    for check in plan.checks:
        yield from check.clauses
        for clauses in check.clauses_if.values():
            yield from clauses
    for entries in (plan.routes, plan.duties, plan.deadlines):
        for entry in entries:
            yield from entry.clauses


def resting_on(plan: Plan) -> Iterator[str]:
    """Every reading that a plan names."""
    for entries in (plan.checks, plan.routes, plan.duties, plan.deadlines):
        for entry in entries:
            yield from entry.readings


class TestNames:
    """A rule that no document backs, or that names what does not exist, is an error."""

    @each_policy
    def test_every_duty_has_a_bearer_who_exists(self, policy: Policy) -> None:
        duties = [duty for plan in policy.plans.values() for duty in plan.duties]
        named = {role for duty in duties for role in (duty.who, duty.to, *duty.cc) if role}
        assert named <= {*policy.words["roles"], *PARTIES}

    @each_policy
    def test_a_duty_is_due_by_a_deadline_of_its_own_plan(self, policy: Policy) -> None:
        for plan in policy.plans.values():
            names = [rule.name for rule in plan.deadlines]
            assert {duty.by for duty in plan.duties if duty.by} <= set(names)
            assert len(set(names)) == len(names)

    @each_policy
    def test_every_clause_and_every_reading_that_a_plan_names_exists(self, policy: Policy) -> None:
        for plan in policy.plans.values():
            assert set(cited(plan)) <= set(policy.clauses)
            assert set(resting_on(plan)) <= set(policy.readings)

    @each_policy
    def test_every_check_route_duty_and_deadline_cites_a_clause(self, policy: Policy) -> None:
        for plan in policy.plans.values():
            backed = [check.clauses or check.clauses_where for check in plan.checks]
            assert [c.id for c, is_ in zip(plan.checks, backed, strict=True) if not is_] == []
            assert all(route.clauses for route in plan.routes)
            assert [duty.id for duty in plan.duties if not duty.clauses] == []
            assert all(d.clauses or all(leg.clauses for leg in d.legs) for d in plan.deadlines)

    @each_policy
    @FEW
    @given(data=st.data())
    def test_every_finding_cites_a_clause_that_exists(
        self, policy: Policy, data: st.DataObject
    ) -> None:
        subject = data.draw(subjects(policy, data.draw(st.sampled_from(sorted(policy.plans)))))
        for finding in evaluate(policy, subject).findings:
            assert finding.clauses or finding.result is not Result.NOT_MET
            assert set(finding.clauses) <= set(policy.clauses)

    @each_policy
    def test_approvals_and_forms_that_checks_look_for_exist(self, policy: Policy) -> None:
        checks = [check for plan in policy.plans.values() for check in plan.checks]
        assert {check.approval for check in checks if check.approval} <= set(policy.words["roles"])
        assert {check.form for check in checks if check.form} <= set(policy.words["forms"])


class TestPasswords:
    """`because` and messages never show a password."""

    @each_policy
    @FEW
    @given(data=st.data(), end=st.text("aB1!&", max_size=18))
    def test_a_proposed_password_is_never_shown(
        self, policy: Policy, data: st.DataObject, end: str
    ) -> None:
        request = request_of(data, policy, password=f"Zq9{end}")
        decision = evaluate(policy, request)
        assert "Zq9" not in json.dumps(decision.to_dict(everything=True))
