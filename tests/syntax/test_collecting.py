# SPDX-License-Identifier: MIT
"""A collector goes on after what is wrong, and a refusal holds all of it and what is left."""

from __future__ import annotations

from typing import Any

import pytest

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.syntax.collecting import Collector, UnreadableError, refuse

HERE = Place("a.yaml", 3, 5)


def even(value: int, _: Any) -> int:
    if value % 2:
        refuse(Code.OUT_OF_RANGE, HERE, f"{value} is odd", "take the next one", value - 1)
    return value


def test_what_fits_is_returned() -> None:
    told = Collector()
    assert told.result([told.read(even, value) for value in (2, 4)]) == [2, 4]
    assert told.problems == []


def test_all_that_is_wrong_is_told_with_what_is_left() -> None:
    told = Collector()
    found = [told.read(even, value) for value in (1, 2, 3)]
    told.add(Code.MISSING, HERE, "these are too few", "take more")
    with pytest.raises(UnreadableError) as caught:
        told.result(found)
    assert caught.value.left == [0, 2, 2]
    assert caught.value.problems == (
        Problem("1 is odd", HERE, "take the next one", code=Code.OUT_OF_RANGE),
        Problem("3 is odd", HERE, "take the next one", code=Code.OUT_OF_RANGE),
        Problem("these are too few", HERE, "take more", code=Code.MISSING),
    )
    assert str(caught.value).splitlines()[0] == "a.yaml:3:5: 1 is odd"


def test_a_hook_is_told_for_which_type_it_reads() -> None:
    assert Collector().read(lambda value, type_: type_(value), "3", int) == 3
