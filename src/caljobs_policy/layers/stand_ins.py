# SPDX-License-Identifier: MIT
"""Whether the rules above treat a local word no better than one of their own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from caljobs_policy.policy import operators
from caljobs_policy.policy.conditions import Condition, Not, Test, parts_of
from caljobs_policy.policy.operators import Operator
from caljobs_policy.policy.rules import Check, Plan
from caljobs_policy.subjects.facts import Fact

HOLDS: Final[Mapping[type[Operator], Callable[[Any, frozenset[str]], bool]]] = {
    operators.Is: lambda operator, words: operator.value in words,
    operators.In: lambda operator, words: not words.isdisjoint(operator.values),
    operators.NotIn: lambda operator, words: words.isdisjoint(operator.values),
    operators.Given: lambda operator, words: bool(operator.expected),
    operators.Has: lambda operator, words: words.issuperset(operator.members),
    operators.HasAll: lambda operator, words: words.issuperset(operator.members),
    operators.HasOnly: lambda operator, words: not words.isdisjoint(operator.members),
    operators.Exactly: lambda operator, words: words.issuperset(operator.members),
}
"""Whether a test holds for a word that stands for some words above, alone in its list."""
LACKS: Final[frozenset[type[Operator]]] = frozenset(
    {
        *(operators.SameAs, operators.StartsWith),
        *(operators.ContainsLoosely, operators.ContainsWords),
        *(operators.Length, operators.ContainsEach, operators.ContainsOnly, operators.Reads),
        *(operators.FewerThan, operators.Before, operators.After),
        *(operators.Within, operators.MoreThan, operators.AtLeast),
    }
)
"""The operators that name no words of a table: words alone do not decide whether they hold."""


@frozen
class Use:
    """A fact that holds words of a table, and how the checks about a subject test it."""

    key: str
    fact: Fact
    tests: tuple[tuple[Check, Test, bool], ...]
    """Each test with its check, and whether the check finds more where the test holds."""

    def is_no_better(self, words: frozenset[str], than: str) -> bool:
        """Return whether a stand-in for some words fares no better than another word."""
        other = frozenset({than})
        return all(
            _finds(test, words, more=more) >= _finds(test, other, more=more)
            for _, test, more in self.tests
        )

    def escaped(self, words: frozenset[str]) -> Check:
        """Return a check that a stand-in for some words gets past."""
        return next(
            (check for check, test, more in self.tests if not _finds(test, words, more=more)),
            self.tests[0][0],
        )


def _finds(test: Test, words: frozenset[str], *, more: bool) -> bool:
    """Return whether a test of a word lets its check find something, judged by words alone."""
    holds = HOLDS.get(type(test.operator))
    return holds(test.operator, words) is more if holds else True


def uses_of(table: str, plans: Iterable[Plan], *, but: str) -> Iterator[Use]:
    """Yield the uses of a table's words in plans, leaving out one check."""
    for plan in plans:
        found: dict[Fact, list[tuple[Check, Test, bool]]] = {}
        for check in plan.checks:
            for test, more in _signed(check) if check.outcome.weight and check.id != but else ():
                if test.fact.holds.vocabulary == table:
                    found.setdefault(test.fact, []).append((check, test, more))
        yield from (Use(plan.key, fact, tuple(tests)) for fact, tests in found.items())


def _signed(check: Check) -> Iterator[tuple[Test, bool]]:
    """Yield the tests of a check, each with whether the check finds more where it holds.

    An exemption that applies ends the evaluation, so it finds less.
    """
    finds = not check.exempts
    yield from _tests(check.when, finds)
    yield from _tests(check.require, not finds)


def _tests(condition: Condition, more: bool) -> Iterator[tuple[Test, bool]]:
    if isinstance(condition, Test):
        yield condition, more
    for part in parts_of(condition):
        yield from _tests(part, more is not isinstance(condition, Not))
