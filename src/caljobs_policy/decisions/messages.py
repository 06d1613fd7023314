# SPDX-License-Identifier: MIT
"""Texts with the values of facts filled in and personal data withheld.

What the subject does not change of a text is worked out once for all subjects of a policy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Protocol, TypeAlias

from attrs import frozen

from caljobs_policy.dates.durations import Moment
from caljobs_policy.decisions.questions import Questions
from caljobs_policy.errors.privacy import WITHHELD, Secrets
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import DueDate, Template
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import DATED, Kind
from caljobs_policy.subjects.unknown import UNKNOWN

Answers: TypeAlias = Sequence[Any]
"""The answers to some questions about a subject, by their numbers."""


class Told(Protocol):
    """What texts about a subject take from its decision."""

    @property
    def secrets(self) -> Secrets:
        """What no text may reveal of the subject."""

    def due_in_text(self, name: str) -> str:
        """Return when a deadline is due, in words."""


@frozen(eq=False)
class Shown:
    """How what a fact holds is shown."""

    private: bool
    known: frozenset[str] | None
    """The words that may be shown; without them, any that reveal no private text."""
    title_of: Callable[[str], str] | None
    """Returns the title of a word, if there are titles."""

    @classmethod
    def of(cls, fact: Fact, policy: Policy) -> Shown:
        """Return how what a fact holds is shown under a policy."""
        listed = fact.holds.vocabulary
        known = policy.words.get(listed) if isinstance(listed, str) else listed
        table = listed or fact.holds.named_in
        words = policy.words.get(table, {}) if isinstance(table, str) else {}

        def title_of(word: str) -> str:
            return words[word].title if word in words else word

        return cls(
            fact.holds.private, frozenset(known) if known else None, title_of if words else None
        )

    def value(self, value: Any, told: Told) -> Any:
        """Return a value, with personal data withheld.

        A text that contains a private text of the same subject, such as a person's name in a
        subject line or an address, is withheld too, and so is a word that the policy does not list.
        """
        if value is None or value is UNKNOWN:
            return value
        if self.private:
            return WITHHELD
        if isinstance(value, str):
            return self._kept(value, told)
        if not isinstance(value, tuple) or (self.known and self.known.issuperset(value)):
            return value
        return tuple([self._kept(one, told) for one in value])

    def _kept(self, word: str, told: Told) -> str:
        if self.known is None:
            return told.secrets.kept(word)
        return word if word in self.known else WITHHELD

    def in_text(self, value: Any, told: Told) -> str:
        """Return a value as a text says it."""
        value = self.value(value, told)
        if value is None or value is UNKNOWN:
            return "(none)" if value is None else "(not known)"
        if isinstance(value, date):
            return in_text(value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        items = value if isinstance(value, tuple) else (value,)
        return ", ".join(map(self.title_of or str, items)) or "(none)"


def in_json(fact: Fact, policy: Policy) -> Callable[[Any, Told], Any] | None:
    """Return how to make plain data of what a fact holds, None where it is plain by itself."""
    if not fact.holds.private and fact.kind in {Kind.FLAG, Kind.COUNT}:
        return None
    if not fact.holds.private and fact.kind in DATED:
        return lambda value, told: value.isoformat()
    return Shown.of(fact, policy).value


class Text:
    """A text of a profile, whose facts are among the answers to some questions."""

    def __init__(self, template: Template, policy: Policy, questions: Questions) -> None:
        is_plain = all(isinstance(part, str) for part in template)
        self.plain: str | None = "".join(map(str, template)) if is_plain else None
        """The text, if it says the same of every subject."""
        self._parts = tuple(_part(one, policy, questions) for one in template)

    def filled(self, answers: Answers, told: Told) -> str:
        """Return the text with the facts of a subject filled in."""
        if self.plain is not None:
            return self.plain
        return "".join([part(answers, told) for part in self._parts])


def _part(
    part: str | Fact | DueDate, policy: Policy, questions: Questions
) -> Callable[[Answers, Told], str]:
    if isinstance(part, str):
        return lambda answers, told: part
    if isinstance(part, DueDate):
        return lambda answers, told: told.due_in_text(part.deadline)
    number, shown = questions.number(part), Shown.of(part, policy)
    return lambda answers, told: shown.in_text(answers[number], told)


def in_text(moment: Moment) -> str:
    """Return a date, or a time to the minute with its offset."""
    if isinstance(moment, datetime):
        return moment.isoformat(sep=" ", timespec="minutes")
    return moment.isoformat()


def as_sentence(text: str) -> str:
    """Return a clause as a sentence: with a capital letter and a full stop."""
    return text[:1].upper() + text[1:] + "."
