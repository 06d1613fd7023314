# SPDX-License-Identifier: MIT
"""Reads profiles: from bytes to nodes, from nodes to what people wrote."""
