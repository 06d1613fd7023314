# SPDX-License-Identifier: MIT
"""The tables of a profile have entries of a known form."""

from __future__ import annotations

import pytest

from caljobs_policy.errors.problems import Place
from caljobs_policy.syntax.declaration import declared, needed
from caljobs_policy.syntax.entries import Excuse, WordEntry, WordList
from caljobs_policy.syntax.nodes import Scalar, Word
from caljobs_policy.syntax.sections import SECTIONS, VOCABULARIES, Section


@pytest.mark.parametrize("name", SECTIONS)
def test_a_shorthand_stands_for_a_field_that_must_be_there(name: str) -> None:
    cls = SECTIONS[name].entry
    keys = declared(cls)
    assert {"clauses", "reading"} <= set(keys)
    assert cls.shorthand is None or needed in keys[cls.shorthand].metadata


@pytest.mark.parametrize("name", VOCABULARIES)
def test_vocabularies_are_tables_of_words(name: str) -> None:
    assert SECTIONS[name] == Section(WordEntry)


@pytest.mark.parametrize(("cls", "field"), [(WordList, "words"), (Excuse, "reason")])
def test_what_is_mostly_one_value_has_a_shorthand(cls: type[WordList | Excuse], field: str) -> None:
    assert cls.shorthand == field


def test_an_entry_is_the_same_wherever_it_stands() -> None:
    node = Scalar("Staff")
    one = WordEntry(key=Word("staff"), place=Place("a.yaml", 1, 1), node=node, title="Staff")
    other = WordEntry(
        key=Word("staff"), place=Place("b.yaml", 2, 1), node=Scalar(""), title="Staff"
    )
    assert one == other
