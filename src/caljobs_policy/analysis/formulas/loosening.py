# SPDX-License-Identifier: MIT
"""How texts are read loosely, character by character, as `same_as` and `contains_loosely` do."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from string import printable
from typing import Final

from attrs import frozen

from caljobs_policy.policy.operators.texts import loosened

USUAL: Final = ("?", "a", "A", "1", " ", *printable.strip(), *"¿éÉ中")
"""Characters of every sort, the plainest first: some of them are named by nothing."""


@cache
def loosely(letter: str) -> str:
    """Return what a character adds to a loosened text; nothing if it is a blank."""
    return loosened(letter)


@frozen
class Loose:
    """How far a text was read: whether anything was there yet, and whether blanks wait."""

    begun: bool = False
    waits: bool = False

    def read(self, letter: str) -> tuple[Loose, str]:
        """Read a character, and return what it adds to the loosened text."""
        plain = loosely(letter)
        if not plain:
            return Loose(self.begun, self.begun), ""
        return Loose(begun=True), f" {plain}" if self.waits else plain


@cache
def blanks() -> tuple[str, ...]:
    """Return all characters that are read as blanks."""
    return tuple(one for one in map(chr, range(sys.maxunicode + 1)) if one.isspace())


@cache
def _others() -> Mapping[str, tuple[str, ...]]:
    """Return for each loosened character those that add it to a loosened text, but for itself."""
    found: dict[str, list[str]] = {}
    for one in map(chr, range(sys.maxunicode + 1)):
        plain = loosened(one)
        if plain != one:
            for letter in plain:
                found.setdefault(letter, []).append(one)
    return {letter: tuple(ones) for letter, ones in found.items()}


def variants(letter: str) -> tuple[str, ...]:
    """Return the characters that may add one to a loosened text."""
    return (letter, *_others().get(letter, ()))
