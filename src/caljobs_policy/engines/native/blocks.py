# SPDX-License-Identifier: MIT
"""Arranges checks by the values that facts need, so that those which cannot apply cost nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Final, NamedTuple, TypeAlias

from caljobs_policy.engines.native.guards import guards_of
from caljobs_policy.engines.native.left_open import Guarded, left_open, without
from caljobs_policy.policy.conditions import ALWAYS
from caljobs_policy.policy.rules import Check
from caljobs_policy.subjects.facts import Fact

_WORTH: Final = 6
"""So many more tests a look-up has to save than it leaves before it takes less time."""
_MOST: Final = 100
"""So many checks stand in one function at most; those of longer ones run slower."""


Numbered: TypeAlias = tuple[tuple[int, ...], Check]
"""A check with the numbers of all that find the same as it does."""


class Block(NamedTuple):
    """Checks with their numbers, in order, and those that depend on the value of a fact."""

    checks: tuple[Numbered, ...]
    choices: tuple[Choice, ...] = ()
    parts: tuple[Block, ...] = ()
    """Checks that were split off because they were too many for one function."""


class Choice(NamedTuple):
    """Blocks each of which counts where a fact has one of some values."""

    fact: Fact
    branches: tuple[tuple[frozenset[Hashable], Block], ...]
    checks: Sequence[Guarded]
    """All that depends on the fact."""

    def left_open(self) -> Block:
        """Arrange all of it by other facts, for where the fact is unknown."""
        return _arranged(left_open(self.fact, self.checks))


def block_of(checks: Iterable[Check]) -> Block:
    """Arrange the checks of a plan."""
    numbered = tuple([((number,), check) for number, check in enumerate(checks)])
    if _cases(check for _, check in numbered) < _WORTH:
        return _divided(numbered, ())
    return _arranged([Guarded(ns, check, guards_of(check)) for ns, check in numbered])


def _arranged(checks: Sequence[Guarded]) -> Block:
    choices = []
    while (fact := _most_telling(checks)) is not None:
        choices.append(_choice(fact, [one for one in checks if fact in one.guards]))
        checks = [one for one in checks if fact not in one.guards]
    return _divided(tuple((one.numbers, one.check) for one in checks), tuple(choices))


def _divided(checks: tuple[Numbered, ...], choices: tuple[Choice, ...]) -> Block:
    if len(checks) <= _MOST:
        return Block(checks, choices)
    parts = (checks[start : start + _MOST] for start in range(0, len(checks), _MOST))
    return Block((), choices, tuple(map(Block, parts)))


def _cases(checks: Iterable[Check]) -> int:
    """Return in how many cases checks apply, each of which takes one test."""
    found = Counter(check.when for check in checks)
    return len(found) + max(0, found[ALWAYS] - 1)


def _most_telling(checks: Sequence[Guarded]) -> Fact | None:
    """Return the fact that saves the most tests over its values, if there are enough."""
    if len(checks) < _WORTH or _cases(check for _, check, _ in checks) < _WORTH:
        return None
    tests: dict[Fact, set[object]] = defaultdict(set)
    values: dict[Fact, Counter[Hashable]] = defaultdict(Counter)
    for numbers, check, guards in checks:
        # Checks that apply in the same case share one test.
        test = numbers if check.when == ALWAYS else check.when
        for fact, needed in guards.items():
            if test not in tests[fact]:
                tests[fact].add(test)
                values[fact].update(needed)
    saved = {fact: len(found) - 2 * _left(values[fact]) for fact, found in tests.items()}
    best = max(saved, key=saved.__getitem__, default=None)
    return best if best is not None and saved[best] >= _WORTH else None


def _left(tests: Counter[Hashable]) -> float:
    """Return how many tests are left on average, over the values and one that nothing needs."""
    return tests.total() / (len(tests) + 1)


def _choice(fact: Fact, checks: Sequence[Guarded]) -> Choice:
    """Put checks that need the same values of a fact into one block."""
    grouped: dict[frozenset[Hashable], list[Guarded]] = defaultdict(list)
    for one in checks:
        inner = one._replace(guards=without(fact, one.guards))
        grouped[one.guards[fact]].append(inner)
    branches = ((values, _arranged(inner)) for values, inner in grouped.items())
    return Choice(fact, tuple(branches), checks)
