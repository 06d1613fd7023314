# SPDX-License-Identifier: MIT
"""The query about a table is valid SQL for databases that no test can reach."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import ibis
import polars as pl
import pytest
import sqlglot

from caljobs_policy import load_policy
from caljobs_policy.dates.durations import in_zone
from caljobs_policy.doors.warehouse_answers import _flattened, _query, _remote
from caljobs_policy.engines.columns.layout import layout_of
from caljobs_policy.engines.warehouse.findings import findings_of
from caljobs_policy.engines.warehouse.query import Query
from caljobs_policy.engines.warehouse.table import RemoteTable, Source
from caljobs_policy.engines.warehouse.values import Reader
from caljobs_policy.subjects.fields import Kind

DIALECTS: Final = {"bigquery": "bigquery", "pyspark": "spark", "snowflake": "snowflake"}
"""The dialects of Ibis with their names in sqlglot."""
TYPES: Final = {
    Kind.FLAG: "boolean",
    Kind.COUNT: "int64",
    Kind.DAY: "date",
    Kind.TIME: "timestamp",
    Kind.DAY_OR_TIME: "timestamp('UTC')",
    Kind.WORDS: "array<string>",
}


def one_value(expression: Any) -> Any:
    """Answer as a database would in which each column has one value."""
    return pl.DataFrame({name: ["sample"] for name in expression.columns}).to_arrow()


class Backend:
    """What Ibis has for a database that is not there."""

    def __init__(self, name: str) -> None:
        self.name = name

    def has_operation(self, operation: Any) -> bool:
        return True


@pytest.mark.parametrize(
    ("dialect", "profile", "key"),
    [
        *((dialect, "state", "account") for dialect in DIALECTS),
        ("snowflake", "slo_county", "record/participant"),
        ("pyspark", "state", "office"),
        ("bigquery", "slo_county", "record/case_note"),
    ],
)
def test_every_query_can_be_parsed(dialect: str, profile: str, key: str) -> None:
    policy = load_policy(profile, date(2025, 6, 2))
    layout = layout_of(policy, key)
    schema = {name: TYPES.get(holds.kind, "string") for name, holds in layout.columns}
    table = ibis.table({"number": "int64", **schema}, name="accounts")
    remote = _remote(table, _flattened(table), layout, ["number"], one_value)
    reader = Reader(policy, Backend(dialect), lambda: True)
    source = Source(Query(remote.table, one_value), reader, remote.stating)
    moment = in_zone(datetime(2025, 6, 2, 9), policy.zone)
    findings = findings_of(policy.plans[key], RemoteTable(policy, layout, source, moment))
    sql = str(ibis.to_sql(_query(remote, findings), dialect=dialect))
    parsed = sqlglot.parse_one(sql, dialect=DIALECTS[dialect])
    assert isinstance(parsed, sqlglot.exp.Select)
    assert "LEFT OUTER JOIN" in sql
