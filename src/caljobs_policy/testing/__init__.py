# SPDX-License-Identifier: MIT
"""Tools for testing policies and programs that use them; needs the extra `testing`."""

from caljobs_policy.errors.extras import lacking

_problem = lacking("`caljobs_policy.testing`", "testing", "hypothesis")
if _problem:
    raise ImportError(str(_problem))
