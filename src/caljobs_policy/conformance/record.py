# SPDX-License-Identifier: MIT
"""What a run has shown so far: what was claimed and kept, and where a system disagrees."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Set
from typing import Final, TypeAlias

from attrs import define, field

from caljobs_policy.conformance.answers import Aspect
from caljobs_policy.conformance.asking import Answered
from caljobs_policy.conformance.comparing import Difference
from caljobs_policy.conformance.deciding import exercised
from caljobs_policy.conformance.posing import Posed, Source
from caljobs_policy.conformance.stated import leaves
from caljobs_policy.policy.outcome import good_outcome

Manner: TypeAlias = tuple[Aspect, str, tuple[str, ...], str, str | None]
"""What disagreements of no known clause have in common: aspect, subject, policy, outcomes."""
_KEPT: Final = 20
"""So many cases of one sort are kept, the smallest; one of them is shown."""


@define(eq=False)
class Record:
    """What is known of the clauses of some policies after some cases."""

    clauses: Set[str]
    """Those that can be put to the test."""
    asked: Counter[Source] = field(factory=Counter)
    answered: int = 0
    """How many cases the system claimed something of."""
    declined: int = 0
    disagreed: int = 0
    kept: set[str] = field(factory=set)
    """The clauses that a right answer shows to be kept."""
    put: set[str] = field(factory=set)
    """The clauses that a case puts to the test of which the system does not claim that."""
    against: dict[str, list[Answered]] = field(factory=lambda: defaultdict(list))
    """For each clause, the smallest cases in which the system gets it wrong."""
    times: Counter[str] = field(factory=Counter)
    """For each clause, in how many cases the system gets it wrong."""
    unclear: dict[Manner, list[Answered]] = field(factory=lambda: defaultdict(list))
    """Disagreements of which it is not known what clause they are about."""
    bases: dict[tuple[str, ...], list[Posed]] = field(factory=lambda: defaultdict(list))
    """Cases in order, on which both agree, by policy and subject."""
    faults: list[Answered] = field(factory=list)
    aspects: set[Aspect] = field(factory=set)

    @property
    def run(self) -> int:
        """How many cases were asked."""
        return self.asked.total()

    def add(self, one: Answered) -> None:
        """Count a case."""
        self.asked[one.posed.source] += 1
        if one.fault is not None or one.remark is not None:
            self.faults.append(one)
        if one.fault is not None:
            return
        claimed = one.claims.aspects if one.claims is not None else frozenset[Aspect]()
        self.answered += bool(claimed)
        self.declined += not claimed
        self.aspects |= claimed
        wrong = {difference.aspect for difference in one.differences}
        self.kept |= exercised(one.decision, claimed - wrong, self.clauses - self.kept)
        self.put |= exercised(
            one.decision, frozenset(Aspect) - claimed, self.clauses - self.kept - self.put
        )
        if one.differences:
            self._disagrees(one)
        elif claimed and one.decision.outcome is good_outcome(one.posed.key):
            _keep(self.bases[base_key(one.posed)], one.posed)

    def _disagrees(self, one: Answered) -> None:
        self.disagreed += 1
        for clause in sorted(clauses_behind(one.differences)):
            self.times[clause] += 1
            _keep_answered(self.against[clause], one)
        for difference in one.differences:
            if not difference.clauses and not difference.follows:
                _keep_answered(self.unclear[manner_of(one, difference)], one)


def clauses_behind(differences: Iterable[Difference]) -> frozenset[str]:
    """Return the clauses that a system gets wrong for certain."""
    return frozenset(clause for one in differences for clause in one.clauses)


def base_key(posed: Posed) -> tuple[str, ...]:
    """Return what cases have in common of which one may be made like the other."""
    return (posed.key, *posed.policy.editions)


def manner_of(one: Answered, difference: Difference) -> Manner:
    """Return in what manner a system disagrees of which no clause is known."""
    editions, ours = one.posed.policy.editions, one.decision.outcome.value
    return difference.aspect, one.posed.key, editions, ours, one.their_outcome


def _size(one: Posed) -> int:
    return sum(1 for _ in leaves(one.stated))


def _keep_answered(kept: list[Answered], one: Answered) -> None:
    kept.append(one)
    kept.sort(key=lambda some: _size(some.posed))
    del kept[_KEPT:]


def _keep(kept: list[Posed], one: Posed) -> None:
    kept.append(one)
    del kept[_KEPT:]
