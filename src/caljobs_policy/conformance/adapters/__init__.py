# SPDX-License-Identifier: MIT
"""What stands between us and a foreign system: a function, a command or a URL."""
