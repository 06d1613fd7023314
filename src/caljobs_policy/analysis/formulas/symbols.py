# SPDX-License-Identifier: MIT
"""The variables of a space, and what holds of them, in a context of the solver of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import z3

from caljobs_policy.analysis.formulas.terms import Formula, Number, is_true

Value: TypeAlias = Callable[[Number], int]
"""Returns the value that a subject gives a number."""


class Symbols:
    """Makes the variables of a space, and keeps what holds of them.

    Nothing of one context may be used with another, nor one context in two threads at once.
    """

    def __init__(self) -> None:
        self.context = z3.Context()
        # Garbage may be collected in another thread than the one that works with the context.
        z3.Z3_enable_concurrent_dec_ref(self.context.ref())
        self.derived: list[tuple[Number, Callable[[Value], int]]] = []
        """Numbers that follow from others, each with how."""
        self.axioms: list[Formula] = []
        """What holds of all subjects of the space, and what was learned of functions and texts."""

    def say(self, formula: Formula) -> None:
        """Keep a formula that always holds."""
        if not is_true(formula):
            self.axioms.append(formula)

    def flag(self, name: str) -> Formula:
        """Return the variable of something that is so or not."""
        return z3.Bool(name, self.context)

    def new_flag(self, name: str) -> Formula:
        """Return the variable of something that has no other name in common."""
        return z3.FreshBool(name, self.context)

    def number(self, name: str) -> Number:
        """Return the variable of a whole number."""
        return z3.Int(name, self.context)

    def new_number(self, name: str) -> Number:
        """Return the variable of a whole number that has no other name in common."""
        return z3.FreshInt(name, self.context)

    def function(self, name: str) -> z3.FuncDeclRef:
        """Return a function of whole numbers of which nothing is known."""
        whole = z3.IntSort(self.context)
        return z3.Function(name, whole, whole)
