# SPDX-License-Identifier: MIT
"""Operators over the characters of a text: `length`, `contains_each`, `contains_only`."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import tzinfo
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any, ClassVar, Final, Self

from attrs import frozen

from caljobs_policy.model.facts import Fact
from caljobs_policy.model.fields import Kind
from caljobs_policy.model.operators.operator import Argument, Binder, Names, Operator, listed
from caljobs_policy.model.written.nodes import AnyNode

_TEXT: Final = frozenset({Kind.TEXT})
_RANGE: Final = re.compile(r"([0-9]{1,6}) to ([0-9]{1,6})")
CLASSES: Final = {"A-Z": ascii_uppercase, "a-z": ascii_lowercase, "0-9": digits}
"""The sets of characters that have a name; any other text stands for its own characters."""
_IN_WORDS: Final = {"A-Z": "upper case letters", "a-z": "lower case letters", "0-9": "digits"}


@frozen
class Length(Operator):
    """The text has from so many to so many characters."""

    name: ClassVar = "length"
    argument: ClassVar = Argument.RANGE
    kinds: ClassVar = _TEXT
    shortest: int
    longest: int

    @classmethod
    def bind(
        cls, node: AnyNode, fact: Fact, binder: Binder, anchor: tuple[str, AnyNode] | None
    ) -> Self | None:
        """Make the operator from two numbers."""
        text = binder.text(node)
        match = _RANGE.fullmatch(text) if text is not None else None
        if match is not None and int(match[1]) <= int(match[2]):
            return cls(int(match[1]), int(match[2]))
        if text is not None:
            binder.refuse(node, "a range of lengths is expected here", "write it as: 8 to 20")
        return None

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Count the characters."""
        return self.shortest <= len(value) <= self.longest

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Count the characters."""
        shortest, longest = names.constant(self.shortest), names.constant(self.longest)
        return f"{shortest} <= len({value}) <= {longest}"

    def cells(self, position: int, values: Sequence[Any], zone: tzinfo) -> tuple[Any, ...]:
        """Give texts of the lengths at both ends, and beyond."""
        ends = (self.shortest - 1, self.shortest, self.longest, self.longest + 1)
        return tuple("?" * length for length in ends if length >= 0)

    def words(self) -> str:
        """Name the range."""
        return f"is {self.shortest} to {self.longest} characters long"


@frozen
class ContainsEach(Operator):
    """The text holds at least one character of each set."""

    name: ClassVar = "contains_each"
    argument: ClassVar = Argument.CHARACTERS
    kinds: ClassVar = _TEXT
    sets: tuple[str, ...]

    @classmethod
    def bind(
        cls, node: AnyNode, fact: Fact, binder: Binder, anchor: tuple[str, AnyNode] | None
    ) -> Self | None:
        """Make the operator from a list of sets of characters."""
        sets = binder.words(node, fact)
        return None if sets is None else cls(sets)

    def _members(self) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(CLASSES.get(name, name)) for name in self.sets)

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Look for a character of each set."""
        return not any(members.isdisjoint(value) for members in self._members())

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Look for a character of each set."""
        parts = (f"not {names.constant(m)}.isdisjoint({value})" for m in self._members())
        return f"({' and '.join(parts)})"

    def cells(self, position: int, values: Sequence[Any], zone: tzinfo) -> tuple[Any, ...]:
        """Give a text with a character of each set, and one without any."""
        return ("".join(min(members) for members in self._members() if members), "")

    def failure(self, value: Any, others: Sequence[Any], zone: tzinfo) -> str:
        """Some character is missing."""
        return "missing"

    def words(self) -> str:
        """Name the sets."""
        return f"contains {listed([f'one of the {name}' for name in self._named()], 'and')}"

    def _named(self) -> list[str]:
        return [_IN_WORDS.get(name, f"characters {' '.join(name)}") for name in self.sets]


@frozen
class ContainsOnly(ContainsEach):
    """The text holds no character that is in none of the sets."""

    name: ClassVar = "contains_only"

    def _all(self) -> frozenset[str]:
        return frozenset().union(*self._members())

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Look for a character of no set."""
        return self._all().issuperset(value)

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Look for a character of no set."""
        return f"{names.constant(self._all())}.issuperset({value})"

    def cells(self, position: int, values: Sequence[Any], zone: tzinfo) -> tuple[Any, ...]:
        """Give a text without a character, and one with a character of no set."""
        known = self._all()
        return ("", next(c for c in map(chr, range(32, sys.maxunicode)) if c not in known))

    def failure(self, value: Any, others: Sequence[Any], zone: tzinfo) -> str:
        """Some character is one too many."""
        return "missing" if value is None else "else"

    def words(self) -> str:
        """Name the sets."""
        return f"contains nothing but {listed(self._named(), 'and')}"
