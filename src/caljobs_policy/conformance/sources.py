# SPDX-License-Identifier: MIT
"""The cases that come with a profile: its worked ones, and those of its parents in its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from attrs import evolve

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.cases.inherited import inherited_cases
from caljobs_policy.conformance.posing import Posed, Source, as_posed, each_once
from caljobs_policy.conformance.random_cases import RandomCases
from caljobs_policy.errors.exceptions import ProfileError
from caljobs_policy.loader.policies import policy_of
from caljobs_policy.loader.store import read_chain
from caljobs_policy.policy.policy import Policy


class Standard:
    """A profile as systems are held to it, on all days or on one alone."""

    def __init__(self, profile: str, day: date | None = None) -> None:
        """Read a profile; raises a `PolicyError` if it cannot be used, or not on the day."""
        self.profile, self.day = profile, day
        read = read_chain(profile)
        self.examined = Examined(read, day or date.today())
        if self.examined.problems:
            raise ProfileError(self.examined.problems)
        every = tuple(stretch.policy for stretch in self.examined.stretches)
        self.policies: Sequence[Policy] = every if day is None else (policy_of(read, day),)

    def is_about(self, policy: Policy) -> bool:
        """Return whether systems are held to a policy."""
        return any(policy.editions == one.editions for one in self.policies)

    def cases(self, number: int = 0, seed: int = 0) -> Iterator[Posed]:
        """Yield all cases: the worked ones, the inherited ones, and random ones near to these."""
        known: list[Posed] = []
        for one in each_once(chain(self.worked(), self.inherited())):
            known.append(one)
            yield one
        if number:
            yield from RandomCases(known, seed).draw(number)

    def worked(self) -> Iterator[Posed]:
        """Yield the worked cases of the profile."""
        for case in self.examined.cases:
            one = as_posed(case, Source.WORKED)
            if one is not None and self.is_about(one.policy):
                yield one

    def inherited(self) -> Iterator[Posed]:
        """Yield the worked cases of its parents, in its words."""
        for one in inherited_cases(self.profile):
            if one.here is not None and self.is_about(one.here.policy):
                case = evolve(one.case, policy=one.here.policy, subject=one.here.subject)
                found = as_posed(case, Source.INHERITED)
                if found is not None:
                    yield found
