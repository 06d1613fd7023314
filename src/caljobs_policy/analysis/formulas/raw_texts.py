# SPDX-License-Identifier: MIT
"""Tests that read the characters of one text as they are, decided for all texts at once.

Each such test is a small machine that reads a text character by character. Their states together
are few, so all that can be reached is tried, with one character for all that no machine tells
apart: the first text found is a shortest one, and where none is found there is none.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import tzinfo
from string import digits
from typing import Any, Final, TypeAlias

from attrs import frozen

from caljobs_policy.analysis.formulas.text_candidates import Place, Wanted
from caljobs_policy.policy import operators as ops
from caljobs_policy.policy.operators import Operator

_MOST_STATES: Final = 50_000
_DIGITS: Final = frozenset(digits)
_BLANKS: Final = frozenset(c for c in map(chr, range(sys.maxunicode)) if c.isspace())


@frozen(eq=False)
class _Machine:
    """Reads a text: where it begins, what a character leads to, and where the test holds."""

    start: Hashable
    step: Callable[[Any, str], Hashable]
    holds: Callable[[Any], bool]
    letters: str = ""
    """Characters that it tells from all others."""
    sets: tuple[frozenset[str], ...] = ()
    """Sets of characters that it tells from all others."""


_Make: TypeAlias = Callable[[Any, list[Any]], _Machine]


def decided(
    wanted: Wanted, text: Place, known: Mapping[Place, Any], zone: tzinfo
) -> tuple[bool, str | None]:
    """Return whether it is decided which text has some truths, and the text if there is one."""
    machines = _machines(wanted, text, known)
    return (False, None) if machines is None else _shortest(machines)


def is_never(wanted: Wanted, text: Place) -> bool:
    """Return whether certainly no text has some truths, whatever else the tests read."""
    # Beside a day that is not known, a text that does not read as it may be any text.
    told = {one: t for one, t in wanted.items() if t or len(one.places) == 1}
    machines = _machines(told, text, {})
    return machines is not None and _shortest(machines) == (True, None)


def _machines(
    wanted: Wanted, text: Place, known: Mapping[Place, Any]
) -> list[tuple[_Machine, bool]] | None:
    """Return a machine for each test, with its wanted truth; None if some test has none."""
    found = []
    for one, truth in wanted.items():
        operator = one.test.operator
        if type(operator) not in _MACHINES:
            return None
        others = [known.get(place) for place in one.places if place != text]
        found.append((_MACHINES[type(operator)](operator, others), truth))
    return found


def _shortest(machines: list[tuple[_Machine, bool]]) -> tuple[bool, str | None]:
    """Return whether all reachable states were tried, and a shortest text that is as wanted."""
    alphabet = list(_alphabet([machine for machine, _ in machines]))
    start = tuple(machine.start for machine, _ in machines)
    waiting, seen = deque([(start, "")]), {start}
    while waiting:
        states, text = waiting.popleft()
        if all(m.holds(s) is truth for (m, truth), s in zip(machines, states, strict=True)):
            return True, text
        for letter in alphabet:
            pairs = zip(machines, states, strict=True)
            following = tuple(machine.step(state, letter) for (machine, _), state in pairs)
            if following not in seen:
                seen.add(following)
                waiting.append((following, text + letter))
        if len(seen) > _MOST_STATES:
            return False, None
    return True, None


def _alphabet(machines: list[_Machine]) -> Iterator[str]:
    """Yield one character for all that no machine tells apart."""
    letters = {letter for machine in machines for letter in machine.letters}
    sets = [each for machine in machines for each in machine.sets]
    seen = set()
    named = (*sorted(letters), *sorted(set().union(*sets)))
    others = ("?", "a", "A", "1", " ", *map(chr, range(33, 1000)))
    for one in (*others, *named, *sorted(_BLANKS)):
        told = one if one in letters else None
        alike = (told, one in _BLANKS, tuple(one in each for each in sets))
        if alike not in seen:
            seen.add(alike)
            yield one


def _word(words: Iterable[str], *, listed: bool = True) -> _Machine:
    """Read one of some words, or none of them."""
    known = frozenset(words)
    begun = {word[:end] for word in known for end in range(len(word) + 1)}

    def step(read: str | None, letter: str) -> str | None:
        return read + letter if read is not None and read + letter in begun else None

    return _Machine("", step, lambda read: (read in known) is listed, "".join(known))


def _beginning(operator: ops.StartsWith, _: list[Any]) -> _Machine:
    whole = operator.text

    def step(read: str | None, letter: str) -> str | None:
        if read == whole or read is None:
            return read
        return read + letter if whole.startswith(read + letter) else None

    return _Machine("", step, lambda read: read == whole, whole)


def _length(operator: ops.Length, _: list[Any]) -> _Machine:
    longest = operator.longest
    most = (operator.shortest if longest is None else longest) + 1

    def holds(count: int) -> bool:
        return operator.shortest <= count and (longest is None or count <= longest)

    return _Machine(0, lambda count, _: min(count + 1, most), holds)


def _each_set(operator: ops.ContainsEach, _: list[Any]) -> _Machine:
    sets = operator.members

    def step(found: frozenset[int], letter: str) -> frozenset[int]:
        return found | {number for number, one in enumerate(sets) if letter in one}

    return _Machine(frozenset(), step, lambda found: len(found) == len(sets), sets=sets)


def _only(operator: ops.ContainsOnly, _: list[Any]) -> _Machine:
    known = operator.allowed
    return _Machine(True, lambda ok, letter: ok and letter in known, bool, sets=(known,))


def _given(operator: ops.Given, _: list[Any]) -> _Machine:
    return _Machine(
        False,
        lambda there, letter: there or letter not in _BLANKS,
        lambda there: there is operator.expected,
    )


def _reads(operator: ops.Reads, others: list[Any]) -> _Machine:
    """Read the date filled in; any digits will do for one that is not known."""
    if others[0] is not None:
        return _word([operator.filled(others[0])])
    pattern: list[str | None] = []
    for number, piece in enumerate(operator.pieces):
        pattern += [None] * len(piece) if number % 2 else piece

    def step(read: int | None, letter: str) -> int | None:
        if read is None or read == len(pattern):
            return None
        wanted = pattern[read]
        return read + 1 if (letter in _DIGITS if wanted is None else letter == wanted) else None

    letters = "".join(one for one in pattern if one is not None)
    return _Machine(0, step, lambda read: read == len(pattern), letters, (_DIGITS,))


_MACHINES: Final[Mapping[type[Operator], _Make]] = {
    ops.Is: lambda operator, _: _word([operator.value]),
    ops.In: lambda operator, _: _word(operator.values),
    ops.NotIn: lambda operator, _: _word(operator.values, listed=False),
    ops.Given: _given,
    ops.StartsWith: _beginning,
    ops.Length: _length,
    ops.ContainsEach: _each_set,
    ops.ContainsOnly: _only,
    ops.Reads: _reads,
}
"""The machines of the operators that read plain characters; `reads` beside a known day."""
