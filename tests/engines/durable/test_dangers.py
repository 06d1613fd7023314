# SPDX-License-Identifier: MIT
"""Everything that crashes or misleads durable-rules is tried by the API, in a child process."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from caljobs_policy import Decision, Request, evaluate, load_policy
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import cases_in
from caljobs_policy.loader.documents import read_documents
from caljobs_policy.policy.conditions import ALWAYS, NEVER, AllOf, AnyOf, Condition, Not, Test
from caljobs_policy.policy.operators import Is
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check, Origin, Plan
from caljobs_policy.subjects.facts import Subject
from caljobs_policy.testing.strategies.single_tests import SAMPLE_KEY, sample_fact
from tests.engines.durable.present import in_child, needs_durable
from tests.samples.profiles import sample_policy

DAY = date(2025, 6, 2)
OFFICE = sample_fact("request.office")
NAMES = ("id", "sid", "m", "s", "i", "a", "b0", "b1", "r0", "alive", "all", "any", "pri", "count")
COLLIDING = ("kcbvi9ww", "subject_role", "forward", "pulse", "chart", "label", "running")
TEXTS = (
    "", " ", "null", "NaN", "nan", "Infinity", "-Infinity", "true", "false", "0", "1", "-0", "1e5",
    "1e400", "1E-400", "9" * 400, str(2**63), str(-(2**63) - 1), "0.1", "id", "sid", "$s", "$and",
    "subject.role", "a.b", "{", "}", '"', "\\", "'", "\\u0000", "]", ",", '{"$or":[]}', "kcbvi9ww",
    "Zoë 東京 \N{PILE OF POO}", "x" * 100_000,
)  # fmt: skip
WRITTEN = ("null", "true", "1", "0", "18446744073709551616", "1e5", "1e400", "[]", "{}", "NaN")
"""Values as JSON has them; most of them are no texts, and refused before any engine sees them."""


def policy_with(*conditions: Condition, when: Condition = ALWAYS) -> Policy:
    """Return a policy whose checks require conditions, in their order."""
    checks = tuple(
        Check(f"c{n}", c, Outcome.RETURN, ("X-1/a",), Origin("x@2025-01-01"), when=when)
        for n, c in enumerate(conditions)
    )
    return evolve(load_policy("state", DAY), plans={SAMPLE_KEY: Plan(SAMPLE_KEY, checks)})


def same(policy: Policy, subject: Subject, at: Any = None) -> Decision:
    """Return the decision, which has to be that of the native engine.

    Equal decisions have the same reasons, as all of these are worked out from what is compared;
    that they are the same field by field is held in `tests/properties/test_durable.py`.
    """
    found = evaluate(policy, subject, at, engine="durable")
    assert found == evaluate(policy, subject, at)
    return found


def office(word: str) -> Test:
    return Test(OFFICE, Is(word))


def violated(policy: Policy, office_: str = "x") -> int:
    return len(evaluate(policy, Request(type="create", office=office_), engine="durable").findings)


def facts_by_dangerous_names() -> str:
    """Facts of a profile's own, by names that durable-rules reads otherwise than as names."""
    names = (*NAMES, *COLLIDING)
    facts = "".join(f"  request.{name}: {{title: T, type: text}}\n" for name in names)
    facts += "  request.flag: {title: T, type: flag}\n"
    facts += "  request.number: {title: T, type: count}\n"
    rules = "".join(
        f"  rule-{number}: {{about: request/create, require: {{request.{name}: {{is: '1'}}}},"
        " otherwise: return, clauses: [SAMPLE-1/a], say: It is wrong.}\n"
        for number, name in enumerate(names)
    )
    more = (
        "  flag: {about: request/create, require: {request.flag: {is: true}}, otherwise: deny,"
        " clauses: [SAMPLE-1/a], say: It is wrong.}\n"
        "  number: {about: request/create, require: {request.number: {is: 1}}, otherwise: deny,"
        " clauses: [SAMPLE-1/a], say: It is wrong.}\n"
    )
    return f"facts:\n{facts}rules:\n{rules}{more}"


