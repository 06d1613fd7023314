# SPDX-License-Identifier: MIT
"""How each operator is made from what is written after it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol, TypeAlias

from attrs import frozen

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
from caljobs_policy.syntax.nodes import AnyNode

_RANGE: Final = re.compile(r"([0-9]{1,6}) (?:to ([0-9]{1,6})|or more)")
_PART: Final = re.compile("(YYYY|YY|MM|DD)")


class Binder(Protocol):
    """Interprets what is written after an operator; None after noting a problem."""

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
        """Read a duration, or find a parameter by its name."""

    def template(self, node: AnyNode) -> tuple[str | Fact, ...] | None:
        """Read a text with facts in it."""

    def refuse(self, node: AnyNode, message: str, remedy: str) -> None:
        """Note a problem."""


@frozen
class Behind:
    """What is written after an operator, and the fact that it tests."""

    node: AnyNode
    fact: Fact
    binder: Binder
    anchor: tuple[str, AnyNode] | None = None
    """The side of another fact that the operator compares with, and the name of that fact."""


Bind: TypeAlias = Callable[[Behind], Operator | None]


def operator_from(cls: type[Operator], behind: Behind) -> Operator | None:
    """Return the operator that was written, or None after a problem was noted."""
    return BOUND[cls](behind)


def _of(make: Callable[[Any], Operator], read: Callable[[Behind], Any]) -> Bind:
    """Return how an operator of one part is bound."""

    def bind(behind: Behind) -> Operator | None:
        part = read(behind)
        return None if part is None else make(part)

    return bind


def _value(behind: Behind) -> Any:
    return behind.binder.value(behind.node, behind.fact)


def _words(behind: Behind) -> tuple[str, ...] | None:
    return behind.binder.words(behind.node, behind.fact)


def _text(behind: Behind) -> str | None:
    return behind.binder.text(behind.node)


def _template(behind: Behind) -> tuple[str | Fact, ...] | None:
    return behind.binder.template(behind.node)


def _other(behind: Behind) -> Fact | None:
    return behind.binder.fact(behind.node)


def _beside(behind: Behind) -> Fact | None:
    """Find the fact that is named beside the operator."""
    return behind.binder.fact(behind.anchor[1]) if behind.anchor else None


def _flag(behind: Behind) -> bool | None:
    return behind.binder.flag(behind.node)


def _length(behind: Behind) -> Length | None:
    """Read two numbers, or one number without an upper end."""
    text = _text(behind)
    match = _RANGE.fullmatch(text) if text is not None else None
    if match is not None and match[2] is None:
        return Length(int(match[1]))
    if match is not None and int(match[1]) <= int(match[2]):
        return Length(int(match[1]), int(match[2]))
    if text is not None:
        remedy = "write it as: 8 to 20, or 8 or more"
        behind.binder.refuse(behind.node, "a range of lengths is expected here", remedy)
    return None


def _reads(behind: Behind) -> Reads | None:
    """Split a pattern into plain text and names of parts, in turn."""
    text, other = _text(behind), _beside(behind)
    if text is None or other is None:
        return None
    pieces = tuple(_PART.split(text))
    if len(pieces) == 1:
        remedy = "write DD, MM, YY or YYYY where the parts stand, such as DD-MM-YYYY"
        behind.binder.refuse(behind.node, "the pattern holds no part of a date", remedy)
        return None
    return Reads(pieces, other)


def _span(cls: type[Within | MoreThan | AtLeast]) -> Bind:
    def bind(behind: Behind) -> Operator | None:
        duration, other = behind.binder.duration(behind.node), _beside(behind)
        if duration is None or other is None or behind.anchor is None:
            return None
        return cls(duration, behind.anchor[0], other)

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
OF_SEVERAL: Final[Mapping[type[Operator], type[Operator]]] = {Is: In}
"""The operator to use instead where one word may mean several."""
