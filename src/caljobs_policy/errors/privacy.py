# SPDX-License-Identifier: MIT
"""The only place that decides whether a message may repeat a value of a case or a roster.

A profile is public, so `errors.shown` quotes its words. What is said about a person is not: a bad
value may be a name, an SSN or a password in the wrong place. So a message names the place and what
is expected there, and repeats a value only if it is a misspelled public word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from typing import Final

from attrs import evolve, frozen

from caljobs_policy.errors.problems import Problem, shown

WITHHELD: Final = "(withheld)"
_LONGEST: Final = 80
"""A longer text is not a misspelled word."""
_LETTERS_A_SLIP: Final = 5
"""A word may have one typo per so many letters; a shorter word may have none."""
_LONG: Final = 6
"""A shorter text with digits may be part of another by chance, unless it is a whole word."""
_QUOTED: Final = r"`([^`]*)`"
_WORDS: Final = r"[^\W_]+"
_SSN: Final = r"(?<!\d)\d{3}([-. ])\d{2}\1\d{4}(?!\d)"


def named(what: str, word: str, known: Iterable[str]) -> str:
    """Return `what` followed by the word if that is a misspelled known word, or else `such what`.

    So a message says "there is no role `bos`" or "there is no such role".
    """
    if is_misspelt(word, *known):
        return f"{what} {shown(word)}"
    return f"such {what}"


def is_misspelt(word: str, *public: str) -> bool:
    """Return whether a text is one of some public words with only a typo or two."""
    if len(word) > _LONGEST:
        return False
    text = _folded(word)
    return any(_has_slips_alone(text, _folded_public(one)) for one in public)


def _has_slips_alone(one: str, other: str) -> bool:
    most = len(other) // _LETTERS_A_SLIP
    if abs(len(one) - len(other)) > most:
        return False
    # Quick, and most words end here: each letter that the other word lacks is a slip.
    if max(len(set(one) - set(other)), len(set(other) - set(one))) > most:
        return False
    return _distance(one, other, most) <= most


def _folded(word: str) -> str:
    return re.sub(r"[\s_-]+", "_", word.strip().casefold())


_folded_public: Final = lru_cache(maxsize=2048)(_folded)


def _distance(one: str, other: str, most: int) -> int:
    """Return the number of letters added, left out, changed or swapped with the next.

    Some number above `most` stands for any above it.
    """
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        above, row = rows[-1], [i]
        for j, wanted in enumerate(other, 1):
            cost = min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and (letter, wanted) == (other[j - 2], one[i - 2]):
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        if min(*above, *row) > most:
            return most + 1
        rows.append(row)
    return rows[-1][-1]


def public_word(word: str, known: Collection[str]) -> str:
    """Return a word in backticks if it is public, in any letter case, or else withheld."""
    return shown(word) if word.casefold() in known else WITHHELD


def public_day(day: date, *, private: bool) -> str:
    """Return the day that a cell means, or withheld if the fact is private."""
    return WITHHELD if private else day.isoformat()


def without_quotes(problem: Problem, keys: Collection[str]) -> Problem:
    """Withhold what a syntax problem quotes, except signs and known keys."""

    def kept(quoted: re.Match[str]) -> str:
        is_sign = len(quoted[1]) <= 2 and not any(map(str.isalnum, quoted[1]))
        return quoted[0] if is_sign or quoted[1] in keys else WITHHELD

    return evolve(problem, message=re.sub(_QUOTED, kept, problem.message))


@frozen
class Secrets:
    """The private values of a subject, so that none of its other texts can reveal them."""

    signs: tuple[str, ...]
    """The texts without letters or digits."""
    names: tuple[frozenset[str], ...]
    """The words of each text, since a name may be written last name first."""
    numbers: tuple[str, ...]
    """The longer texts with digits, such as an SSN, without separators."""

    @classmethod
    def of(cls, values: Iterable[object]) -> Secrets:
        """Collect them from the values of private facts."""
        several = (value if isinstance(value, tuple) else (value,) for value in values)
        texts = [str(v) for some in several for v in some if isinstance(v, str | date)]
        bare = ["".join(_words(text)) for text in texts]
        return cls(
            tuple(text for text in texts if text.strip() and not _words(text)),
            tuple(frozenset(_words(text)) for text in texts if _words(text)),
            tuple(b for b in bare if len(b) >= _LONG and any(map(str.isdigit, b))),
        )

    def kept(self, text: str) -> str:
        """Return a text, or withheld if it contains a private value."""
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
