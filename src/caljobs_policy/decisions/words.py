# SPDX-License-Identifier: MIT
"""The truths that words give tests which tell no words apart but those that they mention."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo

from caljobs_policy.decisions.variables import OTHER, mentioned
from caljobs_policy.policy.conditions import Test


def truths_of_words(tests: Sequence[Test], words: Iterable[str | None], zone: tzinfo) -> list[int]:
    """Return the truths that each of some words, or null, gives to tests, as the bits of a number.

    No test may look inside of words.
    """
    other = OTHER + "".join(mentioned(tests))
    rows = dict.fromkeys(words, 0)
    blank = [word for word in rows if word is None or not word.strip()]
    usual = 0
    for number, test in enumerate(tests):
        truth, bit = test.operator.truth, 1 << number
        is_usual = truth(other, (), zone)
        usual |= bit if is_usual else 0
        for word in {*test.operator.mentions(), *blank}:
            if word in rows and truth(word, (), zone) is not is_usual:
                rows[word] |= bit
    return [usual ^ row for row in rows.values()]
