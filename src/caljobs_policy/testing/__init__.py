# SPDX-License-Identifier: MIT
"""Tools for testing profiles, and programs that use them; what needs the extra `testing` says so.

Importing it stays light, as pytest does so in every suite.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caljobs_policy.testing.expecting import assert_decision as assert_decision


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    if name != "assert_decision":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from caljobs_policy.testing.expecting import assert_decision

    return assert_decision
