# SPDX-License-Identifier: MIT
"""Frames of Polars, of what tables of other libraries hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import polars as pl
from attrs import frozen
from polars.exceptions import ComputeError, DuplicateError, PanicException

from caljobs_policy.engines.columns.layout import TWICE, flattened
from caljobs_policy.errors.arguments import wrong
from caljobs_policy.errors.exceptions import EngineError, SubjectError
from caljobs_policy.errors.problems import Problem
from caljobs_policy.subjects.foreign import is_blank

_TAKEN: Final = "a frame of Polars, or a table with an Arrow stream"

_FAILED: Final = Problem(
    "the table cannot be read",
    help="what its library says is the cause of this error; columns need types that Polars has, "
    "such as text, date or number",
)


def is_of_polars(table: Any) -> bool:
    """Return whether a table is a frame of Polars, which tells days from midnights."""
    return isinstance(table, pl.DataFrame | pl.LazyFrame)


def frame_of(table: Any) -> pl.DataFrame:
    """Return a frame that says what a table does, with a column for each fact.

    Raises a `TypeError` where it is no table, a `SubjectError` where two columns have one name, and
    an `EngineError` where its own library fails.
    """
    if isinstance(table, pl.LazyFrame):
        try:
            table = table.collect()
        except (Exception, PanicException) as error:
            # What its files hold is only read now.
            raise EngineError(_FAILED) from error
    if isinstance(table, pl.DataFrame):
        frame = flattened(table)
    else:
        frame = pl.DataFrame([*map(_mended, flattened(_taken_over(table)).iter_columns())])
    # What is not a number marks a blank cell in some libraries.
    return frame.with_columns(pl.col(pl.Float32, pl.Float64).fill_nan(None))


def _taken_over(table: Any) -> pl.DataFrame:
    if not hasattr(table, "__arrow_c_stream__"):
        raise wrong("table", _TAKEN, table)
    if hasattr(table, "items"):
        # A frame of pandas: by way of Arrow, some cells of mixed columns become others.
        return _framed(_of_pandas(str(name), column) for name, column in table.items())
    try:
        return pl.DataFrame(_Stream(table))
    except DuplicateError:
        raise SubjectError([TWICE]) from None
    except (Exception, PanicException) as error:
        # Polars raises whatever it likes where a column has a type that it lacks.
        if not hasattr(table, "column_names"):
            raise EngineError(_FAILED) from error
    named = zip(table.column_names, table.columns, strict=True)
    return _framed(_of_arrow(name, column) for name, column in named)


@frozen
class _Stream:
    """A table as a stream and nothing else, as some versions of Polars look for more."""

    table: Any

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


def _framed(columns: Iterable[pl.Series]) -> pl.DataFrame:
    listed = list(columns)
    if len({column.name for column in listed}) < len(listed):
        raise SubjectError([TWICE])
    return pl.DataFrame(listed)


def _of_pandas(name: str, column: Any) -> pl.Series:
    """Return a column of pandas; one of objects may hold anything."""
    if column.dtype == object:
        return _by_cells(name, column.tolist())
    try:
        return pl.DataFrame(_Stream(column.to_frame())).to_series().alias(name)
    except (Exception, PanicException):
        return _by_cells(name, column.tolist())


def _of_arrow(name: str, column: Any) -> pl.Series:
    try:
        return pl.Series(name, column)
    except (Exception, PanicException):
        return _by_cells(name, column.to_pylist())


def _by_cells(name: str, cells: Iterable[Any]) -> pl.Series:
    listed = [None if is_blank(cell) else cell for cell in cells]
    try:
        return pl.Series(name, listed)
    except Exception:
        return pl.Series(name, listed, dtype=pl.Object)


def _mended(column: pl.Series) -> pl.Series:
    """Return a column without what other libraries write differently, or wrongly."""
    if isinstance(column.dtype, pl.Decimal) and not column.dtype.scale:
        # What a database calls a huge integer arrives as a decimal without places.
        numbers = column.cast(pl.Int64, strict=False)
        return numbers if numbers.null_count() == column.null_count() else column
    if column.dtype == pl.List(pl.String):
        return _decoded(column, pl.List(pl.Binary))
    return _decoded(column, pl.Binary()) if column.dtype == pl.String else column


def _decoded(column: pl.Series, binary: pl.DataType) -> pl.Series:
    """Return a column with bytes in place of texts that are none, which Polars takes on trust."""
    written = column.cast(binary)
    try:
        written.cast(column.dtype)
    except ComputeError:
        return pl.Series(column.name, [*map(_text, written.to_list())], dtype=pl.Object)
    return column


def _text(written: Any) -> Any:
    if isinstance(written, list):
        return [*map(_text, written)]
    try:
        return None if written is None else written.decode()
    except UnicodeDecodeError:
        return written
