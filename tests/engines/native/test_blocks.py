# SPDX-License-Identifier: MIT
"""However many rules a plan has, those that cannot apply take no steps."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import count, islice
from types import FrameType
from typing import Any

import pytest
from attrs import evolve

from caljobs_policy import UNKNOWN, Request, Staff, load_policy
from caljobs_policy.dates.durations import Duration, Unit, noon
from caljobs_policy.engines import naive
from caljobs_policy.engines.native import function_for
from caljobs_policy.engines.native.blocks import Block, block_of
from caljobs_policy.engines.native.verdicts import VerdictWriter
from caljobs_policy.policy.conditions import ALWAYS, AllOf, AnyOf, Condition, Not, Test
from caljobs_policy.policy.operators import FewerThan, Given, In, Is, MoreThan
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check, Origin, Plan
from caljobs_policy.subjects.facts import AT
from caljobs_policy.testing.strategies.single_tests import SAMPLE_KEY, sample_fact

DAY = date(2025, 6, 2)
POLICY = load_policy("state", DAY)
ORGANIZATION = sample_fact("request.organization")
OFFICE = sample_fact("request.office")
EMPLOYER = sample_fact("request.staff.employer")
TRAINED = sample_fact("request.staff.training_completed_on")
COPIES = sample_fact("request.copies")
STATED = Test(EMPLOYER, Given(True))


def check(number: int, when: Condition, require: Condition = STATED) -> Check:
    origin = Origin("x@2025-01-01")
    return Check(f"rule-{number}", require, Outcome.RETURN, ("X-1/a",), origin, when=when)


def of_one_value() -> Iterator[Check]:
    for n in count():
        yield check(n, Test(ORGANIZATION, Is(f"o{n}")))


def of_listed_values() -> Iterator[Check]:
    for n in count():
        yield check(n, Test(ORGANIZATION, In((f"o{n}", f"o{n + 1}"))))


def of_several_facts() -> Iterator[Check]:
    facts = (ORGANIZATION, OFFICE, EMPLOYER)
    for n in count():
        yield check(n, AllOf((Test(COPIES, FewerThan(n)), Test(facts[n % 3], Is(f"o{n}")))))


def of_choices() -> Iterator[Check]:
    for n in count():
        yield check(n, AnyOf((Test(OFFICE, Is(f"o{n}")), Test(OFFICE, In((f"a{n}", "b"))))))


def of_what_is_forbidden() -> Iterator[Check]:
    for n in count():
        both = AllOf((Test(OFFICE, Is(f"o{n}")), Test(EMPLOYER, Is("other"))))
        yield check(n, ALWAYS, Not(both))


def of_two_levels() -> Iterator[Check]:
    """Every rule is about one organization, and about an office of its own."""
    for n in count():
        yield check(n, AllOf((Test(ORGANIZATION, Is(f"o{n % 2}")), Test(OFFICE, Is(f"o{n}")))))


def policy_of(rules: Callable[[], Iterator[Check]], number: int) -> tuple[Policy, Plan]:
    plan = Plan(SAMPLE_KEY, tuple(islice(rules(), number)))
    return evolve(POLICY, plans={SAMPLE_KEY: plan}), plan


def steps(policy: Policy, plan: Plan, request: Request, at: datetime | None = None) -> int:
    """Count the lines that the plan's function runs, those of the ones it calls included."""
    function = function_for(policy, plan)
    # What is written when it is first reached is not counted.
    function(request, at)
    taken = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal taken
        taken += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        function(request, at)
    finally:
        sys.settrace(before)
    return taken


@pytest.mark.parametrize(
    "rules",
    [
        of_one_value,
        of_listed_values,
        of_several_facts,
        of_choices,
        of_what_is_forbidden,
        of_two_levels,
    ],
)
def test_rules_that_cannot_apply_take_no_steps(rules: Callable[[], Iterator[Check]]) -> None:
    staff = Staff(employer="one")
    request = Request(type="create", organization="o0", office="x", staff=staff, own={"copies": 2})
    few, *more = (steps(*policy_of(rules, number), request) for number in (25, 250, 2_500))
    assert max(more) <= few


def test_all_rules_are_looked_at_where_the_fact_is_unknown() -> None:
    policy, plan = policy_of(of_one_value, 300)
    unknown = Request(type="create")
    assert function_for(policy, plan)(unknown, None) == ((), tuple(range(300)))


