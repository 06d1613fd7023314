# SPDX-License-Identifier: MIT
"""What tables may look like, and what is said of rows that cannot be read."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
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
from caljobs_policy.engines.columns.layout import layout_of, rows_of
from caljobs_policy.errors import extras
from tests.samples.accounts import AT, GOOD, accounts


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("state", AT.date())


def problems(policy: Policy, mapping: dict[str, Any]) -> list[str]:
    """Return what is wrong with one row, decided by itself."""
    (one,) = decide_many(policy, [{"account": mapping}], AT)
    assert isinstance(one, SubjectError)
    return [str(problem) for problem in one.problems]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "activ"),
        ("status", 7),
        ("created_on", "June 2025"),
        ("created_on", "2025-02-30"),
        ("created_on", datetime(2025, 6, 2, 12)),
        ("personal_device_used", "false"),
        ("personal_device_used", 1),
        ("username", 7),
        ("username", "a" * (1024 * 1024 + 1)),
        ("colour", "red"),
    ],
)
def test_a_cell_that_cannot_be_read_gets_the_message_of_its_row_alone(
    policy: Policy, name: str, value: Any
) -> None:
    found = decide_columns(policy, accounts(**{name: [None, value, None]}), AT)
    assert found["problems"][1].to_list() == problems(policy, {name: value})
    assert found["outcome"].is_null().to_list() == [False, True, False]
    assert found["outcome"][0] == found["outcome"][2]


@pytest.mark.parametrize(
    ("name", "value", "same"),
    [
        ("created_on", "2025-05-01", date(2025, 5, 1)),
        ("staff.privileges", "view", ["view"]),
        ("staff.privileges", ["VIEW "], ["view"]),
        ("temporary_password.issued_at", "2025-06-01T12:00", datetime(2025, 6, 1, 12)),
    ],
)
def test_cells_may_be_written_in_other_ways(
    policy: Policy, name: str, value: Any, same: Any
) -> None:
    one = decide_columns(policy, accounts(**{name: [value]}), AT)
    assert one.equals(decide_columns(policy, accounts(**{name: [same]}), AT))
    assert one["problems"][0].is_empty()


def test_dates_and_times_that_python_lacks_spoil_no_other_row(policy: Policy) -> None:
    days = pl.Series([20_000, 10_000_000, 20_000], dtype=pl.Int32).cast(pl.Date)
    found = decide_columns(
        policy, accounts(status=["active"] * 3).with_columns(created_on=days), AT
    )
    assert found["outcome"].is_null().to_list() == [False, True, False]
    assert "`account.created_on`" in found["problems"][1][0]


@pytest.mark.parametrize(
    "issued_at", [datetime(2025, 3, 9, 2, 30), datetime(2024, 11, 3, 1, 30), datetime(1950, 1, 1)]
)
def test_times_that_a_clock_skips_or_repeats_are_decided_as_in_a_row(
    policy: Policy, issued_at: datetime
) -> None:
    found = decide_columns(policy, accounts(**{"temporary_password.issued_at": [issued_at]}), AT)
    nested = {**GOOD, "temporary_password": {"issued_at": issued_at}}
    nested["staff"] = {
        name.removeprefix("staff."): nested.pop(name) for name in GOOD if name.startswith("staff.")
    }
    del nested["temporary_password.issued_at"]
    (one,) = decide_many(policy, [{"account": nested}], AT)
    assert not isinstance(one, SubjectError)
    assert found["outcome"].to_list() == [one.outcome]
    due = {deadline.name: deadline.due for deadline in one.deadlines}
    assert found["due_temporary_password_expires|time"][0] == due["temporary_password_expires"]


class Stream:
    """A table of another library, which knows Arrow alone."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.frame.__arrow_c_stream__(requested_schema)


def test_lazy_frames_arrow_tables_categories_and_structs_are_tables_too(policy: Policy) -> None:
    frame = accounts(username=["one", "two"])
    found = decide_columns(policy, frame, AT)
    staff = [name for name in frame.columns if name.startswith("staff.")]
    nested = pl.struct(pl.col(name).alias(name.removeprefix("staff.")) for name in staff)
    assert decide_columns(policy, frame.lazy(), AT).equals(found)
    assert decide_columns(policy, Stream(frame), AT).equals(found)
    of_categories = frame.with_columns(pl.col("status").cast(pl.Categorical))
    assert decide_columns(policy, of_categories, AT).equals(found)
    of_structs = frame.with_columns(nested.alias("staff")).drop(staff)
    assert decide_columns(policy, of_structs, AT).equals(found)


