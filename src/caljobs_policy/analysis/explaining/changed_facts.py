# SPDX-License-Identifier: MIT
"""What a model states in the place of what a subject states, as a case would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from caljobs_policy.analysis.explaining.cell_values import bit_of
from caljobs_policy.analysis.explaining.stated_facts import StatedFacts
from caljobs_policy.analysis.formulas.cells import SignedCell, TextCell
from caljobs_policy.analysis.formulas.terms import Model, holds_in
from caljobs_policy.analysis.formulas.word_cells import WordsCell
from caljobs_policy.analysis.variants import Steps, statements_beside
from caljobs_policy.decisions.variables import OTHER
from caljobs_policy.subjects.facts import Fact


def changes_in(facts: StatedFacts, model: Model, texts: Mapping[str, str]) -> dict[Steps, Any]:
    """Return what a model states at the keys that it changes; some texts were made for it."""
    return {key: _value(facts, key, model, texts) for key in facts.changed(model)}


def _value(facts: StatedFacts, key: Steps, model: Model, texts: Mapping[str, str]) -> Any:
    name, *others = facts.names[key]
    fact, cell = facts.space.facts[name], facts.space.cells[name]
    if isinstance(cell, SignedCell):
        return [*_kept(facts, key), *_signed(facts, (name, *others), model)]
    if holds_in(model, cell.null):
        return None
    if isinstance(cell, TextCell):
        return texts.get(name, OTHER)
    value = cell.stated(model, 0)
    return _words(facts, cell, fact, value) if isinstance(cell, WordsCell) else value


def _words(facts: StatedFacts, cell: WordsCell, fact: Fact, there: Sequence[str]) -> list[str]:
    """Return the words of a list: those that the subject states come first."""
    value = facts.read(fact)
    stated = value if isinstance(value, tuple) else ()
    kept = [word for word in stated if bit_of(cell, word) in there]
    taken = {bit_of(cell, word) for word in stated}
    return [*kept, *(word for word in there if word not in taken)]


def _kept(facts: StatedFacts, key: Steps) -> Iterator[dict[str, Any]]:
    """Yield the statements of forms that no variable is about, as far as they are known."""
    behind = facts.behind(key)
    for one in statements_beside(behind[0], facts.decision.subject):
        if one.form not in [fact.form for fact in behind]:
            yield {"form": one.form, "signed_on": one.signed_on}


def _signed(facts: StatedFacts, names: Sequence[str], model: Model) -> Iterator[dict[str, Any]]:
    for name in names:
        for day in facts.space.cells[name].stated(model, 0):
            yield {"form": facts.space.facts[name].form, "signed_on": day}
