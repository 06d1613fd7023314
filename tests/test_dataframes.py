# SPDX-License-Identifier: MIT
"""Rows of tables of pandas and Polars are decided, whatever the types of their columns."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any, Final

import pytest

from caljobs_policy import (
    UNKNOWN,
    Account,
    Decision,
    Office,
    Policy,
    Staff,
    Subject,
    SubjectError,
    decide,
    decide_many,
    evaluate,
    load_policy,
)


def imported(name: str) -> Any:
    """Import a library, without which the tests are skipped, but not in CI."""
    return import_module(name) if "CI" in os.environ else pytest.importorskip(name)


pd: Final = imported("pandas")
np: Final = imported("numpy")
pl: Final = imported("polars")
AT: Final = datetime(2025, 6, 2, 9)
PACIFIC: Final = "America/Los_Angeles"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("state", AT.date())


def decided(
    policy: Policy, rows: Iterable[Mapping[str, Any]], kind: str = "account", **more: Any
) -> list[Subject | list[str]]:
    """Decide rows, and return the subject of each, or the pointers to what is wrong with it."""
    found: list[Subject | list[str]] = []
    for one in decide_many(policy, ({kind: row} for row in rows), AT, **more):
        if isinstance(one, Decision):
            assert one == evaluate(policy, one.subject, AT)
            found.append(one.subject)
        else:
            found.append([problem.pointer for problem in one.problems])
    return found


FRAME: Final = pd.DataFrame(
    {
        "username": ["one", None, "three", "four"],
        "organization": pd.Categorical(["local_area", None, "local_area", "local_areaa"]),
        "status": pd.array(["active", "active", pd.NA, "active"], dtype="string"),
        "created_on": pd.to_datetime(["2025-01-02", None, "2025-01-03", "2025-01-04"]),
        "shared": pd.array([True, pd.NA, False, False], dtype="boolean"),
    }
)
ACCOUNTS: Final = [
    Account(
        username="one",
        organization="local_area",
        status="active",
        created_on=date(2025, 1, 2),
        shared=True,
    ),
    Account(status="active"),
    Account(username="three", organization="local_area", created_on=date(2025, 1, 3), shared=False),
    ["/organization"],
]


class TestRowsOfPandas:
    def test_blank_cells_are_left_out_and_a_bad_row_is_told_alone(self, policy: Policy) -> None:
        records = FRAME.to_dict("records")
        assert decided(policy, records, none_is_blank=True) == ACCOUNTS
        named = [row._asdict() for row in FRAME.itertuples(index=False)]
        assert decided(policy, named) == ACCOUNTS
        cells = [dict(zip(FRAME.columns, row, strict=True)) for row in FRAME.to_numpy()]
        assert decided(policy, cells) == ACCOUNTS

    def test_none_says_that_there_is_none_unless_it_is_blank(self, policy: Policy) -> None:
        days = pd.DataFrame({"created_on": [date(2025, 1, 2), None]}).to_dict("records")
        known, none = Account(created_on=date(2025, 1, 2)), Account(created_on=None)
        assert decided(policy, days) == [known, none]
        assert decided(policy, days, none_is_blank=True) == [known, Account()]

    @pytest.mark.parametrize("dtype", ["float64", "Int64", "float32", "object"])
    def test_whole_numbers_are_counts_in_columns_of_any_type(
        self, policy: Policy, dtype: str
    ) -> None:
        column = pd.Series([3, None, 4], dtype=dtype)
        rows = [{"accounts": cell} for cell in column]
        expected = [Office(accounts=3), Office(), Office(accounts=4)]
        assert decided(policy, rows, "office", none_is_blank=True) == expected

    def test_times_keep_their_zone_and_fraction(self, policy: Policy) -> None:
        naive = pd.to_datetime(["2025-06-01 09:00:00.25", None])
        rows = [{"temporary_password": {"issued_at": cell}} for cell in naive]
        first, blank = decided(policy, rows)
        assert isinstance(first, Account)
        assert first.temporary_password.issued_at == datetime(2025, 6, 1, 9, 0, 0, 250_000)
        assert blank == Account(temporary_password=first.temporary_password.__class__())
        zoned = naive.tz_localize(PACIFIC)[:1]
        (found,) = decided(policy, [{"temporary_password": {"issued_at": zoned[0]}}])
        assert isinstance(found, Account)
        assert found.temporary_password.issued_at == datetime(2025, 6, 1, 16, 0, 0, 250_000, UTC)

    @pytest.mark.parametrize(
        "cell",
        [
            pd.Timestamp("2025-01-02 10:00"),
            pd.Timestamp("2025-01-02", tz=PACIFIC),
            pd.Period("2025-01-02"),
            pd.Timedelta("1D"),
            pd.Interval(1, 2),
            np.datetime64("2025-01"),
            np.datetime64("2025-01-02T10"),
            np.timedelta64(3, "D"),
            np.array(["2025-01-02", "2025-01-03"], dtype="datetime64[D]"),
            FRAME,
        ],
        ids=lambda cell: type(cell).__name__,
    )
    def test_what_is_no_day_is_told_and_keeps_no_other_row_back(
        self, policy: Policy, cell: Any
    ) -> None:
        rows = [{"created_on": cell}, {"created_on": "2025-01-02"}]
        assert decided(policy, rows) == [["/created_on"], Account(created_on=date(2025, 1, 2))]

    def test_series_is_no_row(self, policy: Policy) -> None:
        rows: list[Any] = [row for _, row in FRAME.iterrows()]
        assert decided(policy, rows) == [[""]] * len(rows)
        found = list(decide_many(policy, rows, AT))
        assert all(isinstance(one, SubjectError) for one in found)

    def test_series_and_arrays_are_lists(self, policy: Policy) -> None:
        several = (np.array(["Cash", "b"]), pd.Series(["Cash", "b"]), pl.Series(["Cash", "b"]))
        rows = [{"staff": {"privileges": cell}} for cell in several]
        assert decided(policy, rows) == [Account(staff=Staff(privileges=("cash", "b")))] * 3


class TestScalarsOfNumPy:
    @pytest.mark.parametrize("unit", ["D", "s", "ms", "us", "ns"])
    def test_midnights_are_days(self, policy: Policy, unit: str) -> None:
        cells = np.array(["2025-01-02", "NaT"], dtype=f"datetime64[{unit}]")
        found = decided(policy, [{"created_on": cell} for cell in cells])
        assert found == [Account(created_on=date(2025, 1, 2)), Account()]

    def test_flags_texts_and_numbers_are_what_they_are(self, policy: Policy) -> None:
        row = {"shared": np.bool_(True), "username": np.str_("one")}
        assert decided(policy, [row]) == [Account(shared=True, username="one")]
        assert decided(policy, [{"shared": np.int64(1)}]) == [["/shared"]]
        assert decided(policy, [{"username": np.int64(1)}]) == [["/username"]]
        numbers = (np.int64(3), np.uint8(3), np.float32(3), np.float64("nan"), np.float64(3.5))
        offices = decided(policy, [{"accounts": one} for one in numbers], "office")
        assert offices == [Office(accounts=3)] * 3 + [Office(), ["/accounts"]]
        assert decided(policy, [{"accounts": np.bool_(True)}], "office") == [["/accounts"]]

    def test_day_of_a_row_picks_the_edition(self) -> None:
        for day in (pd.Timestamp("2020-06-02"), np.datetime64("2020-06-02"), date(2020, 6, 2)):
            found = decide("state", {"request": {"type": "reset", "submitted_on": day}})
            assert found.policy.editions == ("state@2020-02-06",)


class TestRowsOfPolars:
    FRAME: Final = pl.DataFrame(
        {
            "username": ["one", None, "three"],
            "status": pl.Series(["active", None, "actve"], dtype=pl.Categorical),
            "created_on": [date(2025, 1, 2), None, date(2025, 1, 3)],
            "shared": [True, None, False],
            "staff": [{"employer": "county", "duties": ["view_only"]}, {"employer": None}, None],
        }
    )
    EXPECTED: Final = [
        Account(
            username="one",
            status="active",
            created_on=date(2025, 1, 2),
            shared=True,
            staff=Staff(employer="county", duties="view_only"),
        ),
        Account(),
        ["/status"],
    ]

    def test_blank_cells_are_left_out_and_a_bad_row_is_told_alone(self, policy: Policy) -> None:
        for rows in (self.FRAME.rows(named=True), self.FRAME.iter_rows(named=True)):
            assert decided(policy, rows, none_is_blank=True) == self.EXPECTED

    def test_without_the_word_for_it_none_says_that_there_is_none(self, policy: Policy) -> None:
        rows = self.FRAME.select("created_on").rows(named=True)
        first, second, _ = decided(policy, rows)
        assert isinstance(first, Account)
        assert isinstance(second, Account)
        assert (first.created_on, second.created_on) == (date(2025, 1, 2), None)
        assert decided(policy, self.FRAME.rows(named=True))[1] == ["/staff/employer", "/status"]

    def test_numbers_that_are_not_there_are_blank(self, policy: Policy) -> None:
        frame = pl.DataFrame({"accounts": [3.0, float("nan"), None]})
        found = decided(policy, frame.rows(named=True), "office", none_is_blank=True)
        assert found == [Office(accounts=3), Office(), Office()]

    def test_times_keep_their_zone_and_a_time_is_no_day(self, policy: Policy) -> None:
        frame = pl.DataFrame({"at": [datetime(2025, 6, 1, 9)]})
        zoned = frame.with_columns(pl.col("at").dt.replace_time_zone(PACIFIC))
        rows = [{"temporary_password": {"issued_at": row["at"]}} for row in zoned.rows(named=True)]
        (found,) = decided(policy, rows)
        assert isinstance(found, Account)
        assert found.temporary_password.issued_at == datetime(2025, 6, 1, 16, tzinfo=UTC)
        midnight = pl.DataFrame({"created_on": [datetime(2025, 1, 2)]})
        assert decided(policy, midnight.rows(named=True)) == [["/created_on"]]
        days = midnight.with_columns(pl.col("created_on").dt.date())
        assert decided(policy, days.rows(named=True)) == [Account(created_on=date(2025, 1, 2))]


def test_what_is_unknown_stays_so(policy: Policy) -> None:
    assert decided(policy, [{"shared": UNKNOWN}], none_is_blank=True) == [Account(shared=UNKNOWN)]


@pytest.mark.parametrize("table", [FRAME, pl.DataFrame({"status": ["active"]})])
def test_table_is_no_list_of_rows(policy: Policy, table: Any) -> None:
    told = "`rows` takes subjects or mappings, .*, not DataFrame; pass the rows of a table one by"
    with pytest.raises(TypeError, match=told):
        decide_many(policy, table)
