# SPDX-License-Identifier: MIT
"""The command line."""

from caljobs_policy.cli import (  # noqa: F401  # add themselves
    checking,
    commands,
    conforming,
    differing,
    exporting,
    generating,
    roster_commands,
)
from caljobs_policy.cli.program import main

__all__ = ["main"]
