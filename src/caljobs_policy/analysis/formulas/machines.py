# SPDX-License-Identifier: MIT
"""Tests of a text as small machines that read it character by character."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import partial
from string import digits
from typing import Any, Final, TypeAlias

from attrs import frozen

from caljobs_policy.analysis.formulas.loosening import Loose, blanks
from caljobs_policy.policy import operators as ops
from caljobs_policy.policy.operators import Operator
from caljobs_policy.policy.operators.texts import loosened

_DIGITS: Final = frozenset(digits)


@frozen(eq=False)
class Machine:
    """Reads a text: where it begins, what a character leads to, and where the test holds."""

    start: Hashable
    step: Callable[[Any, str], Hashable]
    holds: Callable[[Any], bool]
    letters: str = ""
    """Characters that it tells from all others."""
    sets: tuple[frozenset[str], ...] = ()
    """Sets of characters that it tells from all others."""
    loose: str = ""
    """Characters of loosened texts that it tells from all others."""


_Make: TypeAlias = Callable[[Any, list[Any]], Machine | None]


def machine_of(operator: Operator, others: list[Any]) -> Machine | None:
    """Return the machine of a test beside known values, where it has one."""
    make = MACHINES.get(type(operator))
    return None if make is None else make(operator, others)


def _word(words: Iterable[str], *, listed: bool = True) -> Machine:
    """Read one of some words, or none of them."""
    known = frozenset(words)
    begun = {word[:end] for word in known for end in range(len(word) + 1)}

    def step(read: str | None, letter: str) -> str | None:
        return read + letter if read is not None and read + letter in begun else None

    return Machine("", step, lambda read: (read in known) is listed, "".join(known))


def _beginning(operator: ops.StartsWith, _: list[Any]) -> Machine:
    whole = operator.text

    def step(read: str | None, letter: str) -> str | None:
        if read == whole or read is None:
            return read
        return read + letter if whole.startswith(read + letter) else None

    return Machine("", step, lambda read: read == whole, whole)


def _length(operator: ops.Length, _: list[Any]) -> Machine:
    longest = operator.longest
    most = (operator.shortest if longest is None else longest) + 1

    def holds(count: int) -> bool:
        return operator.shortest <= count and (longest is None or count <= longest)

    return Machine(0, lambda count, _: min(count + 1, most), holds)


def _each_set(operator: ops.ContainsEach, _: list[Any]) -> Machine:
    sets = operator.members

    def step(found: frozenset[int], letter: str) -> frozenset[int]:
        return found | {number for number, one in enumerate(sets) if letter in one}

    return Machine(frozenset(), step, lambda found: len(found) == len(sets), sets=sets)


def _only(operator: ops.ContainsOnly, _: list[Any]) -> Machine:
    known = operator.allowed
    return Machine(True, lambda ok, letter: ok and letter in known, bool, sets=(known,))


def _given(operator: ops.Given, _: list[Any]) -> Machine:
    return Machine(
        False,
        lambda there, letter: there or letter not in blanks(),
        lambda there: there is operator.expected,
    )


def _reads(operator: ops.Reads, others: list[Any]) -> Machine:
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
    return Machine(0, step, lambda read: read == len(pattern), letters, (_DIGITS,))


@frozen
class _Looking:
    """How far a part was looked for in a loosened text."""

    loose: Loose = Loose()
    begun: frozenset[int] = frozenset({0})
    """How much of the part is there up to here, for every place where it may begin."""
    found: bool = False


_FOUND: Final = _Looking(found=True)


@frozen
class _Part:
    """A part that a loosened text is to contain, perhaps where no letter or digit touches it."""

    text: str
    by_words: bool

    def read(self, state: _Looking, letter: str) -> _Looking:
        """Read a character of a text that is not loosened yet."""
        if state.found:
            return state
        loose, added = state.loose.read(letter)
        begun = state.begun
        for one in added:
            if len(self.text) in begun and not self._touch(self.text[-1], one):
                return _FOUND
            begun = self._further(begun, one)
        return _Looking(loose, begun)

    def _further(self, begun: frozenset[int], letter: str) -> frozenset[int]:
        further = {done + 1 for done in begun if self.text[done : done + 1] == letter}
        return frozenset(further if self._touch(letter, self.text[0]) else {0, *further})

    def _touch(self, one: str, other: str) -> bool:
        return self.by_words and one.isalnum() and other.isalnum()

    def is_there(self, state: _Looking) -> bool:
        """Return whether the text that was read contains the part."""
        return state.found or len(self.text) in state.begun


def _containing(
    operator: ops.ContainsLoosely | ops.ContainsWords, others: list[Any], *, by_words: bool = False
) -> Machine | None:
    """Look for a part, which is nowhere where a fact in it is blank; all facts are known."""
    if None in others:
        return None
    part = _Part(loosened(operator.filled(others)), by_words)
    if not part.text or any(not str(other).strip() for other in others):
        is_there = not by_words and all(str(other).strip() for other in others)
        return Machine(is_there, lambda state, _: state, bool)
    return Machine(_Looking(), part.read, part.is_there, loose=part.text)


MACHINES: Final[Mapping[type[Operator], _Make]] = {
    ops.Is: lambda operator, _: _word([operator.value]),
    ops.In: lambda operator, _: _word(operator.values),
    ops.NotIn: lambda operator, _: _word(operator.values, listed=False),
    ops.Given: _given,
    ops.StartsWith: _beginning,
    ops.Length: _length,
    ops.ContainsEach: _each_set,
    ops.ContainsOnly: _only,
    ops.ContainsLoosely: _containing,
    ops.ContainsWords: partial(_containing, by_words=True),
    ops.Reads: _reads,
}
"""The machines of the operators that read a single text beside what is known."""
