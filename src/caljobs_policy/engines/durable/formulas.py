# SPDX-License-Identifier: MIT
"""Conditions as formulas over bits, the form in which a Rete network can match them.

The truth of a test is two bits: it is certainly true, and it is possibly true. A denial swaps the
bits and asks for their contrary, so that no formula needs a `not`. In Kleene's logic a condition is
true exactly where its certain formula holds, and not false where its possible formula holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from attrs import frozen

from caljobs_policy.policy.conditions import AllOf, Condition, Not, Test
from caljobs_policy.policy.rules import Check
from caljobs_policy.subjects.unknown import Truth

BITS: Final[dict[Truth, tuple[int, int]]] = {True: (1, 1), None: (0, 1), False: (0, 0)}
"""Whether a test of some truth is certainly true, and whether it is possibly true."""


@frozen(cache_hash=True)
class Atom:
    """A bit has a value."""

    bit: int
    value: int


@frozen(cache_hash=True)
class Every:
    """Every part holds; no parts at all hold."""

    parts: tuple[Formula, ...]


@frozen(cache_hash=True)
class Some:
    """Some part holds."""

    parts: tuple[Formula, ...]


Formula: TypeAlias = Atom | Every | Some
Numbers: TypeAlias = Callable[[Test], int]
"""Returns the number of the certain bit of a test; the possible one is the next."""
TRUE: Final = Every(())
FALSE: Final = Some(())


def violated(check: Check, numbers: Numbers, *, certainly: bool) -> Formula:
    """Return the formula that a check applies and what it requires does not hold."""
    applies = formula_of(check.when, numbers, holds=True, certainly=certainly)
    broken = formula_of(check.require, numbers, holds=False, certainly=certainly)
    return joined(Every, (applies, broken))


def formula_of(condition: Condition, numbers: Numbers, *, holds: bool, certainly: bool) -> Formula:
    """Return the formula that a condition is certainly, or possibly, as asked for."""
    if isinstance(condition, Test):
        # Certainly true and possibly false are told by the certain bit, the others by the possible.
        certain = numbers(condition)
        return Atom(certain if certainly is holds else certain + 1, int(holds))
    if isinstance(condition, Not):
        return formula_of(condition.part, numbers, holds=not holds, certainly=certainly)
    parts = (
        formula_of(part, numbers, holds=holds, certainly=certainly) for part in condition.parts
    )
    kind = Every if isinstance(condition, AllOf) is holds else Some
    return joined(kind, tuple(parts))


def joined(kind: type[Every] | type[Some], parts: tuple[Formula, ...]) -> Formula:
    """Join formulas, without parts that say nothing and without brackets that are not needed.

    The network has no form of an empty `and` or `or`: it would match everything, or crash.
    """
    decisive, neutral = (FALSE, TRUE) if kind is Every else (TRUE, FALSE)
    flat: dict[Formula, None] = {}
    for part in parts:
        flat |= dict.fromkeys(part.parts if isinstance(part, kind) else (part,))
    if decisive in flat:
        return decisive
    left = tuple(part for part in flat if part != neutral)
    return left[0] if len(left) == 1 else kind(left)


def ways(formula: Formula) -> int:
    """Count the ways in which a formula can come to hold: its terms, were it multiplied out."""
    if isinstance(formula, Atom):
        return 1
    if isinstance(formula, Some):
        return sum(map(ways, formula.parts))
    product = 1
    for part in formula.parts:
        product *= ways(part)
    return product


def brackets(formula: Formula) -> int:
    """Count the `and` and `or` of a formula."""
    return 0 if isinstance(formula, Atom) else 1 + sum(map(brackets, formula.parts))


def bits_in(formula: Formula) -> Iterator[int]:
    """Return every bit that a formula reads, as often as it does."""
    if isinstance(formula, Atom):
        yield formula.bit
        return
    for part in formula.parts:
        yield from bits_in(part)
