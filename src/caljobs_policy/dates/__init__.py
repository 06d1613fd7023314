# SPDX-License-Identifier: MIT
"""Time alone: days, months, hours, and the days on which offices are open."""
