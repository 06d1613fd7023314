# SPDX-License-Identifier: MIT
"""A random sample of a roster, with what it was drawn from and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Any

from attrs import field, frozen

from caljobs_policy.dates.durations import quarter_end
from caljobs_policy.errors import Problem
from caljobs_policy.mappings import frozen_mappings
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
    """Read `2026Q1`; None when the text is not a quarter."""
    year, q, number = text[:4], text[4:5], text[5:]
    if not (year.isascii() and year.isdigit() and len(year) == 4 and int(year)):
        return None
    return Quarter(int(year), int(number)) if q in {"Q", "q"} and number in {*"1234"} else None


@frozen(field_transformer=frozen_mappings)
class Sheet:
    """The review sheet: the accounts drawn, each with its findings, so that all can be checked."""

    policy: Policy
    at: datetime
    roster: str
    roster_digest: str
    quarter: Quarter
    seed: str
    size: int
    """How many accounts were asked for; a smaller roster is drawn whole."""
    method: str
    population: Mapping[str, int]
    """How many accounts each organization has; under the empty name, all, without strata."""
    entries: tuple[RosterEntry, ...]
    left_out: tuple[Problem, ...]
    """Rows that could not be drawn, since they have no user name, or one that came before."""
    shares: Mapping[str, int] = field(factory=dict)
    """How many were drawn of each organization; under the empty name, of all."""
    too_late: int = 0
    """How many accounts were created after the quarter, so that none of them was drawn."""

    @property
    def by_contact(self) -> Iterator[tuple[str, str, tuple[RosterEntry, ...]]]:
        """Return the entries by point of contact and organization, in the words of the policy."""

        def key(entry: RosterEntry) -> tuple[str, str]:
            return entry.contact or "", entry.organization or ""

        for (contact, organization), group in groupby(sorted(self.entries, key=key), key=key):
            who = self.policy.title_of("roles", contact) if contact else "no point of contact"
            where = self.policy.title_of("organizations", organization)
            yield who, where, tuple(group)

    def to_dict(self) -> dict[str, Any]:
        """Return the sheet in the form of the JSON answer."""
        return {
            "roster": self.roster,
            "roster_digest": self.roster_digest,
            "policy": self.policy.digest,
            "at": self.at.isoformat(),
            "quarter": str(self.quarter),
            "seed": self.seed,
            "size": self.size,
            "method": self.method,
            "population": dict(sorted(self.population.items())),
            "shares": dict(sorted(self.shares.items())),
            "created_after": self.too_late,
            "accounts": [entry.to_dict() for entry in self.entries],
            "left_out": [str(problem) for problem in self.left_out],
        }
