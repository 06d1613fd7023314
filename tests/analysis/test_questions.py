# SPDX-License-Identifier: MIT
"""Policies are asked about all subjects at once, and each answer is a real subject or a proof."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any, Final

import pytest
import z3
from attrs import evolve

from caljobs_policy import Outcome, Policy, evaluate, load_policy, read_subject
from caljobs_policy.analysis.aspects import Aspect
from caljobs_policy.analysis.formulas.finding import Limits
from caljobs_policy.analysis.questions import Prover
from caljobs_policy.dates.durations import Duration, Unit
from caljobs_policy.policy.conditions import (
    ALWAYS,
    NEVER,
    AllOf,
    Condition,
    Not,
    Test,
    exists,
    parts_of,
)
from caljobs_policy.policy.operators import AtLeast, Before, Is, Length, Within
from caljobs_policy.policy.rules import Check, Plan
from caljobs_policy.subjects.facts import fact_named
from tests.samples.shipped_chains import CHAINS, KEYS, TODAY

STATE: Final = load_policy("state", TODAY)
CREATE: Final = "request/create"


def with_checks(policy: Policy, key: str, *checks: Check) -> Policy:
    plan: Plan = evolve(policy.plans[key], checks=checks)
    return evolve(policy, digest=f"{policy.digest}*", plans={**policy.plans, key: plan})


def rewritten(condition: Condition, change: Callable[[Test], Test]) -> Condition:
    """Return a condition with each test changed."""
    if isinstance(condition, Test):
        return change(condition)
    parts = tuple(rewritten(part, change) for part in parts_of(condition))
    return Not(parts[0]) if isinstance(condition, Not) else type(condition)(parts)


@pytest.mark.parametrize(("local", "above", "key"), KEYS, ids=lambda one: str(one)[:30])
def test_shipped_local_profiles_are_never_looser(local: Policy, above: Policy, key: str) -> None:
    found = Prover((local, above), key).better()
    assert found.witness is None
    assert found.bounds == ()
    assert found.effort.spurious == 0


@pytest.mark.parametrize("number", range(len(STATE.plans[CREATE].checks)))
def test_a_check_that_is_left_out_is_looser_or_never_decides_alone(number: int) -> None:
    checks = STATE.plans[CREATE].checks
    local = with_checks(STATE, CREATE, *checks[:number], *checks[number + 1 :])
    found = Prover((local, STATE), CREATE).better()
    alone = Prover((STATE,), CREATE).decides_alone(number)
    assert not found.bounds
    expected = alone.witness is not None and not checks[number].exempts
    assert (found.witness is not None) is (expected and bool(checks[number].outcome.weight))


def test_a_note_that_is_left_out_is_no_better_outcome() -> None:
    checks = STATE.plans["account"].checks
    notes = [number for number, check in enumerate(checks) if not check.outcome.weight]
    for number in notes:
        local = with_checks(STATE, "account", *checks[:number], *checks[number + 1 :])
        prover = Prover((local, STATE), "account")
        found = prover.better()
        assert (found.witness, found.bounds) == (None, ())
        assert prover.differs(Aspect.FINDINGS).witness is not None


def test_no_outcome_rests_on_a_note() -> None:
    prover = Prover((STATE,), "account")
    checks = STATE.plans["account"].checks
    alone = [prover.decides_alone(n) for n, one in enumerate(checks) if not one.outcome.weight]
    assert alone
    assert all((one.witness, one.bounds) == (None, ()) for one in alone)


def test_a_window_that_is_a_day_longer_is_found_at_its_boundary() -> None:
    def longer(test: Test) -> Test:
        if not isinstance(test.operator, Within):
            return test
        duration = evolve(test.operator.duration, amount=test.operator.duration.amount + 1)
        return Test(test.fact, evolve(test.operator, duration=duration))

    checks = STATE.plans[CREATE].checks
    changed = [evolve(c, require=rewritten(c.require, longer)) for c in checks]
    found = Prover((with_checks(STATE, CREATE, *changed), STATE), CREATE).better()
    assert found.witness is not None
    here, above = found.witness.decisions
    assert here.outcome is Outcome.ACCEPT
    assert above.outcome is Outcome.RETURN
    stated = found.witness.case.stated[0]
    days = {stated["staff"]["training_completed_on"]}
    days |= {one["signed_on"] for one in stated["staff"]["statement"]}
    assert stated["submitted_on"] - timedelta(days=366) in days


def test_a_witness_is_read_and_decided_again() -> None:
    local, above = CHAINS[0]
    found = Prover((local, above), CREATE).better(1, 0)
    assert found.witness is not None
    case = found.witness.case
    for policy, stated, decision in zip(
        (local, above), case.stated, found.witness.decisions, strict=True
    ):
        subject = read_subject(policy, "request", stated)
        for engine in ("native", "naive"):
            assert evaluate(policy, subject, case.at, engine=engine).outcome is decision.outcome


def test_a_witness_states_no_more_than_it_has_to() -> None:
    number = next(n for n, c in enumerate(STATE.plans[CREATE].checks) if not c.exempts)
    found = Prover((STATE,), CREATE).can_fail(number)
    assert found.witness is not None
    stated = found.witness.case.stated[0]
    assert stated["type"] == "create"
    assert len(stated) <= 5


def sample(require: Condition, when: Condition = ALWAYS) -> Policy:
    """Return the policy of the state with a single check of accounts."""
    check = STATE.plans["account"].checks[-1]
    one = evolve(check, id="rule", when=when, require=require, exempts=False, kinds={})
    return with_checks(STATE, "account", one)


def account(path: str) -> Any:
    fact = fact_named(f"account.{path}", "account", {})
    assert fact is not None
    return fact


def test_a_check_that_nothing_can_break_is_told() -> None:
    found = Prover((sample(Not(NEVER)),), "account").can_fail(0)
    assert found.witness is None
    assert found.is_certain


@pytest.mark.parametrize("unit", Unit)
def test_ends_of_durations_are_real(unit: Unit) -> None:
    created, maintained = account("created_on").as_stated, account("last_maintenance_on").as_stated
    late = Duration(3, unit, STATE.calendar if unit is Unit.BUSINESS_DAYS else None)
    at_least = Test(maintained, AtLeast(late, "after", created))
    within = Test(maintained, Within(late, "after", created))
    policy = sample(Not(AllOf((at_least, within))))
    found = Prover((policy,), "account").can_fail(0)
    assert found.witness is not None
    assert found.effort.spurious == 0
    # What lies at least so far beyond and before the end at once is nothing.
    beyond = AllOf((Not(at_least), Not(within), Not(Test(maintained, Before(created)))))
    never = Prover((sample(Not(both_given(beyond, created, maintained))),), "account").can_fail(0)
    assert never.witness is None
    assert never.is_certain


def both_given(condition: Condition, *facts: Any) -> Condition:
    return AllOf((condition, *map(exists, facts)))


def test_texts_that_no_test_allows_are_ruled_out_for_certain() -> None:
    username = account("username")
    short = Test(username, Length(0, 3))
    named = Test(username, Is("four"))
    found = Prover((sample(Not(AllOf((short, named)))),), "account").can_fail(0)
    assert found.witness is None
    assert found.is_certain
    assert found.effort.lemmas == 1


def test_a_search_that_is_cut_short_says_so() -> None:
    local, above = CHAINS[0]
    found = Prover((local, above), "account", limits=Limits(models=0)).better(1, 0)
    assert found.witness is None
    assert not found.is_certain
    assert found.bounds == ("the search stopped after 0 attempts",)


def test_a_search_stops_after_as_much_work_on_any_machine() -> None:
    local, above = CHAINS[0]
    efforts = []
    for _ in range(2):
        found = Prover((local, above), "account", limits=Limits(work=500)).better(1, 0)
        assert found.witness is None
        assert found.bounds == ("the search stopped after 500 steps",)
        efforts.append(evolve(found.effort, seconds=0.0))
    assert efforts[0] == efforts[1]


def test_a_search_that_was_cut_short_leaves_the_next_one_as_it_is() -> None:
    local, above = CHAINS[0]
    prover = Prover((local, above), "account", limits=Limits(work=500))
    assert not prover.better(1, 0).is_certain
    prover.finder.limits = Limits()
    assert prover.better(1, 0).witness is not None
    assert prover.better().is_certain


def test_provers_work_in_several_threads_at_once() -> None:
    def answers(chain: tuple[Policy, Policy]) -> list[object]:
        found = []
        for key in ("account", CREATE):
            prover = Prover(chain, key)
            found += [prover.better(), *map(prover.differs, Aspect)]
        return [(one.witness and one.witness.case.stated, one.effort.work) for one in found]

    expected = [answers(chain) for chain in CHAINS[:2]]
    with ThreadPoolExecutor(2) as pool:
        for _ in range(3):
            assert [*pool.map(answers, CHAINS[:2])] == expected


def test_policies_that_are_the_same_differ_in_nothing() -> None:
    for what in Aspect:
        found = Prover((STATE, STATE), "account").differs(what)
        assert found.witness is None
        assert found.is_certain


def test_editions_differ_in_what_they_say() -> None:
    old, new = load_policy("state", date(2025, 2, 28)), load_policy("state", date(2025, 3, 1))
    for what in Aspect:
        found = Prover((old, new), CREATE).differs(what)
        assert found.witness is not None, what


def test_an_interrupted_search_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    prover = Prover((STATE,), CREATE)
    solver = prover.finder.solver
    monkeypatch.setattr(solver, "check", lambda: z3.unknown)
    monkeypatch.setattr(solver, "reason_unknown", lambda: "interrupted from keyboard")
    with pytest.raises(KeyboardInterrupt):
        prover.can_fail(0)
