# SPDX-License-Identifier: MIT
"""The codes that say no more than what a problem is about."""

from __future__ import annotations

from typing import Final

from caljobs_policy.errors.codes import Code

GENERAL: Final = frozenset(
    code for code in Code if code is Code.OTHER or code.value.startswith("bad-")
)
