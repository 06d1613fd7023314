# SPDX-License-Identifier: MIT
"""The engine on generated Python: functions of plans, each written when it is first needed."""

from caljobs_policy.engines.native.answers import answering
from caljobs_policy.engines.native.verdicts import function_for, verdict

__all__ = ["answering", "function_for", "verdict"]
