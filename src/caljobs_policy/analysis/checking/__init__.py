# SPDX-License-Identifier: MIT
"""`check`: what is wrong with profiles, or doubtful, though they can be read."""
