# SPDX-License-Identifier: MIT
"""The engine on generated Python: one function for each plan, written when it is first needed."""

from caljobs_policy.engines.native.writer import function_for, verdict

__all__ = ["function_for", "verdict"]
