# SPDX-License-Identifier: MIT
"""A case: a subject under a policy at a moment, with what is expected of its decision."""

from __future__ import annotations

from datetime import datetime

from attrs import field, frozen

from caljobs_policy.cases.differences import Mismatch, differences
from caljobs_policy.cases.expectation import Expectation
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import Subject


@frozen
class Case:
    """A subject that was read and checked, ready to be evaluated."""

    title: str | None
    policy: Policy
    subject: Subject
    at: datetime
    expect: Expectation | None
    place: Place = field(default=Place(), eq=False)

    def differences(self, decision: Decision) -> tuple[Mismatch, ...]:
        """Return how a decision differs from what is expected."""
        return differences(self.expect, decision) if self.expect else ()
