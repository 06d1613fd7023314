# SPDX-License-Identifier: MIT
"""What one jurisdiction wrote: its editions, each with its tables and the dates it is in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from attrs import field, frozen

from caljobs_policy.errors.arguments import require_day
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.plain.field_repr import FieldRepr
from caljobs_policy.plain.mappings import frozen_mappings
from caljobs_policy.syntax.entries import Entry
from caljobs_policy.syntax.nodes import Word


@frozen(field_transformer=frozen_mappings)
class Edition(FieldRepr):
    """The tables of one jurisdiction that are in force from a date until the next edition."""

    jurisdiction: str
    start: date
    title: str
    tables: Mapping[str, Mapping[str, Entry]] = field(eq=False, repr=False)
    end: date | None = None
    """The last day in force, where no later edition follows."""
    binding: bool = True
    """Whether a local profile needs a clause to loosen what stands here, or a reason alone."""
    place: Place = field(default=Place(), eq=False)
    review_on: date | None = field(default=None, eq=False)
    """The day by which it was to be reviewed, which decides nothing."""

    @cached_property
    def id(self) -> str:
        """The edition's name, such as `area@2025-01-31`."""
        return f"{self.jurisdiction}@{self.start.isoformat()}"

    def table(self, name: str) -> Mapping[str, Any]:
        """Return the entries of a table; an absent one is empty."""
        return self.tables.get(name, {})


@frozen
class Profile(FieldRepr):
    """A jurisdiction's policy as written, all editions in the order of their dates."""

    jurisdiction: str
    title: str
    zone: str
    editions: tuple[Edition, ...]
    parent: str | None = None
    reading: str | None = None
    """The reading by which what the profile above says goes on here."""
    place: Place = field(default=Place(), eq=False)
    problems: tuple[Problem, ...] = ()
    """What is wrong with the files; a profile that has any makes no policy."""
    notices: tuple[Problem, ...] = ()
    """What is worth knowing of its files, though nothing is wrong: what was passed over."""
    is_partial: bool = False
    """Whether some file could not be read, so that what is missing may stand there."""
    authority: tuple[Word, ...] = ()
    """The clauses that give the right to another time zone than the profile above has."""
    reason: str | None = None
    """Why it has another time zone."""

    def edition_on(self, day: date) -> Edition | None:
        """Return the edition in force on a day, or None before the first or after the end."""
        require_day("day", day)
        found = None
        for edition in self.editions:
            if edition.start <= day:
                found = edition
        if found is not None and found.end is not None and day > found.end:
            return None
        return found

    def last_day_of(self, edition: Edition) -> date | None:
        """Return the last day on which an edition is in force, or None where none is known."""
        starts = [other.start for other in self.editions if other.start > edition.start]
        return min(starts) - timedelta(days=1) if starts else edition.end
