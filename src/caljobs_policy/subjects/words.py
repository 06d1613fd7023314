# SPDX-License-Identifier: MIT
"""The words of a subject that only a policy knows, gathered once for all its policies.

A policy then looks all of them up at once, in a time that hardly shows beside a verdict.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from caljobs_policy.subjects.fields import fields_of
from caljobs_policy.subjects.unknown import UNKNOWN


def word_of(table: str, word: str) -> str:
    """Return a word with the table of the profile that lists it, in one text."""
    return f"{table}:{word}"


def words_used(subject: Any) -> frozenset[str]:
    """Return the words that a subject, or a part of one, and its own parts hold."""
    cls: Any = type(subject)
    found: list[str] = []
    for name, table in _holders(cls):
        value: Any = getattr(subject, name)
        if value is None or value is UNKNOWN:
            continue
        several = value if isinstance(value, tuple) else (value,)
        if table is None:
            for part in several:
                found += part.words_used
        else:
            found += [word_of(table, one) for one in several]
    return frozenset(found)


@cache
def _holders(cls: type) -> tuple[tuple[str, str | None], ...]:
    """Return the fields that hold words, each with its table; None stands for those of a part."""
    return tuple(
        (name, holds.vocabulary if isinstance(holds.vocabulary, str) else None)
        for name, holds in fields_of(cls).items()
        if isinstance(holds.vocabulary, str) or hasattr(holds.part, "words_used")
    )
