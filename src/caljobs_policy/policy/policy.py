# SPDX-License-Identifier: MIT
"""What holds in one place on one day: every value and rule bound, with its origin."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from datetime import date, tzinfo
from threading import Lock
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakValueDictionary

from attrs import evolve, field, fields, frozen

from caljobs_policy.arguments import require_day
from caljobs_policy.dates.durations import Duration
from caljobs_policy.errors import Problem
from caljobs_policy.field_repr import FieldRepr
from caljobs_policy.mappings import FrozenDict, frozen_mappings
from caljobs_policy.policy.rules import Origin, Plan
from caljobs_policy.policy.speech import Speech
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import Holds
from caljobs_policy.subjects.words import word_of

if TYPE_CHECKING:
    from caljobs_policy.dates.business_days import BusinessCalendar
    from caljobs_policy.policy.differences import AppliedOverride, Difference, Loosening


@frozen
class Clause(FieldRepr):
    """One norm of a document."""

    id: str
    document: str
    at: str
    kind: str
    says: str


@frozen
class ListedWord(FieldRepr):
    """A word of the policy with its title, and where it can be reached."""

    key: str
    title: str
    counts_as: tuple[str, ...] = ()
    stands_for: tuple[str, ...] = ()
    """The titles of the words above whose place it takes."""
    email: tuple[str, ...] = ()
    phone: str | None = None
    clauses: tuple[str, ...] = ()
    origin: Origin = Origin("")


@frozen
class Parameter(FieldRepr):
    """A value that rules refer to by name."""

    name: str
    value: Duration
    title: str
    clauses: tuple[str, ...]
    readings: tuple[str, ...]
    origin: Origin


@frozen
class Reading(FieldRepr):
    """How a place that can be read in several ways is read."""

    id: str
    question: str
    answer: str
    chosen: str | None = None
    others: tuple[str, ...] = ()


@frozen
class Guide(FieldRepr):
    """A norm without a fact to test."""

    id: str
    say: str
    clauses: tuple[str, ...]
    about: tuple[str, ...]
    origin: Origin


@frozen(eq=False, repr=False, field_transformer=frozen_mappings)
class Policy:
    """A policy in force on a day; two are equal that say the same of the same day.

    What it says is known by its `digest`.
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
    """Every change of what the profiles above say."""
    loosenings: tuple[Loosening, ...] = ()
    """Every other local entry by which something can come out better than above."""
    notices: tuple[Problem, ...] = ()
    """What is worth knowing of its files, though nothing is wrong: what was passed over."""
    words_known: frozenset[str] = field(init=False)
    """All words of its tables, each behind its table's name, as subjects have them."""
    _made: dict[Hashable, Any] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        words = (word_of(name, word) for name, table in self.words.items() for word in table)
        object.__setattr__(self, "words_known", frozenset(words))

    def made(self, key: Hashable, make: Callable[..., Any], *arguments: Any) -> Any:
        """Return what is made of the policy and kept, such as the functions of an engine.

        It is made when it is first asked for under its key, and is the same on every day.
        """
        found = self._made.get(key)
        return self._made.setdefault(key, make(self, *arguments)) if found is None else found

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What local profiles change or loosen of those above, those nearest to the top first."""
        return (*self.loosenings, *self.overrides)

    def on(self, day: date) -> Policy:
        """Return the same policy on another day on which its editions are in force."""
        require_day("day", day)
        other = evolve(self, day=day)
        object.__setattr__(other, "_made", self._made)
        return other

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Print the short name, also where a tool would print every field."""
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
        """Let copies be made from what it says; what was made of it is made anew."""
        return _restored, (self.made("pickled", _pickled), self.day)

    def words_for(self, holds: Holds) -> Collection[str] | None:
        """Return the words that a fact can hold, or None where any text will do."""
        listed = holds.vocabulary
        return (self.words.get(listed) or None) if isinstance(listed, str) else listed

    def own_facts(self, above: str) -> Mapping[str, Holds]:
        """Return what the facts hold that its profiles declare below a path, by their names."""
        found: Mapping[str, Holds] = self.made(("own facts", above), _own_facts, above)
        return found

    def title_of(self, table: str, word: str) -> str:
        """Return a word's title, or the word itself where the table does not list it."""
        term = self.words.get(table, {}).get(word)
        return term.title if term else word

    def speech(self, plan: Plan | None = None) -> Speech:
        """Return what facts, words and conditions are called in sentences, perhaps of a plan."""
        return Speech(self.title_of, plan.names if plan is not None else {})


def _own_facts(policy: Policy, above: str) -> Mapping[str, Holds]:
    parted = ((path.rpartition("."), fact.holds) for path, fact in policy.facts.items())
    return FrozenDict({name: holds for (start, _, name), holds in parted if start == above})


def _pickled(policy: Policy) -> bytes:
    """Return the policy as bytes, which all its decisions share when they are pickled."""
    import pickle

    stated = {f.alias: getattr(policy, f.name) for f in fields(Policy) if f.init}
    return pickle.dumps(stated, pickle.HIGHEST_PROTOCOL)


_lock: Final = Lock()
_known: Final[WeakValueDictionary[bytes, Policy]] = WeakValueDictionary()
"""The policies that were unpickled and are in use, by the digest of their bytes."""


def _restored(content: bytes, day: date) -> Policy:
    """Return the policy that bytes hold, on a day; decisions that share one find the same."""
    import pickle
    from hashlib import sha256

    key = sha256(content).digest()
    with _lock:
        policy = _known.get(key)
    if policy is None:
        # They stand inside what is being unpickled, and are trusted as far as that is.
        policy = Policy(**pickle.loads(content))  # noqa: S301
        with _lock:
            policy = _known.setdefault(key, policy)
    return policy if policy.day == day else policy.on(day)
