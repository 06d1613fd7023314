# SPDX-License-Identifier: MIT
"""Reads rosters of accounts: tables of comma-separated values, and JSON lines."""
