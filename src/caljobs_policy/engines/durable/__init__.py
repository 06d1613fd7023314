# SPDX-License-Identifier: MIT
"""The engine on durable-rules: a Rete network as a second witness of the and/or logic.

The leaves of conditions are computed by the project's own operators, and reach the network as bits.
"""

from __future__ import annotations

from datetime import datetime

from caljobs_policy.engines.verdict import Verdict
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Plan
from caljobs_policy.subjects.facts import Subject


def verdict(policy: Policy, plan: Plan, subject: Subject, at: datetime | None) -> Verdict:
    """Find the checks that are not met, and those of which it cannot be told."""
    from caljobs_policy.engines.durable.program import verdict as find

    return find(policy, plan, subject, at)
