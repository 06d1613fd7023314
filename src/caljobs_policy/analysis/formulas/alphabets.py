# SPDX-License-Identifier: MIT
"""Few characters that stand for all: one for all that no machine tells apart."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from caljobs_policy.analysis.formulas.loosening import USUAL, blanks, loosely, variants
from caljobs_policy.analysis.formulas.machines import Machine
from caljobs_policy.policy.operators.texts import loosened


def alphabet(machines: Iterable[Machine], *, variously: bool = False) -> tuple[str, ...]:
    """Return the characters that some machines tell apart, each with all that reads loosely as it.

    Without machines that read loosely, and unless asked for, how a character reads loosely does
    not matter.
    """
    told = _Told(tuple(machines), variously)
    return tuple(dict.fromkeys(told.letters()))


class _Told:
    """What some machines tell apart."""

    def __init__(self, machines: tuple[Machine, ...], variously: bool) -> None:
        self.named = {letter for machine in machines for letter in machine.letters}
        self.sets = tuple(each for machine in machines for each in machine.sets)
        self.loose = {letter for machine in machines for letter in machine.loose}
        self.variously = variously
        if variously:
            self.loose |= set(loosened("".join(self.named)))

    def letters(self) -> Iterator[str]:
        """Yield the characters, the plainest first."""
        known = {*self.named, *set().union(*self.sets)}
        for letter in sorted(self.loose):
            known.update(variants(letter))
        seen: set[Hashable] = set()
        for one in (*USUAL, *sorted(known), *blanks()):
            alike = [other for other in variants(one) if self.variously or other == one]
            told = frozenset(map(self._told, alike))
            if told not in seen:
                seen.add(told)
                yield from self._each(alike)

    def _each(self, alike: Iterable[str]) -> Iterator[str]:
        seen: set[Hashable] = set()
        for one in alike:
            told = self._told(one)
            if told not in seen:
                seen.add(told)
                yield one

    def _told(self, letter: str) -> Hashable:
        """Return what tells a character from others."""
        plain = loosely(letter)
        read = tuple(one if one in self.loose else one.isalnum() for one in plain)
        name = letter if letter in self.named else None
        matters = read if self.loose or self.variously else bool(plain)
        return name, matters, tuple(letter in each for each in self.sets)
