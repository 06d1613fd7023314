# SPDX-License-Identifier: MIT
"""`test --coverage`: what worked cases reach of a profile, and what they don't; needs no solver."""
