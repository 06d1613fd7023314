# SPDX-License-Identifier: MIT
"""The naive engine: the meaning of conditions applied to one check after another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from caljobs_policy.engines.verdict import Answering, Question, Verdict
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check, Plan
from caljobs_policy.policy.truth import Leaf, all_of, denied, leaf_from, truth
from caljobs_policy.subjects.facts import Fact, Subject
from caljobs_policy.subjects.reader import FactReader
from caljobs_policy.subjects.unknown import Truth


def verdict(policy: Policy, plan: Plan, subject: Subject, at: datetime | None) -> Verdict:
    """Find the checks that are not met, and those of which it cannot be told."""
    leaf = leaf_from(FactReader(subject, at, policy.zone), policy.zone)
    results = [violated(check, leaf) for check in plan.checks]
    return (
        tuple(index for index, result in enumerate(results) if result is True),
        tuple(index for index, result in enumerate(results) if result is None),
    )


def violated(check: Check, leaf: Leaf) -> Truth:
    """Return whether a check applies and what it requires does not hold."""
    return all_of([truth(check.when, leaf), denied(truth(check.require, leaf))])


def answering(policy: Policy, plan: Plan, questions: Sequence[Question]) -> Answering:
    """Return what finds the truths of conditions and what facts hold, one after another."""

    def answers(subject: Subject, at: datetime | None) -> tuple[Any, ...]:
        read = FactReader(subject, at, policy.zone)
        leaf = leaf_from(read, policy.zone)
        return tuple(read(one) if isinstance(one, Fact) else truth(one, leaf) for one in questions)

    return answers
