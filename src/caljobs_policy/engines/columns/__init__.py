# SPDX-License-Identifier: MIT
"""The engine on columns: one plan over all rows of a table at once; needs the extra `columns`."""
