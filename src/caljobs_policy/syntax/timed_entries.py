# SPDX-License-Identifier: MIT
"""The entries about what has to be done, by when, and on which days, as written."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from caljobs_policy.syntax import shapes
from caljobs_policy.syntax.entries import Entry, Where
from caljobs_policy.syntax.nodes import AnyNode, Word
from caljobs_policy.syntax.shapes import Shape


@frozen(kw_only=True)
class Duty(Entry):
    """What somebody has to do after a decision."""

    about: tuple[Word, ...] = shapes.words(required=True)
    when: AnyNode | None = shapes.node(Shape.CONDITION)
    unless: AnyNode | None = shapes.node(Shape.CONDITION)
    who: Word | None = shapes.word(required=True)
    what: str | None = shapes.text(required=True)
    to: Word | None = shapes.word()
    cc: tuple[Word, ...] = shapes.words()
    promptness: str | None = shapes.text()
    after: Word | None = shapes.word()
    by: Word | None = shapes.word()
    arises: tuple[Word, ...] = shapes.words()
    done_by: tuple[Word, ...] = shapes.words()
    """The facts any of which shows that it is done."""
    done_when: AnyNode | None = shapes.node(Shape.CONDITION)
    """A condition that shows it done, beside or in place of facts."""
    while_open: Word | None = shapes.word()
    """The outcome as long as it is not done."""


@frozen(kw_only=True)
class Leg(Entry):
    """One of the dates of which the earliest is the deadline."""

    when: AnyNode | None = shapes.node(Shape.CONDITION)
    from_: tuple[Word, ...] = shapes.words(required=True)
    count: AnyNode | None = shapes.node(Shape.DURATION, required=True)


@frozen(kw_only=True)
class Deadline(Entry):
    """A dated limit: from which fact, how long, and what follows when it is missed."""

    about: tuple[Word, ...] = shapes.words(required=True)
    name: Word | None = shapes.word()
    when: AnyNode | None = shapes.node(Shape.CONDITION)
    unless: AnyNode | None = shapes.node(Shape.CONDITION)
    title: str | None = shapes.text(required=True)
    from_: tuple[Word, ...] = shapes.words()
    count: AnyNode | None = shapes.node(Shape.DURATION)
    earliest: Mapping[str, Leg] = shapes.entries(Leg)
    met_by: tuple[Word, ...] = shapes.words()
    """The facts, the first of which that exists shows when it was met; without, the moment."""
    met_when: AnyNode | None = shapes.node(Shape.CONDITION)
    """The condition under which it is met; without, it is met where one of the facts exists."""
    missed: Word | None = shapes.word()
    """The outcome once it is missed, or `none`."""
    reached_is_missed: bool | None = field(default=None, metadata=shapes.as_(Shape.FLAG))
    """It is missed already when it is reached, not only after it."""
    warning: AnyNode | None = shapes.node(Shape.DURATION)
    """How many days before it is due it calls for attention."""
    say: Mapping[str, Word] = shapes.texts()
    remedy: Mapping[str, Word] = shapes.texts()
    where: Mapping[str, Where] = shapes.entries(Where)
    """What is cited besides, and what it rests on besides, where it is missed or near."""
    instead: Mapping[str, Word] = shapes.mapping(Shape.NAMED_WORDS)
    """Under another choice of its reading: the outcome that takes the place of `missed`, or
    `none`."""

    @property
    def called(self) -> str:
        """The name by which others refer to it: its own, or else its key."""
        return str(self.name or self.key)


@frozen(kw_only=True)
class ClosedDay(Entry):
    """A day on which offices are closed."""

    title: str | None = shapes.text(required=True)
    on: tuple[Word, ...] = shapes.words(required=True)
    moves: Mapping[str, Word] = shapes.mapping(Shape.NAMED_WORDS)
    """Where it moves when it falls on some weekday."""
    authority: tuple[Word, ...] = shapes.words()
    """The clauses that give the right to loosen what stands above."""
    reason: str | None = shapes.text()
