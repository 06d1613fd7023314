# SPDX-License-Identifier: MIT
"""On each day one edition is in force, and all that its policy names exists."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from caljobs_policy import Outcome, Policy, ProfileError, Result, evaluate, load_policy
from caljobs_policy import load_profile as profile_of
from caljobs_policy.compiler.routing import ANYONE
from caljobs_policy.engine.naive import leaf_from, truth
from caljobs_policy.model.facts import SUBJECT_KINDS
from caljobs_policy.model.policy import Plan
from caljobs_policy.model.unknown import Truth
from caljobs_policy.model.written.profile import Profile
from caljobs_policy.testing.strategies import subjects

PROFILES = ("state", "la_city", "slo_county")
PARTIES = ("requestor", "coordinator")
DAY = timedelta(days=1)
FEW = settings(max_examples=max(5, settings().max_examples // 5))
"""A policy is compiled for each day, which takes its time."""


def chain_of(name: str) -> Iterator[Profile]:
    """A profile and those that it extends."""
    profile = profile_of(name)
    yield profile
    if profile.parent is not None:
        yield from chain_of(profile.parent)


def first_day(name: str) -> date:
    return profile_of(name).editions[0].start


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


def days(first: date, last: date) -> st.SearchStrategy[date]:
    """Days of a span, its ends often among them."""
    return st.sampled_from([first, last]) | st.dates(first, last)


SPANS = tuple(spans())
POLICIES = [
    pytest.param(load_policy(name, first), id=f"{name}@{first}") for name, first, _ in SPANS
]
each_policy = pytest.mark.parametrize("policy", POLICIES)
each_span = pytest.mark.parametrize(("name", "first", "last"), SPANS)
each_profile = pytest.mark.parametrize("name", PROFILES)


class TestEditions:
    """Editions are in force from a date until the next."""

    @each_profile
    @given(data=st.data())
    def test_each_day_from_the_first_on_has_exactly_one(
        self, name: str, data: st.DataObject
    ) -> None:
        profile = profile_of(name)
        day = data.draw(days(first_day(name), date.max))
        nexts = [edition.start - DAY for edition in profile.editions[1:]]
        lasts = zip(profile.editions, [*nexts, date.max], strict=True)
        in_force = [e for e, last in lasts if e.start <= day <= (e.end or last)]
        assert in_force == [profile.edition_on(day)]

    @each_profile
    def test_they_begin_one_after_the_other(self, name: str) -> None:
        beginnings = [edition.start for edition in profile_of(name).editions]
        assert all(one < other for one, other in pairwise(beginnings))

    @each_profile
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
        parents = [f"`{profile.jurisdiction}`" for profile in chain_of(name)][1:]
        assert problem.help is not None
        assert [parent for parent in ("`state`",) if parent in problem.help] == parents

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
    edition = profile_of(policy.jurisdiction).edition_on(policy.day)
    table = edition.table("organizations") if edition else {}
    return sorted(word for word, entry in table.items() if entry.outside)


def inside(policy: Policy) -> list[str]:
    return sorted(set(policy.words["organizations"]) - set(outside(policy)))


def requests(policy: Policy) -> list[str]:
    return sorted(key for key in policy.plans if key.startswith("request/"))


def groups(policy: Policy) -> list[str | None]:
    return [None, "sample_group", *sorted(policy.words["privilege_groups"])]


class TestRoutes:
    """Each row of the routing names who requests and who coordinates."""

    @each_policy
    @given(data=st.data())
    def test_one_route_applies_to_an_organization_and_it_is_the_one_taken(
        self, policy: Policy, data: st.DataObject
    ) -> None:
        key = data.draw(st.sampled_from(requests(policy)))
        drawn = data.draw(subjects(policy, key))
        group = data.draw(st.sampled_from(groups(policy)))
        organization = data.draw(st.sampled_from(inside(policy)))
        request = evolve(drawn, organization=organization, privilege_group=group)
        decision = evaluate(policy, request)
        leaf = leaf_from(lambda fact: fact.read(request, decision.at), policy.zone)
        rows = [row for row in policy.plans[key].routes if row.organization == organization]
        applies: list[Truth] = [truth(row.when, leaf) for row in rows]
        assert applies.count(True) + (None in applies) == 1
        if decision.outcome is not Outcome.OUT_OF_SCOPE:
            taken = [row.coordinator for row, truth_ in zip(rows, applies, strict=True) if truth_]
            assert taken == ([decision.route.coordinator] if decision.route else [])

    @pytest.mark.parametrize("policy", [p for p in POLICIES if outside(p.values[0])])
    @given(data=st.data())
    def test_an_organization_outside_has_none_whatever_else_is_said(
        self, policy: Policy, data: st.DataObject
    ) -> None:
        drawn = data.draw(subjects(policy, data.draw(st.sampled_from(requests(policy)))))
        request = evolve(drawn, organization=data.draw(st.sampled_from(outside(policy))))
        decision = evaluate(policy, request)
        assert decision.outcome is Outcome.OUT_OF_SCOPE
        assert decision.route is None
        assert decision.findings[0].clauses

    @each_policy
    def test_the_names_in_routes_exist(self, policy: Policy) -> None:
        routes = [route for plan in policy.plans.values() for route in plan.routes]
        roles = set(policy.words["roles"])
        assert {route.organization for route in routes} == set(policy.words["organizations"])
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
            assert [check.id for check in plan.checks if not check.clauses] == []
            assert all(route.clauses for route in plan.routes)
            assert [duty.id for duty in plan.duties if not duty.clauses] == []
            assert [rule.name for rule in plan.deadlines if not rule.clauses] == []

    @each_policy
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

    @each_policy
    def test_what_is_about_a_kind_of_subject_is_in_some_plan(self, policy: Policy) -> None:
        assert {key.partition("/")[0] for key in policy.plans} <= set(SUBJECT_KINDS)


class TestPasswords:
    """`because` and messages never show a password."""

    @each_policy
    @given(data=st.data(), end=st.text("aB1!&", max_size=18))
    def test_a_proposed_password_is_never_shown(
        self, policy: Policy, data: st.DataObject, end: str
    ) -> None:
        drawn = data.draw(subjects(policy, data.draw(st.sampled_from(requests(policy)))))
        request = evolve(drawn, password=f"Zq9{end}")
        assert "Zq9" not in json.dumps(evaluate(policy, request).to_dict(everything=True))
