# SPDX-License-Identifier: MIT
"""Operators that compare a fact with values: `is`, `in`, `not_in`, `given`, `fewer_than`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any, ClassVar

from attrs import frozen

from caljobs_policy.dates.durations import (
    FIRST_DAY,
    LAST_DAY,
    Moment,
)
from caljobs_policy.dates.seconds import (
    FIRST_SECOND,
    LAST_SECOND,
)
from caljobs_policy.policy.operators.operator import Argument, Operator, Window
from caljobs_policy.policy.speech import PLAIN, Speech
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import WORDED, Kind
from caljobs_policy.subjects.unknown import UNKNOWN, Truth


@frozen
class Is(Operator):
    """The fact is the value."""

    name: ClassVar = "is"
    argument: ClassVar = Argument.VALUE
    kinds: ClassVar = frozenset({Kind.FLAG, Kind.WORD, Kind.TEXT, Kind.COUNT})
    looks_inside: ClassVar = False
    value: bool | str | int

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether the values are equal."""
        return bool(value == self.value)

    def mentions(self) -> tuple[str, ...]:
        """Return the word."""
        return (self.value,) if isinstance(self.value, str) else ()

    def cells(
        self, kind: Kind, position: int, values: Sequence[Any], zone: tzinfo
    ) -> tuple[Any, ...]:
        """Return the value and its neighbours."""
        if isinstance(self.value, bool):
            return (True, False)
        if isinstance(self.value, int):
            return tuple(n for n in (self.value - 1, self.value, self.value + 1) if n >= 0)
        return (self.value, f"{self.value}?")

    def words(self, fact: Fact, speech: Speech) -> str:
        """Say what the fact is."""
        if isinstance(self.value, str):
            return f"is {speech.word(fact, self.value)}"
        return f"is {self.value}"

    def sentence(self, fact: Fact, speech: Speech = PLAIN, *, negated: bool = False) -> str:
        """Speak of what is true or false as the fact itself does."""
        said = fact.holds.said
        if self.value is True:
            return said.no if negated else said.yes
        if self.value is False:
            return (said.not_no or f"it is not said that {said.no}") if negated else said.no
        return super().sentence(fact, speech, negated=negated)


@frozen
class _Listing(Operator):
    """Base of the operators that list values; not an operator itself."""

    argument: ClassVar = Argument.WORDS
    kinds: ClassVar = WORDED
    looks_inside: ClassVar = False
    values: tuple[str, ...]

    def mentions(self) -> tuple[str, ...]:
        """Return the listed words."""
        return self.values

    def cells(
        self, kind: Kind, position: int, values: Sequence[Any], zone: tzinfo
    ) -> tuple[Any, ...]:
        """Return the listed words and one that is none of them."""
        return (*self.values, "?".join(self.values) + "?")

    @property
    def always(self) -> bool | None:
        """Whether nothing is listed, so that it is as where the fact does not exist."""
        return None if self.values else self.if_null


@frozen
class In(_Listing):
    """The fact is one of the values."""

    name: ClassVar = "in"
    stricter: ClassVar = "lower"

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether the value is listed."""
        return value in self.values

    def words(self, fact: Fact, speech: Speech) -> str:
        """List the words."""
        return f"is {speech.words(fact, self.values, 'or')}"


@frozen
class NotIn(_Listing):
    """The fact is none of the values; a fact that does not exist is none of them."""

    name: ClassVar = "not_in"
    if_null: ClassVar = True
    stricter: ClassVar = "higher"

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether the value is not listed."""
        return value not in self.values

    def words(self, fact: Fact, speech: Speech) -> str:
        """List the words."""
        return f"is not {speech.words(fact, self.values, 'or')}"

    def denied(self, fact: Fact, speech: Speech) -> str:
        """List the words."""
        return f"is {speech.words(fact, self.values, 'or')}"


@frozen
class Given(Operator):
    """The fact exists: it is not null, not blank and no empty list."""

    name: ClassVar = "given"
    argument: ClassVar = Argument.FLAG
    kinds: ClassVar = frozenset(Kind) - {Kind.PART, Kind.STATEMENTS}
    looks_inside: ClassVar = False
    expected: bool

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether something is there, as expected."""
        there = bool(value.strip()) if isinstance(value, str) else value != ()
        return there is self.expected

    def truth(self, value: Any, others: Sequence[Any], zone: tzinfo) -> Truth:
        """Return whether something is there; null is known not to be."""
        if value is None:
            return not self.expected
        return None if value is UNKNOWN else self.holds(value, others, zone)

    def cells(
        self, kind: Kind, position: int, values: Sequence[Any], zone: tzinfo
    ) -> tuple[Any, ...]:
        """Return a text that is there and one that is not; other kinds are there unless null."""
        return ("?", "") if kind in WORDED else ()

    def window(self, position: int, known: Moment, zone: tzinfo) -> Window:
        """Return all days, or none of them."""
        return (FIRST_DAY, LAST_DAY) if self.expected else (LAST_DAY, FIRST_DAY)

    def window_of_times(
        self, position: int, known: Moment, seconds: Window, zone: tzinfo
    ) -> Window:
        """Return all times, or none of them."""
        whole = FIRST_SECOND, LAST_SECOND
        return whole if self.expected else whole[::-1]

    def words(self, fact: Fact, speech: Speech) -> str:
        """Say whether something is there."""
        return "is stated" if self.expected else "is not stated"

    def sentence(self, fact: Fact, speech: Speech = PLAIN, *, negated: bool = False) -> str:
        """Speak of whether something is there as the fact itself does."""
        return speech.exists(fact, there=self.expected is not negated)


@frozen
class FewerThan(Operator):
    """The number is below another."""

    name: ClassVar = "fewer_than"
    argument: ClassVar = Argument.VALUE
    kinds: ClassVar = frozenset({Kind.COUNT})
    number: int

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Compare the numbers."""
        return bool(value < self.number)

    def cells(
        self, kind: Kind, position: int, values: Sequence[Any], zone: tzinfo
    ) -> tuple[Any, ...]:
        """Return the number and its neighbours."""
        return tuple(n for n in (self.number - 1, self.number, self.number + 1) if n >= 0)

    def words(self, fact: Fact, speech: Speech) -> str:
        """Name the number."""
        return f"is less than {self.number}"
