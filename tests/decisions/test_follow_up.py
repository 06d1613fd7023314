# SPDX-License-Identifier: MIT
"""Who has to do what for whom; nobody owes a duty to themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from caljobs_policy import UNKNOWN, Request, Requestor, evaluate
from caljobs_policy.subjects.unknown import Maybe
from tests.samples.profiles import sample_policy

TABLES = """
routing:
  branch: {requestors: anyone, coordinator: desk, clauses: [SAMPLE-1/a]}
  partner: {requestors: anyone, coordinator: auditor, clauses: [SAMPLE-1/a]}
duties:
  answer:
    about: request/create
    who: coordinator
    what: Answer.
    to: requestor
    cc: [requestor, auditor]
    clauses: [SAMPLE-1/a]
  ask:
    about: request/create
    who: requestor
    what: Ask.
    to: auditor
    clauses: [SAMPLE-1/b]
  tell:
    about: request/create
    who: coordinator
    what: Tell.
    to: boss
    cc: [auditor, requestor]
    clauses: [SAMPLE-1/c]
"""
ANSWER = ("desk", "requestor", ("requestor", "auditor"))
ASK = ("requestor", "auditor", ())


@pytest.mark.parametrize(
    ("organization", "role", "duties"),
    [
        ("branch", "boss", [ANSWER, ASK, ("desk", "boss", ("auditor", "requestor"))]),
        ("branch", "desk", [ASK, ("desk", "boss", ("auditor",))]),
        ("branch", "auditor", [ANSWER, ("desk", "boss", ("auditor", "requestor"))]),
        ("partner", "auditor", [("auditor", "boss", ())]),
        ("branch", UNKNOWN, [ANSWER, ASK, ("desk", "boss", ("auditor", "requestor"))]),
    ],
)
def test_requestor_in_the_role_of_the_other_party_owes_and_is_owed_nothing(
    tmp_path: Path,
    organization: str,
    role: Maybe[str],
    duties: list[tuple[str, str, tuple[str, ...]]],
) -> None:
    request = Request(type="create", organization=organization, requestor=Requestor(role=role))
    decision = evaluate(sample_policy(tmp_path, TABLES), request)
    assert [(duty.who, duty.to, duty.cc) for duty in decision.duties] == duties
