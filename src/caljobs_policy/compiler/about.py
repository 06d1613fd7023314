# SPDX-License-Identifier: MIT
"""Which subjects an entry is about; where that is misspelt or missing, the likeliest ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

from caljobs_policy.compiler.chain import Chain, Sourced
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.near import near_word
from caljobs_policy.errors.problems import Place, shown
from caljobs_policy.subjects.facts import SUBJECT_KINDS, TYPES, facts_about, kind_of_key
from caljobs_policy.syntax.nodes import AnyNode, texts_in

ABOUT: Final = "about"


def check_types(chain: Chain, problems: Problems) -> None:
    """Refuse types of subject that no key can name, and those that no sentence can speak of."""
    for table in TYPES.values():
        for key, entry in chain.entries(table):
            if not key.isidentifier():
                remedy = "use letters, digits and `_` alone, and begin with a letter"
                problems.add(
                    Code.NOT_A_NAME,
                    entry.key.place,
                    f"{shown(key)} is not a name for a type",
                    remedy,
                )
            elif entry.title and not entry.title.startswith(("a ", "an ")):
                message = f"the title of the type `{key}` lacks its article"
                remedy = f"write it as within a sentence: `a {entry.title}`"
                problems.add(Code.MISSING, entry.key.place, message, remedy)


def refuse_subject(place: Place, word: str, known: Collection[str], problems: Problems) -> None:
    """Refuse a word that names no sort of subject."""
    remedy = "name one such as request/create, account or record/activity"
    problems.no_such(place, "sort of subject", word, known, remedy)


def is_about(chain: Chain, sourced: Sourced, key: str) -> bool:
    """Return whether an entry is about subjects of a key, by name or as one of its whole kind.

    A whole kind is every type of it in the scope of the entry's own layer.
    """
    if key in [word.text for word in sourced.entry.about]:
        return True
    named = subjects_of(chain, sourced.entry)
    if key in named:
        return True
    return kind_of_key(key) in named and key in chain.scope_of(sourced.layer)


def subjects_of(chain: Chain, entry: Any) -> tuple[str, ...]:
    """Return what an entry is about, even where that is misspelt or missing.

    The problem itself was reported; the rest of the entry is read as if about the likeliest.
    """
    known = chain.subject_words
    named = [word.text for word in entry.about]
    if len(named) == 1 and named[0] in known:
        return (named[0],)
    meant = [word if word in known else near_word(word, known) for word in named]
    found = tuple(word for word in meant if word is not None)
    is_wrong = bool(named) or ABOUT in entry.faulty
    return found or (tuple(_guessed(chain, entry.node)) if is_wrong else ())


def astray(chain: Chain) -> Iterator[str]:
    """Yield the out-of-scope subjects that entries are about, so that the rest is read once."""
    scope = chain.table("scope")
    named = {
        name: None
        for sourced in chain.about_subjects()
        if _is_astray(chain, sourced)
        for name in subjects_of(chain, sourced.entry)
    }
    for name in named:
        keys = chain.keys_of(name) if name in SUBJECT_KINDS else (name,)
        if not any(key in scope for key in keys):
            yield keys[0]


def _is_astray(chain: Chain, sourced: Sourced) -> bool:
    """Return whether an entry may be about something out of scope by mistake.

    A local edition may span several editions above, one of which has the subject in its scope.
    """
    known = chain.subject_words
    is_local = sourced.layer < len(chain.layers) - 1
    return not is_local or any(word.text not in known for word in sourced.entry.about)


def _guessed(chain: Chain, node: AnyNode) -> Iterator[str]:
    """Yield the subject that has most of the facts that an entry names."""
    named = [text for text in texts_in(node) if text.partition(".")[0] in SUBJECT_KINDS]
    having = {key: sum(text in facts_about(key) for text in named) for key in chain.subject_keys}
    best = max(having, key=lambda key: having[key])
    if having[best]:
        yield best
