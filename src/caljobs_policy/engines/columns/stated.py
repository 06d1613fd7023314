# SPDX-License-Identifier: MIT
"""What the cells of one column state, as far as whole columns are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
from attrs import frozen

from caljobs_policy.engines.columns.cells import Values
from caljobs_policy.errors.collecting import UnreadableError


@frozen(eq=False)
class Stated:
    """What the cells of a column state."""

    value: Values
    """Null where nothing is stated, or nothing that can be read here."""
    bad: Values
    """Where a cell has to be read, and perhaps refused, row by row."""
    micros: Values | None = None
    lists: tuple[tuple[str, ...], ...] = ()


def kept(column: Values, good: Values) -> Stated:
    """Keep the good cells of a column."""
    bad = column.is_not_null() & ~good.fill_null(value=False)
    return Stated(column.set(bad, None) if bad.any() else column, bad)


def read_each(column: pl.Series, read: Callable[[Any], Any]) -> dict[Any, Any]:
    """Return what each value of a column is read as; one that is refused is left out."""
    found = {}
    for value in column.drop_nulls().unique().to_list():
        try:
            found[value] = read(value)
        except UnreadableError:
            continue
    return found
