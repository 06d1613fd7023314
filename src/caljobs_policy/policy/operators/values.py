# SPDX-License-Identifier: MIT
"""Operators that compare a fact with values: `is`, `in`, `not_in`, `given`, `fewer_than`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any, ClassVar

from attrs import frozen

from caljobs_policy.policy.operators.operator import Argument, Binder, Names, Operator
from caljobs_policy.policy.speech import PLAIN, Speech
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import Kind
from caljobs_policy.subjects.unknown import UNKNOWN, Truth
from caljobs_policy.syntax.nodes import AnyNode

_WORDLIKE = frozenset({Kind.WORD, Kind.TEXT})


@frozen
class Is(Operator):
    """The fact is the value."""

    name: ClassVar = "is"
    argument: ClassVar = Argument.VALUE
    kinds: ClassVar = frozenset({Kind.FLAG, Kind.WORD, Kind.TEXT, Kind.COUNT})
    value: bool | str | int

    @classmethod
    def bind(
        cls, node: AnyNode, fact: Fact, binder: Binder, anchor: tuple[str, AnyNode] | None
    ) -> Is | None:
        """Make the operator from a value that the fact can hold."""
        value = binder.value(node, fact)
        return None if value is None else cls(value)

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether the values are equal."""
        return bool(value == self.value)

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Compare by identity where the value is a flag."""
        if isinstance(self.value, bool):
            return value if self.value else f"not {value}"
        return f"{value} == {names.constant(self.value)}"

    def code(self, value: str, others: Sequence[str], names: Names) -> str:
        """Try the equal value first: neither null nor unknown is equal to any."""
        if isinstance(self.value, bool):
            return f"({value} is {self.value} or (None if {value} is U else False))"
        return f"({self.expression(value, others, names)} or (None if {value} is U else False))"

    def mentions(self) -> tuple[str, ...]:
        """Return the word."""
        return (self.value,) if isinstance(self.value, str) else ()

    def cells(self, position: int, values: Sequence[Any], zone: tzinfo) -> tuple[Any, ...]:
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
class In(Operator):
    """The fact is one of the values."""

    name: ClassVar = "in"
    argument: ClassVar = Argument.WORDS
    kinds: ClassVar = _WORDLIKE
    stricter: ClassVar = "lower"
    values: tuple[str, ...]

    @classmethod
    def bind(
        cls, node: AnyNode, fact: Fact, binder: Binder, anchor: tuple[str, AnyNode] | None
    ) -> In | None:
        """Make the operator from a list of words."""
        values = binder.words(node, fact)
        return None if values is None else cls(values)

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether the value is listed."""
        return value in self.values

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Look the value up in a set."""
        if len(self.values) == 1:
            return f"{value} == {names.constant(self.values[0])}"
        return f"{value} in {names.constant(frozenset(self.values))}"

    def code(self, value: str, others: Sequence[str], names: Names) -> str:
        """Try the listed words first: neither null nor unknown is listed."""
        return f"({In.expression(self, value, others, names)} or (None if {value} is U else False))"

    def mentions(self) -> tuple[str, ...]:
        """Return the listed words."""
        return self.values

    def cells(self, position: int, values: Sequence[Any], zone: tzinfo) -> tuple[Any, ...]:
        """Return the listed words and one that is none of them."""
        return (*self.values, "?".join(self.values) + "?")

    def words(self, fact: Fact, speech: Speech) -> str:
        """List the words."""
        return f"is {speech.words(fact, self.values, 'or')}"


@frozen
class NotIn(In):
    """The fact is none of the values; a fact that does not exist is none of them."""

    name: ClassVar = "not_in"
    if_null: ClassVar = True
    stricter: ClassVar = "higher"

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether the value is not listed."""
        return value not in self.values

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Look the value up in a set."""
        return f"not {super().expression(value, others, names)}"

    def code(self, value: str, others: Sequence[str], names: Names) -> str:
        """Try the unknown value last: null is not listed."""
        listed = In.expression(self, value, others, names)
        return f"(False if {listed} else None if {value} is U else True)"

    def words(self, fact: Fact, speech: Speech) -> str:
        """List the words."""
        return f"is not {speech.words(fact, self.values, 'or')}"

    def denied(self, fact: Fact, speech: Speech) -> str:
        """List the words."""
        return super().words(fact, speech)


@frozen
class Given(Operator):
    """The fact exists: it is not null, not blank and no empty list."""

    name: ClassVar = "given"
    argument: ClassVar = Argument.FLAG
    kinds: ClassVar = frozenset(Kind) - {Kind.PART, Kind.STATEMENTS}
    expected: bool
    kind: Kind

    @classmethod
    def bind(
        cls, node: AnyNode, fact: Fact, binder: Binder, anchor: tuple[str, AnyNode] | None
    ) -> Given | None:
        """Make the operator from true or false."""
        flag = binder.flag(node)
        return None if flag is None else cls(flag, fact.kind)

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether something is there, as expected."""
        there = bool(value.strip()) if isinstance(value, str) else value != ()
        return there is self.expected

    def truth(self, value: Any, others: Sequence[Any], zone: tzinfo) -> Truth:
        """Return whether something is there; null is known not to be."""
        if value is None:
            return not self.expected
        return None if value is UNKNOWN else self.holds(value, others, zone)

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Compare with an empty list, or with a blank text; anything else is there."""
        if self.kind is Kind.WORDS:
            return f"({value} != ()) is {self.expected}"
        if self.kind in _WORDLIKE:
            return f"({value}.strip() != '') is {self.expected}"
        return str(self.expected)

    def code(self, value: str, others: Sequence[str], names: Names) -> str:
        """Answer null before all else."""
        core = self.expression(value, others, names)
        return f"({not self.expected} if {value} is None else None if {value} is U else {core})"

    def cells(self, position: int, values: Sequence[Any], zone: tzinfo) -> tuple[Any, ...]:
        """Return a text that is there and one that is not; other kinds are there unless null."""
        return ("?", "") if self.kind in _WORDLIKE else ()

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

    @classmethod
    def bind(
        cls, node: AnyNode, fact: Fact, binder: Binder, anchor: tuple[str, AnyNode] | None
    ) -> FewerThan | None:
        """Make the operator from a whole number."""
        number = binder.value(node, fact)
        return None if number is None else cls(number)

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Compare the numbers."""
        return bool(value < self.number)

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Compare the numbers."""
        return f"{value} < {names.constant(self.number)}"

    def cells(self, position: int, values: Sequence[Any], zone: tzinfo) -> tuple[Any, ...]:
        """Return the number and its neighbours."""
        return tuple(n for n in (self.number - 1, self.number, self.number + 1) if n >= 0)

    def words(self, fact: Fact, speech: Speech) -> str:
        """Name the number."""
        return f"is less than {self.number}"
