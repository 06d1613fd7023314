# SPDX-License-Identifier: MIT
"""Policies on fully known subjects as formulas, whose models become real subjects."""

from caljobs_policy.errors.extras import lacking

_problem = lacking("`caljobs_policy.analysis.formulas`", "analysis")
if _problem:
    raise ImportError(str(_problem))
