# SPDX-License-Identifier: MIT
"""Random policies about the dates of accounts, which are compared with one another."""

from __future__ import annotations

from functools import partial
from typing import Final

from attrs import evolve
from hypothesis import strategies as st

from caljobs_policy import Outcome, Policy
from caljobs_policy.dates.durations import Duration, Unit
from caljobs_policy.policy.conditions import ALWAYS, NEVER, AllOf, AnyOf, Condition, Not, Test
from caljobs_policy.policy.operators import After, AtLeast, Before, Given, MoreThan, Within
from caljobs_policy.policy.rules import Check, DeadlineRule, Leg, Origin, Plan
from caljobs_policy.subjects.facts import AT, Fact, fact_named

_NAMES: Final = (
    *("created_on", "last_maintenance_on", "staff.training_completed_on", "staff.statement.e1"),
    *("temporary_password.issued_at", "temporary_password.first_login_at", "separated_on"),
    *("deactivated_on", "incident.investigated_on"),
)
_LENGTHS: Final = {
    Unit.DAYS: (0, 1, 30, 365),
    Unit.BUSINESS_DAYS: (1, 10),
    Unit.MONTHS: (1, 12),
    Unit.QUARTERS: (0, 1),
    Unit.HOURS: (1, 24, 48),
}
_ORIGIN: Final = Origin("sample@2025-01-01")


def _facts() -> tuple[Fact, ...]:
    found = [fact_named(f"account.{name}", "account", {}) for name in _NAMES]
    read = [fact for fact in found if fact is not None]
    stated = [fact.as_stated for fact in read if fact.form is None]
    return tuple(dict.fromkeys([*read, *stated, AT]))


def _durations() -> st.SearchStrategy[Duration]:
    return st.builds(
        lambda unit, place, early: Duration(
            _LENGTHS[unit][place % len(_LENGTHS[unit])], unit, early=early
        ),
        st.sampled_from(Unit),
        st.integers(0, 3),
        st.sampled_from((None, None, None, 1)),
    )


def _tests() -> st.SearchStrategy[Test]:
    facts, durations = _facts(), _durations()
    other, side = st.sampled_from(facts), st.sampled_from(("before", "after"))
    operators = st.one_of(
        st.builds(Before, other),
        st.builds(After, other),
        st.builds(Given, st.booleans()),
        *(st.builds(span, durations, side, other) for span in (Within, MoreThan, AtLeast)),
    )
    return st.builds(Test, st.sampled_from(facts[:-1]), operators)


def policies_about_dates(policy: Policy) -> st.SearchStrategy[Policy]:
    """Return random policies with the words of another one."""
    test = _tests()
    part = st.one_of(test, test.map(Not))
    parts = st.lists(part, min_size=2, max_size=3).map(tuple)
    condition = st.one_of(parts.map(AllOf), parts.map(AnyOf), part)
    outcome = st.sampled_from((Outcome.VIOLATION, Outcome.ATTENTION, Outcome.NOTE))
    checks = st.lists(st.tuples(condition, outcome), min_size=1, max_size=4)
    return checks.map(lambda some: evolve(policy, plans={"account": _plan(some)}))


def _plan(checks: list[tuple[Condition, Outcome]]) -> Plan:
    return Plan(
        "account",
        tuple(
            Check(f"rule-{n}", condition, outcome, (), _ORIGIN)
            for n, (condition, outcome) in enumerate(checks)
        ),
    )


def policies_with_deadlines(policy: Policy) -> st.SearchStrategy[Policy]:
    """Return random policies with deadlines, too."""
    legs = st.builds(
        Leg,
        when=st.one_of(st.just(ALWAYS), _tests()),
        triggers=st.lists(st.sampled_from(_facts()[:-1]), min_size=1, max_size=2).map(tuple),
        count=_durations(),
    )
    rules = st.builds(
        partial(
            DeadlineRule,
            id="due",
            name="due",
            title="Due",
            clauses=(),
            origin=_ORIGIN,
            missed=NEVER,
            near=NEVER,
        ),
        legs=st.lists(legs, min_size=1, max_size=2).map(tuple),
        when=st.one_of(st.just(ALWAYS), _tests()),
        met_when=st.one_of(st.just(NEVER), _tests()),
    )
    return st.builds(
        lambda one, rule: evolve(
            one, plans={"account": evolve(one.plans["account"], deadlines=(rule,))}
        ),
        policies_about_dates(policy),
        rules,
    )
