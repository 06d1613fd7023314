# SPDX-License-Identifier: MIT
"""Plain data: frozen mappings, how classes are written as plain data, and how they are shown."""
