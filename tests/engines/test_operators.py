# SPDX-License-Identifier: MIT
"""Every engine knows every operator, or says which it lacks; so does whatever has a table."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final

import pytest
from attrs import evolve

from caljobs_policy import UNKNOWN, EngineError, Office, Policy, Request, Requestor, load_policy
from caljobs_policy.analysis.formulas import operators as formulas
from caljobs_policy.analysis.formulas.failures import FAILS, fails_as
from caljobs_policy.analysis.questions import Prover
from caljobs_policy.compiler.templates import KINDS
from caljobs_policy.dates.durations import Duration, Unit
from caljobs_policy.engines import naive, native
from caljobs_policy.engines.columns import operators as columns
from caljobs_policy.engines.durable import operators as durable
from caljobs_policy.engines.native import operators as written
from caljobs_policy.engines.verdict import Verdict
from caljobs_policy.layers import stand_ins
from caljobs_policy.policy import operators as ops
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.operators import OPERATORS, Operator
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.rules import Check, Origin, Plan
from caljobs_policy.subjects.facts import fact_named
from caljobs_policy.testing.strategies.single_tests import SAMPLE_KEY, sample_fact
from tests.samples.valuing import Valuation

EVERY: Final = {*OPERATORS.values()}
TABLES: Final[dict[str, tuple[Collection[type[Operator]], Collection[type[Operator]]]]] = {
    "native": (written.WRITTEN, ()),
    "durable": (durable.BY_TRUTH, durable.LACKS),
    "columns": (columns.ASKED, columns.LACKS),
    "formulas": (formulas.SAID, ()),
    "failures": (FAILS, ()),
    "stand_ins": (stand_ins.HOLDS, stand_ins.LACKS),
}
POLICY: Final = load_policy("state", date(2025, 6, 2))
OFFICE, NAME = sample_fact("request.office"), sample_fact("request.requestor.name")
DAY, OTHER = sample_fact("request.separates_on"), sample_fact("request.submitted_on")
FORMS, PASSWORD = sample_fact("request.attachments"), sample_fact("request.password")
WEEK: Final = Duration(7, Unit.DAYS)
TESTS: Final = (
    Test(OFFICE, ops.Is("North")),
    Test(OFFICE, ops.In(("North", "South"))),
    Test(OFFICE, ops.NotIn(("North", "South"))),
    Test(OFFICE, ops.Given(True)),
    Test(FORMS, ops.Has(("blue",))),
    Test(FORMS, ops.HasAll(("blue", "green"))),
    Test(FORMS, ops.HasOnly(("blue", "gr*"))),
    Test(FORMS, ops.Exactly(("blue", "green"))),
    Test(OFFICE, ops.SameAs(NAME)),
    Test(OFFICE, ops.StartsWith("No")),
    Test(OFFICE, ops.ContainsLoosely(("north",))),
    Test(OFFICE, ops.ContainsWords((NAME,))),
    Test(PASSWORD, ops.Length(8, 20)),
    Test(PASSWORD, ops.ContainsEach(("A-Z", "0-9"))),
    Test(PASSWORD, ops.ContainsOnly(("A-Z", "a-z", "0-9"))),
    Test(PASSWORD, ops.Reads(("", "DD", "-", "MM", ""), OTHER)),
    Test(DAY, ops.Before(OTHER)),
    Test(DAY, ops.After(OTHER)),
    Test(DAY, ops.Within(WEEK, "before", OTHER)),
    Test(DAY, ops.MoreThan(WEEK, "after", OTHER)),
    Test(DAY, ops.AtLeast(WEEK, "after", OTHER)),
)
FEW: Final = Test(fact_named("office.accounts", "office", {}) or OFFICE, ops.FewerThan(2))
MIXED, DATED = "Password1", "02-06"
REQUESTS: Final = (
    Request(type="create"),
    Request(type="create", office="", attachments=(), separates_on=None, password=None),
    Request(
        type="create",
        office="North",
        attachments=("blue", "green"),
        submitted_on=date(2025, 6, 2),
        separates_on=datetime(2025, 6, 9, 12),
        password=MIXED,
    ),
    Request(
        type="create",
        office="The  NORTH end",
        attachments=("blue", "pink"),
        submitted_on=date(2025, 6, 2),
        separates_on=date(2025, 5, 26),
        password=DATED,
    ),
)
NOON: Final = datetime(2025, 6, 2, 12, tzinfo=POLICY.zone)
NAMED: Final = tuple(evolve(one, requestor=Requestor(name="north")) for one in REQUESTS[2:])
KNOWN: Final = tuple(
    known
    for one in NAMED
    for known in (
        one,
        evolve(one, office=None),
        evolve(one, requestor=Requestor()),
        evolve(one, attachments=(), password=None),
        evolve(one, separates_on=None),
    )
)
"""Requests of which every fact is known that the tests read."""


def policy_of(key: str, tests: Collection[Test]) -> tuple[Policy, Plan]:
    origin = Origin("sample@2025-01-01")
    checks = tuple(
        Check(f"c{n}", test, Outcome.RETURN, ("X-1/a",), origin) for n, test in enumerate(tests)
    )
    plan = Plan(key, checks)
    return evolve(POLICY, plans={key: plan}), plan


@pytest.mark.parametrize("table", TABLES)
def test_a_table_holds_every_operator_or_lists_it_as_lacking(table: str) -> None:
    held, lacking = TABLES[table]
    assert {*held, *lacking} == EVERY
    assert not {*held} & {*lacking}


def test_every_operator_is_tried_on_the_engines() -> None:
    assert {type(test.operator) for test in (*TESTS, FEW)} == EVERY


@pytest.mark.parametrize("request_", REQUESTS, ids=range(len(REQUESTS)))
def test_native_and_naive_run_every_operator_alike(request_: Request) -> None:
    policy, plan = policy_of(SAMPLE_KEY, TESTS)
    verdict = native.verdict(policy, plan, request_, None)
    assert verdict == naive.verdict(policy, plan, request_, None)
    assert any(verdict)


@pytest.mark.parametrize("request_", KNOWN, ids=range(len(KNOWN)))
def test_formulas_say_what_every_operator_finds(request_: Request) -> None:
    policy, plan = policy_of(SAMPLE_KEY, TESTS)
    # Without tables, a fact may hold any word.
    (found,) = Prover((evolve(policy, words={}),), SAMPLE_KEY).formulas
    violations = found.violations
    values = Valuation(found.view.space, (request_,))
    hits = tuple(n for n, violated in enumerate(violations) if values.holds(violated))
    assert (hits, ()) == naive.verdict(policy, plan, request_, values.moments[0])


@pytest.mark.parametrize("request_", KNOWN, ids=range(len(KNOWN)))
def test_formulas_say_how_every_operator_fails(request_: Request) -> None:
    policy, plan = policy_of(SAMPLE_KEY, TESTS)
    (found,) = Prover((evolve(policy, words={}),), SAMPLE_KEY).formulas
    ways = [[(kind, fails_as(found.view, test, kind)) for kind in KINDS] for test in TESTS]
    values = Valuation(found.view.space, (request_,))
    at = values.moments[0]
    for number in naive.verdict(policy, plan, request_, at)[0]:
        test = TESTS[number]
        value, *others = (fact.read(request_, at, policy.zone) for fact in test.facts)
        kind = test.operator.failure(value, others, policy.zone)
        assert [one for one, way in ways[number] if values.holds(way)] == [kind]


@pytest.mark.parametrize("accounts", [None, 1, 2, 3])
def test_formulas_count_as_engines_do(accounts: int | None) -> None:
    policy, plan = policy_of("office", [FEW])
    (found,) = Prover((policy,), "office").formulas
    (violated,) = found.violations
    office = Office(accounts=accounts)
    holds = Valuation(found.view.space, (office,), NOON).holds(violated)
    assert ((0,) if holds else (), ()) == naive.verdict(policy, plan, office, NOON)


@pytest.mark.parametrize(
    ("accounts", "verdict"), [(1, ((), ())), (2, ((0,), ())), (UNKNOWN, ((), (0,)))]
)
def test_native_and_naive_count_alike(accounts: int, verdict: Verdict) -> None:
    policy, plan = policy_of("office", [FEW])
    office = Office(accounts=accounts)
    assert native.verdict(policy, plan, office, None) == verdict
    assert naive.verdict(policy, plan, office, None) == verdict


class Strange(ops.Given):
    """An operator that no engine has heard of."""

    name = "strange"


def test_durable_refuses_an_operator_that_it_does_not_know() -> None:
    with pytest.raises(EngineError, match="the engine `durable` cannot test `strange`"):
        durable.leaf(Strange(True))
