# SPDX-License-Identifier: MIT
"""What holds in one place on one day: outcomes, conditions, rules, and the policy of all."""
