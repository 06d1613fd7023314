# SPDX-License-Identifier: MIT
"""The command line."""

from caljobs_policy.cli.commands import main

__all__ = ["main"]
