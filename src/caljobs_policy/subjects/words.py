# SPDX-License-Identifier: MIT
"""The words of a subject that only a policy knows, collected once for all policies.

A policy then looks them all up at once, in very little time compared with a verdict.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from caljobs_policy.subjects.fields import fields_of
from caljobs_policy.subjects.unknown import UNKNOWN


def word_of(table: str, word: str) -> str:
    """Return a word prefixed with the name of the table that lists it."""
    return f"{table}:{word}"


def words_used(subject: Any) -> frozenset[str]:
    """Return the words in a subject, or in a part of one, and in its parts."""
    cls: Any = type(subject)
    read, tables = _holders(cls)
    found: set[str] = set()
    # Plain loops, as every new subject passes through here.
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
    """Return a getter of the fields that hold words, and the table of each: None for a part."""
    tables = {
        name: holds.vocabulary if isinstance(holds.vocabulary, str) else None
        for name, holds in fields_of(cls).items()
        if isinstance(holds.vocabulary, str) or hasattr(holds.part, "words_used")
    }
    names = tuple(tables)

    def read(subject: Any) -> tuple[Any, ...]:
        return tuple(getattr(subject, name) for name in names)

    # It returns a tuple only for several names.
    return attrgetter(*names) if len(names) > 1 else read, tuple(tables.values())
