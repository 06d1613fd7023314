# SPDX-License-Identifier: MIT
"""Tables of other libraries are answered as frames of Polars that say the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from importlib import import_module
from typing import Any, Final

import polars as pl
import pytest

from caljobs_policy import (
    EngineError,
    Policy,
    SubjectError,
    decide_columns,
    decide_many,
    load_policy,
)
from caljobs_policy.doors import column_answers

pd: Final = import_module("pandas")
AT: Final = datetime(2025, 6, 2, 9)
ACCOUNTS: Final = pl.DataFrame(
    {
        "username": ["one", "two", "three", "four"],
        "status": ["active", "active", "deactivated", "active"],
        "organization": ["local_area"] * 4,
        "created_on": [date(2025, 5, 1), date(2024, 1, 1), date(2023, 1, 1), None],
        "staff.training_completed_on": [date(2025, 1, 10), None, date(2023, 1, 1), None],
        "staff.employer": ["county"] * 4,
        "staff.privileges": [["view"], ["cash", "view"], [], None],
        "personal_device_used": [False, True, None, False],
        "temporary_password.issued_at": [
            *(datetime(2025, 6, 1, 12), datetime(2025, 5, 30, 8, 30), None),
            datetime(2025, 6, 2, 1),
        ],
        "separated_on": [None, date(2025, 5, 30), None, date(2025, 6, 1)],
        "deactivated_on": [None, None, date(2025, 5, 1), None],
    }
)
OFFICES: Final = pl.DataFrame({"accounts": [2, None, 50], "mis_administrators": [1, 2, None]})
ISSUED: Final = "temporary_password.issued_at"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("state", AT.date())


def assert_same(policy: Policy, table: Any, frame: pl.DataFrame, kind: str = "account") -> None:
    found = decide_columns(policy, table, AT, kind=kind)
    assert found.to_dicts() == decide_columns(policy, frame, AT, kind=kind).to_dicts()
    assert not found["problems"].list.len().sum()


PANDAS: Final[dict[str, Callable[[Any], Any]]] = {
    "as it is": lambda frame: frame,
    "its own types": lambda frame: frame.convert_dtypes(),
    "objects": lambda frame: frame.astype(object),
    "categories": lambda frame: frame.astype({"status": "category", "username": "category"}),
    "midnights": lambda frame: frame.assign(
        created_on=pd.to_datetime(frame["created_on"]),
        separated_on=pd.to_datetime(frame["separated_on"]),
    ),
    "texts": lambda frame: frame.assign(created_on=frame["created_on"].astype("string")),
    "a zone": lambda frame: frame.assign(
        **{ISSUED: frame[ISSUED].dt.tz_localize("America/Los_Angeles").dt.tz_convert("Asia/Tokyo")}
    ),
    "an index": lambda frame: frame.set_index(pd.Index([7, 5, 5, 1])),
}


@pytest.mark.parametrize("form", PANDAS)
def test_frames_of_pandas(policy: Policy, form: str) -> None:
    assert_same(policy, PANDAS[form](pd.DataFrame(ACCOUNTS.to_dicts())), ACCOUNTS)


def test_frames_of_pandas_without_pyarrow(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = pl.DataFrame.__init__

    def lacking(self: pl.DataFrame, data: Any = None, *more: Any, **options: Any) -> None:
        if hasattr(data, "__arrow_c_stream__"):
            raise ModuleNotFoundError
        usual(self, data, *more, **options)

    monkeypatch.setattr(pl.DataFrame, "__init__", lacking)
    assert_same(policy, pd.DataFrame(ACCOUNTS.to_dicts()), ACCOUNTS)


def test_midnights_are_days_in_all_libraries_but_polars(policy: Policy) -> None:
    times = ACCOUNTS.with_columns(pl.col("created_on").cast(pl.Datetime("us")))
    found = decide_columns(policy, times, AT)
    assert [bool(problems) for problems in found["problems"].to_list()] == [True, True, True, False]
    assert_same(policy, Stream(times), ACCOUNTS)
    with_time = times.with_columns(pl.col("created_on").dt.offset_by("90m"))
    rows = [{"account": {"created_on": pd.Timestamp(2025, 5, 1, 1, 30)}}]
    (one,) = decide_many(policy, rows, AT)
    assert isinstance(one, SubjectError)
    said = [str(problem) for problem in one.problems]
    assert decide_columns(policy, Stream(with_time), AT)["problems"].to_list() == [said] * 3 + [[]]


class Stream:
    """A table of another library, which knows Arrow alone."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.frame.__arrow_c_stream__(requested_schema)


