# SPDX-License-Identifier: MIT
"""The entries about what has to be done, by when, and on which days, as written."""

from collections.abc import Mapping

from attrs import frozen

from caljobs_policy.syntax.declaration import Condition, Duration, Texts, mapping, needed
from caljobs_policy.syntax.entries import Entry, Where
from caljobs_policy.syntax.nodes import Word


@frozen(kw_only=True)
class Duty(Entry):
    """What somebody has to do after a decision."""

    about: tuple[Word, ...] = needed(())
    when: Condition = None
    unless: Condition = None
    who: Word | None = needed()
    what: str | None = needed()
    to: Word | None = None
    cc: tuple[Word, ...] = ()
    promptness: str | None = None
    after: Word | None = None
    by: Word | None = None
    arises: tuple[Word, ...] = ()
    done_by: tuple[Word, ...] = ()
    """The facts any of which shows that it is done."""
    done_when: Condition = None
    """A condition that shows it done, beside or in place of facts."""
    while_open: Word | None = None
    """The outcome as long as it is not done."""


@frozen(kw_only=True)
class LegEntry(Entry):
    """One of the dates of which the earliest is the deadline."""

    when: Condition = None
    from_: tuple[Word, ...] = needed(())
    count: Duration = needed()


@frozen(kw_only=True)
class Deadline(Entry):
    """A dated limit: from which fact, how long, and what follows when it is missed."""

    about: tuple[Word, ...] = needed(())
    name: Word | None = None
    when: Condition = None
    unless: Condition = None
    title: str | None = needed()
    from_: tuple[Word, ...] = ()
    count: Duration = None
    earliest: Mapping[str, LegEntry] = mapping()
    met_by: tuple[Word, ...] = ()
    """The facts, the first of which that exists shows when it was met; without, the moment."""
    met_when: Condition = None
    """The condition under which it is met; without, it is met where one of the facts exists."""
    missed: Word | None = None
    """The outcome once it is missed, or `none`."""
    reached_is_missed: bool | None = None
    """It is missed already when it is reached, not only after it."""
    warning: Duration = None
    """How many days before it is due it calls for attention."""
    say: Texts = mapping()
    remedy: Texts = mapping()
    where: Mapping[str, Where] = mapping()
    """What is cited besides, and what it rests on besides, where it is missed or near."""
    instead: Mapping[str, Word] = mapping()
    """Under another choice of its reading: the outcome that takes the place of `missed`, or
    `none`."""

    @property
    def called(self) -> str:
        """The name by which others refer to it: its own, or else its key."""
        return str(self.name or self.key)


@frozen(kw_only=True)
class ClosedDayEntry(Entry):
    """A day on which offices are closed."""

    title: str | None = needed()
    on: tuple[Word, ...] = needed(())
    moves: Mapping[str, Word] = mapping()
    """Where it moves when it falls on some weekday."""
    authority: tuple[Word, ...] = ()
    reason: str | None = None
