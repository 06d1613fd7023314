# SPDX-License-Identifier: MIT
"""Texts with `<names>` in them: a parameter, a title, or a fact that is filled in when shown."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

from attrs import frozen

from caljobs_policy.compiler.problems import Problems
from caljobs_policy.compiler.vocabulary import Vocabulary
from caljobs_policy.errors import Place
from caljobs_policy.model.facts import Fact, fact_named
from caljobs_policy.model.policy import ELSE, Template

_NAME: Final = re.compile(r"<([a-z][a-z0-9_.]{0,80})>")
KINDS: Final = ("missing", "later", "earlier", "too_old", "too_late", ELSE)
"""The ways in which a test can fail, each of which may have a text of its own."""


@frozen
class TemplateReader:
    """Reads the texts of entries about subjects of one key."""

    vocabulary: Vocabulary
    key: str
    problems: Problems

    def texts(
        self, written: Mapping[str, str], place: Place, kinds: Collection[str] = KINDS
    ) -> Mapping[str, Template]:
        """Read the texts for each kind of failure."""
        for kind in written:
            if kind not in kinds:
                self.problems.unknown(place, "kind of failure", kind, kinds)
        return {kind: self.text(text, place) for kind, text in written.items()}

    def text(self, text: str, place: Place) -> Template:
        """Read one text."""
        parts: list[str | Fact] = []
        for number, piece in enumerate(_NAME.split(text)):
            if number % 2:
                parts.append(self._named(piece, place))
            elif piece:
                parts.append(piece)
        return tuple(parts)

    def _named(self, name: str, place: Place) -> str | Fact:
        parameter = self.vocabulary.parameters.get(name)
        if parameter is not None:
            return str(parameter.value)
        table, _, word = name.partition(".")
        if word in self.vocabulary.words.get(table, {}):
            return self.vocabulary.words[table][word].title
        fact = fact_named(name, self.key, self.vocabulary.facts)
        if fact is None:
            known = [*self.vocabulary.parameters]
            self.problems.unknown(place, "parameter, title or fact", name, known)
            return name
        return fact
