# SPDX-License-Identifier: MIT
"""Differences from the profile above, worded with the titles of entries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from caljobs_policy.compiler.binding import ConditionBinder
from caljobs_policy.compiler.build import Built
from caljobs_policy.compiler.chain import Change, Sourced
from caljobs_policy.compiler.overriding import NONE, is_none, said
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.layers.comparison import LooserEntry
from caljobs_policy.policy.sentences import in_words
from caljobs_policy.policy.speech import listed
from caljobs_policy.subjects.facts import subject_title
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence
from caljobs_policy.syntax.sections import QUALIFIED

_NOUNS: Final = {
    "calendar": "closed day",
    "duties": "duty",
    "employment_statuses": "employment status",
    "exempt": "exemption",
    "parameters": "number",
    "routing": "row",
    "work_duties": "work duty",
}
"""The nouns for entries of tables whose name is not simply a plural in s."""
_CONDITIONS: Final = frozenset({"when", "unless", "require", "forbid"})
_PARTS: Final = {"earliest": "leg", "except": "exception", "rows": "row", "where": "kind"}
"""The nouns for entries inside an entry, by the field that holds them."""
_ROLES: Final = frozenset({"requestors", "coordinator", "also", "cc", "who", "to", "role"})
"""The fields that hold roles."""
_QUOTED: Final = re.compile(r"`([^`]+)`")


def entry_in_words(built: Built, sourced: Sourced) -> str:
    """Return an entry's noun and title, such as: number “how long a training is good”."""
    table, _, key = sourced.what.partition("/")
    title = getattr(sourced.entry, "title", None) or _title_of(built, table, key, sourced.layer)
    return f"{_noun(table)} “{title}”"


def _noun(table: str) -> str:
    return _NOUNS.get(table) or table.removesuffix("s").replace("_", " ")


def _title_of(built: Built, table: str, key: str, layer: int) -> str:
    """Return the title of the word that is an entry's key, or the key with spaces."""
    words = {"papers": "forms", "routing": "organizations"}.get(table, table)
    return _word(built, words, key.rpartition("/")[2].rpartition(":")[2], layer)


def _word(built: Built, table: str, word: str, layer: int) -> str:
    """Return the title that a word has in a layer."""
    known = built.chain.words_of(table, layer) if table in QUALIFIED else {}
    title = known[word][0].title if word in known else built.policy.title_of(table, word)
    return _spaced(word) if title == word else title


def _spaced(word: str) -> str:
    return word.replace("-", " ").replace("_", " ")


def loosening_in_words(built: Built, found: LooserEntry) -> str:
    """Return what a local entry loosens, worded with titles."""
    table, *path = found.what.split("/")
    rest: tuple[str, ...] = ()
    head = _spaced(table)
    for sourced in built.chain.table(table).values() if path else ():
        if found.what == sourced.what or found.what.startswith(f"{sourced.what}/"):
            rest = tuple(found.what[len(sourced.what) :].split("/")[1:])
            head = entry_in_words(built, sourced)
    how = _QUOTED.sub(lambda match: _titled(built, match[1]), found.how)
    return f"{', '.join((head, *_fields(rest)))} {how}"


def _titled(built: Built, name: str) -> str:
    """Return the title behind a name, or the name itself where there is none."""
    if name in built.contexts:
        return subject_title(name, built.vocabulary.title)
    for table in ("organizations", "roles"):
        for layer in range(len(built.chain.layers)):
            if name in (known := built.chain.words_of(table, layer)):
                return str(known[name][0].title)
    return f"`{name}`"


def change_in_words(built: Built, change: Change) -> str:
    """Return what an override changes, from what and to what, worded with titles."""
    what = ", ".join((entry_in_words(built, change.before), *_fields(change.fields)))
    above = change.before.layer
    was = _value(built, change, change.override.was, above)
    now = _value(built, change, change.override.now, above if change.fields else 0)
    return f"{what}: {was} → {now}"


def _fields(fields: tuple[str, ...]) -> Iterator[str]:
    """Yield the fields that lead to a change, such as: row “county”, form."""
    rest = iter(fields)
    for name in rest:
        part = _PARTS.get(name)
        inner = next(rest, None) if part else None
        yield f"{part} “{_spaced(inner)}”" if part and inner else _spaced(name)


def _value(built: Built, change: Change, node: AnyNode | None, layer: int) -> str:
    if is_none(node):
        return NONE
    field = change.fields[-1] if change.fields else ""
    if field in _CONDITIONS:
        return _condition(built, node, layer) or said(node)
    if field in _ROLES:
        return _titles(built, node, layer)
    return said(node)


def _condition(built: Built, node: AnyNode | None, layer: int) -> str | None:
    """Return a condition as a sentence about the first sort of subject that it can be about."""
    for key, context in built.contexts.items():
        problems = Problems()
        binder = ConditionBinder(built.vocabulary, key, layer, problems, context.deadlines)
        condition = binder.condition(node, 0)
        if condition is not None and not problems:
            return in_words(condition, built.policy.speech(built.policy.plans.get(key)))
    return None


def _titles(built: Built, node: AnyNode | None, layer: int) -> str:
    items = node.items if isinstance(node, Sequence) else (node,)
    words = [item.text for item in items if isinstance(item, Scalar)]
    return listed([_word(built, "roles", word, layer) for word in words], "and")
