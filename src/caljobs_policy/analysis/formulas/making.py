# SPDX-License-Identifier: MIT
"""Makes the variables of a fact, by what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from caljobs_policy.analysis.formulas.cells import (
    Cell,
    DatedCell,
    FlagCell,
    TextCell,
    count_cell,
    signed_cell,
)
from caljobs_policy.analysis.formulas.terms import TRUE, Formula, any_of, denied
from caljobs_policy.analysis.formulas.word_cells import word_cell, words_cell
from caljobs_policy.analysis.formulas.words import Words, words_of
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.operators import In
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import DATED, Kind, fields_of
from caljobs_policy.subjects.statement import Statement

if TYPE_CHECKING:
    from caljobs_policy.analysis.formulas.space import Space

_FORM: Final = fields_of(Statement)["form"]
_TYPE: Final = ("type",)


def made_cell(space: Space, fact: Fact, name: str, null: Formula) -> Cell:
    """Return the variables of a stated fact, and say what values they can have."""
    if fact.form is not None:
        return _signed(space, fact, name, null)
    if fact.kind is Kind.FLAG:
        return FlagCell(null, space.symbols.flag(name))
    if fact.kind is Kind.COUNT:
        return count_cell(name, null, space.symbols)
    return (
        _dated(space, fact, name, null) if fact.kind in DATED else _worded(space, fact, name, null)
    )


def _dated(space: Space, fact: Fact, name: str, null: Formula) -> Cell:
    clock = space.clock
    if fact.kind is Kind.DAY:
        return DatedCell(null, clock.day(name), clock)
    timed = TRUE if fact.kind is Kind.TIME else space.symbols.flag(f"{name} has a time")
    return DatedCell(null, clock.time(name, timed), clock)


def _signed(space: Space, fact: Fact, name: str, null: Formula) -> Cell:
    """Return the signatures of a form, of which there are none where a policy does not know it.

    What matters is the last one before the moment, which is another day in another zone, and the
    last one of all.
    """
    cell = signed_cell(name, null, space.clock, 1 + len(space.clocks) if space.stands else 1)
    tables = [policy.words_for(_FORM) for policy in space.policies]
    if any(table and fact.form not in table for table in tables):
        space.symbols.say(denied(cell.signed[0][0]))
    return cell


def _worded(space: Space, fact: Fact, name: str, null: Formula) -> Cell:
    """Return the cell of words that are listed, or of a text that may have to be one of them."""
    holds = [one or fact.holds for one in space.holds(fact)]
    tests = space.tests.get(fact.path, [])
    if fact.kind is Kind.WORDS:
        return words_cell(name, null, words_of(space.policies, holds, tests), space.symbols)
    tables = [p.words_for(one) for p, one in zip(space.policies, holds, strict=True)]
    if fact.kind is Kind.WORD and all(tables):
        words = _typed(space, fact, words_of(space.policies, holds, tests))
        return word_cell(name, null, words, space.symbols)
    for table in tables:
        if table:
            known = space.texts.truth(Test(fact, In(tuple(table))), (name,), denied(null))
            space.symbols.say(any_of([null, known]))
    return TextCell(null)


def _typed(space: Space, fact: Fact, words: Words) -> Words:
    """Return the words of a fact; the type of a subject is what its key says."""
    if fact.own or fact.steps != _TYPE:
        return words
    return evolve(words, listed=((space.type,),) * len(space.policies))
