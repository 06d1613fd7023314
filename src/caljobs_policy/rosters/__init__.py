# SPDX-License-Identifier: MIT
"""Rosters of accounts: reviews, and random samples of them."""
