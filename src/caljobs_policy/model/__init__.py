# SPDX-License-Identifier: MIT
"""The terms of the field: subjects, facts, conditions, profiles, policies and decisions."""
