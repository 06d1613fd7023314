# SPDX-License-Identifier: MIT
"""What programs use: one call that decides, a store of policies, and what a form has to know."""
