# SPDX-License-Identifier: MIT
"""The command line."""

from caljobs_policy.cli import checking, commands, roster_commands  # noqa: F401  # add themselves
from caljobs_policy.cli.program import main

__all__ = ["main"]
