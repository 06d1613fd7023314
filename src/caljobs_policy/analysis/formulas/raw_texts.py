# SPDX-License-Identifier: MIT
"""Tests that read the characters of one text as they are, decided by the solver's own strings."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import tzinfo
from typing import Any, Final

import z3

from caljobs_policy.analysis.formulas.terms import Formula, all_of, any_of, denied
from caljobs_policy.analysis.formulas.text_candidates import Place, Wanted
from caljobs_policy.policy import operators as ops
from caljobs_policy.policy.operators import Operator
from caljobs_policy.subjects.fields import MOST_CHARACTERS

_PATIENCE: Final = 2000
"""How many milliseconds the solver may take."""
_BLANKS: Final = "".join(c for c in map(chr, range(sys.maxunicode)) if c.isspace())


def decided(
    wanted: Wanted, text: Place, known: Mapping[Place, Any], zone: tzinfo
) -> tuple[bool, str | None]:
    """Return whether it is decided which text has some truths, and the text if there is one."""
    solver, string = z3.Solver(), z3.String("text")
    if not _said(solver, string, wanted, text, known):
        return False, None
    result = solver.check()
    if result == z3.unsat:
        return True, None
    found = _text(solver.model(), string) if result == z3.sat else None
    values = {**known, text: found}
    if found is None or any(one.holds(values, zone) is not t for one, t in wanted.items()):
        return False, None
    return True, found


def is_never(wanted: Wanted, text: Place) -> bool:
    """Return whether certainly no text has some truths, whatever else the tests read."""
    solver, string = z3.Solver(), z3.String("text")
    # Beside a day that is not known, a text that does not read as it may be any text.
    told = {one: t for one, t in wanted.items() if t or len(one.places) == 1}
    return _said(solver, string, told, text, {}) and bool(solver.check() == z3.unsat)


def _said(
    solver: z3.Solver, string: Any, wanted: Wanted, text: Place, known: Mapping[Place, Any]
) -> bool:
    """Say some tests of a text to a solver; return whether all of them can be said."""
    if not all(type(one.test.operator) in _RAW for one in wanted):
        return False
    solver.set("timeout", _PATIENCE)
    length = z3.Length(string)
    solver.add(length <= MOST_CHARACTERS)
    for one, truth in wanted.items():
        others = [known.get(place) for place in one.places if place != text]
        formula = _RAW[type(one.test.operator)](one.test.operator, string, others)
        solver.add(formula if truth else denied(formula))
    return True


def _text(model: Any, string: Any) -> str:
    value = model.eval(string, model_completion=True)
    return str(value.py_value())


def _equals(string: Any, texts: Iterable[str]) -> Formula:
    return any_of(string == z3.StringVal(text) for text in texts)


def _of_characters(characters: Iterable[str]) -> Any:
    parts = [z3.Re(one) for one in sorted(characters)]
    if not parts:
        return z3.Re("")
    return z3.Star(parts[0] if len(parts) == 1 else z3.Union(*parts))


def _length(operator: ops.Length, string: Any, _: list[Any]) -> Formula:
    length = z3.Length(string)
    longest = [] if operator.longest is None else [length <= operator.longest]
    return all_of([length >= operator.shortest, *longest])


def _contains_each(operator: ops.ContainsEach, string: Any, _: list[Any]) -> Formula:
    return all_of(
        any_of(z3.Contains(string, z3.StringVal(one)) for one in sorted(members))
        for members in operator.members
    )


def _reads(operator: ops.Reads, string: Any, others: list[Any]) -> Formula:
    """Compare with the date filled in; any digits will do for one that is not known."""
    if others[0] is not None:
        return _equals(string, [operator.filled(others[0])])
    digit = z3.Range("0", "9")
    pieces = enumerate(operator.pieces)
    parts = [z3.Loop(digit, len(p), len(p)) if n % 2 else z3.Re(p) for n, p in pieces]
    return z3.InRe(string, z3.Concat(*parts) if len(parts) > 1 else parts[0])


_RAW: Final[Mapping[type[Operator], Callable[[Any, Any, list[Any]], Formula]]] = {
    ops.Is: lambda operator, string, _: _equals(string, [operator.value]),
    ops.In: lambda operator, string, _: _equals(string, operator.values),
    ops.NotIn: lambda operator, string, _: denied(_equals(string, operator.values)),
    ops.Given: lambda operator, string, _: (
        z3.InRe(string, _of_characters(_BLANKS))
        if not operator.expected
        else z3.Not(z3.InRe(string, _of_characters(_BLANKS)))
    ),
    ops.StartsWith: lambda operator, string, _: z3.PrefixOf(z3.StringVal(operator.text), string),
    ops.Length: _length,
    ops.ContainsEach: _contains_each,
    ops.ContainsOnly: lambda operator, string, _: z3.InRe(string, _of_characters(operator.allowed)),
    ops.Reads: _reads,
}
"""How tests of one text are said of a string; `reads` beside a known day."""
