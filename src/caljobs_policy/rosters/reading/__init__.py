# SPDX-License-Identifier: MIT
"""The reading of rosters: tables of comma-separated values, and JSON lines."""
