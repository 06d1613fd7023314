# SPDX-License-Identifier: MIT
"""The cases of a profile: worked ones, those of its parents in its words, and generated ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import chain

from attrs import evolve

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.cases.inherited import inherited_cases
from caljobs_policy.conformance.posing import Posed, Source, as_generated, as_posed, each_once
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

    def cases(self, random: int = 0, seed: int = 0, *, generated: bool = False) -> Iterator[Posed]:
        """Yield the worked cases, the inherited ones, those that are generated, and random ones.

        So many random cases are drawn near to all others. Cases are generated with the extra
        `analysis`.
        """
        known: list[Posed] = []
        made = self.generated() if generated else ()
        for one in each_once(chain(self.worked(), self.inherited(), made)):
            known.append(one)
            yield one
        if random:
            yield from RandomCases(known, seed).draw(random)

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

    def generated(self, step: Callable[[], object] = lambda: None) -> Iterator[Posed]:
        """Yield cases for each check and boundary, on both sides of it, once all are found."""
        from caljobs_policy.analysis.generating.suite import Suite  # noqa: PLC0415  # z3
        from caljobs_policy.analysis.generating.wanted import Wanted  # noqa: PLC0415

        for one in Suite(self.examined, Wanted(self.day), step).cases:
            found = as_generated(one.decision, one.title)
            if found is not None:
                yield found
