# SPDX-License-Identifier: MIT
"""Hypothesis strategies for subjects and policies; needs the extra `testing`."""

from caljobs_policy.errors.extras import lacking

_problem = lacking("`caljobs_policy.testing.strategies`", "testing", "hypothesis")
if _problem:
    raise ImportError(str(_problem))

from caljobs_policy.testing.strategies.fitting import subjects as subjects  # noqa: E402
