# SPDX-License-Identifier: MIT
"""What cells state is read at once where it is plain, and left to the reader of rows elsewhere."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import polars as pl
import pytest

from caljobs_policy import load_policy
from caljobs_policy.engines.columns.cells import EPOCH
from caljobs_policy.engines.columns.values import stated_in
from caljobs_policy.subjects.account import Account
from caljobs_policy.subjects.fields import Holds, Kind, fields_of
from caljobs_policy.subjects.request import Staff

POLICY: Final = load_policy("state", date(2025, 6, 2))
PRIVILEGES: Final = fields_of(Staff)["privileges"]
CREATED: Final = fields_of(Account)["created_on"]
SEPARATED: Final = fields_of(Account)["separated_on"]


@pytest.mark.parametrize(
    ("cells", "lists"),
    [
        (["view", "VIEW ", None, "a\x1fb"], [("view",), ("view",), None, None]),
        ([["b", "a"], [], None, ["\x1f"]], [("b", "a"), (), None, None]),
        ([[""], ["", ""], [None], ["a"]], [("",), ("", ""), None, ("a",)]),
    ],
)
def test_lists_of_words_are_told_apart(cells: list[Any], lists: list[Any]) -> None:
    column = pl.Series(cells, dtype=pl.List(pl.String) if [] in cells or [""] in cells else None)
    stated = stated_in(column, PRIVILEGES, POLICY)
    found = [None if n is None else stated.lists[n] for n in stated.value.to_list()]
    assert found == lists
    left = [one is not None and known is None for one, known in zip(cells, lists, strict=True)]
    assert stated.bad.to_list() == left


@pytest.mark.parametrize(
    ("holds", "cells", "days"),
    [
        (CREATED, ["2025-01-31", "2025-02-30", "0000-01-01"], [date(2025, 1, 31), None, None]),
        (SEPARATED, ["2025-01-31", "2025-01-31T23:59"], [date(2025, 1, 31), date(2025, 1, 31)]),
        (SEPARATED, [datetime(2025, 1, 31), datetime(1950, 1, 1)], [date(2025, 1, 31), None]),
    ],
)
def test_dates_are_read_by_the_day(holds: Holds, cells: list[Any], days: list[Any]) -> None:
    stated = stated_in(pl.Series(cells), holds, POLICY)
    found = [None if n is None else date.fromordinal(n + EPOCH) for n in stated.value.to_list()]
    assert found == days
    assert stated.bad.to_list() == [day is None for day in days]


def test_numbers_are_whole() -> None:
    holds = Holds(Kind.COUNT, "number")
    stated = stated_in(pl.Series([1.0, 1.5, float("nan"), -1.0, None]), holds, POLICY)
    assert stated.value.to_list() == [1, None, None, None, None]
    assert stated.bad.to_list() == [False, True, False, True, False]
