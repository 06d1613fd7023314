# SPDX-License-Identifier: MIT
"""Reads what people wrote: profiles and cases."""
