# SPDX-License-Identifier: MIT
"""Rows that have the same needs are searched once, and no others are taken for these."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

import polars as pl
import pytest

from caljobs_policy import Decision, Policy, decide_columns, decide_many, load_policy
from caljobs_policy.doors import column_answers
from caljobs_policy.engines.columns.layout import layout_of

AT: Final = datetime(2025, 6, 2, 9)
ROWS: Final = 60
ROW: Final[dict[str, Any]] = {
    "username": "sample",
    "organization": "local_area",
    "status": "active",
    "created_on": date(2025, 1, 10),
    "staff.employer": "county",
    "staff.training_completed_on": date(2025, 1, 10),
    "staff.statement.e1": date(2025, 1, 10),
    "temporary_password.issued_at": datetime(2025, 1, 10, 9),
}


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("state", AT.date())


def table(**cells: list[Any]) -> pl.DataFrame:
    return pl.DataFrame({**{name: [value] * ROWS for name, value in ROW.items()}, **cells})


@pytest.fixture
def decided(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return a list of all rows that are decided one by one."""
    found: list[Any] = []

    def spied(policy: Policy, rows: Any, at: datetime | None) -> Any:
        some = list(rows)
        found.extend(some)
        return decide_many(policy, some, at)

    monkeypatch.setattr(column_answers, "decide_many", spied)
    return found


def test_what_no_open_check_reads_or_what_passes_alike_makes_no_difference(
    policy: Policy, decided: list[Any]
) -> None:
    names = [f"sample-{number}" for number in range(ROWS)]
    days = [date(2025, 5, 1) - timedelta(number) for number in range(ROWS)]
    cells: dict[str, list[Any]] = {
        "username": names,
        "staff.statement.e1": days,
        "staff.training_completed_on": [None] * ROWS,
    }
    found = decide_columns(policy, table(**cells), AT)
    assert len(decided) == 1
    assert {*map(tuple, found["needs"])} == {("account.staff.training_completed_on",)}


def test_rows_that_lack_something_else_have_other_needs(policy: Policy, decided: list[Any]) -> None:
    lacking = table(**{"staff.employer": [None, *["county"] * (ROWS - 1)]})
    day = ROW["staff.training_completed_on"]
    trained = pl.Series([day if number % 2 else None for number in range(ROWS)])
    found = decide_columns(
        policy, lacking.with_columns(trained.alias("staff.training_completed_on")), AT
    )
    assert len(decided) == 2
    assert "account.staff.employer" in found["needs"][0]
    assert "account.staff.employer" not in found["needs"][2]
    assert found["needs"][1].is_empty()


def test_known_dates_beside_an_unknown_one_matter_only_by_what_they_leave_open(
    policy: Policy, decided: list[Any]
) -> None:
    first = [datetime(2025, 1, 10, 9) + timedelta(minutes=number) for number in range(ROWS)]
    late = [*first[1:], datetime(2025, 6, 2, 8)]
    cells: dict[str, list[Any]] = {
        "temporary_password.issued_at": [None] * ROWS,
        "temporary_password.first_login_at": late,
        "temporary_password.changed_at": late,
    }
    found = decide_columns(policy, table(**cells), AT)
    rows = [
        {"account": layout_of(policy, "account").mapping(row)} for row in table(**cells).to_dicts()
    ]
    assert len(decided) < 4
    assert found["needs"].to_list() == [
        [*one.needs] for one in decide_many(policy, rows, AT) if isinstance(one, Decision)
    ]
