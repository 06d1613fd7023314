# SPDX-License-Identifier: MIT
"""Formulas and numbers of the solver; those that are constant are plain truths and numbers.

A plain constant belongs to no context of the solver, so that it can stand in the formulas of any.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any, Final, TypeAlias

import z3
from attrs import frozen

Formula: TypeAlias = Any
"""A formula of the solver, which has no types of its own, or a plain truth."""
Number: TypeAlias = Any
"""A whole number of the solver, or a plain one."""
Model: TypeAlias = Any
"""Values that the solver found for its variables."""
TRUE: Final[Formula] = True
FALSE: Final[Formula] = False


def is_open(term: Formula | Number) -> bool:
    """Return whether a formula or a number is one of the solver, and no plain constant."""
    return isinstance(term, z3.ExprRef)


def identity(term: Formula | Number) -> Hashable:
    """Return what two formulas or numbers of one context share only if they are the same."""
    return (is_open(term), term.get_id() if is_open(term) else term)


def is_true(formula: Formula) -> bool:
    """Return whether a formula is the constant that always holds."""
    return formula is True


def is_false(formula: Formula) -> bool:
    """Return whether a formula is the constant that never holds."""
    return formula is False


def all_of(formulas: Iterable[Formula]) -> Formula:
    """Return the formula that all of some hold."""
    parts = [one for one in formulas if not is_true(one)]
    if any(map(is_false, parts)):
        return FALSE
    if not parts:
        return TRUE
    return parts[0] if len(parts) == 1 else z3.And(parts)


def any_of(formulas: Iterable[Formula]) -> Formula:
    """Return the formula that any of some holds."""
    parts = [one for one in formulas if not is_false(one)]
    if any(map(is_true, parts)):
        return TRUE
    if not parts:
        return FALSE
    return parts[0] if len(parts) == 1 else z3.Or(parts)


def denied(formula: Formula) -> Formula:
    """Return the formula that one does not hold."""
    if is_true(formula):
        return FALSE
    if is_false(formula):
        return TRUE
    return formula.arg(0) if z3.is_not(formula) else z3.Not(formula)


def implies(given: Formula, formula: Formula) -> Formula:
    """Return the formula that one holds where another does."""
    return any_of([denied(given), formula])


def same(one: Formula, other: Formula) -> Formula:
    """Return the formula that two hold together or not at all."""
    if is_true(other) or is_false(other):
        one, other = other, one
    if is_true(one):
        return other
    return denied(other) if is_false(one) else one == other


def either(given: Formula, one: Any, other: Any) -> Any:
    """Return one term where a formula holds, and another where it does not."""
    if is_true(given) or is_false(given):
        return one if is_true(given) else other
    return one if one is other else z3.If(given, one, other)


def between(first: Number, number: Number, last: Number) -> Formula:
    """Return the formula that a number is at least the first and at most the last of some."""
    return all_of([first <= number, number <= last])


def holds_in(model: Model, formula: Formula) -> bool:
    """Return whether a formula holds in a model; what the model leaves open is chosen."""
    if is_open(formula):
        return bool(z3.is_true(model.eval(formula, model_completion=True)))
    return bool(formula)


def number_in(model: Model, number: Number) -> int:
    """Return a whole number in a model."""
    if is_open(number):
        number = model.eval(number, model_completion=True).as_long()
    return int(number)


@frozen(eq=False)
class Dated:
    """A day, or a time with its local day, as a fact about dates holds it."""

    timed: Formula
    """Whether it is a time and not a whole day."""
    day: Number
    second: Number
    """Its elapsed second, which means nothing while it is a day."""


def compared(one: Dated, other: Dated, sign: str) -> Formula:
    """Return how two dates lie, `<`, `<=` or `==`: two times by second, anything else by day."""
    both = all_of([one.timed, other.timed])
    by_second = FALSE if is_false(both) else _SIGNS[sign](one.second, other.second)
    if is_true(both):
        return by_second
    return either(both, by_second, _SIGNS[sign](one.day, other.day))


_SIGNS: Final[Any] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    "==": lambda left, right: left == right,
}
