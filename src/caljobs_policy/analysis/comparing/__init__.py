# SPDX-License-Identifier: MIT
"""Two policies compared: what is written differently, and what that does to whom."""
