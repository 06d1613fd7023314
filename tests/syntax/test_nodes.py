# SPDX-License-Identifier: MIT
"""What was written is kept with its place, and compared without."""

from __future__ import annotations

import pytest

from caljobs_policy.errors.problems import Place
from caljobs_policy.syntax.nodes import Mapping, Scalar, Sequence

HERE = Place("a.yaml", 3, 5)
ENTRIES = Mapping(((Scalar("role", place=HERE), Scalar("staff")), (Scalar("name"), Sequence(()))))


@pytest.mark.parametrize("text", ["", "~", "null"])
def test_these_texts_are_null_unless_quoted(text: str) -> None:
    assert Scalar(text).is_null
    assert not Scalar(text, quoted=True).is_null


@pytest.mark.parametrize("text", ["none", "Null", "NULL", "nULL", " ", "0", "false"])
def test_other_texts_are_not_null(text: str) -> None:
    assert not Scalar(text).is_null


def test_a_mapping_gives_values_and_keys_by_name() -> None:
    assert ENTRIES.get("role") == Scalar("staff")
    assert ENTRIES.get("roles") is None
    key = ENTRIES.key("role")
    assert key is not None
    assert key.place == HERE
    assert ENTRIES.key("roles") is None


def test_the_place_makes_no_difference() -> None:
    assert Scalar("a", place=HERE) == Scalar("a")
    assert Sequence((Scalar("a"),), HERE) == Sequence((Scalar("a"),))
    assert Mapping((), HERE) == Mapping(())
    assert Scalar("a", quoted=True) != Scalar("a")
