# SPDX-License-Identifier: MIT
"""What the files `profile.yaml` and `edition.yaml` say of themselves, as written."""

from datetime import date
from typing import Annotated, ClassVar

from attrs import frozen

from caljobs_policy.errors.problems import Place
from caljobs_policy.syntax.declaration import Keyed, needed
from caljobs_policy.syntax.nodes import Mapping, Word


@frozen(kw_only=True)
class Head(Keyed):
    """What a file says of itself: nothing, unless it is one of those below."""

    name: ClassVar[str | None] = None
    """The key under which it stands."""

    def place_of(self, key: str) -> Place:
        """Return where a value stands, or else the head."""
        value = self.node.get(key) if isinstance(self.node, Mapping) else None
        return value.place if value else self.place


@frozen(kw_only=True)
class ProfileHead(Head):
    """What a profile is called, and what it builds on."""

    name: ClassVar = "profile"
    noun: ClassVar = "`profile`"
    jurisdiction: str | None = needed()
    title: str | None = needed()
    time_zone: str | None = needed()
    extends: str | None = None
    reading: str | None = None
    """The reading by which what the profile above says goes on here."""
    authority: tuple[Word, ...] = ()
    """The clauses that give the right to another time zone than the profile above has."""
    reason: str | None = None


@frozen(kw_only=True)
class EditionHead(Head):
    """From when until when an edition is in force."""

    name: ClassVar = "edition"
    noun: ClassVar = "`edition`"
    from_: Annotated[date | None, "the first day in force, such as 2025-03-01"] = needed()
    until: date | None = None
    review_on: date | None = None
    """The day by which somebody compares it with its documents again."""
    title: str | None = needed()
    binding: bool | None = None
