# SPDX-License-Identifier: MIT
"""Makes a policy of the profiles of a chain: tables and rules become checks, names are bound."""
