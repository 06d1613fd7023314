# SPDX-License-Identifier: MIT
"""How each operator is said as a formula, by exact class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from caljobs_policy.analysis.formulas.cells import CountCell, FlagCell
from caljobs_policy.analysis.formulas.terms import (
    FALSE,
    Dated,
    Formula,
    all_of,
    any_of,
    compared,
    denied,
)
from caljobs_policy.analysis.formulas.views import View
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
from caljobs_policy.subjects.fields import WORDED, Kind

Said: TypeAlias = Callable[[Any, View, Test], Formula]
"""Says an operator, which is that of the test, for facts that exist."""
_Span: TypeAlias = Within | MoreThan | AtLeast


def truth_of(view: View, test: Test) -> Formula:
    """Return the formula that does as `truth`, for facts that are known."""
    operator = test.operator
    known = SAID[type(operator)](operator, view, test)
    nulls = any_of(view.null(fact) for fact in test.facts)
    if operator.truth(None, [None] * len(operator.anchors), view.clock.zone):
        return any_of([nulls, known])
    return all_of([denied(nulls), known])


def _is(operator: Is, view: View, test: Test) -> Formula:
    """Compare a flag or a number, and a word or a text by what it may be."""
    kind = test.fact.kind
    if kind is Kind.FLAG:
        flag = view.cell(test.fact, FlagCell).flag
        return flag if operator.value is True else denied(flag)
    if kind is Kind.COUNT:
        return view.cell(test.fact, CountCell).count == operator.value
    return _worded(operator, view, test)


def _fewer_than(operator: FewerThan, view: View, test: Test) -> Formula:
    return view.cell(test.fact, CountCell).count < operator.number


def _given(operator: Given, view: View, test: Test) -> Formula:
    """Ask a list whether it is empty and a text whether it is blank; all else is there."""
    kind = test.fact.kind
    if kind is Kind.WORDS:
        there = any_of(view.words(test.fact).values())
        return there if operator.expected else denied(there)
    return _worded(operator, view, test) if kind in WORDED else operator.expected


def _worded(operator: Operator, view: View, test: Test) -> Formula:
    """Try the operator on each word that facts may be; texts have a free truth."""
    if any(map(view.is_text, test.facts)):
        return _text(operator, view, test)
    zone = view.clock.zone
    value, *others = map(view.words, test.facts)
    return any_of(
        all_of([bit, *(known for _, known in beside)])
        for word, bit in value.items()
        for beside in _combinations(others)
        if operator.holds(word, [one for one, _ in beside], zone)
    )


def _combinations(others: list[Mapping[str, Formula]]) -> list[list[tuple[str, Formula]]]:
    found: list[list[tuple[str, Formula]]] = [[]]
    for bits in others:
        found = [[*one, pair] for one in found for pair in bits.items()]
    return found


def _text(operator: Operator, view: View, test: Test) -> Formula:
    """Return the free truth of a test of texts, beside whatever else it reads."""
    places = [view.place(fact) for fact in test.facts]
    texts = view.space.texts
    for fact, place in zip(test.facts, places, strict=True):
        if not view.is_text(fact) and place not in texts.beside:
            texts.beside[place] = view.beside(fact)
    exist = denied(any_of(view.null(fact) for fact in test.facts))
    return texts.truth(test, places, exist)


def _has_all(operator: Has | HasAll, view: View, test: Test) -> Formula:
    bits = view.words(test.fact)
    return all_of(bits.get(member, FALSE) for member in operator.members)


def _has_only(operator: HasOnly, view: View, test: Test) -> Formula:
    bits = view.words(test.fact)
    return denied(any_of(bits[word] for word in operator.refused(bits)))


def _exactly(operator: Exactly, view: View, test: Test) -> Formula:
    bits = view.words(test.fact)
    others = [bit for word, bit in bits.items() if word not in operator.members]
    there = [bits.get(member, FALSE) for member in operator.members]
    return all_of([*there, denied(any_of(others))])


def _before(operator: Before, view: View, test: Test) -> Formula:
    return compared(view.dated(test.fact), view.dated(operator.other), "<")


def _after(operator: After, view: View, test: Test) -> Formula:
    return compared(view.dated(operator.other), view.dated(test.fact), "<")


def _span(operator: _Span, view: View, test: Test) -> tuple[Dated, Dated, Dated]:
    """Return the earlier and the later date as they should lie, and the end of the duration."""
    first, last = operator.ordered(view.dated(test.fact), view.dated(operator.other))
    return first, last, view.clock.end(first, operator.duration)


def _within(operator: Within, view: View, test: Test) -> Formula:
    first, last, end = _span(operator, view, test)
    return all_of([compared(first, last, "<="), compared(last, end, "<=")])


def _more_than(operator: MoreThan, view: View, test: Test) -> Formula:
    _, last, end = _span(operator, view, test)
    return compared(end, last, "<")


def _at_least(operator: AtLeast, view: View, test: Test) -> Formula:
    _, last, end = _span(operator, view, test)
    return compared(end, last, "<=")


SAID: Final[Mapping[type[Operator], Said]] = {
    Is: _is,
    In: _worded,
    NotIn: _worded,
    Given: _given,
    FewerThan: _fewer_than,
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
