# SPDX-License-Identifier: MIT
"""In which way a check fails, as formulas; on this depends what a finding cites."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from caljobs_policy.analysis.formulas.plans import PlanFormulas
from caljobs_policy.analysis.formulas.terms import (
    FALSE,
    TRUE,
    Formula,
    all_of,
    any_of,
    compared,
    denied,
)
from caljobs_policy.analysis.formulas.views import View
from caljobs_policy.policy import operators as ops
from caljobs_policy.policy.conditions import AllOf, Condition, Test
from caljobs_policy.policy.operators import Operator
from caljobs_policy.policy.rules import ELSE, Check

Ways: TypeAlias = Mapping[str, Formula]
"""The ways in which a test that fails may do so, each with when it does."""
_MISSING: Final = "missing"


def cited(found: PlanFormulas, check: Check) -> Iterator[tuple[str, Formula]]:
    """Yield each clause that the finding of a check that fails may cite, and when it does."""
    yield from ((clause, TRUE) for clause in check.clauses)
    for condition, clauses in check.clauses_where:
        yield from ((clause, found.truth(condition)) for clause in clauses)
    for kind, clauses in check.clauses_if.items():
        yield from ((clause, is_kind(found, check, kind)) for clause in clauses)


def is_kind(found: PlanFormulas, check: Check, kind: str) -> Formula:
    """Return the formula that a check which fails does so in a way: by a condition, or a test."""
    earlier: list[Formula] = []
    named = FALSE
    for name, condition in check.kinds.items():
        if name == kind:
            named = all_of([found.truth(condition), *map(denied, earlier)])
        earlier.append(found.truth(condition))
    of_tests = (
        all_of([is_first, fails_as(found.view, test, kind) if test is not None else kind == ELSE])
        for test, is_first in _first_failing(found, check.require)
    )
    return any_of([named, all_of([denied(any_of(earlier)), any_of(of_tests)])])


def _first_failing(
    found: PlanFormulas, condition: Condition
) -> Iterator[tuple[Test | None, Formula]]:
    """Yield the tests that may tell how a condition fails, each with when it does."""
    if isinstance(condition, Test):
        yield condition, TRUE
    elif isinstance(condition, AllOf):
        passed: list[Formula] = []
        for part in condition.parts:
            truth = found.truth(part)
            for test, is_first in _first_failing(found, part):
                yield test, all_of([*passed, denied(truth), is_first])
            passed.append(truth)
    else:
        yield None, TRUE


def fails_as(view: View, test: Test, kind: str) -> Formula:
    """Return the formula that a test which fails does so in a way, as its operator names them."""
    return FAILS[type(test.operator)](test.operator, view, test).get(kind, FALSE)


def _by_null(null: Formula) -> Ways:
    return {_MISSING: null, ELSE: denied(null)}


def _usual(_: Operator, view: View, test: Test) -> Ways:
    return _by_null(view.null(test.fact))


def _of_two(_: Operator, view: View, test: Test) -> Ways:
    return _by_null(any_of(map(view.null, test.facts)))


def _lacking(*_: Any) -> Ways:
    return {_MISSING: TRUE}


def _too_many(*_: Any) -> Ways:
    return {ELSE: TRUE}


def _exactly(operator: ops.Exactly, view: View, test: Test) -> Ways:
    words = view.words(test.fact)
    there = all_of(words.get(member, FALSE) for member in operator.members)
    return _by_null(any_of([view.null(test.fact), denied(there)]))


def _within(operator: ops.Within, view: View, test: Test) -> Ways:
    """Return on which side of the other date it lies, or else that it lies too far away."""
    null = any_of(map(view.null, test.facts))
    value, other = view.dated(test.fact), view.dated(operator.other)
    is_before = operator.side == "before"
    beyond = compared(other, value, "<") if is_before else compared(value, other, "<")
    side, far = ("later", "too_old") if is_before else ("earlier", "too_late")
    there = denied(null)
    return {_MISSING: null, side: all_of([there, beyond]), far: all_of([there, denied(beyond)])}


FAILS: Final[Mapping[type[Operator], Callable[[Any, View, Test], Ways]]] = {
    ops.Is: _usual,
    ops.In: _usual,
    ops.NotIn: _usual,
    ops.Given: _usual,
    ops.FewerThan: _usual,
    ops.Has: _lacking,
    ops.HasAll: _lacking,
    ops.HasOnly: _too_many,
    ops.Exactly: _exactly,
    ops.SameAs: _usual,
    ops.StartsWith: _usual,
    ops.ContainsLoosely: _usual,
    ops.ContainsWords: _usual,
    ops.Length: _usual,
    ops.ContainsEach: _lacking,
    ops.ContainsOnly: _usual,
    ops.Reads: _of_two,
    ops.Before: _usual,
    ops.After: _usual,
    ops.Within: _within,
    ops.MoreThan: _of_two,
    ops.AtLeast: _of_two,
}
"""In which ways a test of each operator fails, by exact class."""
