# SPDX-License-Identifier: MIT
"""The words of a subject that only a policy knows, gathered once for all its policies.

A policy then looks all of them up at once, in a time that hardly shows beside a verdict.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from caljobs_policy.subjects.fields import fields_of
from caljobs_policy.subjects.unknown import UNKNOWN


def word_of(table: str, word: str) -> str:
    """Return a word with the table of the profile that lists it, in one text."""
    return f"{table}:{word}"


def words_used(subject: Any) -> frozenset[str]:
    """Return the words that a subject, or a part of one, and its own parts hold."""
    cls: Any = type(subject)
    read, tables = _holders(cls)
    found: set[str] = set()
    # Plain loops: every subject that is made goes through here.
    for table, value in zip(tables, read(subject), strict=True):
        if value is None or value is UNKNOWN:
            continue
        several = value if type(value) is tuple else (value,)
        if table is None:
            for part in several:
                found |= part.words_used
        else:
            for one in several:
                found.add(f"{table}:{one}")
    return frozenset(found)


@cache
def _holders(cls: Any) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[str | None, ...]]:
    """Return what reads the fields that hold words, with the table of each; None: of a part."""
    tables = {
        name: holds.vocabulary if isinstance(holds.vocabulary, str) else None
        for name, holds in fields_of(cls).items()
        if isinstance(holds.vocabulary, str) or hasattr(holds.part, "words_used")
    }
    names = tuple(tables)

    def read(subject: Any) -> tuple[Any, ...]:
        return tuple(getattr(subject, name) for name in names)

    # It reads all of several at once, and a single one bare.
    return attrgetter(*names) if len(names) > 1 else read, tuple(tables.values())
