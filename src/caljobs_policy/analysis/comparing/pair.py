# SPDX-License-Identifier: MIT
"""The two policies of a comparison, and what one sort of subject can come to under both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from attrs import frozen

from caljobs_policy.analysis.formulas.words import pairs_of
from caljobs_policy.analysis.questions import Prover
from caljobs_policy.cases.counterparts import common_profile
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.policy.policy import Policy


@frozen(eq=False)
class Pair:
    """An old policy and a new one."""

    old: Policy
    new: Policy

    @property
    def keys(self) -> tuple[str, ...]:
        """The sorts of subject that either policy speaks of."""
        return tuple(sorted({*self.old.plans, *self.new.plans}))

    @property
    def is_one_profile(self) -> bool:
        """Whether both are of one jurisdiction, so that they have the same words."""
        return self.old.jurisdiction == self.new.jurisdiction

    @property
    def is_upwards(self) -> bool:
        """Whether the new one lies above the old one."""
        return self.new.jurisdiction in self.old.meanings

    @property
    def are_related(self) -> bool:
        """Whether words of the one can be said in those of the other."""
        return self.is_one_profile or common_profile(self.old, self.new) is not None

    @property
    def has_nobody(self) -> bool:
        """Whether both name organizations, and none of them corresponds to one of the other."""
        pairs = pairs_of(self.old, self.new, "organizations")
        named = all(policy.words.get("organizations") for policy in (self.old, self.new))
        return pairs is not None and not pairs and named

    def unmatched(self, table: str) -> tuple[Sequence[str], Sequence[str]]:
        """Return the words of a table that only the old policy has, and those of the new one.

        Nothing in the other policy corresponds to them; under one profile each word is its own.
        """
        pairs = pairs_of(self.old, self.new, table)
        sides = [policy.words.get(table, {}) for policy in (self.old, self.new)]
        if pairs is None:
            return (), ()
        known = [{pair[number] for pair in pairs} for number in (0, 1)]
        old, new = (
            [word for word in words if word not in matched]
            for words, matched in zip(sides, known, strict=True)
        )
        return old, new

    def roles_above(self, *, new: bool) -> Mapping[str, str]:
        """Return the role of the other policy for each role of the more local one that has one."""
        if self.is_one_profile or new is self.is_upwards:
            return {}
        local, other = (self.old, self.new) if self.is_upwards else (self.new, self.old)
        return dict(pairs_of(local, other, "roles") or ())

    @property
    def since(self) -> date | None:
        """The day on which the new policy takes the place of the old one, if it does."""
        if not self.is_one_profile or self.old.day >= self.new.day:
            return None
        begun = [date.fromisoformat(one.rpartition("@")[2]) for one in self.new.editions]
        last = max(begun)
        return last if self.old.day < last else self.new.day


class Sides:
    """The prover of one sort of subject, which tells the old policy from the new one."""

    def __init__(self, pair: Pair, key: str) -> None:
        # The more local policy comes first, as its words stand for those of the other.
        self.at_new = int(pair.is_one_profile or pair.is_upwards)
        self.at_old = 1 - self.at_new
        policies = (pair.new, pair.old) if self.at_old else (pair.old, pair.new)
        self.prover = Prover(policies, key)
        self.old, self.new = (self.prover.formulas[n] for n in (self.at_old, self.at_new))
        self.covered = tuple(key in policy.plans for policy in policies)
        """Whether each policy of the prover has rules about such subjects."""

    def of(self, decisions: Sequence[Decision]) -> tuple[Decision, Decision]:
        """Return the decisions of the old policy and of the new one."""
        return decisions[self.at_old], decisions[self.at_new]

    def both_ways(self) -> Iterator[tuple[bool, int, int]]:
        """Yield whether the new policy is the stricter one, and the numbers of it and the other."""
        yield True, self.at_new, self.at_old
        yield False, self.at_old, self.at_new
