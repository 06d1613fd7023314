# SPDX-License-Identifier: MIT
"""Operators over the characters of a text: `length`, `contains_each`, `contains_only`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import tzinfo
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any, ClassVar, Final

from attrs import frozen

from caljobs_policy.policy.operators.operator import Argument, Operator
from caljobs_policy.policy.speech import PLAIN, Speech, listed
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import Kind

_TEXT: Final = frozenset({Kind.TEXT})
CLASSES: Final = {"A-Z": ascii_uppercase, "a-z": ascii_lowercase, "0-9": digits}
"""The sets of characters that have a name; any other text stands for its own characters."""
_MANY: Final = {"A-Z": "upper case letters", "a-z": "lower case letters", "0-9": "digits"}
_ONE: Final = {"A-Z": "an upper case letter", "a-z": "a lower case letter", "0-9": "a digit"}


@frozen
class Length(Operator):
    """The text has from so many to so many characters."""

    name: ClassVar = "length"
    argument: ClassVar = Argument.RANGE
    kinds: ClassVar = _TEXT
    shortest: int
    longest: int | None = None
    """None where there is no end to it."""

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Count the characters."""
        return len(value) >= self.shortest and (self.longest is None or len(value) <= self.longest)

    def cells(
        self, kind: Kind, position: int, values: Sequence[Any], zone: tzinfo
    ) -> tuple[Any, ...]:
        """Return texts of the lengths at both ends, and beyond."""
        ends = [self.shortest - 1, self.shortest]
        if self.longest is not None:
            ends += [self.longest, self.longest + 1]
        return tuple("?" * length for length in ends if length >= 0)

    def words(self, fact: Fact, speech: Speech) -> str:
        """Name the range."""
        if self.longest is None:
            return f"is at least {self.shortest} characters long"
        return f"is {self.shortest} to {self.longest} characters long"

    def sentence(self, fact: Fact, speech: Speech = PLAIN, *, negated: bool = False) -> str:
        """Say of a text of any length only that it is there."""
        if self.shortest == 0 and self.longest is None:
            return speech.exists(fact, there=not negated)
        return super().sentence(fact, speech, negated=negated)


@frozen
class _OfSets(Operator):
    """Base of the operators that name sets of characters; not an operator itself."""

    argument: ClassVar = Argument.CHARACTERS
    kinds: ClassVar = _TEXT
    sets: tuple[str, ...]

    @property
    def members(self) -> tuple[frozenset[str], ...]:
        """The characters of each set."""
        return tuple(frozenset(CLASSES.get(name, name)) for name in self.sets)


@frozen
class ContainsEach(_OfSets):
    """The text holds at least one character of each set."""

    name: ClassVar = "contains_each"

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Look for a character of each set."""
        return not any(members.isdisjoint(value) for members in self.members)

    def cells(
        self, kind: Kind, position: int, values: Sequence[Any], zone: tzinfo
    ) -> tuple[Any, ...]:
        """Return a text with a character of each set, and one without any."""
        return ("".join(min(members) for members in self.members if members), "")

    def failure(self, value: Any, others: Sequence[Any], zone: tzinfo) -> str:
        """Some character is missing."""
        return "missing"

    def words(self, fact: Fact, speech: Speech) -> str:
        """Name the sets."""
        ones = [_ONE.get(name, f"one of the characters {' '.join(name)}") for name in self.sets]
        return f"contains {listed(ones, 'and')}"


@frozen
class ContainsOnly(_OfSets):
    """The text holds no character that is in none of the sets."""

    name: ClassVar = "contains_only"

    @property
    def allowed(self) -> frozenset[str]:
        """The characters of all sets."""
        return frozenset().union(*self.members)

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Look for a character of no set."""
        return self.allowed.issuperset(value)

    def cells(
        self, kind: Kind, position: int, values: Sequence[Any], zone: tzinfo
    ) -> tuple[Any, ...]:
        """Return a text without a character, and one with a character of no set."""
        known = self.allowed
        return ("", next(c for c in map(chr, range(32, sys.maxunicode)) if c not in known))

    def failure(self, value: Any, others: Sequence[Any], zone: tzinfo) -> str:
        """Some character is one too many."""
        return "missing" if value is None else "else"

    def words(self, fact: Fact, speech: Speech) -> str:
        """Name the sets."""
        sets = [_MANY.get(name, f"the characters {' '.join(name)}") for name in self.sets]
        return f"contains nothing but {listed(sets, 'and')}"
