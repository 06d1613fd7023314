# SPDX-License-Identifier: MIT
"""Tables of Ibis have the answers of their rows, and what is wrong with them is told."""

from __future__ import annotations

from datetime import date, datetime
from threading import Barrier, Thread, current_thread
from typing import Any

import ibis
import polars as pl
import pytest

from caljobs_policy import EngineError, Policy, SubjectError, decide_columns, load_policy
from caljobs_policy.doors import warehouse_answers
from caljobs_policy.doors.column_answers import answers_of
from caljobs_policy.engines.warehouse import query
from tests.samples.accounts import AT, accounts
from tests.samples.databases import connection, in_duckdb


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("state", AT.date())


def frame(**cells: list[Any]) -> pl.DataFrame:
    """Return accounts, each with a number."""
    return accounts(**cells).with_row_index("number").cast({"number": pl.Int64})


def assert_same(policy: Policy, rows: pl.DataFrame, **more: Any) -> pl.DataFrame:
    """Hold that a table in DuckDB and one of Arrow have the same answers, and return them."""
    expected = decide_columns(policy, rows.to_arrow(), AT, key="number", **more)
    found = decide_columns(policy, in_duckdb(rows), AT, key="number", **more).sort("number")
    assert found.equals(expected)
    return found


def test_answers_stand_beside_the_columns_that_tell_rows_apart(policy: Policy) -> None:
    rows = frame(username=["one", "two"])
    found = decide_columns(policy, in_duckdb(rows), AT, key=["username", "number"])
    assert found.columns[:3] == ["username", "number", "outcome"]
    assert sorted(found["username"]) == ["one", "two"]
    assert decide_columns(policy, rows, AT, key="username").columns[:2] == ["username", "outcome"]


def test_only_rows_that_cannot_be_told_there_are_fetched(
    policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided: list[int] = []

    def singly(policy: Policy, table: Any, at: Any, key: str) -> pl.DataFrame:
        decided.append(table.num_rows)
        return answers_of(policy, table, at, key)

    monkeypatch.setattr(warehouse_answers, "answers_of", singly)
    assert_same(policy, frame(status=["deactivated", "actve", None, "deactivated"]))
    assert decided == [2]


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("status", ["activ", "active", None]),
        ("status", [7, 8, None]),
        ("created_on", ["2025-05-01", "June 2025", None]),
        ("created_on", [datetime(2025, 5, 1), datetime(2025, 5, 1, 12), None]),
        ("created_on", [date(1, 1, 1), date(9999, 12, 31), date(1969, 12, 31)]),
        ("personal_device_used", ["false", "true", None]),
        ("personal_device_used", [1, 0, None]),
        ("username", ["", "  ", "\u00a0"]),
        ("staff.privileges", ["view", "VIEW ", "a\x1fb"]),
        ("staff.privileges", [["VIEW"], [], [None, "view"]]),
        ("staff.privileges", [["a\x1fb"], [""], None]),
        ("staff.privileges", [[1], [2], None]),
        ("temporary_password.issued_at", ["2025-06-01T12:00", "2025-06-01", None]),
        (
            "temporary_password.issued_at",
            [datetime(2025, 3, 9, 2, 30), datetime(2024, 11, 3, 1, 30), datetime(1950, 1, 1)],
        ),
        ("temporary_password.issued_at", [datetime(2025, 6, 1), None, datetime(2040, 1, 1)]),
        ("separated_on", [datetime(2025, 6, 1), datetime(2025, 6, 1, 10), datetime(1950, 1, 1)]),
        ("colour", ["red", None, ""]),
        ("status|null", [True, False, None]),
        ("staff.training_completed_on|null", [True, False, None]),
        ("shared|unknown", [True, False, None]),
        ("shared|unknown", ["yes", None, "no"]),
        ("shared", [None, None, None]),
        ("staff", [{"employer": "county"}, {"employer": "contry"}, None]),
        ("type", ["account", None, "office"]),
    ],
)
def test_cells_of_any_kind_are_read_as_in_a_table_of_arrow(
    policy: Policy, name: str, cells: list[Any]
) -> None:
    assert_same(policy, frame(**{name: cells}))


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Kathmandu"])
def test_times_with_an_offset_are_told_or_fetched_whatever_the_session_takes_for_local(
    policy: Policy, zone: str
) -> None:
    times = pl.Series([datetime(2025, 6, 1, 23, 59, 59, 999_999), datetime(2025, 1, 1), None])
    rows = frame(**{"temporary_password.issued_at": [None] * 3}).with_columns(
        times.dt.replace_time_zone("UTC").alias("temporary_password.issued_at")
    )
    connection().raw_sql(f"SET TimeZone = '{zone}'")
    try:
        assert_same(policy, rows)
    finally:
        connection().raw_sql("SET TimeZone = 'UTC'")


