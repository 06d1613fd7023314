# SPDX-License-Identifier: MIT
"""Functions of days are learned piece by piece, each of them as it really is."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
import z3

from caljobs_policy.analysis.formulas.curves import Curve
from caljobs_policy.analysis.formulas.symbols import Symbols
from caljobs_policy.dates.durations import plus_months, quarter_end

JANUARY: Final = date(2025, 1, 1).toordinal()
DECEMBER: Final = date(2025, 12, 31).toordinal()
DAYS: Final = range(JANUARY, DECEMBER + 1)


def after_a_month(day: int) -> int:
    return plus_months(date.fromordinal(day), 1).toordinal()


def end_of_quarter(day: int) -> int:
    return quarter_end(date.fromordinal(day), 0).toordinal()


@pytest.mark.parametrize("real", [after_a_month, end_of_quarter])
def test_a_question_about_a_function_is_answered_as_it_really_is(real: Any) -> None:
    symbols = Symbols()
    solver, day = z3.Solver(ctx=symbols.context), symbols.number("day")
    curve = Curve("curve", real, 1, (0, 100), days=DAYS, symbols=symbols)
    value = curve.at(day)
    solver.add(day >= JANUARY, day <= DECEMBER)
    longest = max(real(one) - one for one in range(JANUARY, DECEMBER + 1))
    for wanted, there in ((longest, True), (longest + 1, False)):
        solver.push()
        solver.add(value - day == wanted, *symbols.axioms)
        while (result := solver.check()) == z3.sat:
            if not curve.corrected(solver.model()):
                break
            solver.add(*symbols.axioms)
        assert (result == z3.sat) is there
        solver.pop()


def test_a_piece_is_as_long_as_the_function_is_straight() -> None:
    symbols = Symbols()
    curve = Curve("month", after_a_month, 1, (28, 31), days=DAYS, symbols=symbols)
    curve.learn(date(2025, 3, 10).toordinal())
    (piece,) = curve.pieces
    assert date.fromordinal(piece.first) == date(2025, 3, 1)
    assert date.fromordinal(piece.last) == date(2025, 3, 30)
    assert (piece.slope, piece.shift) == (1, 31)
    quarter = Curve("quarter", end_of_quarter, 1, (0, 92), days=DAYS, symbols=symbols)
    quarter.learn(date(2025, 3, 10).toordinal())
    assert quarter.pieces[0].slope == 0
    assert date.fromordinal(quarter.pieces[0].last) == date(2025, 3, 31)
