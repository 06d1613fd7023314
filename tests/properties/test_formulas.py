# SPDX-License-Identifier: MIT
"""Formulas say what the engines find.

With SOAK_EXAMPLES=5000, the profile `soak` tries 100,000 subjects of random policies.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from caljobs_policy import Decision, Policy, evaluate, load_policy
from caljobs_policy.analysis.formulas.deadlines import DeadlineFormulas, deadline_of
from caljobs_policy.analysis.formulas.plans import PlanFormulas
from caljobs_policy.analysis.points import (
    of_clauses,
    of_duties,
    of_findings,
    of_routes,
    without_source,
)
from caljobs_policy.analysis.questions import Prover
from caljobs_policy.dates.durations import second_of
from caljobs_policy.subjects.facts import Subject
from caljobs_policy.testing.strategies.policies import policies
from caljobs_policy.testing.strategies.single_tests import SAMPLE_KEY
from tests.samples.known_subjects import drawn, with_offset
from tests.samples.valuing import NotKnownError, Valuation

EVER: Final = (date(2000, 1, 1), date(2060, 1, 1))
SHIPPED: Final = (
    load_policy("state", date(2022, 6, 2)),
    load_policy("state", date(2025, 6, 2)),
    load_policy("la_city", date(2025, 6, 2)),
    load_policy("slo_county", date(2025, 6, 2)),
)
PLANS: Final = [(policy, key) for policy in SHIPPED for key in policy.plans]
FEW: Final = max(2, settings().max_examples // 25)
CITING: Final = ("finding", "deadline")
EACH: Final = 20
"""How many subjects are drawn for each random policy."""


def valued(prover: Prover, subject: Subject, at: datetime | None) -> Valuation | None:
    """Return the values that a subject gives the variables, None where it is not fully known."""
    try:
        return Valuation(prover.space, [subject] * len(prover.space.policies), at)
    except NotKnownError:
        return None


def same_verdict(formulas: PlanFormulas, values: Valuation, decision: Decision) -> None:
    violations = enumerate(formulas.violations)
    assert tuple(number for number, one in violations if values.holds(one)) == decision.hits
    found = [one for one in formulas.outcomes if values.holds(formulas.comes_to(one))]
    assert found == [decision.outcome]


@given(policies(), st.integers(0, 10**9))
def test_formulas_of_random_policies_say_what_the_engines_find(policy: Policy, seed: int) -> None:
    prover = Prover((policy,), SAMPLE_KEY, EVER)
    random = Random(seed)  # noqa: S311
    (formulas,) = prover.formulas
    # All that is asked for is said before a subject gives values to it.
    _ = formulas.violations
    for _ in range(EACH):
        subject, at = drawn(random, policy, SAMPLE_KEY)
        values = valued(prover, subject, at)
        assert values is not None
        decision = evaluate(policy, subject, at)
        assert not decision.unsure
        same_verdict(formulas, values, decision)


def same_deadlines(
    deadlines: Iterable[tuple[str, DeadlineFormulas]], values: Valuation, decision: Decision
) -> None:
    known = {one.rule: one for one in decision.deadlines}
    for id_, formula in deadlines:
        assert values.holds(formula.is_set) is (id_ in known)
        if id_ not in known or formula.due is None:
            continue
        due, timed = known[id_].due, values.holds(formula.due.timed)
        assert timed is isinstance(due, datetime)
        if isinstance(due, datetime):
            counted, real = formula.due.second, second_of(due, decision.policy.zone)
        else:
            counted, real = formula.due.day, due.toordinal()
        assert values.number(counted) == real
        assert values.holds(formula.is_met) is known[id_].is_met


@pytest.mark.parametrize(("policy", "key"), PLANS, ids=lambda one: str(one)[:24])
def test_formulas_of_two_zones_say_what_is_decided_in_each(policy: Policy, key: str) -> None:
    eastern = evolve(policy, digest="eastern", zone=ZoneInfo("America/New_York"))
    prover = Prover((policy, eastern), key, EVER)
    random = Random(key)  # noqa: S311
    _ = [formulas.violations for formulas in prover.formulas]
    compared = 0
    for _ in range(FEW):
        # A time without an offset is another one in each zone.
        subject, at = (with_offset(one, policy.zone) for one in drawn(random, policy, key))
        values = valued(prover, subject, at)
        for formulas, judge in zip(prover.formulas, (policy, eastern), strict=True):
            decision = evaluate(judge, subject, at)
            if values is not None and not decision.unsure:
                same_verdict(formulas, values, decision)
                compared += 1
    assert compared


def found_in(decision: Decision) -> set[Any]:
    found: set[Any] = {(one.rule, one.result, one.outcome) for one in decision.findings}
    return found | {(one.role, one.given) for one in decision.approvals}


def cited_in(decision: Decision) -> set[Any]:
    """Return what findings and deadlines cite; routes and duties are compared as a whole."""
    found, due = decision.findings, decision.deadlines
    findings = {("finding", one.rule, clause) for one in found for clause in one.clauses}
    return findings | {("deadline", one.name, clause) for one in due for clause in one.clauses}


def routed_in(decision: Decision) -> set[Any]:
    """Return the route without its subject line, and whether there is none."""
    route = decision.route
    if route is None:
        return set()
    return {(evolve(route, subject=None, clauses=()), route.subject is None)}


def owed_in(decision: Decision) -> set[Any]:
    """Return the duties without what a subject fills in."""
    return {evolve(without_source(duty), what="", due=None) for duty in decision.duties}


@pytest.mark.parametrize(("policy", "key"), PLANS, ids=lambda one: str(one)[:24])
def test_formulas_of_shipped_policies_say_what_is_decided(policy: Policy, key: str) -> None:
    prover = Prover((policy,), key, EVER)
    random = Random(key)  # noqa: S311
    (formulas,) = prover.formulas
    points = [[*may_say(formulas)] for may_say in (of_findings, of_routes, of_duties, of_clauses)]
    deadlines = [(rule.id, deadline_of(formulas, rule)) for rule in policy.plans[key].deadlines]
    _ = formulas.violations
    compared = 0
    for _ in range(FEW):
        subject, at = drawn(random, policy, key)
        values, decision = valued(prover, subject, at), evaluate(policy, subject, at)
        if values is None or decision.unsure:
            continue
        compared += 1
        same_verdict(formulas, values, decision)
        said: list[set[Any]] = [
            {point.content for point in some if values.holds(point.holds)} for some in points
        ]
        findings, routes, duties, clauses = said
        assert findings == found_in(decision)
        assert {(to, line is None) for to, line in routes} == routed_in(decision)
        assert {owed for owed, _, _ in duties} == owed_in(decision)
        assert {one for one in clauses if one[0] in CITING} == cited_in(decision)
        same_deadlines(deadlines, values, decision)
    assert compared
