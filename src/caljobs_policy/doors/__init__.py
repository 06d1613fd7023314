# SPDX-License-Identifier: MIT
"""What programs use: deciding in one call, a store of policies, and what a form has to know."""
