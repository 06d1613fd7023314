# SPDX-License-Identifier: MIT
"""What the sorts of single values are called."""

from __future__ import annotations

from enum import StrEnum


class Sort(StrEnum):
    """A sort of single value, by its name in messages; how it is read is in `single_values`."""

    FLAG = "true or false"
    COUNT = "a whole number"
    DAY = "a date"
    TIME = "a date with time"
    DAY_OR_TIME = "a date, with or without time"
