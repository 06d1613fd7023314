# SPDX-License-Identifier: MIT
"""Collects what is wrong with a profile, each thing once."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from caljobs_policy.errors import Place, Problem, ProfileError, nearest, shown


class Problems:
    """The problems found so far."""

    def __init__(self, broken: Collection[str] = ()) -> None:
        self._found: dict[Problem, None] = {}
        self._broken = {f"`{key}`" for key in broken}
        """Entries that could not be read; that they are missing is no problem of its own."""

    def __bool__(self) -> bool:
        return bool(self._found)

    def leave_out(self, key: str) -> None:
        """Do not tell that an entry is missing, as what is wrong with it was told already."""
        self._broken.add(f"`{key}`")

    def add(self, place: Place, message: str, remedy: str | None = None) -> None:
        """Note a problem."""
        if any(key in message for key in self._broken):
            return
        self._found[Problem(message, place, remedy)] = None

    def unknown(
        self, place: Place, what: str, word: str, known: Iterable[str], remedy: str | None = None
    ) -> None:
        """Note a word that nothing goes by, with the nearest that something does."""
        self.unlisted(place, f"there is no {what} {shown(word)}", word, known, remedy)

    def unlisted(
        self, place: Place, message: str, word: str, known: Iterable[str], remedy: str | None = None
    ) -> None:
        """Note a word that a list lacks, with the nearest one of it.

        `remedy` is given where none is near and the list is empty or too long to be shown.
        """
        listed = sorted(known)
        found = nearest(word, listed)
        if found is None and 0 < len(listed) <= 12:
            found = f"known are: {', '.join(listed)}"
        self.add(place, message, found or remedy)

    def raise_if_any(self) -> None:
        """Raise a `ProfileError` with all that was found."""
        if self._found:
            raise ProfileError(self._found)
