# SPDX-License-Identifier: MIT
"""Times of Spark that have an offset, which Ibis takes for what local clocks show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import ibis
import ibis.expr.datatypes as dt

from caljobs_policy.engines.warehouse.query import Fetch, frame_from
from caljobs_policy.errors.exceptions import EngineError
from caljobs_policy.errors.problems import Problem

SPARK: Final = "pyspark"
"""What Ibis calls it."""
_INSTANT: Final = "timestamp"
"""What Spark calls a time with an offset; one without is a `timestamp_ntz`."""
_SOME: Final = tuple(datetime(2001, month, 1, tzinfo=UTC) for month in (1, 7))
_ZONE: Final = Problem(
    "the session of Spark does not show times in UTC",
    help="set `spark.sql.session.timeZone` to `UTC`, as Ibis does when it connects",
)


@ibis.udf.scalar.builtin(name="typeof", signature=((dt.timestamp,), dt.string))  # type: ignore[untyped-decorator]
def _typeof(time: Any) -> Any:
    """Return what Spark calls the type of a time."""


def spark_instants(table: Any, columns: Mapping[str, Any], fetch: Fetch) -> dict[str, Any]:
    """Return those of some columns that hold times with an offset, with a type that says so.

    Raises an `EngineError` if the session shows them as clocks elsewhere do.
    """
    times = {
        name: column
        for name, column in columns.items()
        if column.type().is_timestamp() and column.type().timezone is None
    }
    if not times:
        return {}
    asked = table.select(**{f"t{n}": _typeof(one) for n, one in enumerate(times.values())})
    # A table without rows has no times either.
    types = [kind for row in frame_from(fetch(asked.limit(1))).rows() for kind in row]
    found = [name for name, kind in zip(times, types, strict=False) if kind == _INSTANT]
    if found:
        _check_zone(fetch)
    return {name: times[name].cast("timestamp('UTC')") for name in found}


def _check_zone(fetch: Fetch) -> None:
    told = [ibis.literal(int(one.timestamp())).as_timestamp("s") for one in _SOME]
    shown = {f"t{n}": one.cast("timestamp('UTC')") for n, one in enumerate(told)}
    (row,) = frame_from(fetch(ibis.literal(0).name("one").as_table().select(**shown))).rows()
    if row != _SOME:
        raise EngineError(_ZONE)
