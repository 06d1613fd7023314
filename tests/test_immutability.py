# SPDX-License-Identifier: MIT
"""What the library returns is immutable, compares by content, and can be copied."""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date, datetime, tzinfo
from enum import Enum
from multiprocessing import get_context
from threading import Barrier
from typing import Any

import attrs
import pytest

from caljobs_policy import (
    UNKNOWN,
    Account,
    Decision,
    Office,
    Participant,
    Policy,
    Request,
    Requestor,
    Staff,
    Statement,
    Subject,
    SubjectError,
    evaluate,
    load_policy,
    load_profile,
    review,
)
from caljobs_policy.plain.mappings import FrozenDict

DAY = date(2025, 6, 2)
NAMES = ("state", "la_city", "slo_county")
POLICIES = [load_policy(name, DAY) for name in NAMES]
STATE = POLICIES[0]
REQUEST = Request(
    type="create",
    submitted_on=DAY,
    requestor=Requestor(name="Another Sample"),
    attachments=["access_request_form"],
    staff=Staff(name="Sample", statement=[Statement(form="e1", signed_on=DAY), Statement()]),
)
ACCOUNT = Account(status="active", created_on=date(2024, 6, 2))
OWN = {"seen": True, "words": ("a", "b"), "on": DAY, "none": None, "unknown": UNKNOWN}
SUBJECTS: list[Subject] = [
    REQUEST,
    Request(type="reset"),
    ACCOUNT,
    Account(staff=None, incident=None, own=OWN),
    Office(),
    Participant(last_service_on=DAY, own=OWN),
]
DECISIONS = [evaluate(policy, subject) for policy in POLICIES for subject in (REQUEST, ACCOUNT)]
REASONS = [reason for d in DECISIONS for reason in (*d.all_findings, *d.duties, *d.deadlines)]
ATOMS = (str, int, type(None), date, datetime, tzinfo, Enum, type)


def written(decision: Decision) -> dict[str, Any]:
    return decision.to_dict(everything=True)


def mutable(value: Any, path: str, seen: set[int]) -> Iterator[str]:
    """Return the paths of all that is reached from a value and could be changed."""
    if isinstance(value, ATOMS) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, FrozenDict):
        for key, one in value.items():
            yield from mutable(one, f"{path}[{key!r}]", seen)
    elif isinstance(value, tuple | frozenset):
        for number, one in enumerate(value):
            yield from mutable(one, f"{path}[{number}]", seen)
    elif attrs.has(type(value)):
        for name in (f.name for f in attrs.fields(type(value)) if not f.name.startswith("_")):
            yield from mutable(getattr(value, name), f"{path}.{name}", seen)
            if can_be_set(value, name):
                yield f"{path}.{name} can be set"
    else:
        yield f"{path} is a {type(value).__name__}"


def can_be_set(value: Any, name: str) -> bool:
    try:
        setattr(value, name, getattr(value, name))
    except AttributeError:
        return False
    return True


@pytest.mark.parametrize("found", [*POLICIES, *map(load_profile, NAMES), *SUBJECTS, *REASONS])
def test_nothing_mutable_is_reached(found: object) -> None:
    assert list(mutable(found, type(found).__name__, set())) == []


def test_entries_of_a_review_hold_nothing_mutable() -> None:
    entries = list(review(STATE, [ACCOUNT, Account(username="sample", status="active")]))
    assert list(mutable(tuple(entries), "entries", set())) == []
    assert len(set(entries)) == 2


@pytest.mark.parametrize("decision", DECISIONS, ids=repr)
def test_nothing_of_a_decision_can_be_set(decision: Decision) -> None:
    before = written(decision)
    names = [name for name in dir(Decision) if not name.startswith("__")]
    assert "outcome" in names
    for name in names:
        with pytest.raises(AttributeError):
            setattr(decision, name, None)
        with pytest.raises(AttributeError):
            delattr(decision, name)
    for name in (n for n in dir(decision.reasons) if not n.startswith("_")):
        with pytest.raises(AttributeError):
            setattr(decision.reasons, name, ())
        with pytest.raises(AttributeError):
            delattr(decision.reasons, name)
    assert written(decision) == before


