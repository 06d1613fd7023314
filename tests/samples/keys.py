# SPDX-License-Identifier: MIT
"""The keys of the subjects that every policy knows."""

from __future__ import annotations

from datetime import date
from typing import Final

from caljobs_policy import load_policy
from caljobs_policy.subjects import facts

WORDS: Final = load_policy("state", date(2025, 6, 2)).words


def subject_keys(kind: str | None = None) -> tuple[str, ...]:
    """Return the keys of all subjects, or of those of one kind."""
    return facts.subject_keys(WORDS, kind)


def subject_title(key: str) -> str:
    """Return what a subject of a key is called in sentences."""
    return facts.subject_title(key, lambda table, word: WORDS[table][word].title)
