# SPDX-License-Identifier: MIT
"""Fields say what they hold, lists become tuples, and parts that are null are shared."""

from __future__ import annotations

from collections import deque
from typing import Any

import pytest

from caljobs_policy import UNKNOWN, Request, Requestor, Staff
from caljobs_policy.subjects.fields import fields_of, folded_words, null_part, or_null, words


def test_only_facts_are_fields_of_a_subject() -> None:
    assert "own" not in fields_of(Request)
    assert "signed" not in fields_of(Staff)
    assert fields_of(Requestor)["name"].private


@pytest.mark.parametrize(
    ("value", "converted"),
    [
        ("a", ("a",)),
        (["b", "a"], ("b", "a")),
        ({"b", "a"}, ("a", "b")),
        (frozenset({"b", "a"}), ("a", "b")),
        (("b", "a"), ("b", "a")),
        (deque(["b", "a"]), ("b", "a")),
        (None, None),
        (UNKNOWN, UNKNOWN),
        (7, 7),
    ],
)
def test_lists_of_words_become_tuples(value: Any, converted: object) -> None:
    assert words(value) == converted


@pytest.mark.parametrize(
    ("value", "converted"), [(["Cash ", "VIEW"], ("cash", "view")), (["Cash", 7], ("Cash", 7))]
)
def test_words_are_folded_only_if_all_are_words(value: Any, converted: object) -> None:
    assert folded_words(value) == converted


def test_beneath_a_null_part_everything_is_null() -> None:
    part = null_part(Staff)
    assert [getattr(part, name) for name in fields_of(Staff)] == [None] * len(fields_of(Staff))


def test_beneath_a_null_part_further_parts_are_null() -> None:
    assert null_part(Request).staff is null_part(Staff)


def test_null_parts_are_shared() -> None:
    assert or_null(Staff, None) is or_null(Staff, None)
    given = Staff()
    assert or_null(Staff, given) is given
