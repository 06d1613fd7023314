# SPDX-License-Identifier: MIT
"""Makes the policy in force on a day out of the profiles of a chain."""

from caljobs_policy.compiler.build import compile_policy

__all__ = ["compile_policy"]