def cases() -> Iterator[dict[str, str]]:
    """Values of facts, as JSON has them."""
    for name in (*NAMES, *COLLIDING, "flag", "number"):
        for value in (*map(json.dumps, TEXTS), *WRITTEN):
            yield {name: value}
    for name in (*NAMES, *COLLIDING):
        others = {other: '"1"' for other in (*NAMES, *COLLIDING) if other != name}
        yield {**others, name: '"0"', "flag": "true", "number": "1"}
        yield {**others, "flag": "false", "number": "0"}
    yield {"flag": "true", "number": "1"}
    yield {"flag": "1", "number": "true"}


def try_names_and_values() -> None:
    with tempfile.TemporaryDirectory() as folder:
        policy = sample_policy(Path(folder) / "sample_area", facts_by_dangerous_names())
        answered = 0
        for case in cases():
            facts = "".join(f',"{name}":{value}' for name, value in case.items())
            text = f'{{"date":"2025-06-02","request":{{"type":"create"{facts}}}}}'
            documents = read_documents(text, "case.json")
            for _, found in cases_in(documents, profile=f"{folder}/sample_area"):
                if isinstance(found, Case):
                    same(policy, found.subject)
                    answered += 1
        assert answered > len(TEXTS) * len(NAMES), answered


def try_words_of_operators() -> None:
    policy = policy_with(*map(office, TEXTS), *(Not(office(text)) for text in TEXTS))
    for text in TEXTS:
        same(policy, Request(type="create", office=text))
    same(policy, Request(type="create"))


def try_many_decisions() -> None:
    """Try more than the 1,024 sessions that durable-rules can hold."""
    policy = policy_with(office("a"), Not(office("b")), AnyOf((office("c"), office("d"))))
    found = [violated(policy, "abcde"[n % 5]) for n in range(3000)]
    assert found == [1, 3, 1, 1, 2] * 600, found[:5]


def try_many_rules_with_one_condition() -> None:
    for count in (39, 40, 41, 64, 65, 128, 255, 256, 257, 1000):
        policy = policy_with(*[office("a")] * count)
        assert violated(policy) == count
        assert violated(policy, "a") == 0


def try_many_rules_that_fire_together() -> None:
    for count in (63, 64, 65, 66, 200, 1000):
        policy = policy_with(*(office(f"{number}") for number in range(count)))
        assert violated(policy) == count
        assert violated(policy, "0") == count - 1


def try_wide_conditions() -> None:
    for count in (16, 17, 40, 41, 64, 65, 126, 252, 253, 600):
        tests = tuple(office(f"{number}") for number in range(count))
        every = AllOf(tuple(Not(test) for test in tests))
        policy = policy_with(AnyOf(tests), Not(every), every, Not(AnyOf(tests)))
        assert violated(policy) == 2
        assert violated(policy, str(count - 1)) == 2
        same(policy, Request(type="create"))


def try_deep_conditions() -> None:
    for depth in (14, 15, 16, 31, 32, 33):
        condition: Condition = office("0")
        for level in range(1, depth):
            kind = AllOf if level % 2 else AnyOf
            condition = kind((office(str(level)), Not(condition)))
        policy = policy_with(condition, Not(condition))
        assert violated(policy) == violated(policy, "1") == 1
        same(policy, Request(type="create", office=str(depth - 1)))
        same(policy, Request(type="create"))


def try_conditions_that_hold_in_many_ways() -> None:
    """Multiplied out, the largest has 4 to the power of 60 terms."""
    for count in (2, 3, 6, 7, 12, 60):
        rows = [tuple(office(f"{n}-{m}") for m in range(4)) for n in range(count)]
        table = AnyOf(tuple(AllOf(row) for row in rows))
        policy = policy_with(table, Not(table), AllOf(tuple(AnyOf(row) for row in rows)))
        assert violated(policy) == 2
        same(policy, Request(type="create"))


def try_conditions_without_parts() -> None:
    for condition in (ALWAYS, NEVER, Not(ALWAYS), Not(NEVER), AllOf((NEVER, office("a")))):
        for when in (ALWAYS, NEVER, office("a")):
            policy = policy_with(condition, when=when)
            for subject in (Request(type="create"), Request(type="create", office="a")):
                same(policy, subject)
    assert evaluate(policy_with(), Request(type="create"), engine="durable").findings == ()


TRIALS = [name for name in globals() if name.startswith("try_")]


@needs_durable
@pytest.mark.parametrize("trial", TRIALS)
def test_danger_is_out_of_reach(trial: str) -> None:
    script = f"from tests.engines.durable import test_dangers as t; t.{trial}(); print('survived')"
    assert in_child(script) == "survived"
