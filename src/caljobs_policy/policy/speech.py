# SPDX-License-Identifier: MIT
"""The names of facts, words and whole conditions in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from attrs import evolve, field, frozen

from caljobs_policy.plain.field_repr import FieldRepr
from caljobs_policy.subjects.facts import Fact

NOT_THE_CASE: Final = "it is not the case that"
"""How to deny a sentence that has no denial of its own."""
_ARTICLES: Final = ("a ", "all ", "an ", "another ", "any ", "no ", "the ")


@frozen
class Naming(FieldRepr):
    """The names of a condition and of its denial."""

    said: str
    denied: str


def _itself(table: str, word: str) -> str:
    return word


@frozen
class Speech(FieldRepr):
    """The names of facts, words and conditions in sentences: titles, never keys."""

    title_of: Callable[[str, str], str] = _itself
    """Returns the title of a word in a table, or the word itself if the table lists none."""
    names: Mapping[Any, Naming] = field(factory=dict)
    """The conditions that have a name of their own."""

    def with_names(self, names: Mapping[Any, Naming]) -> Speech:
        """Return the same speech with other names for conditions."""
        return evolve(self, names=names)

    def fact(self, fact: Fact) -> str:
        """Return the title of a fact, without an article."""
        if fact.form is None:
            return fact.title
        return f"day {with_article(self.title_of('statements', fact.form))} was signed"

    def word(self, fact: Fact, word: str) -> str:
        """Return the title of a word that a fact can hold; free text is quoted."""
        table = fact.holds.vocabulary or fact.holds.named_in
        if isinstance(table, tuple):
            return word.replace("_", " ")
        if table is None:
            return f"“{word}”"
        title = self.title_of(table, word)
        return title if fact.holds.vocabulary or title != word else f"“{word}”"

    def words(self, fact: Fact, words: Sequence[str], joint: str) -> str:
        """Return the titles of words as an English list."""
        return listed([self.word(fact, word) for word in words], joint)

    def exists(self, fact: Fact, *, there: bool) -> str:
        """Return the clause that says that a fact exists, or that it doesn't."""
        if fact.form is not None:
            signed = "was signed" if there else "was not signed"
            return f"{with_article(self.title_of('statements', fact.form))} {signed}"
        return fact.holds.said.yes if there else fact.holds.said.no


def with_article(title: str) -> str:
    """Return a title with the definite article, unless it has an article or is a day."""
    return title if title.startswith(_ARTICLES) or title[:1].isdigit() else f"the {title}"


def listed(words: Sequence[str], joint: str) -> str:
    """Return words as an English list."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


PLAIN: Final = Speech()
"""Names without the titles of any policy."""
