# SPDX-License-Identifier: MIT
"""A policy with what it was made from, against which a profile below it is judged."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from caljobs_policy.compiler.chain import Chain
from caljobs_policy.compiler.plan_context import PlanContext
from caljobs_policy.compiler.vocabulary import Vocabulary
from caljobs_policy.policy.policy import Policy


@frozen
class Built:
    """A policy, its chain and the names that its entries refer to."""

    policy: Policy
    chain: Chain
    vocabulary: Vocabulary
    contexts: Mapping[str, PlanContext]
    """By sort of subject, what the plan was made with."""
