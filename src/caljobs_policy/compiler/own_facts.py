# SPDX-License-Identifier: MIT
"""The facts that profiles declare for themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from caljobs_policy.compiler.chain import Chain
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import shown
from caljobs_policy.subjects.facts import RECORD, SUBJECT_KINDS, TYPES, Fact, model_facts
from caljobs_policy.subjects.fields import DATED, Holds, Kind
from caljobs_policy.subjects.record import RECORDS
from caljobs_policy.syntax.entries import OwnFact
from caljobs_policy.syntax.nodes import Mapping as MappingNode
from caljobs_policy.syntax.nodes import Word

_FACT_TYPES: Final[Mapping[str, Kind]] = {
    "flag": Kind.FLAG,
    "word": Kind.WORD,
    "text": Kind.TEXT,
    "count": Kind.COUNT,
    "date": Kind.DAY,
    "time": Kind.TIME,
    "date_or_time": Kind.DAY_OR_TIME,
    "words": Kind.WORDS,
}
_LEFT_OUT: Final = ("none", "unknown")


def own_facts(chain: Chain, problems: Problems) -> Mapping[str, Fact]:
    """Return the facts that the profiles of a chain declare, and refuse impossible ones."""
    found = {}
    for key, entry in chain.entries("facts"):
        subject, _, name = key.partition(".")
        is_named = _is_name_of_fact(chain, entry.key, problems)
        kind = _FACT_TYPES.get(entry.type.text) if entry.type else None
        if entry.type is not None and kind is None:
            problems.no_such(entry.type.place, "type of fact", entry.type.text, _FACT_TYPES)
        word = entry.left_out
        if word is not None and word.text not in _LEFT_OUT:
            message = f"`left_out` has no value {shown(word.text)}"
            problems.unlisted(word.place, message, word.text, _LEFT_OUT)
        if is_named and kind is not None:
            optional = word is not None and word.text == "none"
            title = entry.title or key
            happens = bool(entry.happens) and _can_happen(entry, subject, kind, problems)
            private = bool(entry.private)
            words = _allowed(entry, kind, problems)
            holds = Holds(
                kind,
                title,
                words,
                optional=optional,
                private=private,
                happens=happens,
                given=bool(entry.given),
            )
            found[key] = Fact(key, holds, (name,), own=True, happens=happens)
    return found


def _allowed(entry: OwnFact, kind: Kind, problems: Problems) -> tuple[str, ...] | None:
    """Return the words that a fact can hold, or None where any will do."""
    if entry.words and kind not in {Kind.WORD, Kind.WORDS}:
        message = f"the fact `{entry.key}` holds {kind.value}, and no words to choose from"
        remedy = "remove `words`, or write `type: word` or `type: words`"
        problems.add(Code.CONFLICT, entry.words[0].place, message, remedy)
        return None
    return tuple(dict.fromkeys(word.text for word in entry.words)) or None


def _is_name_of_fact(chain: Chain, key: Word, problems: Problems) -> bool:
    """Refuse a fact of no subject, and one that exists without the profile."""
    subject, _, name = key.text.partition(".")
    if subject not in SUBJECT_KINDS or not name.isidentifier():
        remedy = "write the kind of subject, a dot and a name: `account.last_login_on`"
        problems.add(
            Code.NOT_A_NAME, key.place, f"{shown(key.text)} is not a name for a fact", remedy
        )
        return False
    if _is_taken(chain, key.text, subject):
        remedy = "use it as it is, or give yours another name"
        problems.add(Code.DUPLICATE, key.place, f"the fact `{key}` already exists", remedy)
        return False
    return True


def _is_taken(chain: Chain, path: str, subject: str) -> bool:
    """Return whether a name is that of a fact, of a part with facts inside, or of the type.

    Record types of a profile's own have none of the facts of the shipped types, and may have
    others of the same names.
    """
    if subject == RECORD and any(type_ not in RECORDS for type_ in chain.table(TYPES[RECORD])):
        return path == f"{RECORD}.type"
    known = {*model_facts(), f"{subject}.type"}
    return any(f"{one}.".startswith(f"{path}.") for one in known)


def _can_happen(entry: OwnFact, subject: str, kind: Kind, problems: Problems) -> bool:
    """Refuse `happens` for a fact that holds no date or is about a request."""
    possible = kind in DATED and subject != "request"
    if not possible:
        key = entry.node.key("happens") if isinstance(entry.node, MappingNode) else None
        remedy = "remove it; it is for dates of accounts, offices and participants"
        place = key.place if key is not None else entry.key.place
        problems.add(Code.CONFLICT, place, f"`happens` does not fit the fact `{entry.key}`", remedy)
    return possible
