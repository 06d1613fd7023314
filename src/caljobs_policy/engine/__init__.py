# SPDX-License-Identifier: MIT
"""The engines: one compiled policy, several ways to find out which of its checks are not met."""

from caljobs_policy.engine.decide import ENGINES, check_asked, evaluate, outcome_without

__all__ = ["ENGINES", "check_asked", "evaluate", "outcome_without"]
