# SPDX-License-Identifier: MIT
"""The engine on columns, asked where a table lies; needs the extra `ibis`."""
