# SPDX-License-Identifier: MIT
"""From bytes to nodes: lines, the pieces of a stream, tokens, and the guarded tree."""
