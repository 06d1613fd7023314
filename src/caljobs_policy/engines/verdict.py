# SPDX-License-Identifier: MIT
"""What an engine finds: checks that are not met, or of which it can't be told, and answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias

from caljobs_policy.policy.conditions import Condition
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Plan
from caljobs_policy.subjects.facts import Fact, Subject

Verdict: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]
"""The numbers of a plan's checks that are not met, and of those that an unknown fact decides."""
Engine: TypeAlias = Callable[[Policy, Plan, Subject, datetime | None], Verdict]
Question: TypeAlias = Condition | Fact
"""What reasons ask about a subject: whether a condition holds, or what a fact holds."""
Answering: TypeAlias = Callable[[Subject, datetime | None], tuple[Any, ...]]
"""Answers some questions about a subject at a moment, in their order."""


def settled(plan: Plan, verdict: Verdict) -> Outcome | None:
    """Return the outcome that a verdict comes to, None where unknown facts could change it."""
    hits, unsure = verdict
    if hits and hits[0] < plan.exemptions:
        return Outcome.OUT_OF_SCOPE
    weight = max((plan.weights[n] for n in hits), default=0)
    return None if any(plan.weights[n] > weight for n in unsure) else plan.outcomes[weight]
