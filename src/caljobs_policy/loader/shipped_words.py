# SPDX-License-Identifier: MIT
"""The words that every profile knows: the shipped table that profiles extend."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from caljobs_policy.errors.collecting import Collector
from caljobs_policy.errors.exceptions import ProfileError
from caljobs_policy.errors.problems import Problem
from caljobs_policy.loader.documents import read_bytes, read_documents
from caljobs_policy.loader.paths import shipped_folder, shown_path
from caljobs_policy.syntax.entries import Entry
from caljobs_policy.syntax.entry_hooks import read_table
from caljobs_policy.syntax.nodes import Mapping as MappingNode
from caljobs_policy.syntax.sections import SECTIONS

WORDS_FILE: Final = "vocabulary.yaml"


@cache
def shipped_words() -> Mapping[str, Mapping[str, Entry]]:
    """Return the tables of the shipped words; raises a `ProfileError` where they are damaged."""
    path = shipped_folder() / WORDS_FILE
    name = shown_path(path)
    data = read_bytes(path, name=name)
    if isinstance(data, Problem):
        raise ProfileError([data])
    told = Collector()
    root = read_documents(data, name)[0].root
    entries = root.entries if isinstance(root, MappingNode) else ()
    tables = {key.text: told.read(read_table, node, SECTIONS[key.text]) for key, node in entries}
    if told.problems:
        raise ProfileError(told.problems)
    return tables
