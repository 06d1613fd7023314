# SPDX-License-Identifier: MIT
"""Which of many wishes can be granted together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import z3

from caljobs_policy.analysis.formulas.finding import Finder, checked
from caljobs_policy.analysis.formulas.terms import Formula, implies, is_false


def granted(finder: Finder, formula: Formula, wishes: Sequence[Formula]) -> Sequence[int]:
    """Return the numbers of wishes that can hold together with a formula, the first ones first.

    None of those that are left out could be added. All of it is as far as the solver knows of
    functions and texts.
    """
    if is_false(formula):
        return ()
    finder.tell()
    finder.solver.push()
    try:
        finder.solver.add(formula)
        return _Granting(finder, wishes).most()
    finally:
        finder.solver.pop()


class _Granting:
    """Tries wishes that each have a flag, by their numbers."""

    def __init__(self, finder: Finder, wishes: Sequence[Formula]) -> None:
        self.finder = finder
        possible = [number for number, wish in enumerate(wishes) if not is_false(wish)]
        self.flags = {number: finder.space.symbols.new_flag("wish") for number in possible}
        for number, flag in self.flags.items():
            finder.solver.add(implies(flag, wishes[number]))
        self.numbers = {flag.get_id(): number for number, flag in self.flags.items()}

    def most(self) -> Sequence[int]:
        """Drop the least of those that cannot hold together, then try each of them once more."""
        kept = dict.fromkeys(self.flags)
        while kept and not self._are_possible(kept):
            core = [self.numbers[flag.get_id()] for flag in self.finder.solver.unsat_core()]
            if not core:
                return ()
            kept.pop(max(core))
        for number in self.flags:
            if number not in kept and self._are_possible([*kept, number]):
                kept[number] = None
        return sorted(kept)

    def _are_possible(self, numbers: Iterable[int]) -> bool:
        flags = [self.flags[number] for number in numbers]
        return bool(checked(self.finder.solver, self.finder.limits.work, *flags) == z3.sat)