def test_a_mark_says_that_a_fact_is_null_or_unknown(policy: Policy) -> None:
    marks = {"staff.training_completed_on|null": [True, None], "shared|unknown": [None, True]}
    found = decide_columns(policy, accounts(**marks), AT)
    training = ("training" in check for check in found["hits"][0])
    assert any(training)
    assert not any("training" in check for check in found["hits"][1])
    assert found["unsure"][1].to_list()


def test_a_mark_where_nothing_can_be_null_is_refused(policy: Policy) -> None:
    found = decide_columns(policy, accounts(**{"status|null": [True, False]}), AT)
    assert found["problems"][0].to_list() == problems(policy, {"status": None})
    assert found["outcome"].is_null().to_list() == [True, False]


@pytest.mark.parametrize("kind", ["account", "office", "request/create", "record/closure"])
def test_a_table_without_rows_has_an_answer_without_rows(policy: Policy, kind: str) -> None:
    found = decide_columns(policy, pl.DataFrame({"organization": []}), AT, kind=kind)
    assert found.height == 0
    assert found.columns[:5] == ["outcome", "hits", "unsure", "needs", "problems"]


def test_requests_without_a_moment_are_each_judged_on_their_own_day(policy: Policy) -> None:
    frame = pl.DataFrame({"submitted_on": [date(2025, 6, 2), None]})
    found = decide_columns(policy, frame, kind="request/create")
    rows = [{"request": {"type": "create", **row}} for row in frame.iter_rows(named=True)]
    singly = list(decide_many(policy, rows, none_is_blank=True))
    assert found["outcome"].to_list() == [getattr(one, "outcome", None) for one in singly]


def test_records_of_another_type_are_decided_as_what_they_are() -> None:
    policy = load_policy("slo_county", AT.date())
    frame = pl.DataFrame({"type": ["closure", "participant"], "exited_on": [date(2024, 1, 1)] * 2})
    rows = ({"record": row} for row in frame.iter_rows(named=True))
    singly = list(decide_many(policy, rows, AT))
    found = decide_columns(policy, frame, AT, kind="record/closure")
    assert found["outcome"].to_list() == [getattr(one, "outcome", None) for one in singly]
    assert not {*found["unsure"][0]} & {*found["unsure"][1]}


def test_a_kind_without_rules_is_out_of_scope_where_it_can_be_read(policy: Policy) -> None:
    frame = pl.DataFrame({"exited_on": [date(2025, 1, 1), None], "colour": [None, "red"]})
    found = decide_columns(policy, frame, AT, kind="record/closure")
    rows = [{"record": {"type": "closure", "exited_on": date(2025, 1, 1)}}]
    rows.append({"record": {"type": "closure", "colour": "red"}})
    in_scope, wrong = decide_many(policy, rows, AT)
    assert found["outcome"].to_list() == [getattr(in_scope, "outcome", None), None]
    assert isinstance(wrong, SubjectError)
    assert found["problems"].to_list() == [[], [str(one) for one in wrong.problems]]
    assert "record/closure" not in policy.plans


STRANGE: Final = (
    pl.Series([timedelta(1)]),
    pl.Series([time(1)]),
    pl.Series([Decimal(1)]),
    pl.Series([b"a"]),
    pl.Series([object()], dtype=pl.Object),
    pl.Series([[1]]),
    pl.Series([[["a"]]]),
    pl.Series([[None]], dtype=pl.List(pl.String)),
    pl.Series([["a"]], dtype=pl.Array(pl.String, 1)),
    pl.Series([10**18], dtype=pl.UInt64),
    pl.Series([float("inf")]),
    pl.Series([[{"form": "e1", "signed_on": date(2025, 1, 1)}]]),
    pl.Series([datetime(1, 1, 1)], dtype=pl.Datetime("ms")),
    pl.Series(["\x1f"]),
    pl.Series([["\x1f"]]),
)


