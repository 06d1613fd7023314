# SPDX-License-Identifier: MIT
"""What the worked cases of a profile reach of what it says, and what none of them reaches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from attrs import frozen

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.ledger import clause_entries, imposing, tested
from caljobs_policy.analysis.covering.boundaries import Boundary, Side, boundaries_of
from caljobs_policy.analysis.covering.counted import BoundaryCovered, CheckCovered, ClauseCovered
from caljobs_policy.analysis.covering.reached import Reached
from caljobs_policy.analysis.covering.targets import CheckKey, is_counted, key_of
from caljobs_policy.cases.expectation import expected_clauses
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.outcome import Result
from caljobs_policy.policy.rules import Check
from caljobs_policy.policy.speech import Speech

_BoundaryKey: TypeAlias = tuple[CheckKey, Boundary]


@frozen
class Gap:
    """Something that no case shows."""

    place: Place
    message: str


class Coverage:
    """What cases reach of what a profile itself says, in all of its editions."""

    def __init__(self, examined: Examined) -> None:
        self.profile = examined.name
        self.clauses = {one.name: one for one in _clauses(examined)}
        self.checks: dict[CheckKey, CheckCovered] = {}
        self.boundaries: dict[_BoundaryKey, BoundaryCovered] = {}
        self.cases: list[Reached] = []
        for stretch, _, plan in examined.plans():
            speech = stretch.policy.speech(plan)
            for check in plan.checks:
                if examined.is_own(check.origin) and is_counted(check):
                    self._list(check, speech)

    def _list(self, check: Check, speech: Speech) -> None:
        key = key_of(check)
        self.checks.setdefault(key, CheckCovered(check))
        for test in check.tests:
            words = test.operator.sentence(test.fact, speech)
            for one in boundaries_of(test):
                self.boundaries.setdefault((key, one), BoundaryCovered(check, one, words))

    @property
    def failed(self) -> int:
        """How many cases don't come out as they expect."""
        return sum(not one.passes for one in self.cases)

    def add(self, reached: Reached) -> None:
        """Count what a case reaches."""
        self.cases.append(reached)
        for one in reached.checks:
            key = key_of(one.check)
            if key in self.checks:
                self.checks[key].add(one)
                for crossing in one.crossings:
                    self.boundaries[key, crossing.boundary].add(crossing)
        expect = reached.case.expect
        for clause in self._own(reached.met):
            clause.met += 1
        for clause in self._own(reached.broken):
            clause.broken += 1
        for clause in self._own(reached.followed):
            clause.followed += 1
        for clause in self._own(() if expect is None else expected_clauses(expect)):
            clause.expected += 1

    def _own(self, names: Iterable[str]) -> Iterator[ClauseCovered]:
        """Yield the profile's own clauses among some, each once."""
        return (self.clauses[name] for name in {*names} & self.clauses.keys())

    def gaps(self) -> Sequence[Gap]:
        """Return what no case shows, in the order of the profile."""
        found = [
            Gap(one.place, message)
            for parts in (self.clauses, self.checks, self.boundaries)
            for one in parts.values()
            for message in one.gaps()
        ]
        for check in self.checks.values():
            missing = " or as ".join(f"`{kind}`" for kind in check.kinds_missing())
            if missing and check.is_failed:
                found.append(Gap(check.place, f"no case fails `{check.check.id}` as {missing}"))
        return sorted(dict.fromkeys(found), key=lambda gap: gap.place)

    def totals(self) -> Mapping[str, tuple[int, int]]:
        """Return how many parts of each sort cases show, and how many there are."""
        kinds = sum(len(one.declared) for one in self.checks.values())
        missing = sum(len([*one.kinds_missing()]) for one in self.checks.values())
        return {
            "clauses": _shown(self.clauses.values()),
            "checks": _shown(self.checks.values()),
            "kinds of failure": (kinds - missing, kinds),
            "boundaries": _shown(self.boundaries.values()),
        }

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        checks: dict[str, dict[str, Any]] = {}
        for (name, edition), one in self.checks.items():
            checks.setdefault(name, {})[edition] = one.to_dict()
        numbers = {key: number for number, key in enumerate(self.boundaries)}
        return {
            "profile": self.profile,
            "clauses": {name: one.to_dict() for name, one in self.clauses.items()},
            "checks": checks,
            "boundaries": [one.to_dict() for one in self.boundaries.values()],
            "cases": {str(one.case.place): self._case(one, numbers) for one in self.cases},
        }

    def _case(self, reached: Reached, numbers: Mapping[_BoundaryKey, int]) -> dict[str, Any]:
        """Return what a case reaches as plain data; boundaries by their numbers in the list."""
        own = [one for one in reached.checks if key_of(one.check) in self.checks]
        looked_at = [one for one in own if one.result is not Result.NOT_APPLICABLE]
        return {
            "title": reached.case.title,
            "outcome": str(reached.outcome),
            "passes": reached.passes,
            "checks": {one.check.id: str(one.result) for one in looked_at},
            "kinds": {one.check.id: one.kind for one in looked_at if one.kind is not None},
            "clauses": sorted(
                (reached.met | reached.broken | reached.followed) & self.clauses.keys()
            ),
            "boundaries": {
                side.value: [
                    numbers[key_of(one.check), crossing.boundary]
                    for one in own
                    for crossing in one.crossings
                    if crossing.side is side
                ]
                for side in Side
            },
        }


def _shown(parts: Collection[ClauseCovered | CheckCovered | BoundaryCovered]) -> tuple[int, int]:
    """Return how many of some parts have no gap, and how many they are."""
    return sum(not any(one.gaps()) for one in parts), len(parts)


def _clauses(examined: Examined) -> Iterator[ClauseCovered]:
    """Yield the profile's own clauses that impose something, or exempt somebody."""
    broken = tested(examined)
    exempting = {
        clause
        for _, _, plan in examined.plans()
        for check in plan.checks
        if check.exempts
        for clause in check.clauses
    }
    known = imposing(examined) | exempting
    for name, entry in clause_entries(examined).items():
        if name in known:
            yield ClauseCovered(name, entry.place, name in broken)
