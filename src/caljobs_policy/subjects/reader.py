# SPDX-License-Identifier: MIT
"""Reads the facts of one subject as they stand at one moment."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import Any

from attrs import frozen

from caljobs_policy.dates.durations import day_of
from caljobs_policy.subjects.facts import Fact, Subject


@frozen(eq=False)
class FactReader:
    """What holds of a subject at a moment, in the zone of a policy."""

    subject: Subject
    at: datetime | None
    zone: tzinfo

    @cached_property
    def day(self) -> date | None:
        """The local day of the moment."""
        return None if self.at is None else day_of(self.at, self.zone)

    def __call__(self, fact: Fact) -> Any:
        """Return what a fact holds: a value, None, or UNKNOWN."""
        return fact.read(self.subject, self.at, self.zone)

    def at_moment(self, fact: Fact, value: Any) -> Any:
        """Return what a fact would hold if the subject stated a value."""
        return fact.at_moment(value, self.at, self.zone)

    def possible(self, fact: Fact) -> tuple[Any, ...] | None:
        """Return all values that an unknown fact can have, or None if it can have any."""
        return fact.possible(self.subject, self.at, self.zone)

    def asked(self, fact: Fact) -> tuple[str, ...]:
        """Return the keys of a case that have to be filled in for a fact to be known."""
        return fact.asked(self.subject, self.at, self.zone)