class Broken:
    """A table that its own library cannot read."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        raise RuntimeError


@pytest.mark.parametrize("table", [Broken(), ACCOUNTS.lazy().select("colour")])
def test_a_table_that_its_library_cannot_read_is_told(policy: Policy, table: Any) -> None:
    with pytest.raises(EngineError, match=r"the table cannot be read\s+help: .*Polars") as caught:
        decide_columns(policy, table, AT)
    assert caught.value.__cause__ is not None


def test_one_cell_of_another_type_in_a_frame_of_pandas_spoils_no_other(policy: Policy) -> None:
    frame = pd.DataFrame(ACCOUNTS.to_dicts()).astype({"username": object})
    frame.loc[1, "username"] = b"two"
    found = decide_columns(policy, frame, AT)
    usual = decide_columns(policy, ACCOUNTS, AT)
    rows = decide_many(policy, [{"account": {"username": b"two"}}], AT)
    assert found["problems"][1].to_list() == [
        str(problem) for one in rows if isinstance(one, SubjectError) for problem in one.problems
    ]
    assert found.filter(found["problems"].list.len() == 0).equals(usual[[0, 2, 3]])


def test_columns_of_anything_are_read_as_their_rows_are(
    policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(column_answers, "_ROWS", 3)
    midnight = pd.Timestamp(2025, 5, 1)
    cells = {
        "username": ["one", 1, float("nan"), None, "five", "six", pd.NA],
        "privileges": [["view"], "cash", [1], ("view",), {"view"}, None, []],
        "separated_on": [
            date(2025, 5, 1),
            AT,
            midnight,
            pd.NaT,
            "2025-05-01",
            7,
            midnight.tz_localize("UTC"),
        ],
    }
    frame = pd.DataFrame(cells, dtype=object).rename(columns={"privileges": "staff.privileges"})
    rows = [
        {"account": {"username": username, "staff": {"privileges": listed}, "separated_on": on}}
        for username, listed, on in zip(*cells.values(), strict=True)
    ]
    found = decide_columns(policy, frame, AT)
    for answer, one in zip(
        found.to_dicts(), decide_many(policy, rows, AT, none_is_blank=True), strict=True
    ):
        assert answer["outcome"] == getattr(one, "outcome", None)
        assert answer["needs"] == [*getattr(one, "needs", ())]
        assert answer["problems"] == [str(problem) for problem in getattr(one, "problems", ())]


def test_two_columns_of_one_name_are_refused(policy: Policy) -> None:
    frame = pd.DataFrame([["active", "active"]], columns=["status", "status"])
    with pytest.raises(SubjectError, match="two columns of the table state the same fact"):
        decide_columns(policy, frame, AT)


@pytest.fixture(scope="module")
def pa() -> Any:
    return pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def arrow(pa: Any) -> Any:
    return pa.table(ACCOUNTS)


def cast(table: Any, name: str, dtype: Any) -> Any:
    return table.set_column(table.column_names.index(name), name, table[name].cast(dtype))


def test_tables_batches_and_readers_of_arrow(policy: Policy, arrow: Any) -> None:
    assert_same(policy, arrow, ACCOUNTS)
    assert_same(policy, arrow.to_batches()[0], ACCOUNTS)
    assert_same(policy, arrow.to_reader(), ACCOUNTS)


@pytest.mark.parametrize("name", ["username", "status"])
def test_texts_of_arrow(policy: Policy, pa: Any, arrow: Any, name: str) -> None:
    for dtype in (pa.string(), pa.large_string(), pa.string_view()):
        assert_same(policy, cast(arrow, name, dtype), ACCOUNTS)
    numbered = cast(arrow, name, pa.string())[name].dictionary_encode()
    assert_same(policy, arrow.drop([name]).append_column(name, numbered), ACCOUNTS)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_days_and_times_of_arrow(policy: Policy, pa: Any, arrow: Any, unit: str) -> None:
    for name in ("created_on", "separated_on", ISSUED):
        assert_same(policy, cast(arrow, name, pa.timestamp(unit)), ACCOUNTS)
    assert_same(policy, cast(arrow, "created_on", pa.date64()), ACCOUNTS)
    local = ACCOUNTS.with_columns(pl.col(ISSUED).dt.replace_time_zone("America/Los_Angeles"))
    for zone in ("UTC", "Europe/Paris", "+05:30"):
        assert_same(policy, cast(pa.table(local), ISSUED, pa.timestamp(unit, zone)), ACCOUNTS)


def test_lists_and_structs_of_arrow(policy: Policy, pa: Any, arrow: Any) -> None:
    for text in (pa.string(), pa.large_string(), pa.string_view()):
        for dtype in (pa.list_(text), pa.large_list(text)):
            assert_same(policy, cast(arrow, "staff.privileges", dtype), ACCOUNTS)
    names = [name for name in ACCOUNTS.columns if name.startswith("staff.")]
    staff = pl.struct(pl.col(name).alias(name.removeprefix("staff.")) for name in names)
    nested = ACCOUNTS.with_columns(staff.alias("staff")).drop(names)
    assert_same(policy, pa.table(nested), ACCOUNTS)


def test_numbers_of_arrow(policy: Policy, pa: Any) -> None:
    table = pa.table(OFFICES)
    for dtype in (pa.int8(), pa.uint64(), pa.float32(), pa.decimal128(38, 0)):
        assert_same(policy, cast(table, "accounts", dtype), OFFICES, "office")


def test_texts_in_another_encoding_spoil_their_rows_alone(policy: Policy, pa: Any) -> None:
    lengths = pa.array([0, 6, 8, 14], pa.int32()).buffers()[1]
    texts = pa.py_buffer(b"active" + "\u00e4x".encode("latin-1") + b"active")
    names = pa.Array.from_buffers(pa.string(), 3, [None, lengths, texts])
    usual = decide_columns(policy, pl.DataFrame({"status": ["active"]}), AT)
    for name in ("status", "username"):
        table = pa.table({"status": ["active"] * 3}).drop(["status"] if name == "status" else [])
        found = decide_columns(policy, table.append_column(name, names), AT)
        (one,) = decide_many(policy, [{"account": {name: b"\xe4x"}}], AT)
        assert isinstance(one, SubjectError)
        assert found["problems"].to_list() == [[], [str(p) for p in one.problems], []]
        assert found["outcome"].to_list() == [usual["outcome"][0], None, usual["outcome"][0]]
    lists = pa.ListArray.from_arrays(pa.array([0, 1, 2, 3], pa.int32()), names)
    found = decide_columns(policy, pa.table({"staff.privileges": lists}), AT)
    assert found["outcome"].is_null().to_list() == [False, True, False]


def test_relations_of_duckdb(policy: Policy, arrow: Any) -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        connection.register("accounts", arrow)
        connection.register("offices", OFFICES)
        for query in (
            "from accounts",
            "select * replace (status::enum ('active', 'deactivated') as status) from accounts",
            "select * replace (created_on::timestamp as created_on) from accounts",
        ):
            assert_same(policy, connection.sql(query), ACCOUNTS)
            assert_same(policy, connection.sql(query).to_arrow_table(), ACCOUNTS)
        huge = connection.sql("select * replace (accounts::hugeint as accounts) from offices")
        assert_same(policy, huge, OFFICES, "office")


@pytest.mark.parametrize("dtype", [pl.Int8, pl.UInt8, pl.UInt64, pl.Float32, pl.Float64])
def test_whole_numbers_of_any_size(policy: Policy, dtype: Any) -> None:
    numbers = OFFICES.with_columns(pl.col("accounts").cast(dtype))
    assert_same(policy, numbers, OFFICES, "office")


@pytest.mark.parametrize("words", [pl.Categorical, pl.Enum(["view", "cash"])])
def test_lists_of_categories(policy: Policy, words: Any) -> None:
    listed = ACCOUNTS.with_columns(pl.col("staff.privileges").cast(pl.List(words)))
    assert_same(policy, listed, ACCOUNTS)


def test_lists_of_one_length(policy: Policy) -> None:
    listed = ACCOUNTS.with_columns(pl.Series("staff.privileges", [["view"]] * 4))
    arrays = listed.with_columns(pl.col("staff.privileges").cast(pl.Array(pl.String, 1)))
    assert_same(policy, arrays, listed)
