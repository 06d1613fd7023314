# SPDX-License-Identifier: MIT
"""That the variables of a fact hold some value, as formulas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from caljobs_policy.analysis.formulas.cells import (
    Cell,
    CountCell,
    DatedCell,
    FlagCell,
    SignedCell,
)
from caljobs_policy.analysis.formulas.terms import Formula, all_of, denied, same
from caljobs_policy.analysis.formulas.word_cells import WordCell, WordsCell, likest
from caljobs_policy.dates.durations import second_of


def holds_value(cell: Cell, value: Any) -> Formula:
    """Return the formula that a fact which exists holds a value."""
    match cell:
        case FlagCell():
            return cell.flag if value else denied(cell.flag)
        case CountCell():
            return cell.count == value
        case WordCell():
            return cell.bits[0][value]
        case WordsCell():
            stated = {bit_of(cell, word) for word in value}
            return all_of(same(bit, word in stated) for word, bit in cell.bits[0].items())
        case DatedCell():
            return _is_dated(cell, value)
    raise TypeError(type(cell).__name__)


def _is_dated(cell: DatedCell, value: date) -> Formula:
    dated = cell.dated
    if isinstance(value, datetime):
        return all_of([dated.timed, dated.second == second_of(value, cell.clock.zone)])
    return all_of([denied(dated.timed), dated.day == value.toordinal()])


def was_signed_on(cell: SignedCell, days: Sequence[date]) -> Formula:
    """Return the formula that a form was signed on some days, and on no others that matter."""
    found = []
    for number, (has, dated) in enumerate(cell.signed):
        is_there = number < len(days)
        found.append(has if is_there else denied(has))
        if is_there:
            found.append(dated.day == days[number].toordinal())
    return all_of(found)


def bit_of(cell: WordsCell, word: str) -> str:
    """Return the word of a list that stands for one: itself if any test mentions it."""
    return word if word in cell.bits[0] else likest(word, cell.bits[0])
