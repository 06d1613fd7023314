# SPDX-License-Identifier: MIT
"""How each operator is made from what is written after it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

from caljobs_policy.dates.durations import Duration
from caljobs_policy.policy.operators import (
    After,
    AtLeast,
    Before,
    ContainsEach,
    ContainsLoosely,
    ContainsOnly,
    ContainsWords,
    Exactly,
    FewerThan,
    Given,
    Has,
    HasAll,
    HasOnly,
    In,
    Is,
    Length,
    MoreThan,
    NotIn,
    Operator,
    Reads,
    SameAs,
    StartsWith,
    Within,
)
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence

_RANGE: Final = re.compile(r"([0-9]{1,6}) (?:to ([0-9]{1,6})|or more)")
_PART: Final = re.compile("(YYYY|YY|MM|DD)")


class Binder(Protocol):
    """Interprets what is written after an operator; None after noting a problem."""

    def value(self, node: AnyNode, fact: Fact, cls: type[Operator]) -> Any:
        """Read a value that the fact can hold, after an operator."""

    def words(self, node: AnyNode, fact: Fact, cls: type[Operator]) -> tuple[str, ...] | None:
        """Read a list of words, or the name of a list, after an operator."""

    def text(self, node: AnyNode) -> str | None:
        """Read a text."""

    def flag(self, node: AnyNode) -> bool | None:
        """Read true or false."""

    def fact(self, node: AnyNode) -> Fact | None:
        """Find a fact by its name."""

    def duration(self, node: AnyNode, stricter: str | None) -> Duration | None:
        """Read a duration, or find a parameter by its name."""

    def template(self, node: AnyNode) -> tuple[str | Fact, ...] | None:
        """Read a text with facts in it."""

    def refuse(self, node: AnyNode, message: str, remedy: str) -> None:
        """Note a value of another kind than the operator takes."""


class Operand(NamedTuple):
    """What is written after an operator, and the fact that it tests."""

    cls: type[Operator]
    node: AnyNode
    fact: Fact
    binder: Binder
    anchor: tuple[str, AnyNode] | None = None
    """The side of another fact that the operator compares with, and the name of that fact."""


Bind: TypeAlias = Callable[[Operand], Operator | None]


def operator_from(operand: Operand) -> Operator | None:
    """Return the operator that was written, or None after a problem was noted."""
    return BOUND[operand.cls](operand)


def _of(make: Callable[[Any], Operator], read: Callable[[Operand], Any]) -> Bind:
    """Return how an operator of one part is bound."""

    def bind(operand: Operand) -> Operator | None:
        part = read(operand)
        return None if part is None else make(part)

    return bind


def _value(operand: Operand) -> Any:
    return operand.binder.value(operand.node, operand.fact, operand.cls)


def _words(operand: Operand) -> tuple[str, ...] | None:
    return operand.binder.words(operand.node, operand.fact, operand.cls)


def _text(operand: Operand) -> str | None:
    return operand.binder.text(operand.node)


def _template(operand: Operand) -> tuple[str | Fact, ...] | None:
    return operand.binder.template(operand.node)


def _other(operand: Operand) -> Fact | None:
    return operand.binder.fact(operand.node)


def _beside(operand: Operand) -> Fact | None:
    """Find the fact that is named beside the operator."""
    return operand.binder.fact(operand.anchor[1]) if operand.anchor else None


def _flag(operand: Operand) -> bool | None:
    return operand.binder.flag(operand.node)


def _length(operand: Operand) -> Length | None:
    """Read two numbers, or one number without an upper end."""
    text = _text(operand)
    match = _RANGE.fullmatch(text) if text is not None else None
    if match is not None and match[2] is None:
        return Length(int(match[1]))
    if match is not None and int(match[1]) <= int(match[2]):
        return Length(int(match[1]), int(match[2]))
    if text is not None:
        remedy = "write it as: 8 to 20, or 8 or more"
        operand.binder.refuse(operand.node, "a range of lengths is expected here", remedy)
    return None


def _reads(operand: Operand) -> Reads | None:
    """Split a pattern into plain text and names of parts, in turn."""
    text, other = _text(operand), _beside(operand)
    if text is None or other is None:
        return None
    pieces = tuple(_PART.split(text))
    if len(pieces) == 1:
        remedy = "write DD, MM, YY or YYYY where the parts stand, such as DD-MM-YYYY"
        operand.binder.refuse(operand.node, "the pattern holds no part of a date", remedy)
        return None
    return Reads(pieces, other)


def _span(make: Callable[[Duration, str, Fact], Operator]) -> Bind:
    """Return how an operator over the time between two facts is bound."""

    def bind(operand: Operand) -> Operator | None:
        duration = operand.binder.duration(operand.node, operand.cls.stricter)
        other = _beside(operand)
        if duration is None or other is None or operand.anchor is None:
            return None
        return make(duration, operand.anchor[0], other)

    return bind


BOUND: Final[Mapping[type[Operator], Bind]] = {
    Is: _of(Is, _value),
    In: _of(In, _words),
    NotIn: _of(NotIn, _words),
    Given: _of(Given, _flag),
    FewerThan: _of(FewerThan, _value),
    Has: _of(Has, _words),
    HasAll: _of(HasAll, _words),
    HasOnly: _of(HasOnly, _words),
    Exactly: _of(Exactly, _words),
    SameAs: _of(SameAs, _other),
    StartsWith: _of(StartsWith, _text),
    ContainsLoosely: _of(ContainsLoosely, _template),
    ContainsWords: _of(ContainsWords, _template),
    Length: _length,
    ContainsEach: _of(ContainsEach, _words),
    ContainsOnly: _of(ContainsOnly, _words),
    Reads: _reads,
    Before: _of(Before, _other),
    After: _of(After, _other),
    Within: _span(Within),
    MoreThan: _span(MoreThan),
    AtLeast: _span(AtLeast),
}
"""How each operator is bound, by exact class."""
PLAIN: Final[Mapping[type[AnyNode], type[Operator]]] = {Scalar: Is, Sequence: In}
"""The operator that is meant where a value, or a list of them, follows a fact without one."""
OF_SEVERAL: Final[Mapping[type[Operator], type[Operator]]] = {Is: In}
"""The operator to use instead where one word may mean several."""
