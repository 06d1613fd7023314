# SPDX-License-Identifier: MIT
"""Of wishes that cannot all be granted, the first ones are, and as many as may be."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from caljobs_policy import load_policy
from caljobs_policy.analysis.formulas.finding import Finder
from caljobs_policy.analysis.formulas.space import Space
from caljobs_policy.analysis.formulas.terms import FALSE, TRUE, all_of, any_of, denied
from caljobs_policy.analysis.generating.wishing import granted

FINDER: Final = Finder(Space((load_policy("state", date(2025, 6, 2)),), "office"))
ONE, TWO, THREE = (FINDER.space.symbols.new_flag(name) for name in ("one", "two", "three"))


def test_of_two_wishes_that_exclude_each_other_the_first_is_granted() -> None:
    wishes: list[Any] = [ONE, denied(ONE), TWO, denied(all_of([ONE, TWO])), THREE]
    assert granted(FINDER, TRUE, wishes) == [0, 2, 4]
    assert granted(FINDER, denied(ONE), wishes) == [1, 2, 3, 4]


def test_what_is_left_out_cannot_be_added() -> None:
    wishes: list[Any] = [any_of([ONE, TWO]), denied(ONE), denied(TWO), THREE]
    assert granted(FINDER, TRUE, wishes) == [0, 1, 3]


def test_nothing_is_granted_beside_what_cannot_be() -> None:
    assert not granted(FINDER, FALSE, [ONE])
    assert not granted(FINDER, all_of([ONE, denied(ONE)]), [TWO])
    assert granted(FINDER, TRUE, [FALSE, TRUE]) == [1]


def test_asking_leaves_the_solver_as_it_was() -> None:
    assert granted(FINDER, TRUE, [ONE]) == granted(FINDER, TRUE, [ONE]) == [0]
    assert granted(FINDER, TRUE, [denied(ONE)]) == [0]
