# SPDX-License-Identifier: MIT
"""Tables in Spark are answered as their rows are, where PySpark and Java are installed."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from random import Random

import ibis
import pytest

from caljobs_policy import decide_columns, load_policy
from tests.samples.tables import Tables


@pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java")
@pytest.mark.filterwarnings("ignore")
def test_rows_in_spark_have_the_answers_of_a_table_of_arrow(tmp_path: Path) -> None:
    session = pytest.importorskip("pyspark.sql").SparkSession
    builder = session.builder.master("local[1]").config("spark.ui.enabled", "false")
    connection = ibis.pyspark.connect(builder.getOrCreate())
    try:
        policy = load_policy("state", date(2025, 6, 2))
        tables = Tables(policy, "office", Random(1))  # noqa: S311  # it draws tests
        rows = tables.sample(50, 0.02).frame.with_row_index("number").cast({"number": int})
        rows.write_parquet(tmp_path / "offices.parquet")
        table = connection.read_parquet(tmp_path / "offices.parquet", table_name="offices")
        found = decide_columns(policy, table, tables.at, kind="office", key="number")
        expected = decide_columns(policy, rows, tables.at, kind="office", key="number")
        assert found.sort("number").equals(expected)
    finally:
        connection.disconnect()
