# SPDX-License-Identifier: MIT
"""The classes of what people write declare each field once, by its annotation."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from caljobs_policy.syntax.declaration import (
    Condition,
    DeclaredKey,
    Keyed,
    declared_keys,
    declared_others,
)
from caljobs_policy.syntax.entries import Entry, Row, Rule, Table
from caljobs_policy.syntax.heads import EditionHead, Head, ProfileHead
from caljobs_policy.syntax.nodes import Word
from caljobs_policy.syntax.sections import SECTIONS
from caljobs_policy.syntax.timed_entries import Deadline, Leg

WORDS = tuple[Word, ...]


def test_every_entry_has_clauses_and_readings() -> None:
    assert declared_keys(Entry) == {
        "clauses": DeclaredKey("clauses", WORDS, is_needed=False),
        "reading": DeclaredKey("reading", WORDS, is_needed=False),
    }


@pytest.mark.parametrize("cls", [Leg, Deadline, EditionHead])
def test_a_key_that_python_reserves_is_written_plainly(cls: type[Keyed]) -> None:
    assert declared_keys(cls)["from"].argument == "from_"


def test_what_must_be_there_is_marked() -> None:
    keys = declared_keys(Rule)
    assert keys["about"].is_needed
    assert keys["when"] == DeclaredKey("when", Condition, is_needed=False)


def test_entries_stand_beneath_entries() -> None:
    assert declared_keys(Table)["rows"] == DeclaredKey("rows", Mapping[str, Row], is_needed=True)


def test_what_takes_all_other_keys_is_no_key_itself() -> None:
    assert declared_others(Row) == "columns"
    assert "columns" not in declared_keys(Row)
    assert declared_others(Table) is None


def test_a_topic_file_says_nothing_of_itself() -> None:
    assert declared_keys(Head) == {}


@pytest.mark.parametrize("cls", [*{s.entry for s in SECTIONS.values()}, ProfileHead, EditionHead])
def test_whatever_is_needed_has_a_name_of_its_own_in_messages(cls: type[Keyed]) -> None:
    needed = [key for key in declared_keys(cls).values() if key.is_needed]
    assert all(key.takes != "a mapping of entries" or key.argument == "rows" for key in needed)
