# SPDX-License-Identifier: MIT
"""What can be said of policies beside one decision: how they differ and what they inherit."""
