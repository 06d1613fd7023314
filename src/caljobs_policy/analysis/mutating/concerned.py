# SPDX-License-Identifier: MIT
"""Which sorts of subject an entry concerns, so that a change of it can concern no other."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from caljobs_policy.compiler.about import ABOUT, is_about
from caljobs_policy.compiler.build import Built
from caljobs_policy.compiler.chain import Chain, Sourced
from caljobs_policy.policy.rules import Origin
from caljobs_policy.subjects.facts import REQUEST
from caljobs_policy.syntax.entries import Entry, Override, Restatement
from caljobs_policy.syntax.sections import SECTIONS

_REFERRED_TO: Final = frozenset({"terms", "lists", "parameters"})
"""The tables whose entries do nothing but where something refers to them."""
_BY_TYPE: Final = frozenset({"papers", "submission"})
"""The tables whose keys begin with a type of request."""
_OF_ANOTHER: Final = (Override, Restatement)
"""The entries that name another one, which they change or restate."""


def concerned(built: Built, table: str, *entries: Entry | None) -> Collection[str]:
    """Return the sorts of subject that some versions of an entry of the local profile concern.

    Unless it can be told by what the entry is about, or by what refers to it, these are all.
    """
    found: set[str] = set()
    for entry in filter(None, entries):
        keys = _concerned(built, table, entry)
        if keys is None:
            return built.contexts.keys()
        found |= keys
    return found


def _concerned(built: Built, table: str, entry: Entry) -> set[str] | None:
    key = entry.key.text
    if table in _REFERRED_TO:
        contexts = built.contexts.items()
        return {name for name, one in contexts if (table, key) in one.vocabulary.used}
    if table in _BY_TYPE:
        return {f"{REQUEST}/{key.partition('/')[0]}"}
    is_own = not isinstance(entry, _OF_ANOTHER)
    about = _sourced(table, entry) if is_own else _named(built.chain, key)
    if about is None or not about.entry.about:
        return None
    return {name for name in built.contexts if is_about(built.chain, about, name)}


def _sourced(table: str, entry: Entry) -> Sourced | None:
    is_told = hasattr(entry, ABOUT)
    return Sourced(f"{table}/{entry.key}", entry, 0, Origin("")) if is_told else None


def _named(chain: Chain, what: str) -> Sourced | None:
    """Return the entry that another one names, if that says what it is about and goes on to."""
    table, _, name = what.partition("/")
    key, _, fields = name.partition("/")
    if table not in SECTIONS or ABOUT in fields.split("/"):
        return None
    found = chain.table(table).get(key)
    return found if found is not None and hasattr(found.entry, ABOUT) else None
