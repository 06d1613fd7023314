# SPDX-License-Identifier: MIT
"""The one place where what a case or a roster says may get into a message, if it may at all.

A profile is public, and its words are quoted with `errors.shown`. What is said of somebody is not:
a bad value may be a name, an SSN or a password that stands in the wrong place. So a message names
the place and what is expected there, and repeats a value only where it is a public word misspelt.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from attrs import evolve, frozen

from caljobs_policy.errors import Problem, shown

WITHHELD: Final = "(withheld)"
_LONGEST: Final = 80
"""A longer text is no misspelt word."""
_LETTERS_A_SLIP: Final = 5
"""A word may have one slip for so many letters; a shorter one may have none."""
_LONG: Final = 6
"""A shorter text with digits may stand in another by chance, but for a word of its own."""
_QUOTED: Final = r"`([^`]*)`"
_WORDS: Final = r"[^\W_]+"
_SSN: Final = r"(?<!\d)\d{3}([-. ])\d{2}\1\d{4}(?!\d)"


def named(what: str, word: str, known: Iterable[str]) -> str:
    """Return `what` with the word in its place where it is a known one misspelt, else `such what`.

    So a message reads "there is no role `bos`" or "there is no such role".
    """
    if any(is_misspelt(word, public) for public in known):
        return f"{what} {shown(word)}"
    return f"such {what}"


def is_misspelt(word: str, public: str) -> bool:
    """Return whether a text is nothing but a public word with a slip or two."""
    if len(word) > _LONGEST:
        return False
    one, other = _folded(word), _folded(public)
    slips = len(other) // _LETTERS_A_SLIP
    return abs(len(one) - len(other)) <= slips and _distance(one, other) <= slips


def _folded(word: str) -> str:
    return re.sub(r"[\s_-]+", "_", word.strip().casefold())


def _distance(one: str, other: str) -> int:
    """Count the letters that are added, left out, changed or swapped with the next."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        above, row = rows[-1], [i]
        for j, wanted in enumerate(other, 1):
            cost = min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and (letter, wanted) == (other[j - 2], one[i - 2]):
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


def public_word(word: str, known: Collection[str]) -> str:
    """Return a word in backticks where it is a public one in whatever letters, else withheld."""
    return shown(word) if word.casefold() in known else WITHHELD


def public_day(day: date, *, private: bool) -> str:
    """Return a day that a cell stands for, unless the fact is one that is never shown."""
    return WITHHELD if private else day.isoformat()


def without_quotes(problem: Problem, keys: Collection[str]) -> Problem:
    """Withhold what a problem of syntax quotes, but for signs and known keys."""

    def kept(quoted: re.Match[str]) -> str:
        is_sign = len(quoted[1]) <= 2 and not any(map(str.isalnum, quoted[1]))
        return quoted[0] if is_sign or quoted[1] in keys else WITHHELD

    return evolve(problem, message=re.sub(_QUOTED, kept, problem.message))


@frozen
class Secrets:
    """What a subject states that is private, so that no other text of it shows the same."""

    signs: tuple[str, ...]
    """The texts in which no letter or digit stands."""
    names: tuple[frozenset[str], ...]
    """The words of each text, since a name may be written last name first."""
    numbers: tuple[str, ...]
    """The longer texts that hold digits, such as an SSN, without what stands between these."""

    @classmethod
    def of(cls, values: Iterable[object]) -> Secrets:
        """Make them of the values of private facts."""
        several = (value if isinstance(value, tuple) else (value,) for value in values)
        texts = [str(v) for some in several for v in some if isinstance(v, str | date)]
        bare = ["".join(_words(text)) for text in texts]
        return cls(
            tuple(text for text in texts if text.strip() and not _words(text)),
            tuple(frozenset(_words(text)) for text in texts if _words(text)),
            tuple(b for b in bare if len(b) >= _LONG and any(map(str.isdigit, b))),
        )

    def kept(self, text: str) -> str:
        """Return a text as it may be shown: withheld where it holds what is private."""
        return WITHHELD if self._are_in(text) else text

    def _are_in(self, text: str) -> bool:
        words = _words(text)
        bare = "".join(words)
        return (
            any(signs in text for signs in self.signs)
            or any(name.issubset(words) for name in self.names)
            or any(number in bare for number in self.numbers)
            or re.search(_SSN, text) is not None
        )


def _words(text: str) -> list[str]:
    return re.findall(_WORDS, text.casefold())
