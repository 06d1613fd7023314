# SPDX-License-Identifier: MIT
"""The command line."""

from caljobs_policy.cli import commands, roster_commands  # noqa: F401  # which add themselves
from caljobs_policy.cli.program import main

__all__ = ["main"]
