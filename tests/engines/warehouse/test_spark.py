# SPDX-License-Identifier: MIT
"""Tables in Spark are answered as their rows are, where PySpark and Java are installed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import ibis
import polars as pl
import pytest

from caljobs_policy import EngineError, decide_columns, load_policy
from caljobs_policy.engines.warehouse.spark import spark_instants
from tests.samples.databases import ROW
from tests.samples.tables import Tables, assert_alike

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java"),
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def connection() -> Iterator[Any]:
    session = pytest.importorskip("pyspark.sql").SparkSession
    builder = session.builder.master("local[1]").config("spark.ui.enabled", "false")
    # Or Spark thinks for many minutes about the query.
    builder = builder.config("spark.sql.constraintPropagation.enabled", "false")
    connection = ibis.pyspark.connect(builder.getOrCreate())
    yield connection
    connection.disconnect()


def test_times_with_an_offset_are_told_from_those_of_local_clocks(
    connection: Any, tmp_path: Path
) -> None:
    times = pl.Series([datetime(2025, 6, 1, 16, 30), None])
    zoned = {zone: times.dt.replace_time_zone(zone) for zone in ("UTC", "America/Los_Angeles")}
    pl.DataFrame({"local": times, **zoned}).write_parquet(tmp_path / "times.parquet")
    table = connection.read_parquet(tmp_path / "times.parquet", table_name="times")
    columns = {name: table[name] for name in table.columns}
    found = spark_instants(table, columns, connection.to_pyarrow)
    assert found.keys() == zoned.keys()
    rows = pl.DataFrame(connection.to_pyarrow(table.select(**found)))
    assert rows.equals(pl.DataFrame(zoned).with_columns(pl.all().dt.convert_time_zone("UTC")))
    connection.raw_sql("SET spark.sql.session.timeZone = America/Los_Angeles")
    try:
        with pytest.raises(EngineError, match="the session of Spark does not show times in UTC"):
            spark_instants(table, columns, connection.to_pyarrow)
    finally:
        connection.raw_sql("SET spark.sql.session.timeZone = UTC")


@pytest.mark.parametrize(
    ("profile", "key"),
    [("state", "account"), ("state", "office"), ("slo_county", "record/participant")],
)
def test_rows_in_spark_are_decided_as_one_by_one(
    connection: Any, tmp_path: Path, profile: str, key: str
) -> None:
    def of_spark(tables: Tables, frame: Any) -> Any:
        path = tmp_path / "rows.parquet"
        frame.with_row_index(ROW).cast({ROW: int}).write_parquet(path)
        table = connection.read_parquet(path, table_name="rows")
        found = decide_columns(tables.policy, table, tables.at, kind=key, key=ROW)
        return found.sort(ROW).drop(ROW)

    policy = load_policy(profile, date(2025, 6, 2))
    tables = Tables(policy, key, Random(key))  # noqa: S311  # it draws tests
    assert_alike(tables.sample(50, 0.02), tables, of_spark)
