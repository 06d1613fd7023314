# SPDX-License-Identifier: MIT
"""What holds in one place on one day: every value and rule bound, with its origin."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, tzinfo
from typing import Any, Final, TypeAlias

from attrs import evolve, field, frozen

from caljobs_policy.errors import Place
from caljobs_policy.model.conditions import ALWAYS, Condition, facts_in
from caljobs_policy.model.durations import Duration
from caljobs_policy.model.facts import AT, Fact
from caljobs_policy.model.outcome import Outcome, good_outcome

Template: TypeAlias = tuple[str | Fact, ...]
"""A text with facts in it whose values are filled in when it is shown."""
ELSE: Final = "else"
DEADLINES: Final = (
    "temporary_password_expires",
    "training_expires",
    "statement_expires",
    "annual_maintenance_due",
    "account_must_be_revoked",
    "next_sample_review_due",
    "data_entry_due",
    "case_note_entry_due",
    "next_case_note_due",
    "soft_exit",
    "planned_break_ends",
    "follow_up_due",
    "follow_up_ends",
)
"""The names of deadlines that every program knows; a profile may have more."""


@frozen
class Origin:
    """Where a rule, a row or a value comes from: its edition, its place and what it replaced."""

    edition: str
    place: Place = field(default=Place(), eq=False)
    replaces: str | None = None


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


@frozen(eq=False)
class Check:
    """One thing that is met or not: where `when` holds, `require` has to hold."""

    id: str
    require: Condition
    outcome: Outcome
    clauses: tuple[str, ...]
    origin: Origin
    when: Condition = ALWAYS
    say: Mapping[str, Template] = field(factory=dict)
    remedy: Mapping[str, Template] = field(factory=dict)
    clauses_if: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """Further clauses that one kind of failure breaks."""
    readings: tuple[str, ...] = ()
    approval: str | None = None
    """The role whose approval the check looks for."""
    form: str | None = None
    """The form that the check looks for among the attachments."""
    exempts: bool = False
    """Not meeting it puts the subject outside the directive."""


@frozen(eq=False)
class Route:
    """Who requests for a type of organization, and to whom it goes with what."""

    organization: str
    requestors: tuple[str, ...]
    coordinator: str
    submit_to: tuple[str, ...]
    """The coordinator, and whoever gets the request besides."""
    send_to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: Template | None
    clauses: tuple[str, ...]
    readings: tuple[str, ...]
    when: Condition
    origin: Origin


@frozen(eq=False)
class DutyRule:
    """What somebody has to do after a decision with one of the outcomes."""

    id: str
    who: str
    what: Template
    arises: frozenset[Outcome]
    clauses: tuple[str, ...]
    origin: Origin
    when: Condition = ALWAYS
    to: str | None = None
    cc: tuple[str, ...] = ()
    promptness: str | None = None
    by: str | None = None
    """The deadline that is the duty's due time."""
    readings: tuple[str, ...] = ()


@frozen
class Leg:
    """A date that a deadline is counted from: the first fact that exists, and how long."""

    when: Condition
    triggers: tuple[Fact, ...]
    count: Duration


@frozen(eq=False)
class DeadlineRule:
    """A dated limit: the earliest of its legs."""

    name: str
    title: str
    legs: tuple[Leg, ...]
    clauses: tuple[str, ...]
    origin: Origin
    when: Condition = ALWAYS
    readings: tuple[str, ...] = ()


@frozen(eq=False)
class Plan:
    """Everything that a policy says of subjects of one key."""

    key: str
    checks: tuple[Check, ...]
    """Exemptions first."""
    routes: tuple[Route, ...] = ()
    duties: tuple[DutyRule, ...] = ()
    deadlines: tuple[DeadlineRule, ...] = ()

    exemptions: int = field(init=False)
    """How many of the first checks are exemptions."""
    weights: tuple[int, ...] = field(init=False)
    """The weight of each check's outcome."""
    good: Outcome = field(init=False)
    """The outcome where nothing is found."""
    reads_moment: bool = field(init=False)
    """Whether some check depends on the moment of the evaluation."""
    outcomes: Mapping[int, Outcome] = field(init=False)
    """The outcome of a subject whose heaviest finding has a weight."""

    def __attrs_post_init__(self) -> None:
        set_ = object.__setattr__
        set_(self, "exemptions", sum(check.exempts for check in self.checks))
        set_(self, "weights", tuple(check.outcome.weight for check in self.checks))
        conditions = (part for c in self.checks for part in (c.when, c.require))
        set_(self, "reads_moment", AT in facts_in(*conditions))
        heavier = {c.outcome.weight: c.outcome for c in self.checks if c.outcome.weight}
        set_(self, "outcomes", {0: good_outcome(self.key), **heavier})
        set_(self, "good", good_outcome(self.key))


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
    meanings: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]] = field(factory=dict)
    """For each profile above and each of its tables of words: what stands for a word here."""
    overrides: tuple[AppliedOverride, ...] = ()
    """Every difference from the profiles above."""
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
