# SPDX-License-Identifier: MIT
"""Queries are written in steps that work everything out once, and carry along what is needed."""

from __future__ import annotations

from operator import add
from typing import Any

import ibis
import polars as pl
import pytest

from caljobs_policy.engines.warehouse.steps import (
    Brought,
    Fixed,
    Joined,
    Made,
    Named,
    Node,
    written,
)
from tests.samples.databases import connection, in_duckdb


@pytest.fixture(scope="module")
def table() -> Any:
    return in_duckdb(pl.DataFrame({"a": [1, 2], "b": [10, None], "unused": [0, 0]}), "steps")


def rows(query: Any) -> list[tuple[Any, ...]]:
    return sorted(pl.DataFrame(connection().to_pyarrow(query)).rows())


def test_what_is_used_more_than_once_is_written_once(table: Any) -> None:
    node: Node = Named("a")
    for _ in range(30):
        node = Made(add, [node, node])
    query = written(table, {"doubled": node})
    assert ibis.to_sql(query, dialect="duckdb").count("+") == 30
    assert rows(query) == [(2**30,), (2**31,)]


def test_an_expression_of_any_length_is_cut_into_steps(table: Any) -> None:
    node: Node = Named("a")
    for number in range(2_000):
        node = Made(add, [node, Fixed(number)])
    assert rows(written(table, {"sum": node})) == [(1_999_000 + one,) for one in (1, 2)]


def test_columns_of_joined_tables_are_there_from_the_step_that_joins_them(table: Any) -> None:
    def beside(begins: str, **columns: Any) -> Any:
        named = {f"{begins}{n}": one for n, one in enumerate(columns.values())}
        return ibis.memtable(pl.DataFrame(named))

    more = Made(add, [Named("a"), Fixed(1)])
    first = Brought(Joined([more], beside("x", keys=[2, 3], found=[20, 30])), "x1")
    second = Brought(Joined([first, Named("a")], beside("y", k=[20, 30], l=[1, 1], m=[7, 8])), "y2")
    outputs: dict[str, Node] = {
        "more": more,
        "first": first,
        "second": second,
        "b": Named("b"),
        "one": Fixed(1),
    }
    assert rows(written(table, outputs)) == [(2, 20, 7, 10, 1), (3, 30, None, None, 1)]


def test_what_is_not_needed_is_not_carried_along(table: Any) -> None:
    both = Made(add, [Named("a"), Named("b")])
    sql = ibis.to_sql(written(table, {"sum": Made(add, [both, both])}), dialect="duckdb")
    assert "unused" not in sql
    assert list(written(table, {"b": Named("b")}).columns) == ["b"]
