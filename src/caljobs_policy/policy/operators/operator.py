# SPDX-License-Identifier: MIT
"""What every operator means: what it tests, its truth, its boundaries, its words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from enum import Enum
from typing import Any, ClassVar, TypeAlias

from attrs import frozen

from caljobs_policy.dates.durations import Duration, Moment
from caljobs_policy.plain.field_repr import FieldRepr
from caljobs_policy.policy.speech import NOT_THE_CASE, PLAIN, Speech
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import Kind
from caljobs_policy.subjects.unknown import UNKNOWN, Truth

Window: TypeAlias = tuple[int, int]
"""The ordinals of a first and a last day, perhaps off the calendar; an empty one ends first.

Or a first and a last second.
"""


class Argument(Enum):
    """What may be written behind an operator."""

    VALUE = "a value that the fact can hold"
    WORDS = "a list of words, or the name of a list"
    WORD = "a word"
    TEXT = "a text"
    FLAG = "true or false"
    FACT = "the name of another fact"
    RANGE = "two numbers, such as 8 to 20, or one, such as 8 or more"
    CHARACTERS = "a list of sets of characters: A-Z, a-z, 0-9, or the characters themselves"
    TEMPLATE = "a text, in which `<fact>` stands for the value of another fact"
    DURATION = "a duration, or the name of a parameter, beside `before` or `after`"
    PATTERN = "a text with the parts DD, MM, YY and YYYY of a date, beside `of`"


@frozen
class Operator(FieldRepr, ABC):
    """What is written after a fact: how it is tested, whatever fact it is; compared by value."""

    name: ClassVar[str]
    argument: ClassVar[Argument]
    kinds: ClassVar[frozenset[Kind]]
    """The kinds of fact that can be tested."""
    other_kinds: ClassVar[frozenset[Kind] | None] = None
    """The kinds of fact that it can be compared with; None where they are the same."""
    if_null: ClassVar[bool] = False
    """What holds when the fact, or one it is compared with, is known not to exist."""
    sides: ClassVar[tuple[str, ...]] = ()
    """The keys one of which stands beside the operator and names the fact to compare with."""
    stricter: ClassVar[str | None] = None
    """Which direction of its number, or of the length of its list, lets the test hold for less:
    `lower`, `higher` or neither."""
    beginnings: ClassVar[bool] = False
    """Whether a word that ends in `*` stands for all words that it begins."""
    needs_each: ClassVar[bool] = False
    """Whether all of its words have to be there, so that none may stand for a choice of words."""
    looks_inside: ClassVar[bool] = True
    """Whether it can tell apart texts that are neither blank nor among the words it mentions."""

    @property
    def is_even(self) -> bool:
        """Whether its boundaries lie equally far apart wherever they are counted from."""
        return True

    @property
    def always(self) -> bool | None:
        """Whether it holds of every fact or of none, as of an empty list; None if that depends."""
        return None

    @property
    def by_hour(self) -> bool:
        """Whether it counts hours, so that the time of a day matters even beside a day."""
        return False

    @property
    def counted(self) -> Duration | None:
        """The length of time that it counts with, if any."""
        return None

    @property
    def order(self) -> int:
        """1 where it asks for what lies after the other fact, -1 for what lies before, else 0."""
        return 0

    @property
    def anchors(self) -> tuple[Fact, ...]:
        """The other facts that the tested fact is compared with."""
        return ()

    def comparing(self, other: Fact) -> Operator:
        """Return the same test of order with another fact; any other operator stays as it is."""
        return self

    @abstractmethod
    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether known, existing values pass the test."""

    def truth(self, value: Any, others: Sequence[Any], zone: tzinfo) -> Truth:
        """Return whether the test holds, None where an unknown value decides."""
        if value is None or None in others:
            return self.if_null
        if value is UNKNOWN or UNKNOWN in others:
            return None
        return self.holds(value, others, zone)

    def mentions(self) -> tuple[str, ...]:
        """Return the words that the test tells apart from all others."""
        return ()

    def cells(
        self, kind: Kind, position: int, values: Sequence[Any], zone: tzinfo
    ) -> Iterable[Any]:
        """Return values on each side of every boundary of one fact, given the others' values.

        Position 0 is the tested fact, 1 and on are the anchors; `kind` is that of the fact there,
        and the entry at `position` is ignored.
        """
        return ()

    def window(self, position: int, known: Moment, zone: tzinfo) -> Window | None:
        """Return the days of one fact on which the test holds, given what the other holds.

        Position 0 is the tested fact. None where these are not all days between two.
        """
        return None

    def window_of_times(
        self, position: int, known: Moment, seconds: Window, zone: tzinfo
    ) -> Window | None:
        """Return the elapsed seconds on which the test holds of times, as a window does of days.

        `seconds` are the first and the last of what the other fact holds.
        """
        return None

    def failure(self, value: Any, others: Sequence[Any], zone: tzinfo) -> str:
        """Name the way in which values fail the test, for the choice of a text."""
        return "missing" if value is None else "else"

    @abstractmethod
    def words(self, fact: Fact, speech: Speech) -> str:
        """Return the test as the predicate of an English sentence."""

    def sentence(self, fact: Fact, speech: Speech = PLAIN, *, negated: bool = False) -> str:
        """Return the test of a fact as an English clause."""
        subject, predicate = f"the {speech.fact(fact)}", self.words(fact, speech)
        denied = self.denied(fact, speech) if negated else predicate
        return f"{subject} {denied}" if denied else f"{NOT_THE_CASE} {subject} {predicate}"

    def denied(self, fact: Fact, speech: Speech) -> str | None:
        """Return the predicate of the contrary, or None where the verb has none of its own."""
        predicate = self.words(fact, speech)
        for verb, denial in _DENIALS.items():
            if predicate.startswith(verb):
                return f"{denial}{predicate.removeprefix(verb)}"
        return None


_DENIALS: Mapping[str, str] = {
    "is ": "is not ",
    "begins ": "does not begin ",
    "contains nothing but ": "contains more than ",
    "contains ": "does not contain ",
}
