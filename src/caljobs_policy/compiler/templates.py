# SPDX-License-Identifier: MIT
"""Texts with `<names>` in them: parameters, titles, and facts that are filled in when shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from attrs import frozen

from caljobs_policy.compiler.problems import Problems
from caljobs_policy.compiler.vocabulary import IN_BRACKETS, Vocabulary, check_brackets
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Place, shown
from caljobs_policy.plain.mappings import FrozenDict
from caljobs_policy.policy.rules import ELSE, DueDate, Template
from caljobs_policy.subjects.facts import Fact, fact_named, facts_about
from caljobs_policy.syntax.nodes import Word
from caljobs_policy.syntax.sections import QUALIFIED, VOCABULARIES

KINDS: Final = ("missing", "later", "earlier", "too_old", "too_late", ELSE)
"""The ways in which a test can fail, each of which may have a text of its own."""

_DUE: Final = "due"


@frozen
class TemplateReader:
    """Reads the texts of entries about one sort of subject."""

    vocabulary: Vocabulary
    key: str
    layer: int
    problems: Problems
    deadline: str | None = None
    """The deadline that the texts belong to; they can name its due date."""

    def texts(
        self, written: Mapping[str, Word], kinds: Collection[str] = KINDS
    ) -> Mapping[str, Template]:
        """Read the texts for each kind of failure."""
        for kind, text in written.items():
            if kind not in kinds and len(kinds) == 1:
                message = f"an exemption has one text, not one for {shown(kind)}"
                self.problems.add(
                    Code.MISPLACED, text.place, message, "write the text itself after `say:`"
                )
            elif kind not in kinds:
                self.problems.no_such(text.place, "kind of failure", kind, kinds)
        # Most texts have no names in them, so that nobody asks for their places.
        return FrozenDict(
            {
                kind: self.text(word.text, word.place) if "<" in word.text else _plain(word.text)
                for kind, word in written.items()
            }
        )

    def text(self, text: str, place: Place) -> Template:
        """Read one text."""
        if "<" not in text:
            return _plain(text)
        check_brackets(text, place, self.problems)
        parts: list[str | Fact | DueDate] = []
        for number, piece in enumerate(IN_BRACKETS.split(text)):
            if number % 2:
                parts.append(self._named(piece, place))
            elif piece:
                parts.append(piece)
        return tuple(parts)

    def _named(self, name: str, place: Place) -> str | Fact | DueDate:
        if name == _DUE:
            if self.deadline is None:
                message = "`<due>` is known only in the texts of a deadline"
                self.problems.add(
                    Code.MISPLACED, place, message, "write the text in the deadline, or name a fact"
                )
            return DueDate(self.deadline or name)
        parameter = self.vocabulary.parameters.get(name)
        if parameter is not None:
            self.vocabulary.use("parameters", name)
            return str(parameter.value)
        table, _, word = name.partition(".")
        if table in VOCABULARIES:
            title = self._title(table, word)
            if title is None:
                known = self.vocabulary.words_in(table, self.layer)
                message = f"there is no {shown(word)} in `{table}`"
                self.problems.unlisted(place, message, word, known)
            return title or name
        fact = fact_named(name, self.key, self.vocabulary.facts)
        self.vocabulary.use("facts", name)
        chain = self.vocabulary.chain
        if fact is None and (name in chain.table("parameters") or name in chain.table("facts")):
            return name  # its problem was reported where it is declared
        if fact is None:
            known = [*self.vocabulary.parameters, *facts_about(self.key)]
            remedy = "list it under `parameters`, or remove the `<` and the `>`"
            self.problems.unknown(place, "parameter, title or fact", name, known, remedy)
            return name
        return fact

    def _title(self, table: str, word: str) -> str | None:
        """Return the title of a word, as the most local layer understands it."""
        if word not in self.vocabulary.words_in(table, self.layer):
            return None
        self.vocabulary.use(table, word, self.layer)
        if table not in QUALIFIED:
            return self.vocabulary.title(table, word)
        meant = self.vocabulary.chain.meaning(table, word, self.layer)
        titles = [self.vocabulary.title(table, other) for other in meant]
        return " or ".join(titles) or self.vocabulary.title(table, word, self.layer)


def _plain(text: str) -> Template:
    return (text,) if text else ()
