# SPDX-License-Identifier: MIT
"""Rosters of accounts, their reviews and random samples."""