def test_a_mapping_that_was_handed_in_can_change_without_the_subject() -> None:
    words = ["a"]
    own: dict[str, Any] = {"words": words, "set": {"b", "a"}}
    account = Account(own=own)
    words.append("b")
    own["more"] = True
    assert account.own == {"words": ("a",), "set": ("a", "b")}


@pytest.mark.parametrize(
    "own", [{"x": {}}, {"x": 1.5}, {"x": [1]}, {"x": [["a"]]}, {"x": object()}, {5: True}]
)
def test_own_facts_that_no_profile_can_declare_are_refused(own: Any) -> None:
    with pytest.raises(SubjectError, match=r"`account\.own` cannot hold its fact number 1"):
        Account(own=own)


@pytest.mark.parametrize("own", [5, None, [("x", True)], "x"])
def test_own_facts_are_a_mapping(own: Any) -> None:
    with pytest.raises(SubjectError, match=r"`request\.own` takes a mapping"):
        Request(type="create", own=own)


@pytest.mark.parametrize("found", [*POLICIES, *SUBJECTS, *DECISIONS, *REASONS])
def test_copies_are_equal_and_have_one_hash(found: object) -> None:
    copies = [copy.copy(found), copy.deepcopy(found), pickle.loads(pickle.dumps(found))]
    assert copies == [found] * 3
    assert {*copies, found} == {found}
    assert [repr(one) for one in copies] == [repr(found)] * 3


@pytest.mark.parametrize("policy", POLICIES, ids=repr)
def test_unpickled_policy_answers_the_same(policy: Policy) -> None:
    # Without what this process made of it.
    (other,) = unpickled_elsewhere("print(pickle.dumps([found]).hex())", policy)
    assert other == policy
    for subject in (REQUEST, ACCOUNT):
        assert written(evaluate(other, subject)) == written(evaluate(policy, subject))


def unpickled_elsewhere(script: str, *found: object) -> list[Any]:
    """Unpickle in another process, with another seed for hashes, and take what it pickles."""
    start = "import pickle, sys; found = pickle.load(sys.stdin.buffer)[0]; "
    done = subprocess.run(
        [sys.executable, "-c", start + script],
        input=pickle.dumps(found),
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": "7"},
    )
    answer: list[Any] = pickle.loads(bytes.fromhex(done.stdout.decode()))
    return answer


@pytest.mark.parametrize("decision", DECISIONS, ids=repr)
def test_unpickled_decision_has_the_same_reasons_in_another_process(decision: Decision) -> None:
    assert decision.findings
    script = (
        "from caljobs_policy import evaluate; "
        "again = evaluate(found.policy, found.subject, found.at); "
        "same = again == found and hash(again) == hash(found); "
        "parts = [same, found, found.to_dict(everything=True), again.to_dict(everything=True)]; "
        "print(pickle.dumps(parts).hex())"
    )
    same, back, there, again = unpickled_elsewhere(script, decision)
    assert same
    assert back == decision
    assert there == again == written(decision)


def test_decisions_about_one_policy_share_it_when_they_are_unpickled_one_by_one() -> None:
    first, second = (
        pickle.loads(pickle.dumps(evaluate(policy, ACCOUNT)))
        for policy in (STATE, STATE.on(date(2025, 6, 3)))
    )
    assert first.policy.plans is second.policy.plans
    assert (first.policy.day, second.policy.day) == (DAY, date(2025, 6, 3))


def decided(subject: Subject) -> Decision:
    return evaluate(STATE, subject)


def test_processes_return_decisions() -> None:
    subjects: list[Subject] = [REQUEST, ACCOUNT, Office()]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(decided, subjects)) == [decided(subject) for subject in subjects]


def test_threads_that_ask_first_get_the_same_answers() -> None:
    policy = attrs.evolve(STATE)
    barrier = Barrier(8)

    def ask(number: int) -> list[dict[str, Any]]:
        barrier.wait()
        return [written(evaluate(policy, subject)) for subject in (REQUEST, ACCOUNT)]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert answers == [[written(evaluate(STATE, s)) for s in (REQUEST, ACCOUNT)]] * 8


def test_threads_that_look_at_one_decision_see_the_same_reasons() -> None:
    decision = evaluate(STATE, REQUEST)
    barrier = Barrier(8)

    def look(number: int) -> dict[str, Any]:
        barrier.wait()
        return written(decision)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(look, range(8)))
    assert answers == [written(evaluate(STATE, REQUEST))] * 8
