# SPDX-License-Identifier: MIT
"""Cases that reach all that there is to reach of a policy, as a person would write them."""
