# SPDX-License-Identifier: MIT
"""How a policy differs from the profiles above it, entry by entry, and by what right."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen

from caljobs_policy.errors import Place
from caljobs_policy.field_repr import FieldRepr
from caljobs_policy.policy.rules import Origin


class Direction(StrEnum):
    """Which way a difference goes, as far as the form of what is written tells."""

    STRICTER = "stricter"
    LOOSER = "looser"
    NOT_TOLD = "direction not told"
    NONE = ""
    """No outcome changes."""

    @property
    def may_loosen(self) -> bool:
        """Whether it is looser, or may be, as its form does not tell."""
        return self in {Direction.LOOSER, Direction.NOT_TOLD}


@frozen(kw_only=True)
class Difference(FieldRepr):
    """An entry of a local profile that changes or loosens what stands above."""

    what: str
    """The entry: its table and key, or the path of what is changed."""
    direction: Direction
    authority: tuple[str, ...] = ()
    """The clauses that give the right to it."""
    reason: str = ""
    origin: Origin
    place: Place = field(default=Place(), eq=False)
    in_words: str = ""
    """What it comes to in one line, by titles; empty where it has none."""

    @property
    def stated(self) -> str:
        """What it comes to, in one line."""
        return self.what


@frozen(kw_only=True)
class AppliedOverride(Difference):
    """A change of what a profile above says."""

    was: str
    now: str

    @property
    def stated(self) -> str:
        """What was changed into what."""
        return f"{self.what}: {self.was} → {self.now}"


@frozen(kw_only=True)
class Loosening(Difference):
    """A local entry by which something can come out better than above, without a change there."""

    how: str
    """What it does, as the predicate of a sentence about it."""

    @property
    def stated(self) -> str:
        """What loosens what."""
        return f"{self.what} {self.how}"
