# SPDX-License-Identifier: MIT
"""The fields of an entry say how they are written."""

from __future__ import annotations

import pytest

from caljobs_policy.errors import Place
from caljobs_policy.syntax.entries import Entry, Row, Rule, Table
from caljobs_policy.syntax.nodes import Word
from caljobs_policy.syntax.shapes import Shape, Written, shapes_of
from caljobs_policy.syntax.timed_entries import Deadline, Leg


def test_every_entry_has_clauses_and_readings() -> None:
    assert shapes_of(Entry) == {"clauses": Written(Shape.WORDS), "reading": Written(Shape.WORDS)}


@pytest.mark.parametrize("cls", [Leg, Deadline])
def test_a_key_that_python_reserves_is_written_plainly(cls: type[Entry]) -> None:
    assert shapes_of(cls)["from"].shape is Shape.WORDS


def test_what_must_be_there_is_marked() -> None:
    shapes = shapes_of(Rule)
    assert shapes["about"].required
    assert not shapes["when"].required


def test_entries_stand_beneath_entries() -> None:
    assert shapes_of(Table)["rows"] == Written(Shape.ENTRIES, required=True, entry=Row)


def test_a_word_is_its_text_wherever_it_stands() -> None:
    assert str(Word("staff")) == "staff"
    assert Word("staff", Place("a.yaml", 3, 5)) == Word("staff")
