# SPDX-License-Identifier: MIT
"""Tables of Ibis in DuckDB, as some versions of Ibis cannot create a table there."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import ibis
import polars as pl

from caljobs_policy import decide_columns
from tests.samples.tables import Tables

ROW: Final = "row number"


@cache
def connection() -> Any:
    return ibis.duckdb.connect()


def in_duckdb(frame: pl.DataFrame, name: str = "sample") -> Any:
    """Return a table with the rows of a frame."""
    connection().con.register(name, frame.to_arrow())
    return connection().table(name)


def of_duckdb(tables: Tables, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the answers about the rows of a frame, found in DuckDB, in their order."""
    table = in_duckdb(frame.with_row_index(ROW))
    found = decide_columns(tables.policy, table, tables.at, kind=tables.key, key=ROW)
    return found.sort(ROW).drop(ROW)
