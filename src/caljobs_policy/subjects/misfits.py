# SPDX-License-Identifier: MIT
"""What is wrong with a value that somebody handed in for a fact, and the exception that says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final, TypeAlias

from attrs import evolve, frozen

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.near import nearest
from caljobs_policy.errors.privacy import is_misspelt, named
from caljobs_policy.errors.problems import Place, Problem

Keys: TypeAlias = tuple[str | int, ...]
_NOWHERE: Final = Place()


@frozen
class Misfit:
    """One thing that is wrong below a mapping, in a sentence about the path that leads to it."""

    says: str
    """What follows the path in the sentence."""
    remedy: str | None
    code: Code
    keys: Keys = ()
    """The keys, and the numbers of list items, that lead to the culprit."""
    opening: str = ""
    """What stands before the path."""
    key: object = None
    """The key itself, where there is no such key at `keys`."""
    is_public: bool = True
    """Whether that key may be repeated."""

    def below(self, key: str | int) -> Misfit:
        """Return the same as seen from the mapping or the list above."""
        return evolve(self, keys=(key, *self.keys))

    def problem(self, kind: str, place: Place = _NOWHERE) -> Problem:
        """Return it as a problem of a subject of a kind."""
        named_key = (str(self.key),) if self.key is not None and self.is_public else ()
        told = Problem("", place, self.remedy, keys=(*self.keys, *named_key), code=self.code)
        path = Problem("", keys=(kind, *self.keys)).path
        return evolve(told, message=f"{self.opening}`{path}`{self.says}")


class MisfitError(ValueError):
    """A value cannot be read; `misfits` holds all that is wrong with it."""

    def __init__(self, misfits: Iterable[Misfit]) -> None:
        self.misfits = tuple(misfits)
        super().__init__(f"{len(self.misfits)} misfits")

    def below(self, key: str | int) -> MisfitError:
        """Return the same as seen from the mapping or the list above."""
        return MisfitError(one.below(key) for one in self.misfits)


def misfit(says: str, remedy: str | None, code: Code) -> MisfitError:
    """Return the error that says one thing about a value."""
    return MisfitError([Misfit(f" {says}", remedy, code)])


def unlisted(word: str, known: Collection[str]) -> tuple[str, str]:
    """Return what is wrong with a word that is none of those that a fact takes, with the remedy."""
    remedy = nearest(word, known) or f"known are: {', '.join(known)}"
    return f"has no {named('value', word, known)}", remedy


def unknown_word(word: str, known: Collection[str]) -> MisfitError:
    """Return the error that a fact does not take a word."""
    return misfit(*unlisted(word, known), Code.UNKNOWN_WORD)


def unknown_key(key: object, known: Collection[str]) -> Misfit:
    """Return what is wrong with a key that is none of those of a mapping."""
    text = key if isinstance(key, str) else ""
    remedy = nearest(text, known) or f"its keys are: {', '.join(known)}"
    is_public = any(is_misspelt(text, one) for one in known)
    says = f" has no {named('key', text, known)}"
    return Misfit(says, remedy, Code.UNKNOWN_KEY, key=key, is_public=is_public)
