# SPDX-License-Identifier: MIT
"""Dates and times: durations, their arithmetic, and business days."""
