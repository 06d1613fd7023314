# SPDX-License-Identifier: MIT
"""The classes of what people write declare each field once, by its annotation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import pytest

from caljobs_policy.syntax.declaration import Condition, Keyed, declared, needed, takes
from caljobs_policy.syntax.entries import Entry, Rule, Table, TableRow, Term
from caljobs_policy.syntax.heads import EditionHead, Head, ProfileHead
from caljobs_policy.syntax.nodes import Word
from caljobs_policy.syntax.sections import SECTIONS
from caljobs_policy.syntax.timed_entries import Deadline, LegEntry


def test_every_entry_has_clauses_and_readings() -> None:
    assert {key: field.type for key, field in declared(Entry).items()} == {
        "clauses": tuple[Word, ...],
        "reading": tuple[Word, ...],
    }


@pytest.mark.parametrize("cls", [LegEntry, Deadline, EditionHead])
def test_a_key_that_python_reserves_is_written_plainly(cls: type[Keyed]) -> None:
    assert declared(cls)["from"].alias == "from_"


def test_what_must_be_there_is_marked() -> None:
    fields = declared(Rule)
    assert needed in fields["about"].metadata
    assert needed not in fields["when"].metadata
    assert fields["when"].type == Condition


def test_entries_stand_beneath_entries() -> None:
    assert declared(Table)["rows"].type == Mapping[str, TableRow]


def test_what_takes_all_other_keys_is_no_key_itself() -> None:
    assert TableRow.rest == "columns"
    assert "columns" not in declared(TableRow)


def test_a_topic_file_says_nothing_of_itself() -> None:
    assert declared(Head) == {}


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (declared(Rule)["about"], "a word or a list of words"),
        (declared(Term)["when"], "a condition"),
        (declared(Table)["rows"], "a mapping of entries"),
        (declared(EditionHead)["from"], "the first day in force, such as 2025-03-01"),
    ],
)
def test_a_type_says_what_is_to_be_written(field: attrs.Attribute[Any], words: str) -> None:
    assert takes(field.type) == words


@pytest.mark.parametrize(
    "cls", [*dict.fromkeys(s.entry for s in SECTIONS.values()), ProfileHead, EditionHead]
)
def test_only_entries_are_called_so(cls: type[Keyed]) -> None:
    asked = [f for f in declared(cls).values() if needed in f.metadata]
    entries = [f.name for f in asked if takes(f.type) == "a mapping of entries"]
    assert set(entries) <= {"rows"}
