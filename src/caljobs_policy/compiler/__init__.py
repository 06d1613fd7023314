# SPDX-License-Identifier: MIT
"""Makes the policy in force on a day out of the profiles of a chain."""

from caljobs_policy.compiler.build import compile_policy, sketch_policy
from caljobs_policy.compiler.chain import Layer

__all__ = ["Layer", "compile_policy", "sketch_policy"]
