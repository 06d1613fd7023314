# SPDX-License-Identifier: MIT
"""The reasoning behind a decision, what would turn it, and what to ask first."""
