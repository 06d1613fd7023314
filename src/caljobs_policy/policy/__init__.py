# SPDX-License-Identifier: MIT
"""What applies in one jurisdiction on one day: outcomes, conditions, rules, and the policy."""