@pytest.mark.parametrize(
    "accounts", [[2.0, float("nan"), 2.5], [1, 10**18, -1], [None, None, None]]
)
def test_numbers_are_read_as_in_a_table_of_arrow(policy: Policy, accounts: list[Any]) -> None:
    rows = pl.DataFrame({"number": range(3), "accounts": accounts})
    assert_same(policy, rows, kind="office")
    whole = rows.with_columns(pl.col("accounts").cast(pl.Decimal(38, 0), strict=False))
    assert_same(policy, whole, kind="office")


def test_requests_of_their_own_days_and_kinds_without_rules_are_decided(policy: Policy) -> None:
    rows = pl.DataFrame({"number": [1, 2], "submitted_on": [date(2025, 6, 2), None]})
    expected = decide_columns(policy, rows.to_arrow(), kind="request/create", key="number")
    table = in_duckdb(rows)
    assert decide_columns(policy, table, kind="request/create", key="number").equals(expected)
    assert_same(policy, rows.select("number"), kind="record/closure")


def test_a_table_without_rows_has_answers_without_rows(policy: Policy) -> None:
    assert assert_same(policy, frame(status=["active"]).clear()).height == 0


@pytest.mark.parametrize("kind", ["account", "office"])
def test_rows_that_state_no_fact_have_answers(policy: Policy, kind: str) -> None:
    rows = pl.DataFrame({"number": [1, 2]})
    found = assert_same(policy, rows, kind=kind)
    blank = pl.DataFrame({"number": [1, 2], "status": [None, None], "accounts": [None, None]})
    only = "status" if kind == "account" else "accounts"
    assert found.equals(
        decide_columns(policy, blank[["number", only]], AT, kind=kind, key="number")
    )


def test_columns_of_many_values_are_fetched(
    policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "MOST_DISTINCT", 1)
    assert_same(policy, frame(**{"staff.privileges": [["view"], ["cash"], []]}))


def test_a_table_of_ibis_takes_a_key_that_it_has(policy: Policy) -> None:
    table = in_duckdb(frame(status=["active"]))
    with pytest.raises(TypeError, match="`key` takes the columns that tell the rows"):
        decide_columns(policy, table, AT)
    with pytest.raises(TypeError, match="`key` takes the name of a column"):
        decide_columns(policy, table, AT, key=7)  # type: ignore[arg-type]
    with pytest.raises(SubjectError, match=r"no column `numbr`\n  help: did you mean `number`"):
        decide_columns(policy, table, AT, key="numbr")
    renamed = table.rename(outcome="number")
    with pytest.raises(SubjectError, match="have a column `outcome` of their own"):
        decide_columns(policy, renamed, AT, key="outcome")


def test_two_columns_for_one_fact_are_refused(policy: Policy) -> None:
    table = in_duckdb(frame(staff=[{"training_completed_on": None}]))
    with pytest.raises(SubjectError, match="two columns of the table state the same fact"):
        decide_columns(policy, table, AT, key="number")


def test_a_table_of_no_database_is_refused(policy: Policy) -> None:
    table = ibis.table({"number": "int64"}, name="nowhere")
    with pytest.raises(EngineError, match="belongs to no database"):
        decide_columns(policy, table, AT, key="number")


def test_a_database_that_fails_is_told_with_its_cause(policy: Policy) -> None:
    connection().raw_sql(
        "CREATE OR REPLACE VIEW broken AS SELECT 1 AS number, error('Doe') AS status"
    )
    with pytest.raises(EngineError, match="the database of the table cannot run") as caught:
        decide_columns(policy, connection().table("broken"), AT, key="number")
    assert "Doe" not in str(caught.value)
    assert "Doe" in str(caught.value.__cause__)


@pytest.mark.parametrize("chosen", [True, False])
def test_threads_that_decide_at_once_leave_the_options_of_ibis_as_they_are(
    policy: Policy, monkeypatch: pytest.MonkeyPatch, *, chosen: bool
) -> None:
    both, seen, backend = Barrier(2), [], type(connection())
    usual = backend.to_pyarrow

    def fetched(self: Any, expression: Any) -> Any:
        # One thread asks as long as the other does, and is done before it.
        both.wait(60)
        seen.append(ibis.options.sql.fuse_selects)
        if current_thread().name == "later":
            first.join(60)
        return usual(self, expression)

    def ask() -> None:
        found.append(decide_columns(policy, table, AT, kind="office", key="number"))

    monkeypatch.setattr(ibis.options.sql, "fuse_selects", chosen)
    monkeypatch.setattr(backend, "to_pyarrow", fetched)
    table = in_duckdb(pl.DataFrame({"number": [1]}))
    found: list[pl.DataFrame] = []
    first, later = Thread(target=ask, name="first"), Thread(target=ask, name="later")
    for thread in (first, later):
        thread.start()
    later.join(60)
    assert [one.height for one in found] == [1, 1]
    assert seen == [chosen, chosen]
    assert ibis.options.sql.fuse_selects is chosen
