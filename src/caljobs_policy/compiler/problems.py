# SPDX-License-Identifier: MIT
"""Collects the problems of a profile, each one once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import ProfileError
from caljobs_policy.errors.near import remedy_for
from caljobs_policy.errors.problems import Help, Place, Problem, shown

_MOST_LISTED: Final = 12
"""The most known words that are listed when none is near."""


class Problems:
    """The problems found so far."""

    def __init__(self, *, is_partial: bool = False) -> None:
        self._found: dict[tuple[Place, str], Problem] = {}
        """By place and message: a profile above is also checked by itself, and reported once."""
        self._is_partial = is_partial
        """Whether some file could not be read: what seems missing may be in it."""

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, code: Code, place: Place, message: str, remedy: Help = None) -> None:
        """Note something that is wrong."""
        self.keep(Problem(message, place, remedy, code=code))

    def keep(self, problem: Problem) -> None:
        """Note a problem that somebody else found."""
        self._found.setdefault((problem.place, problem.message), problem)

    def missing(self, place: Place, message: str, remedy: Help = None) -> None:
        """Note that something is missing, unless it may be in a file that could not be read."""
        self._lacks(Code.MISSING, place, message, remedy)

    def _lacks(self, code: Code, place: Place, message: str, remedy: Help) -> None:
        if not self._is_partial:
            self.add(code, place, message, remedy)

    def unknown(
        self, place: Place, what: str, word: str, known: Iterable[str], remedy: str | None = None
    ) -> None:
        """Note a word that names no entry, and suggest the nearest name."""
        self.unlisted(place, f"there is no {what} {shown(word)}", word, known, remedy)

    def unlisted(
        self, place: Place, message: str, word: str, known: Iterable[str], remedy: str | None = None
    ) -> None:
        """Note a word that a table lacks, and suggest the nearest one that it has.

        `remedy` is used where none is near and the table is empty or too long to list.
        """
        self._lacks(Code.UNKNOWN_WORD, place, message, _remedy(word, known, remedy))

    def no_such(
        self, place: Place, what: str, word: str, known: Iterable[str], remedy: str | None = None
    ) -> None:
        """Note a word outside a vocabulary that all profiles share, and suggest the nearest."""
        message = f"there is no {what} {shown(word)}"
        self.add(Code.UNKNOWN_WORD, place, message, _remedy(word, known, remedy))

    def raise_if_any(self) -> None:
        """Raise a `ProfileError` with all that was found."""
        if self._found:
            raise ProfileError(self._found.values())


def _remedy(word: str, known: Iterable[str], remedy: str | None) -> Help:
    """Suggest the list that a word seems to be, the nearest known word, or all known words."""
    listed = sorted(known)
    if parts := parts_of(word, listed):
        return f"write a list: `[{', '.join(parts)}]`"
    return remedy_for(word, listed, most=_MOST_LISTED, otherwise=remedy)


def parts_of(word: str, known: Iterable[str]) -> list[str]:
    """Split a word at its commas; return nothing unless some part is a known word."""
    parts = [part.strip() for part in word.replace(";", ",").split(",")]
    return parts if len(parts) > 1 and set(parts) & set(known) else []
