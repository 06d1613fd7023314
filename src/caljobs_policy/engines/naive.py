# SPDX-License-Identifier: MIT
"""The naive engine: the meaning of conditions applied to one check after another."""

from __future__ import annotations

from datetime import datetime

from caljobs_policy.engines.verdict import Verdict
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check, Plan
from caljobs_policy.policy.truth import Leaf, all_of, denied, leaf_from, truth
from caljobs_policy.subjects.facts import Subject
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
