# SPDX-License-Identifier: MIT
"""What decisions cost, each beside a function written by hand that gives the same answer."""
