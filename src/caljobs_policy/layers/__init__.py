# SPDX-License-Identifier: MIT
"""Local profiles over those above: what they change and loosen, and by what authority."""
