# SPDX-License-Identifier: MIT
"""Decisions and policies as people read them, and as programs do."""
