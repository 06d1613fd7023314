# SPDX-License-Identifier: MIT
"""Worked cases: read, compared with what they expect, and inherited from the profiles above."""
