# SPDX-License-Identifier: MIT
"""The engines: one compiled policy, several ways to find out which of its checks are not met."""
