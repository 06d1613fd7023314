# SPDX-License-Identifier: MIT
"""The context in which entries about one sort of subject become its plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from caljobs_policy.compiler.about import is_about
from caljobs_policy.compiler.binding import ConditionBinder
from caljobs_policy.compiler.chain import Chain, Sourced
from caljobs_policy.compiler.named_deadlines import NamedDeadlines
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.compiler.templates import KINDS, TemplateReader
from caljobs_policy.compiler.vocabulary import Vocabulary, check_choices, texts
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Place, shown
from caljobs_policy.policy.conditions import ALWAYS, Condition, Not, both, facts_in, interned
from caljobs_policy.policy.outcome import Outcome, outcomes_for, usual_failure
from caljobs_policy.policy.rules import ELSE, OPEN, PARTIES, Check, DeadlineRule, Template
from caljobs_policy.subjects.facts import Fact, facts_about, kind_of_key, type_of_key
from caljobs_policy.syntax.entries import Entry, Judgement
from caljobs_policy.syntax.nodes import Word
from caljobs_policy.syntax.timed_entries import Deadline

_DROPPED: Final = "none"


@frozen
class Usual:
    """The texts and the outcome of a check where its entry does not set them."""

    say: str = ""
    remedy: str = ""
    outcome: Outcome | None = None
    deadline: str | None = None
    """The deadline that it is about; its texts can name the due date."""
    backed: bool = False
    """Whether its clauses are cited somewhere other than in the entry."""


class PlanContext:
    """What the plan of one sort of subject is made with."""

    def __init__(self, chain: Chain, vocabulary: Vocabulary, key: str, problems: Problems) -> None:
        self.chain = chain
        self.vocabulary = vocabulary
        self.key = key
        self.problems = problems
        names = (sourced.entry.called for sourced in self.concerned("deadlines"))
        self.deadlines = NamedDeadlines(key, frozenset(names))
        self.conditions: dict[Condition, Condition] = {}
        """The conditions of the plan, so that equal ones are one object."""
        self._binders: dict[int, ConditionBinder] = {}
        self._templates: dict[tuple[int, str | None], TemplateReader] = {}

    def binder(self, layer: int = 0) -> ConditionBinder:
        """Return the binder of conditions that are written in the words of a layer."""
        if layer not in self._binders:
            binder = ConditionBinder(
                self.vocabulary, self.key, layer, self.problems, self.deadlines
            )
            self._binders[layer] = binder
        return self._binders[layer]

    def templates(self, layer: int = 0, deadline: str | None = None) -> TemplateReader:
        """Return the reader of texts in the words of a layer, perhaps those of a deadline."""
        found = self._templates.get((layer, deadline))
        if found is None:
            found = TemplateReader(self.vocabulary, self.key, layer, self.problems, deadline)
            self._templates[layer, deadline] = found
        return found

    def deadline(self, word: Word) -> DeadlineRule | None:
        """Find a deadline by its name."""
        return self.deadlines.find(word.text, word.place, self.problems)

    @property
    def kind(self) -> str:
        """The kind of subject, without its type."""
        return kind_of_key(self.key)

    @property
    def type(self) -> str:
        """The type of subject; empty where the kind has no types."""
        return type_of_key(self.key)

    def concerned(self, table: str) -> Iterator[Sourced]:
        """Yield the entries of a table that are about the key, or about its whole kind."""
        for sourced in self.chain.table(table).values():
            if is_about(self.chain, sourced, self.key):
                yield sourced

    def about(self, entry: Any) -> Place:
        """Return the place where an entry says that it is about the key."""
        words: tuple[Word, ...] = entry.about
        named = (word.place for word in words if word.text in (self.key, self.kind))
        return next(named, entry.place)

    def when(self, entry: Any, layer: int, sign: int = -1) -> Condition:
        """Bind the condition under which an entry applies: `when`, and not `unless`.

        `sign` is -1 where applying to less makes the policy looser.
        """
        binder = self.binder(layer)
        applies = binder.condition(entry.when, sign) or ALWAYS
        unless = binder.condition(getattr(entry, "unless", None), -sign)
        return applies if unless is None else both(applies, Not(unless))

    def readings(self, sourced: Sourced, entry: Entry | None = None) -> tuple[str, ...]:
        """Return the readings of an entry, with the one that keeps a parent's rule in force."""
        own = self.own_readings(sourced, entry)
        going_on = self.chain.profile.reading
        inherited = bool(sourced.layer) and going_on is not None
        return (*own, going_on) if inherited and going_on else own

    def own_readings(self, sourced: Sourced, entry: Entry | None = None) -> tuple[str, ...]:
        """Return the readings of an entry, with those of its restatements."""
        restated = self.chain.restated.get(sourced.what, ())
        named = texts((entry or sourced.entry).reading)
        return unique(named, *(texts(r.reading) for r in restated)) if restated else named

    def clauses(self, sourced: Sourced, entry: Entry | None = None) -> tuple[str, ...]:
        """Return the clauses of an entry, with those that restate it as a whole."""
        restated = [r for r in self.chain.restated.get(sourced.what, ()) if not r.where]
        cited = texts((entry or sourced.entry).clauses)
        return unique(cited, *(texts(r.clauses) for r in restated)) if restated else cited

    def only_meaning(self, word: Word, sourced: Sourced) -> str:
        """Return the one role that a role of the entry's layer means here."""
        if word.text in PARTIES:
            return word.text
        return self.chain.only_meaning("roles", word, sourced.layer, self.problems)

    def fact(self, path: str) -> Fact:
        """Return the fact of a path."""
        return facts_about(self.key)[path]

    def title(self, table: str, word: str) -> str:
        """Return a word's title, or the word itself where the table does not list it."""
        return self.vocabulary.title(table, word)

    def known(self, word: Word, table: str, what: str, layer: int, *more: str) -> bool:
        """Return whether a table lists a word, and refuse one that it does not."""
        words = [*self.chain.words_of(table, layer), *more]
        self.vocabulary.use(table, word.text, layer)
        if word.text not in words:
            self.problems.unknown(word.place, what, word.text, words)
        return word.text in words

    def check(
        self,
        id_: str,
        sourced: Sourced,
        when: Condition,
        require: Condition,
        *,
        entry: Judgement | None = None,
        usual: Usual = Usual(),  # frozen
    ) -> Iterator[Check]:
        """Yield the check of an entry, or of its row, unless the choice of a reading drops it."""
        entry = entry or sourced.entry
        if not usual.backed:
            self._backed(entry)
        usual_outcome = usual.outcome or usual_failure(self.key)
        is_deadline = usual.deadline is not None
        outcome = self._outcome(entry, usual_outcome, is_deadline=is_deadline)
        kinds = (*KINDS, OPEN) if is_deadline else KINDS
        for kind, where in entry.where.items():
            if kind not in kinds:
                self.problems.no_such(where.key.place, "kind of failure", kind, KINDS)
        templates = self.templates(sourced.layer, usual.deadline)
        say = templates.texts(_with_usual(usual.say, entry, entry.say), kinds)
        remedy = templates.texts(_with_usual(usual.remedy, entry, entry.remedy), kinds)
        if outcome is None:
            return
        yield Check(
            id=id_,
            when=interned(when, self.conditions),
            require=interned(require, self.conditions),
            outcome=outcome,
            say=_as_read(say, (when, require)),
            remedy=_as_read(remedy, (when, require)),
            clauses=self._cited(id_, sourced, entry),
            clauses_if=self._clauses_if(id_, sourced, entry),
            readings=self.readings(sourced, entry),
            readings_if={k: texts(where.reading) for k, where in entry.where.items()},
            origin=sourced.origin,
        )

    def _clauses_if(
        self, id_: str, sourced: Sourced, entry: Judgement
    ) -> Mapping[str, tuple[str, ...]]:
        """Return the clauses that each kind of failure breaks, with those that restate them."""
        found = {kind: texts(where.clauses) for kind, where in entry.where.items()}
        if not self.chain.restated:
            return found
        restated = [w for w in dict.fromkeys((id_, sourced.what)) if w in self.chain.restated]
        for kind in KINDS if restated else ():
            if more := unique(*(self._restated(what, kind) for what in restated)):
                found[kind] = unique(found.get(kind, ()), more)
        return found

    def _cited(self, id_: str, sourced: Sourced, entry: Judgement) -> tuple[str, ...]:
        """Return the clauses of a check, with those that restate it or its entry."""
        cited, more = self.clauses(sourced, entry), self._restated(id_, None)
        return unique(cited, more) if more else cited

    def _restated(self, what: str, kind: str | None) -> tuple[str, ...]:
        """Return the clauses that restate an entry, for one kind of failure or for all."""
        if what not in self.chain.restated:
            return ()
        return unique(
            *(
                texts(restatement.clauses)
                for restatement in self.chain.restated.get(what, ())
                if (kind is None and not restatement.where)
                or kind in [word.text for word in restatement.where]
            )
        )

    def _outcome(
        self, entry: Judgement, usual: Outcome, *, is_deadline: bool = False
    ) -> Outcome | None:
        """Return the outcome of not meeting an entry; None where a chosen reading drops it."""
        self._check_choices(entry)
        word = self.instead(entry) or entry.otherwise
        if word is None:
            return usual
        if word.text == _DROPPED and word is not entry.otherwise:
            return None
        allowed = outcomes_for(self.key)
        if word.text not in allowed:
            known = [*allowed, _DROPPED] if is_deadline else allowed
            self.problems.no_such(word.place, f"outcome for {self.key}", word.text, known)
            return usual
        return Outcome(word.text)

    def instead(self, entry: Judgement | Deadline) -> Word | None:
        """Return what replaces `otherwise` under the choice of the entry's reading."""
        if not entry.instead:
            return None
        known = self.vocabulary.readings
        chosen = (known[word.text].chosen for word in entry.reading if word.text in known)
        found = (entry.instead.get(choice) for choice in chosen if choice is not None)
        return next((word for word in found if word is not None), None)

    def _check_choices(self, entry: Judgement) -> None:
        """Refuse an `instead` for a choice that no reading of the entry offers."""
        check_choices(self.chain, entry, self.problems)
        for word in entry.instead.values():
            if word.text not in (*outcomes_for(self.key), _DROPPED):
                known = [*outcomes_for(self.key), _DROPPED]
                self.problems.no_such(word.place, f"outcome for {self.key}", word.text, known)

    def _backed(self, entry: Judgement) -> None:
        if not any(where.clauses for where in entry.where.values()):
            self.backed(entry)

    def backed(self, entry: Entry) -> None:
        """Refuse an entry that cites no clause."""
        check_backed(entry, self.problems)


