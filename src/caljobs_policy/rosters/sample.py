# SPDX-License-Identifier: MIT
"""A random sample of a roster, and how it was drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter

from attrs import field, frozen

from caljobs_policy.dates.durations import quarter_end
from caljobs_policy.errors.problems import Problem
from caljobs_policy.plain.mappings import frozen_mappings
from caljobs_policy.plain.written import Written, in_order, key
from caljobs_policy.policy.policy import Policy
from caljobs_policy.rosters.entry import RosterEntry


@frozen
class Quarter:
    """A calendar quarter, such as 2026Q1."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}Q{self.number}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return quarter_end(self.first, 0)


def quarter_from(text: str) -> Quarter | None:
    """Return the quarter that a text such as `2026Q1` names, or None."""
    found = re.fullmatch("([0-9]{4})[Qq]([1-4])", text)
    return Quarter(int(found[1]), int(found[2])) if found and int(found[1]) else None


@frozen(kw_only=True, field_transformer=frozen_mappings)
class Sheet(Written):
    """The review sheet: the accounts drawn with their findings, for a reviewer to check."""

    roster: str
    roster_digest: str
    policy: Policy = field(metadata=key(how=attrgetter("digest")))
    at: datetime
    quarter: Quarter = field(metadata=key(how=str))
    seed: str
    size: int
    """How many accounts were requested; a smaller roster is drawn whole."""
    method: str
    population: Mapping[str, int] = field(metadata=key(how=in_order))
    """How many accounts each organization has; without strata, all under the empty name."""
    shares: Mapping[str, int] = field(factory=dict, metadata=key(how=in_order))
    """How many were drawn of each organization; without strata, of all under the empty name."""
    too_late: int = field(default=0, metadata=key("created_after"))
    """How many accounts were not drawn because they were created after the quarter."""
    entries: tuple[RosterEntry, ...] = field(metadata=key("accounts"))
    left_out: tuple[Problem, ...] = field(metadata=key(how=lambda told: [str(one) for one in told]))
    """Rows that could not be drawn because they have no user name, or a repeated one."""

    @property
    def by_contact(self) -> Iterator[tuple[str, str, tuple[RosterEntry, ...]]]:
        """Return the entries by point of contact and organization, as the policy titles them."""

        def key(entry: RosterEntry) -> tuple[str, str]:
            return entry.contact or "", entry.organization or ""

        for (contact, organization), group in groupby(sorted(self.entries, key=key), key=key):
            who = self.policy.title_of("roles", contact) if contact else "no point of contact"
            where = self.policy.title_of("organizations", organization)
            yield who, where, tuple(group)
