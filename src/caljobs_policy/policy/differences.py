# SPDX-License-Identifier: MIT
"""How a policy differs from the profiles above it, entry by entry, and what authorizes that."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen

from caljobs_policy.errors.problems import Place
from caljobs_policy.plain.field_repr import FieldRepr
from caljobs_policy.policy.rules import Origin


class Direction(StrEnum):
    """Whether a difference is stricter or looser, as far as the form of the entry shows."""

    STRICTER = "stricter"
    LOOSER = "looser"
    UNKNOWN = "direction unknown"
    NONE = ""
    """No outcome changes."""

    @property
    def may_loosen(self) -> bool:
        """Whether it is looser, or may be because its form doesn't show."""
        return self in {Direction.LOOSER, Direction.UNKNOWN}


@frozen(kw_only=True)
class Difference(FieldRepr):
    """An entry of a local profile that changes or loosens what a profile above says."""

    what: str
    """The entry: its table and key, or the path of the changed value."""
    direction: Direction
    authority: tuple[str, ...] = ()
    """The clauses that authorize it."""
    reason: str = ""
    origin: Origin
    place: Place = field(default=Place(), eq=False)
    in_words: str = ""
    """What it does, in one line and by titles; empty if it has none."""

    @property
    def stated(self) -> str:
        """What it does, in one line."""
        return self.what


@frozen(kw_only=True)
class AppliedOverride(Difference):
    """A change to what a profile above says."""

    was: str
    now: str

    @property
    def stated(self) -> str:
        """The path, the old value and the new value."""
        return f"{self.what}: {self.was} → {self.now}"


@frozen(kw_only=True)
class Loosening(Difference):
    """A local entry that can make an outcome better than above without changing an entry there."""

    how: str
    """What it does, as a predicate of which `what` is the subject."""

    @property
    def stated(self) -> str:
        """The entry and what it loosens."""
        return f"{self.what} {self.how}"
