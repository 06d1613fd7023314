# SPDX-License-Identifier: MIT
"""A policy in force: every value and rule in its final form, with its origin."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from datetime import date, tzinfo
from threading import Lock
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakValueDictionary

from attrs import evolve, field, fields, frozen

from caljobs_policy.dates.durations import Duration
from caljobs_policy.errors.arguments import require_day
from caljobs_policy.errors.problems import Problem
from caljobs_policy.plain.field_repr import FieldRepr
from caljobs_policy.plain.mappings import FrozenDict, frozen_mappings
from caljobs_policy.policy.rules import Origin, Plan
from caljobs_policy.policy.speech import Speech
from caljobs_policy.subjects.facts import Fact, kind_of_class
from caljobs_policy.subjects.fields import Holds, fields_of
from caljobs_policy.subjects.words import word_of

if TYPE_CHECKING:
    from caljobs_policy.dates.business_days import BusinessCalendar
    from caljobs_policy.policy.differences import AppliedOverride, Difference, Loosening


@frozen
class Clause(FieldRepr):
    """One provision of a document."""

    id: str
    document: str
    at: str
    kind: str
    says: str


@frozen
class ListedWord(FieldRepr):
    """A word of the policy, with its title and contact details."""

    key: str
    title: str
    counts_as: tuple[str, ...] = ()
    stands_for: tuple[str, ...] = ()
    """The titles of the words of profiles above that it replaces."""
    email: tuple[str, ...] = ()
    phone: str | None = None
    clauses: tuple[str, ...] = ()
    origin: Origin = Origin("")


@frozen
class Parameter(FieldRepr):
    """A named value that rules refer to."""

    name: str
    value: Duration
    title: str
    clauses: tuple[str, ...]
    readings: tuple[str, ...]
    origin: Origin


@frozen
class Reading(FieldRepr):
    """How a passage that can be read in several ways is read."""

    id: str
    question: str
    answer: str
    chosen: str | None = None
    others: tuple[str, ...] = ()


@frozen
class Guide(FieldRepr):
    """A provision that no fact can test."""

    id: str
    say: str
    clauses: tuple[str, ...]
    about: tuple[str, ...]
    origin: Origin


@frozen(eq=False, repr=False, field_transformer=frozen_mappings)
class Policy:
    """A policy in force on a day; policies with the same digest and day are equal.

    The `digest` stands for everything that the policy says.
    """

    jurisdiction: str
    title: str
    day: date
    editions: tuple[str, ...]
    """The local edition first, then those of the profiles it extends."""
    zone: tzinfo
    digest: str
    plans: Mapping[str, Plan]
    words: Mapping[str, Mapping[str, ListedWord]]
    """The tables of words, by table and then by word."""
    parameters: Mapping[str, Parameter]
    clauses: Mapping[str, Clause]
    readings: Mapping[str, Reading]
    guides: tuple[Guide, ...]
    facts: Mapping[str, Fact]
    """The facts that the profiles declare themselves."""
    calendar: BusinessCalendar | None = None
    """Which days are business days, if a profile says so."""
    meanings: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]] = field(factory=dict)
    """For each profile above, by its tables and words: the words here that stand for one there."""
    overrides: tuple[AppliedOverride, ...] = ()
    """Every change to what the profiles above say."""
    loosenings: tuple[Loosening, ...] = ()
    """Every other local entry that can make an outcome better than above."""
    notices: tuple[Problem, ...] = ()
    """What is worth knowing about its files though nothing is wrong, such as skipped files."""
    until: date | None = None
    """The last day on which all its editions are in force, where one is known."""
    words_known: frozenset[str] = field(init=False)
    """All words of its tables, each prefixed with its table's name as in subjects."""
    _made: dict[Hashable, Any] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        words = (word_of(name, word) for name, table in self.words.items() for word in table)
        object.__setattr__(self, "words_known", frozenset(words))

    def made(self, key: Hashable, make: Callable[..., Any], *arguments: Any) -> Any:
        """Return something derived from the policy and cached, such as an engine's functions.

        It is made when first asked for under its key, and shared by all days of the policy.
        """
        found = self._made.get(key)
        return self._made.setdefault(key, make(self, *arguments)) if found is None else found

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What local profiles change or loosen above them, from the top of the chain down."""
        return (*self.loosenings, *self.overrides)

    def on(self, day: date) -> Policy:
        """Return the policy on another day on which its editions are in force."""
        require_day("day", day)
        other = evolve(self, day=day)
        object.__setattr__(other, "_made", self._made)
        return other

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Print the short form even in tools that would print every field."""
        printer.text(repr(self))

    def __repr__(self) -> str:
        return f"<Policy {self.jurisdiction} on {self.day}: {', '.join(self.editions)}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Policy):
            return NotImplemented
        return (self.digest, self.day) == (other.digest, other.day)

    def __hash__(self) -> int:
        return hash((self.digest, self.day))

    def __copy__(self) -> Policy:
        return self

    def __deepcopy__(self, memo: object) -> Policy:
        return self

    def __reduce__(self) -> tuple[Callable[..., Policy], tuple[bytes, date]]:
        """Pickle what the policy says; whatever was derived from it is made anew."""
        return _restored, (self.made("pickled", _pickled), self.day)

    def words_for(self, holds: Holds) -> Collection[str] | None:
        """Return the words that a fact can hold, or None if any text will do."""
        listed = holds.vocabulary
        return (self.words.get(listed) or None) if isinstance(listed, str) else listed

    def own_facts(self, cls: type) -> Mapping[str, Holds]:
        """Return what the profiles' own facts about subjects of a class hold, by name."""
        found: Mapping[str, Holds] = self.made(("own facts", cls), _own_facts, cls)
        return found

    def title_of(self, table: str, word: str) -> str:
        """Return a word's title, or the word itself if the table does not list it."""
        term = self.words.get(table, {}).get(word)
        return term.title if term else word

    def speech(self, plan: Plan | None = None) -> Speech:
        """Return the names of facts, words and, with a plan, of conditions in sentences."""
        return Speech(self.title_of, plan.names if plan is not None else {})


def _own_facts(policy: Policy, cls: type) -> Mapping[str, Holds]:
    kind, taken = kind_of_class(cls), fields_of(cls)
    parted = ((path.partition("."), fact.holds) for path, fact in policy.facts.items())
    return FrozenDict(
        {name: holds for (start, _, name), holds in parted if start == kind and name not in taken}
    )


def _pickled(policy: Policy) -> bytes:
    """Return the policy as bytes, shared by all of its decisions when they are pickled."""
    import pickle

    stated = {f.alias: getattr(policy, f.name) for f in fields(Policy) if f.init}
    return pickle.dumps(stated, pickle.HIGHEST_PROTOCOL)


_lock: Final = Lock()
_known: Final[WeakValueDictionary[bytes, Policy]] = WeakValueDictionary()
"""The unpickled policies still in use, by the digest of their bytes."""


def _restored(content: bytes, day: date) -> Policy:
    """Return the policy in some bytes, on a day; decisions that share one get the same object."""
    import pickle
    from hashlib import sha256

    key = sha256(content).digest()
    with _lock:
        policy = _known.get(key)
    if policy is None:
        # The bytes are part of what is being unpickled, so they are as trusted as that.
        policy = Policy(**pickle.loads(content))  # noqa: S301
        with _lock:
            policy = _known.setdefault(key, policy)
    return policy if policy.day == day else policy.on(day)