def test_what_is_found_keeps_the_order_of_the_rules() -> None:
    """Rules about different facts are looked up one fact after another."""
    policy, plan = policy_of(of_what_is_shared, 40)
    request = Request(type="create", organization="a", office="b", own={"copies": 2})
    hits, unsure = function_for(policy, plan)(request, None)
    assert (hits, unsure) == ((), (0, 1, 38, 39))


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Block]:
    """The blocks whose functions are written from now on."""
    blocks: list[Block] = []
    write = VerdictWriter.inner

    def counted(self: VerdictWriter, block: Block) -> Any:
        blocks.append(block)
        return write(self, block)

    monkeypatch.setattr(VerdictWriter, "inner", counted)
    return blocks


def test_functions_are_written_for_values_that_come_up(written: list[Block]) -> None:
    policy, plan = policy_of(of_one_value, 300)
    function = function_for(policy, plan)
    assert not written
    for _ in range(2):
        assert function(Request(type="create", organization="o7"), None) == ((), (7,))
        assert [numbers for block in written for numbers, _ in block.checks] == [(7,)]


def test_one_function_is_written_for_all_values_of_an_unknown_fact(written: list[Block]) -> None:
    policy, plan = policy_of(of_one_value, 300)
    function = function_for(policy, plan)
    for _ in range(2):
        assert function(Request(type="create"), None) == ((), tuple(range(300)))
        assert [numbers for block in written for numbers, _ in block.checks] == [tuple(range(300))]


def test_threads_share_functions_that_are_written_when_they_are_reached(
    written: list[Block],
) -> None:
    policy, plan = policy_of(of_one_value, 100)
    function = function_for(policy, plan)
    unknown = Request(type="create")
    ready, found = threading.Barrier(8), []

    def decide() -> None:
        ready.wait()
        found.append(function(unknown, None))

    threads = [threading.Thread(target=decide) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [((), tuple(range(100)))] * 8
    times = len(written)
    assert function(unknown, None) == ((), tuple(range(100)))
    assert len(written) == times <= 8


def test_what_was_interrupted_while_it_was_written_is_written_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    policy, plan = policy_of(of_one_value, 300)
    function = function_for(policy, plan)
    request = Request(type="create", organization="o7")

    def interrupted(*_: object) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(VerdictWriter, "inner", interrupted)
        with pytest.raises(KeyboardInterrupt):
            function(request, None)
    assert function(request, None) == ((), (7,))


def test_generated_functions_go_as_soon_as_nobody_needs_them() -> None:
    policy, plan = policy_of(of_one_value, 100)
    function = function_for(policy, plan)
    function(Request(type="create"), None)
    left = weakref.ref(function)
    gc.disable()
    try:
        del policy, function
        assert left() is None
    finally:
        gc.enable()


def of_what_is_shared() -> Iterator[Check]:
    values = {0: (ORGANIZATION, "a"), 1: (OFFICE, "b"), 38: (OFFICE, "b"), 39: (ORGANIZATION, "a")}
    for n in count():
        fact, value = values.get(n, ((ORGANIZATION, OFFICE)[n % 2], f"o{n}"))
        yield check(n, Test(fact, Is(value)))


def test_a_few_rules_are_tested_one_after_another() -> None:
    assert not block_of(islice(of_one_value(), 6)).choices


def test_long_plans_are_split() -> None:
    block = block_of(check(n, ALWAYS) for n in range(250))
    assert [len(part.checks) for part in block.parts] == [100, 100, 50]


def in_windows() -> Iterator[Check]:
    """Every rule applies after a number of days of its own, and forbids several others."""
    for n in count():
        spans = (MoreThan(Duration(n + more, Unit.DAYS), "before", AT) for more in (0, 5, 9))
        when, *others = (Test(TRAINED, span) for span in spans)
        yield check(n, when, Not(AllOf(tuple(others))))


@pytest.mark.parametrize("number", [3, 25, 250])
@pytest.mark.parametrize("trained", [None, UNKNOWN, *(DAY - timedelta(n) for n in (0, 1, 7, 99))])
def test_rules_by_windows_of_days_find_what_the_oracle_finds(trained: Any, number: int) -> None:
    policy, plan = policy_of(in_windows, number)
    request = Request(type="create", staff=Staff(training_completed_on=trained))
    at = noon(DAY, policy.zone)
    assert function_for(policy, plan)(request, at) == naive.verdict(policy, plan, request, at)


def test_of_windows_of_days_that_none_applies_is_told_by_these_alone() -> None:
    request = Request(type="create", staff=Staff(training_completed_on=DAY + timedelta(1)))
    taken = steps(*policy_of(in_windows, 100), request, noon(DAY, POLICY.zone))
    assert taken < 130
