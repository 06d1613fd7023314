# SPDX-License-Identifier: MIT
"""Records and logs of the decisions on all shipped worked cases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from caljobs_policy import (
    Decision,
    DecisionRecord,
    Policy,
    Subject,
    evaluate,
    fields,
    subject_to_dict,
)
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import cases_in, profile_cases
from caljobs_policy.loader.documents import read_documents
from caljobs_policy.loader.folders import profile_names
from caljobs_policy.subjects.facts import subject_key


def decisions(profile: str) -> Iterator[Decision]:
    for path in profile_cases(profile):
        for _, case in cases_in(read_documents(path.read_text("utf-8"), str(path))):
            assert isinstance(case, Case)
            yield evaluate(case.policy, case.subject, case.at)


def private_texts(policy: Policy, subject: Subject) -> list[str]:
    """Return the personal data that a subject states."""
    key = subject_key(subject)
    kind = key if key.startswith("record/") else key.partition("/")[0]
    stated = subject_to_dict(subject, private=True)
    return [
        text
        for field in fields(kind, policy)
        if field.private and isinstance(text := at_path(stated, field.path), str) and text.strip()
    ]


def at_path(stated: Any, path: str) -> Any:
    for key in path.split("."):
        stated = stated.get(key) if isinstance(stated, dict) else None
    return stated


@pytest.mark.parametrize("profile", profile_names())
def test_records_are_read_back_and_logs_hold_no_personal_data(profile: str) -> None:
    private = 0
    for decision in decisions(profile):
        for record in (decision.record(), decision.record(private=True)):
            stored = json.loads(json.dumps(record.to_dict()))
            again = DecisionRecord.from_dict(stored)
            assert again == record
            assert again.to_dict() == stored
        logged = json.dumps(decision.to_log())
        unnamed = json.dumps(decision.record().to_dict())
        for text in private_texts(decision.policy, decision.subject):
            private += 1
            assert text not in logged
            assert text not in unnamed
    assert private
