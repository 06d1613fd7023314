# SPDX-License-Identifier: MIT
"""Work lists and samples as tables, values, pages and calendars."""
