# SPDX-License-Identifier: MIT
"""A collector goes on after what is wrong, and a refusal holds all of it and what is left."""

from __future__ import annotations

from typing import Any

import pytest

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import (
    Collector,
    UnreadableError,
    each,
    refuse,
    told_of,
    unknown_key,
    unknown_word,
)
from caljobs_policy.errors.problems import Place, Problem

HERE = Place("a.yaml", 3, 5)


def even(value: int, _: Any) -> int:
    if value % 2:
        refuse(Code.OUT_OF_RANGE, f"{value} is odd", "take the next one", HERE, value - 1)
    return value


def test_what_fits_is_returned() -> None:
    told = Collector()
    assert told.result([told.read(even, value, None) for value in (2, 4)]) == [2, 4]
    assert told.problems == []


def test_all_that_is_wrong_is_told_with_what_is_left() -> None:
    told = Collector()
    found = [told.read(even, value, None) for value in (1, 2, 3)]
    told.add(Code.MISSING, HERE, "these are too few", "take more")
    with pytest.raises(UnreadableError) as caught:
        told.result(found)
    assert caught.value.left == [0, 2, 2]
    assert caught.value.problems == (
        Problem("1 is odd", HERE, "take the next one", code=Code.OUT_OF_RANGE),
        Problem("3 is odd", HERE, "take the next one", code=Code.OUT_OF_RANGE),
        Problem("these are too few", HERE, "take more", code=Code.MISSING),
    )


def test_a_hook_is_told_for_which_type_it_reads() -> None:
    assert Collector().read(lambda value, type_: type_(value), "3", int) == 3


def test_keys_lead_to_the_items_and_the_mappings_that_are_wrong() -> None:
    told = Collector()
    assert told.read(each, [1, 2, 3], lambda n: even(n, None), at=("staff", "ages")) == [0, 2, 2]
    assert [problem.pointer for problem in told.problems] == ["/staff/ages/0", "/staff/ages/2"]
    assert [problem.place for problem in told.problems] == [HERE, HERE]


def test_a_message_begins_with_the_path_below_what_holds_the_value() -> None:
    (fault,) = UnreadableError([Problem("is odd")]).below("ages", 3).problems
    assert told_of(fault, "request").message == "`request.ages[3]` is odd"
    assert told_of(fault).message == "`ages[3]` is odd"
    assert told_of(Problem("is odd"), whole="the record").message == "the record is odd"


@pytest.mark.parametrize(
    ("key", "message", "pointer"),
    [
        ("emplyer", "`request.staff` has no key `emplyer`", "/staff/emplyer"),
        ("Jane Roe", "`request.staff` has no such key", "/staff"),
        (7, "`request.staff` has no such key", "/staff"),
    ],
)
def test_a_strange_key_is_only_repeated_if_it_is_a_misspelt_one(
    key: object, message: str, pointer: str
) -> None:
    (fault,) = UnreadableError([unknown_key(key, ["employer", "name"])]).below("staff").problems
    told = told_of(fault, "request")
    assert (told.message, told.pointer) == (message, pointer)
    assert all(type(key) is str for key in told.keys)


def test_a_word_that_nobody_knows_is_told_with_those_that_are_known() -> None:
    assert unknown_word("zebra", ["access"]).help == "known are: access"
    assert unknown_word("zebra", []).help == "no values are known here"
