# SPDX-License-Identifier: MIT
"""How each operator is said as a formula, by exact class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from caljobs_policy.analysis.formulas.cells import (
    CountCell,
    DatedCell,
    FlagCell,
)
from caljobs_policy.analysis.formulas.terms import (
    Dated,
    Formula,
    all_of,
    any_of,
    compared,
    constant,
    denied,
)
from caljobs_policy.analysis.formulas.texts import Beside
from caljobs_policy.analysis.formulas.views import View
from caljobs_policy.analysis.formulas.word_cells import WordCell, WordsCell
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.operators import (
    After,
    AtLeast,
    Before,
    ContainsEach,
    ContainsLoosely,
    ContainsOnly,
    ContainsWords,
    Exactly,
    FewerThan,
    Given,
    Has,
    HasAll,
    HasOnly,
    In,
    Is,
    Length,
    MoreThan,
    NotIn,
    Operator,
    Reads,
    SameAs,
    StartsWith,
    Within,
)
from caljobs_policy.subjects.facts import Fact

Said: TypeAlias = Callable[[View, Test], Formula]
_Span: TypeAlias = Within | MoreThan | AtLeast


def truth_of(view: View, test: Test) -> Formula:
    """Return the formula that does as `truth`, for facts that are known."""
    operator = test.operator
    nulls = any_of(view.null(fact) for fact in test.facts)
    known = SAID[type(operator)](view, test)
    if isinstance(operator, Given):
        return any_of([nulls, known]) if not operator.expected else all_of([denied(nulls), known])
    if operator.if_null:
        return any_of([nulls, known])
    return all_of([denied(nulls), known])


def _value(view: View, test: Test) -> Formula:
    """Test a flag or a number itself, and a word or a text by what it may be."""
    cell, operator = view.cell(test.fact), test.operator
    if isinstance(cell, FlagCell) and isinstance(operator, Is):
        return cell.flag if operator.value is True else denied(cell.flag)
    if isinstance(cell, CountCell):
        return cell.count == operator.value if isinstance(operator, Is) else _below(cell, operator)
    return _worded(view, test)


def _below(cell: CountCell, operator: Operator) -> Formula:
    return cell.count < operator.number if isinstance(operator, FewerThan) else constant(False)


def _given(view: View, test: Test) -> Formula:
    """Ask a list whether it is empty and a text whether it is blank; all else is there."""
    operator = test.operator
    cell = None if test.fact.constant else _cell(view, test.fact)
    if isinstance(cell, WordsCell):
        there = any_of(cell.bits[view.number].values())
        return there if isinstance(operator, Given) and operator.expected else denied(there)
    if isinstance(cell, FlagCell | CountCell | DatedCell) or cell is None:
        return constant(isinstance(operator, Given) and operator.expected)
    return _worded(view, test)


def _cell(view: View, fact: Fact) -> object:
    """Return the variables of a fact; a day that was signed and the moment are plainly there."""
    return None if fact.form is not None or not fact.steps else view.cell(fact)


def _worded(view: View, test: Test) -> Formula:
    """Try the operator on each word that facts may be; texts have a free truth."""
    cells = [view.cell(fact) for fact in test.facts if fact.steps and fact.form is None]
    words = [cell for cell in cells if isinstance(cell, WordCell)]
    if len(words) < len(test.facts):
        return _text(view, test)
    zone = view.space.clock.zone
    value, *others = (cell.bits[view.number] for cell in words)
    if not others:
        return any_of(bit for w, bit in value.items() if test.operator.holds(w, (), zone))
    return any_of(
        all_of([bit, *(known for _, known in beside)])
        for word, bit in value.items()
        for beside in _combinations(others)
        if test.operator.holds(word, [one for one, _ in beside], zone)
    )


def _combinations(others: list[Mapping[str, Formula]]) -> list[list[tuple[str, Formula]]]:
    found: list[list[tuple[str, Formula]]] = [[]]
    for bits in others:
        found = [[*one, pair] for one in found for pair in bits.items()]
    return found


def _text(view: View, test: Test) -> Formula:
    """Return the free truth of a test of texts, beside whatever else it reads."""
    places = [view.place(fact) for fact in test.facts]
    texts = view.space.texts
    for fact, place in zip(test.facts, places, strict=True):
        if not view.is_text(fact) and place not in texts.beside:
            texts.beside[place] = Beside(*view.stated(fact))
    exist = denied(any_of(view.null(fact) for fact in test.facts))
    return texts.truth(test, places, exist)


def _bits(view: View, test: Test) -> Mapping[str, Formula]:
    cell = view.cell(test.fact)
    if not isinstance(cell, WordsCell):
        raise TypeError(test.fact.path)
    return cell.bits[view.number]


def _has_all(view: View, test: Test) -> Formula:
    bits, operator = _bits(view, test), test.operator
    members = operator.members if isinstance(operator, Has | HasAll) else ()
    return all_of(bits.get(member, constant(False)) for member in members)


def _has_only(view: View, test: Test) -> Formula:
    operator = test.operator
    return denied(
        any_of(
            bit
            for word, bit in _bits(view, test).items()
            if isinstance(operator, HasOnly) and not operator.allows(word)
        )
    )


def _exactly(view: View, test: Test) -> Formula:
    bits, operator = _bits(view, test), test.operator
    members = operator.members if isinstance(operator, Exactly) else ()
    others = [bit for word, bit in bits.items() if word not in members]
    there = [bits.get(member, constant(False)) for member in members]
    return all_of([*there, denied(any_of(others))])


def _before(view: View, test: Test) -> Formula:
    return compared(view.dated(test.fact), view.dated(test.facts[1]), "<")


def _after(view: View, test: Test) -> Formula:
    return compared(view.dated(test.facts[1]), view.dated(test.fact), "<")


def _span(view: View, test: Test) -> tuple[Dated, Dated, Dated]:
    """Return the earlier and the later date as they should lie, and the end of the duration."""
    operator: Any = test.operator
    first, last = operator.ordered(view.dated(test.fact), view.dated(test.facts[1]))
    return first, last, view.space.clock.end(first, operator.duration)


def _within(view: View, test: Test) -> Formula:
    first, last, end = _span(view, test)
    return all_of([compared(first, last, "<="), compared(last, end, "<=")])


def _more_than(view: View, test: Test) -> Formula:
    _, last, end = _span(view, test)
    return compared(end, last, "<")


def _at_least(view: View, test: Test) -> Formula:
    _, last, end = _span(view, test)
    return compared(end, last, "<=")


SAID: Final[Mapping[type[Operator], Said]] = {
    Is: _value,
    In: _worded,
    NotIn: _worded,
    Given: _given,
    FewerThan: _value,
    Has: _has_all,
    HasAll: _has_all,
    HasOnly: _has_only,
    Exactly: _exactly,
    SameAs: _worded,
    StartsWith: _worded,
    ContainsLoosely: _worded,
    ContainsWords: _worded,
    Length: _worded,
    ContainsEach: _worded,
    ContainsOnly: _worded,
    Reads: _text,
    Before: _before,
    After: _after,
    Within: _within,
    MoreThan: _more_than,
    AtLeast: _at_least,
}
"""How tests of known, existing values are said, by exact class."""
