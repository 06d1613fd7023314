# SPDX-License-Identifier: MIT
"""What every operator can do: test, generate code, name its boundaries, speak, be written."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import tzinfo
from enum import Enum
from typing import Any, ClassVar, Final, Protocol

from attrs import frozen

from caljobs_policy.dates.durations import PATTERN, Duration
from caljobs_policy.policy.speech import NOT_THE_CASE, PLAIN, Speech
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import Kind
from caljobs_policy.subjects.unknown import UNKNOWN, Truth
from caljobs_policy.syntax.nodes import AnyNode


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


class Binder(Protocol):
    """Gives meaning to what was written behind an operator; None after it noted a problem."""

    def value(self, node: AnyNode, fact: Fact) -> Any:
        """Read a value that the fact can hold."""

    def words(self, node: AnyNode, fact: Fact) -> tuple[str, ...] | None:
        """Read a list of words, or the name of a list."""

    def text(self, node: AnyNode) -> str | None:
        """Read a text."""

    def flag(self, node: AnyNode) -> bool | None:
        """Read true or false."""

    def fact(self, node: AnyNode) -> Fact | None:
        """Find a fact by its name."""

    def duration(self, node: AnyNode) -> Duration | None:
        """Read a duration, or find the parameter of a name."""

    def template(self, node: AnyNode) -> tuple[str | Fact, ...] | None:
        """Read a text with facts in it."""

    def refuse(self, node: AnyNode, message: str, remedy: str) -> None:
        """Note a problem."""


class Names(Protocol):
    """Names for the constants of generated code; a value never gets into its text."""

    def constant(self, value: object) -> str:
        """Return the name under which the code finds a value."""

    def is_certain(self, name: str) -> bool:
        """Return whether what the name stands for is never null and never unknown."""

    def local_day(self, name: str) -> str | None:
        """Return the name of the day of a time that is certain; None where it is not."""


@frozen
class Operator(ABC):
    """A test of one fact, sometimes against others; frozen and comparable by value."""

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

    @property
    def is_even(self) -> bool:
        """Whether its boundaries lie equally far apart wherever they are counted from."""
        return True

    @property
    def order(self) -> int:
        """1 where it asks for what lies after the other fact, -1 for what lies before, else 0."""
        return 0

    @classmethod
    @abstractmethod
    def bind(
        cls, node: AnyNode, fact: Fact, binder: Binder, anchor: tuple[str, AnyNode] | None
    ) -> Operator | None:
        """Make the operator from what was written, or None after the binder noted a problem."""

    @property
    def anchors(self) -> tuple[Fact, ...]:
        """The other facts that the tested fact is compared with."""
        return ()

    @abstractmethod
    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether known, existing values pass the test."""

    def truth(self, value: Any, others: Sequence[Any], zone: tzinfo) -> Truth:
        """Return whether the test holds, None where an unknown value decides."""
        if value is None or any(other is None for other in others):
            return self.if_null
        if value is UNKNOWN or any(other is UNKNOWN for other in others):
            return None
        return self.holds(value, others, zone)

    @abstractmethod
    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Return Python text that does as `holds`, over names of known, existing values."""

    def code(self, value: str, others: Sequence[str], names: Names) -> str:
        """Return Python text that does as `truth`, over names of values."""
        every = [name for name in (value, *others) if not names.is_certain(name)]
        null = " or ".join(f"{name} is None" for name in every) or "False"
        unknown = " or ".join(f"{name} is U" for name in every) or "False"
        core = self.expression(value, others, names)
        return f"({self.if_null} if {null} else None if {unknown} else {core})"

    def mentions(self) -> tuple[str, ...]:
        """Return the words that the test tells apart from all others."""
        return ()

    def cells(self, position: int, values: Sequence[Any], zone: tzinfo) -> tuple[Any, ...]:
        """Return values on each side of every boundary of one fact, given the others' values.

        Position 0 is the tested fact, 1 and on are the anchors; the entry at `position` is ignored.
        """
        return ()

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

    @classmethod
    def schema(cls) -> Mapping[str, Any]:
        """Return the JSON schema of what may be written behind the operator."""
        return _SCHEMAS[cls.argument]


_DENIALS: Mapping[str, str] = {
    "is ": "is not ",
    "begins ": "does not begin ",
    "contains nothing but ": "contains more than ",
    "contains ": "does not contain ",
}
_WORD = {"type": "string", "minLength": 1}
_WORDS = {"oneOf": [_WORD, {"type": "array", "items": _WORD, "minItems": 1, "uniqueItems": True}]}
RANGE: Final = "^[0-9]{1,6} (to [0-9]{1,6}|or more)$"
"""How a range of lengths is written."""
_DURATION = f"^({PATTERN}|[a-z_][a-z0-9_]*)$"
_SCHEMAS: Mapping[Argument, Mapping[str, Any]] = {
    Argument.VALUE: {"type": ["string", "boolean", "integer"]},
    Argument.WORDS: _WORDS,
    Argument.WORD: _WORD,
    Argument.TEXT: _WORD,
    Argument.TEMPLATE: _WORD,
    Argument.RANGE: {"type": "string", "pattern": RANGE},
    Argument.CHARACTERS: _WORDS,
    Argument.FLAG: {"type": "boolean"},
    Argument.FACT: {"type": "string", "pattern": r"^[a-z_]+(\.[a-z0-9_]+)*$"},
    Argument.DURATION: {"type": "string", "pattern": _DURATION},
    Argument.PATTERN: _WORD,
}
