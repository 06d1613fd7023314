# SPDX-License-Identifier: MIT
"""The cases that reach all that there is to reach of a profile, and what no case can reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from caljobs_policy.analysis.checking.examined import Examined, Stretch
from caljobs_policy.analysis.covering.targets import Aim, Target
from caljobs_policy.analysis.generating.plan_cases import PlanCases, Reaching
from caljobs_policy.analysis.generating.titles import Titles
from caljobs_policy.analysis.generating.wanted import Listing, Purpose, Wanted
from caljobs_policy.analysis.witness_cases import expected, worked_case
from caljobs_policy.decisions.decision import Decision


@frozen(eq=False)
class GeneratedCase:
    """A case with what it is for."""

    reaching: Reaching
    title: str
    purposes: tuple[Purpose, ...]
    """What it shows and no other case does; of one that is in order, perhaps nothing."""
    expect: Mapping[str, Any]

    @property
    def decision(self) -> Decision:
        """What is decided about it."""
        return self.reaching.decision

    def case(self, profile: str) -> dict[str, Any]:
        """Return it as a worked case of a profile, given how that is named."""
        return worked_case(self.reaching.witness, self.title, profile, self.expect)


@frozen(eq=False)
class Unreached:
    """Something that no case shows."""

    purpose: Purpose
    bounds: tuple[str, ...]
    """Why there may be a case after all; empty where it is proved that there is none."""


class Suite:
    """Cases that show what is wanted of a profile; none but those in order can be left out."""

    def __init__(
        self,
        examined: Examined,
        wanted: Wanted | None = None,
        step: Callable[[], object] = lambda: None,
    ) -> None:
        self.listing = Listing(examined, wanted or Wanted())
        self._step = step
        self._reached: set[Target] = set()
        self._bounds: dict[Target, dict[str, None]] = {}
        self.made = [made for one in self.listing.plans() for made in self._of_plan(*one)]
        self._counted = Counter(target for made in self.made for target in self._shown(made))
        self._drop()

    def _of_plan(self, stretch: Stretch, key: str, plan: Any) -> Sequence[Reaching]:
        targets = [one for one in self.listing.targets(plan) if one not in self._reached]
        if not targets:  # the same checks as on other days
            return ()
        cases = PlanCases(stretch.policy, key, targets)
        self._note(cases.in_order())
        for target in targets:
            if target not in self._reached:
                self._note(cases.reach(target))
                if target not in self._reached:
                    bounds = cases.bounds.get(target, ())
                    self._bounds.setdefault(target, {}).update(dict.fromkeys(bounds))
        self._lack(cases, self.listing.lacking(plan))
        return cases.made

    def _lack(self, cases: PlanCases, lacking: Mapping[Target, Purpose]) -> None:
        """Find subjects that lack a fact, for checks of which not all facts may be left out."""
        self.listing.purposes.update(lacking)
        for target in lacking:
            if target not in self._reached:
                self._note(cases.lack(target))
            if target not in self._reached:
                del self.listing.purposes[target]

    def _note(self, made: Reaching | None) -> None:
        if made is not None:
            self._reached |= self._shown(made)
        self._step()

    def _shown(self, made: Reaching) -> set[Target]:
        """Return what is wanted and a subject reaches."""
        return {*made.reaches} & self.listing.purposes.keys()

    def _drop(self) -> None:
        """Leave out cases of which others show all, the last ones first."""
        for made in reversed([*self.made]):
            shown = self._shown(made)
            if made.target is not None and all(self._counted[one] > 1 for one in shown):
                self.made.remove(made)
                self._counted.subtract(shown)

    @property
    def totals(self) -> tuple[int, int]:
        """How much of what is wanted cases show, and how much there is."""
        return len(self._reached), len(self.listing.purposes)

    @property
    def cases(self) -> Iterator[GeneratedCase]:
        """Yield the cases: of each sort of subject, first one that is in order."""
        titles: Counter[str] = Counter()
        first: Decision | None = None
        for made in self.made:
            first = made.decision if made.target is None else first
            case = self._generated(made, None if made.target is None else first)
            titles[case.title] += 1
            number = titles[case.title]
            yield case if number == 1 else evolve(case, title=f"{case.title} ({number})")

    def _generated(self, made: Reaching, beside: Decision | None) -> GeneratedCase:
        """Return a case; beside one in order, it expects only what else follows."""
        alone = {one for one in self._shown(made) if self._counted[one] == 1}
        targets = [one for one in self.listing.purposes if one in alone]
        if made.target in alone:
            targets = [made.target, *(one for one in targets if one != made.target)]
        purposes = tuple(self.listing.purposes[one] for one in targets)
        expect = expected(made.decision, _met(made, purposes), beside)
        return GeneratedCase(made, self._title(made, targets), purposes, expect)

    def _title(self, made: Reaching, targets: Sequence[Target]) -> str:
        titles = Titles(made.decision)
        return titles.in_order() if made.target is None else titles.title(targets[0])

    @property
    def bounds(self) -> Sequence[str]:
        """What was not asked at all, in words."""
        sizes = self.listing.too_large().items()
        return [
            f"`{key}` has {n:,} checks or routes, too many to ask about each" for key, n in sizes
        ]

    @property
    def is_certain(self) -> bool:
        """Whether it is proved of all that no case shows that none can."""
        return not self.bounds and all(not one.bounds for one in self.unreached)

    @property
    def unreached(self) -> Iterator[Unreached]:
        """Yield what no case shows, in the order of the profile."""
        for target, purpose in self.listing.purposes.items():
            if target not in self._reached:
                yield Unreached(purpose, tuple(self._bounds.get(target, ())))


def _met(made: Reaching, purposes: Sequence[Purpose]) -> Sequence[str]:
    """Return the clauses that a case expects not to be broken: those that it is for."""
    shown = [one.clauses for one in purposes if one.aim not in {Aim.FAILED, Aim.UNKNOWN}]
    if made.target is None:
        # The one in order breaks nothing of what it meets.
        shown += [(one.clause,) for one in made.reaches if one.aim is Aim.MET and one.clause]
    return sorted({clause for clauses in shown for clause in clauses})
