# SPDX-License-Identifier: MIT
"""All formulas but one are said without naming each of them."""

from __future__ import annotations

import pytest
import z3

from caljobs_policy.analysis.formulas.choices import Choices
from caljobs_policy.analysis.formulas.symbols import Symbols
from caljobs_policy.analysis.formulas.terms import FALSE, any_of


@pytest.mark.parametrize("many", [*range(1, 10), 33])
def test_any_but_one_is_any_of_the_others(many: int) -> None:
    symbols = Symbols()
    flags = [symbols.flag(str(number)) for number in range(many)]
    choices = Choices(flags)
    solver = z3.Solver(ctx=symbols.context)
    for number, left_out in enumerate(flags):
        others = any_of(one for one in flags if one is not left_out)
        if others is FALSE:
            assert choices.but(number) is FALSE
        else:
            assert solver.check(choices.but(number) != others) == z3.unsat


def test_many_formulas_take_few_parts_each() -> None:
    symbols = Symbols()
    choices = Choices(symbols.flag(str(number)) for number in range(1000))
    assert choices.but(400).num_args() == 10
