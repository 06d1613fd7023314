# SPDX-License-Identifier: MIT
"""The written form: what people wrote, with its place, before names get their meaning."""
