# SPDX-License-Identifier: MIT
"""What is at hand while entries about subjects of one key are made into checks and the like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from caljobs_policy.compiler.binding import ConditionBinder
from caljobs_policy.compiler.chain import Chain, Sourced
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.compiler.templates import KINDS, TemplateReader
from caljobs_policy.compiler.vocabulary import Vocabulary, texts
from caljobs_policy.errors import shown
from caljobs_policy.model.conditions import ALWAYS, Condition, Not, both
from caljobs_policy.model.facts import Fact, facts_about
from caljobs_policy.model.outcome import Outcome, outcomes_for, usual_failure
from caljobs_policy.model.policy import ELSE, Check, Origin
from caljobs_policy.model.written.entries import Judgement
from caljobs_policy.model.written.shapes import Word

PARTIES: Final = ("requestor", "coordinator")
"""Who is meant is known only when a subject is at hand."""
_DROPPED: Final = "none"


@frozen
class Usual:
    """What a check says and comes to where its entry says nothing of it."""

    say: str = ""
    mend: str = ""
    outcome: Outcome | None = None


class Maker:
    """Makes what a policy says of subjects of one key."""

    def __init__(self, chain: Chain, vocabulary: Vocabulary, key: str, problems: Problems) -> None:
        self.chain = chain
        self.vocabulary = vocabulary
        self.key = key
        self.problems = problems
        self.binder = ConditionBinder(vocabulary, key, problems)
        self.templates = TemplateReader(vocabulary, key, problems)

    @property
    def kind(self) -> str:
        """The kind of subject, without its type."""
        return self.key.partition("/")[0]

    @property
    def type(self) -> str:
        """The type of subject; empty where the kind has no types."""
        return self.key.partition("/")[2]

    def concerned(self, table: str) -> Iterator[Sourced]:
        """Give the entries of a table that are about the key, or about its whole kind."""
        for sourced in self.chain.table(table).values():
            if any(word.text in (self.key, self.kind) for word in sourced.entry.about):
                yield sourced

    def when(self, entry: Any) -> Condition:
        """Bind when an entry applies: `when`, and not `unless`."""
        applies = self.binder.condition(entry.when) or ALWAYS
        unless = self.binder.condition(getattr(entry, "unless", None))
        return applies if unless is None else both(applies, Not(unless))

    def fact(self, path: str) -> Fact:
        """Give a fact of the model."""
        return facts_about(self.key)[path]

    def title(self, table: str, word: str) -> str:
        """Give a word's title, or the word itself where the table does not list it."""
        term = self.vocabulary.words[table].get(word)
        return term.title if term else word

    def known(self, word: Word, table: str, what: str, *more: str) -> bool:
        """Refuse a word that a table of words does not list."""
        words = [*self.vocabulary.words[table], *more]
        if word.text not in words:
            self.problems.unknown(word.place, what, word.text, words)
        return word.text in words

    def check(
        self,
        id_: str,
        entry: Judgement,
        origin: Origin,
        when: Condition,
        require: Condition,
        *,
        usual: Usual = Usual(),  # frozen
    ) -> Iterator[Check]:
        """Make the check of an entry, unless a choice of reading drops it."""
        self._backed(entry)
        outcome = self._outcome(entry, usual.outcome or usual_failure(self.key))
        if outcome is None:
            return
        for kind, where in entry.where.items():
            if kind not in KINDS:
                self.problems.unknown(where.key.place, "kind of failure", kind, KINDS)
        yield Check(
            id=id_,
            when=when,
            require=require,
            outcome=outcome,
            say=self.templates.texts({**_otherwise(usual.say), **entry.say}, entry.place),
            mend=self.templates.texts({**_otherwise(usual.mend), **entry.mend}, entry.place),
            clauses=texts(entry.clauses),
            clauses_if={kind: texts(where.clauses) for kind, where in entry.where.items()},
            readings=texts(entry.reading),
            origin=origin,
        )

    def _outcome(self, entry: Judgement, usual: Outcome) -> Outcome | None:
        """Give the outcome of not meeting an entry; None where a chosen reading drops it."""
        word = self._instead(entry) or entry.otherwise
        if word is None:
            return usual
        if word.text == _DROPPED and word is not entry.otherwise:
            return None
        allowed = outcomes_for(self.key)
        if word.text not in allowed:
            self.problems.unknown(word.place, f"outcome for {self.key}", word.text, allowed)
            return usual
        return Outcome(word.text)

    def _instead(self, entry: Judgement) -> Word | None:
        """Give what takes the place of `otherwise` under the choice of the entry's reading."""
        known = self.vocabulary.readings
        chosen = (known[word.text].chosen for word in entry.reading if word.text in known)
        found = (entry.instead.get(choice) for choice in chosen if choice is not None)
        return next((word for word in found if word is not None), None)

    def _backed(self, entry: Judgement) -> None:
        """Refuse what no document backs."""
        if not entry.clauses and not any(where.clauses for where in entry.where.values()):
            self.problems.add(
                entry.key.place,
                f"{shown(entry.key.text)} names no clause",
                "name the clauses that it implements under `clauses`",
            )


def _otherwise(text: str) -> Mapping[str, str]:
    return {ELSE: text} if text else {}


def unique(*many: Iterable[str]) -> tuple[str, ...]:
    """Give the words of several lists, each once."""
    return tuple(dict.fromkeys(word for words in many for word in words))