def check_backed(entry: Entry, problems: Problems) -> None:
    """Refuse an entry that cites no clause."""
    if not entry.clauses and "clauses" not in entry.faulty:
        remedy = "name the clauses that it implements under `clauses`"
        message = f"{shown(entry.key.text)} cites no clause"
        problems.add(Code.MISSING, entry.key.place, message, remedy)


def _with_usual(text: str, entry: Entry, written: Mapping[str, Word]) -> Mapping[str, Word]:
    """Return the texts of an entry, and the usual one where it has none."""
    return {ELSE: Word(text, entry.place), **written} if text else written


def _as_read(
    texts: Mapping[str, Template], conditions: Iterable[Condition]
) -> Mapping[str, Template]:
    """Make texts show dates as stated where the check itself tests the stated dates."""
    facts = [part for t in texts.values() for part in t if isinstance(part, Fact)]
    if not any(fact.happens for fact in facts):
        return texts
    stated = {fact.path for fact in facts_in(*conditions) if not fact.happens}

    def read(part: Any) -> Any:
        return part.as_stated if isinstance(part, Fact) and part.path in stated else part

    return {kind: tuple(map(read, template)) for kind, template in texts.items()}


def unique(*many: Iterable[str]) -> tuple[str, ...]:
    """Return the words of several lists, each once."""
    return tuple(dict.fromkeys([word for words in many for word in words]))
