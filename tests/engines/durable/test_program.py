# SPDX-License-Identifier: MIT
"""The engine decides as the native engine does: on all cases, in threads, after faults."""

from __future__ import annotations

import gc
import os
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from caljobs_policy import Outcome, Request, evaluate, load_policy
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import cases_in, profile_cases
from caljobs_policy.engines import naive, native
from caljobs_policy.engines.durable import program as module
from caljobs_policy.engines.durable import ruleset
from caljobs_policy.engines.durable.binding import extension
from caljobs_policy.engines.durable.program import program_for
from caljobs_policy.errors.exceptions import EngineError
from caljobs_policy.loader.documents import read_bytes, read_documents
from caljobs_policy.loader.folders import profile_names
from caljobs_policy.policy.conditions import AnyOf, Not
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import Subject
from caljobs_policy.testing.strategies.single_tests import SAMPLE_KEY
from tests.engines.durable.present import needs_durable
from tests.engines.durable.test_dangers import DAY, office, policy_with, same, violated
from tests.engines.durable.test_ruleset import Recorder

pytestmark = needs_durable
POLICY = load_policy("la_city", DAY)
FILES = [path for name in profile_names() for path in profile_cases(name)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_worked_cases_are_decided_as_by_the_native_engine(path: Path) -> None:
    data = read_bytes(path)
    assert isinstance(data, bytes)
    compared = 0
    documents = read_documents(data, path.as_posix())
    for _, case in cases_in(documents, usual_profile=path.parent.parent.as_posix()):
        assert isinstance(case, Case)
        same(case.policy, case.subject, case.at)
        compared += 1
    assert compared


def test_a_bit_of_each_kind_decides() -> None:
    policy = policy_with(office("a"), Not(office("a")), AnyOf((office("a"), office("b"))))
    plan = policy.plans[SAMPLE_KEY]
    for word, expected in {"a": ((1,), ()), "b": ((0,), ()), "c": ((0, 2), ())}.items():
        assert module.verdict(policy, plan, Request(type="create", office=word), None) == expected
    assert module.verdict(policy, plan, Request(type="create"), None) == ((), (0, 1, 2))


def test_rulesets_of_a_plan_are_made_once_and_for_every_day() -> None:
    policy = evolve(POLICY)
    request = Request(type="create", submitted_on=DAY)
    same(policy, request)
    made = program_for(policy, policy.plans[SAMPLE_KEY])._rulesets
    same(policy.on(date(2025, 6, 3)), request)
    assert program_for(policy, policy.plans[SAMPLE_KEY])._rulesets is made


def test_four_threads_get_the_right_decisions() -> None:
    policy = evolve(POLICY)
    requests = [
        Request(type="create"),
        Request(type="create", submitted_on=DAY, organization="city_staff"),
        Request(type="reset", submitted_on=DAY),
        Request(type="create", submitted_to="city_mis_unit", training_confirmed=False),
    ]
    plans = [policy.plans[f"request/{request.type}"] for request in requests]
    expected = [
        native.verdict(policy, plan, request, None)
        for plan, request in zip(plans, requests, strict=True)
    ]
    assert len(set(expected)) == len(expected)
    found: list[list[Any]] = [[] for _ in requests]

    def decide(start: int) -> None:
        for step in range(400):
            number = (start + step) % len(requests)
            verdict = module.verdict(policy, plans[number], requests[number], None)
            found[start].append((number, verdict))

    threads = [threading.Thread(target=decide, args=(n,)) for n in range(len(requests))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for answers in found:
        assert len(answers) == 400
        assert all(verdict == expected[number] for number, verdict in answers)


def test_no_thread_is_started() -> None:
    before = threading.active_count()
    same(evolve(POLICY), Request(type="create"))
    assert threading.active_count() == before


def resident() -> int:
    """Return the resident memory in bytes."""
    pages = Path("/proc/self/statm").read_text("ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="tells no memory")
def test_memory_stays_flat_over_decisions_and_over_policies() -> None:
    policy = evolve(POLICY)
    plan = policy.plans[SAMPLE_KEY]
    requests = [Request(type="create", submitted_on=DAY), Request(type="create")]

    def decide(times: int) -> None:
        for number in range(times):
            module.verdict(policy, plan, requests[number % 2], None)
        for number in range(times // 100):
            violated(policy_with(*[office(str(number))] * 30))
        gc.collect()

    decide(1000)
    before = resident()
    decide(10_000)
    # A fact that stayed would take 9 kB, a ruleset that stayed a few hundred.
    assert resident() - before < 8_000_000


class Faulty:
    """The engine's extension module, which fails at some calls."""

    def __init__(self, name: str, fault: BaseException | Any, times: int) -> None:
        self.recorder = Recorder(extension())
        self.name, self.fault, self.times = name, fault, times

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any) -> Any:
            self.recorder.answers.clear()
            if name == self.name and self.times:
                self.times -= 1
                self.recorder.answers[name] = self.fault
            return getattr(self.recorder, name)(*arguments)

        return call


FAULTS = [
    ("assert_fact", RuntimeError("Could not assert fact, error code: 303")),
    ("assert_fact", MemoryError()),
    ("assert_fact", (1, 0)),
    ("start_action_for_state", None),
    ("complete_and_start_action", RuntimeError("error code: 307")),
    ("retract_fact", RuntimeError("error code: 305")),
    ("retract_fact", (1, 0)),
]


def decided(policy: Policy, subject: Subject, rules: Any) -> Any:
    program = program_for(policy, policy.plans[SAMPLE_KEY])
    bits = program.bits(policy, subject, None)
    for made in program._rulesets or ():
        made._extension = rules
    return program.verdict(rules, bits)


@pytest.mark.parametrize(("call", "fault"), FAULTS)
def test_after_a_fault_the_rulesets_are_made_anew_and_the_decision_repeated(
    call: str, fault: Any
) -> None:
    policy, request = evolve(POLICY), Request(type="create", submitted_on=DAY)
    same(policy, request)
    before = program_for(policy, policy.plans[SAMPLE_KEY])._rulesets
    expected = naive.verdict(policy, policy.plans[SAMPLE_KEY], request, None)
    assert decided(policy, request, Faulty(call, fault, 1)) == expected
    assert program_for(policy, policy.plans[SAMPLE_KEY])._rulesets is not before
    same(policy, request)


@pytest.mark.parametrize(("call", "fault"), [*FAULTS, ("create_ruleset", RuntimeError("112"))])
def test_after_a_second_fault_it_is_told_and_the_next_decision_is_right(
    call: str, fault: Any
) -> None:
    policy, request = evolve(POLICY), Request(type="create", submitted_on=DAY)
    same(policy, request)
    if call == "create_ruleset":
        program_for(policy, policy.plans[SAMPLE_KEY])._rulesets = None
    with pytest.raises(EngineError, match=r"durable-rules failed twice: .") as caught:
        decided(policy, request, Faulty(call, fault, 2))
    assert caught.value.problem.help == ("use the engine `native`, which gives the same decisions")
    same(policy, request)


def test_decision_that_is_interrupted_leaves_nothing_behind() -> None:
    policy, request = evolve(POLICY), Request(type="create", submitted_on=DAY)
    same(policy, request)
    with pytest.raises(KeyboardInterrupt):
        decided(policy, request, Faulty("complete_and_start_action", KeyboardInterrupt(), 1))
    assert program_for(policy, policy.plans[SAMPLE_KEY])._rulesets is None
    same(policy, request)


def test_decision_within_a_decision_gets_rulesets_of_its_own() -> None:
    policy, request = evolve(POLICY), Request(type="create", submitted_on=DAY)
    same(policy, request)
    inner: list[Any] = []

    class Nested(Faulty):
        def __getattr__(self, name: str) -> Any:
            if name == "complete_and_start_action" and not inner:
                inner.append(evaluate(policy, Request(type="create"), engine="durable"))
            return super().__getattr__(name)

    expected = native.verdict(policy, policy.plans[SAMPLE_KEY], request, None)
    assert decided(policy, request, Nested("", None, 0)) == expected
    assert inner[0].to_dict() == evaluate(policy, Request(type="create")).to_dict()
    same(policy, request)


def test_check_that_is_violated_and_cannot_be_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = policy_with(office("a"))
    monkeypatch.setattr(ruleset.RuleSet, "ask", lambda rules, bits: [(0, True)])
    with pytest.raises(EngineError, match="failed twice: a check is violated, and cannot be"):
        evaluate(policy, Request(type="create"), engine="durable")


def test_unknown_facts_are_asked_for_as_by_the_native_engine() -> None:
    found = same(evolve(POLICY), Request(type="create"))
    assert found.outcome is Outcome.CANNOT_TELL
    assert found.needs