@pytest.mark.parametrize("strange", STRANGE, ids=lambda series: str(series.dtype))
def test_a_column_of_any_type_spoils_none_but_its_rows(policy: Policy, strange: pl.Series) -> None:
    plain = decide_columns(policy, accounts(shared=[None]), AT)
    both = pl.Series([strange[0], None], dtype=strange.dtype)
    for name in (*GOOD, "shared", "staff.statement", "staff.statement.e1", "status|null", "staff"):
        found = decide_columns(
            policy, accounts(shared=[None, None]).with_columns(both.alias(name)), AT
        )
        if name not in GOOD:
            assert found[1].equals(plain)
        assert found["problems"][1].is_empty()


@pytest.mark.parametrize("name", GOOD)
def test_a_column_that_is_missing_or_holds_nothing_is_decided_as_row_by_row(
    policy: Policy, name: str
) -> None:
    frame = accounts(shared=[None, True])
    left = frame.drop(name)
    found = decide_columns(policy, left, AT)
    rows = [{"account": layout_of(policy, "account").mapping(row)} for row in rows_of(left)]
    for answer, one in zip(found.to_dicts(), decide_many(policy, rows, AT), strict=True):
        assert not isinstance(one, SubjectError)
        assert (answer["outcome"], answer["needs"]) == (one.outcome, [*one.needs])
    for dtype in (pl.Null, pl.String, pl.Int64, pl.Duration, pl.Binary, pl.List(pl.Int8)):
        of_type = pl.Series(name, [None, None], dtype=dtype)
        assert decide_columns(policy, frame.with_columns(of_type), AT).equals(found)


def test_large_tables_are_decided_in_slices(
    policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = accounts(status=["active", "actve", None, "active", "deactivated"])
    whole = decide_columns(policy, frame, AT)
    monkeypatch.setattr(column_answers, "_ROWS", 2)
    assert decide_columns(policy, frame, AT).equals(whole)


def test_a_moment_far_ahead_is_decided_row_by_row(policy: Policy) -> None:
    frame, later = (
        accounts(username=["one", "two"]).select("status", "created_on"),
        datetime(2050, 1, 1),
    )
    rows = ({"account": row} for row in frame.iter_rows(named=True))
    singly = list(decide_many(policy, rows, later))
    found = decide_columns(policy, frame, later)
    assert found["outcome"].to_list() == [getattr(one, "outcome", None) for one in singly]


def test_blank_floats_are_numbers_left_out(policy: Policy) -> None:
    floats = pl.DataFrame({"accounts": [2.0, float("nan"), 2.5, 1e300]})
    found = decide_columns(policy, floats, AT, kind="office")
    rows = ({"office": row} for row in floats.iter_rows(named=True))
    singly = list(decide_many(policy, rows, AT))
    assert found["outcome"].to_list() == [getattr(one, "outcome", None) for one in singly]
    assert found["outcome"].is_null().to_list() == [False, False, True, True]


def test_two_columns_for_one_fact_are_refused(policy: Policy) -> None:
    frame = accounts(staff=[{"training_completed_on": None}])
    with pytest.raises(SubjectError, match="two columns of the table state the same fact"):
        decide_columns(policy, frame, AT)


def test_wrong_arguments_are_told(policy: Policy) -> None:
    with pytest.raises(TypeError, match="`table` takes a frame of Polars"):
        decide_columns(policy, [{"status": "active"}], AT)
    with pytest.raises(TypeError, match="`kind` takes"):
        decide_columns(policy, accounts(status=["active"]), AT, kind=None)  # type: ignore[arg-type]
    with pytest.raises(SubjectError, match="there is no kind of subject `acount`"):
        decide_columns(policy, accounts(status=["active"]), AT, kind="acount")
    with pytest.raises(TypeError, match="`at` takes"):
        decide_columns(policy, accounts(status=["active"]), AT.date())  # type: ignore[arg-type]


def test_without_polars_the_extra_is_named(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "_is_there", lambda module: module != "polars")
    with pytest.raises(EngineError, match=r"pip install 'caljobs-policy\[columns\]'"):
        decide_columns(policy, None, AT)
