# SPDX-License-Identifier: MIT
"""Decisions with their reasons: what is wrong, what is needed, and what is due when."""

from caljobs_policy.decisions.evaluation import ENGINES, check_asked, evaluate, outcome_without

__all__ = ["ENGINES", "check_asked", "evaluate", "outcome_without"]
