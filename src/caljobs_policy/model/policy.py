# SPDX-License-Identifier: MIT
"""What holds in one place on one day: every value and rule bound, with its origin."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, tzinfo
from typing import Any

from attrs import evolve, field, frozen

from caljobs_policy.errors import Place, Problem
from caljobs_policy.model.calendar import BusinessCalendar
from caljobs_policy.model.durations import Duration
from caljobs_policy.model.facts import Fact
from caljobs_policy.model.rules import Origin, Plan


@frozen
class AppliedOverride:
    """A difference from the profile above that is in force."""

    what: str
    was: str
    now: str
    changes_decisions: bool
    is_number: bool
    authority: tuple[str, ...]
    reason: str
    binding: bool
    """Whether what it changes binds, so that only a clause allows to loosen it."""
    origin: Origin
    place: Place = field(default=Place(), eq=False)
    direction: str = ""
    """`stricter`, `looser` or `other`; empty where no decision changes."""


@frozen
class Clause:
    """One norm of a document."""

    id: str
    document: str
    at: str
    kind: str
    says: str


@frozen
class ListedWord:
    """A word of the policy with its title, and where it can be reached."""

    key: str
    title: str
    counts_as: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    phone: str | None = None
    clauses: tuple[str, ...] = ()
    origin: Origin = Origin("")


@frozen
class Parameter:
    """A value that rules refer to by name."""

    name: str
    value: Duration
    title: str
    clauses: tuple[str, ...]
    readings: tuple[str, ...]
    origin: Origin


@frozen
class Reading:
    """How a place that can be read in several ways is read."""

    id: str
    question: str
    answer: str
    chosen: str | None = None
    others: tuple[str, ...] = ()


@frozen
class Guide:
    """A norm without a fact to test."""

    id: str
    say: str
    clauses: tuple[str, ...]
    about: tuple[str, ...]
    origin: Origin


@frozen(eq=False, repr=False)
class Policy:
    """A policy in force; compare and share it by its `digest`."""

    jurisdiction: str
    title: str
    day: date
    editions: tuple[str, ...]
    """The local edition first, then those of the profiles it extends."""
    zone: tzinfo
    digest: str
    plans: Mapping[str, Plan]
    words: Mapping[str, Mapping[str, ListedWord]]
    """The tables of words, by the table's name, then by word."""
    parameters: Mapping[str, Parameter]
    clauses: Mapping[str, Clause]
    readings: Mapping[str, Reading]
    guides: tuple[Guide, ...]
    facts: Mapping[str, Fact]
    """The facts that the profiles declare for themselves."""
    calendar: BusinessCalendar | None = None
    """Which days are business days, where a profile says so."""
    meanings: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]] = field(factory=dict)
    """For each profile above and each of its tables of words: what stands for a word here."""
    overrides: tuple[AppliedOverride, ...] = ()
    """Every difference from the profiles above."""
    notices: tuple[Problem, ...] = ()
    """What is worth knowing of its files, though nothing is wrong: what was passed over."""
    memo: dict[Any, Any] = field(factory=dict, init=False)
    """What engines made of the policy, kept for the next decision; it never changes an answer."""

    def on(self, day: date) -> Policy:
        """Give the same policy on another day on which its editions are in force."""
        other = evolve(self, day=day)
        object.__setattr__(other, "memo", self.memo)
        return other

    def __repr__(self) -> str:
        return f"<Policy {self.jurisdiction} on {self.day}: {', '.join(self.editions)}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Policy) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def title_of(self, table: str, word: str) -> str:
        """Give a word's title, or the word itself where the table does not list it."""
        term = self.words.get(table, {}).get(word)
        return term.title if term else word
