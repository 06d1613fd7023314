# SPDX-License-Identifier: MIT
"""Arranges checks by the values that facts need, so that those which cannot apply cost nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Final, NamedTuple

from caljobs_policy.engines.native.guards import Guards, guards_of
from caljobs_policy.policy.conditions import ALWAYS
from caljobs_policy.policy.rules import Check
from caljobs_policy.subjects.facts import Fact

_WORTH: Final = 6
"""So many more tests a look-up has to save than it leaves before it takes less time."""
_MOST: Final = 100
"""So many checks stand in one function at most; those of longer ones run slower."""


class Block(NamedTuple):
    """Checks with their numbers, in order, and those that depend on the value of a fact."""

    checks: tuple[tuple[int, Check], ...]
    choices: tuple[Choice, ...] = ()
    parts: tuple[Block, ...] = ()
    """Checks that were split off because they were too many for one function."""


class Choice(NamedTuple):
    """Blocks each of which counts where a fact has one of some values, or is unknown."""

    fact: Fact
    branches: tuple[tuple[frozenset[Hashable], Block], ...]


class _Guarded(NamedTuple):
    number: int
    check: Check
    guards: Guards


def block_of(checks: Iterable[Check]) -> Block:
    """Arrange the checks of a plan."""
    numbered = tuple(enumerate(checks))
    if _cases(check for _, check in numbered) < _WORTH:
        return _divided(numbered, ())
    return _arranged([_Guarded(n, check, guards_of(check)) for n, check in numbered])


def _arranged(checks: Sequence[_Guarded]) -> Block:
    choices = []
    while (fact := _most_telling(checks)) is not None:
        choices.append(_choice(fact, checks))
        checks = [one for one in checks if fact not in one.guards]
    return _divided(tuple((one.number, one.check) for one in checks), tuple(choices))


def _divided(checks: tuple[tuple[int, Check], ...], choices: tuple[Choice, ...]) -> Block:
    if len(checks) <= _MOST:
        return Block(checks, choices)
    parts = (checks[start : start + _MOST] for start in range(0, len(checks), _MOST))
    return Block((), choices, tuple(map(Block, parts)))


def _cases(checks: Iterable[Check]) -> int:
    """Return in how many cases checks apply, each of which takes one test."""
    found = Counter(check.when for check in checks)
    return len(found) + max(0, found[ALWAYS] - 1)


def _most_telling(checks: Sequence[_Guarded]) -> Fact | None:
    """Return the fact that saves the most tests over its values, if there are enough."""
    if _cases(check for _, check, _ in checks) < _WORTH:
        return None
    tests: dict[Fact, set[object]] = defaultdict(set)
    values: dict[Fact, Counter[Hashable]] = defaultdict(Counter)
    for number, check, guards in checks:
        # Checks that apply in the same case share one test.
        test = number if check.when == ALWAYS else check.when
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


def _choice(fact: Fact, checks: Iterable[_Guarded]) -> Choice:
    """Put checks that need the same values of a fact into one block."""
    grouped: dict[frozenset[Hashable], list[_Guarded]] = defaultdict(list)
    for number, check, guards in checks:
        if fact in guards:
            others = {other: values for other, values in guards.items() if other != fact}
            grouped[guards[fact]].append(_Guarded(number, check, others))
    return Choice(fact, tuple((values, _arranged(inner)) for values, inner in grouped.items()))
