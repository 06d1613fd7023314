# SPDX-License-Identifier: MIT
"""Makes the mutants of a profile one after another, and says what becomes of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.formulas.witnesses import Witness
from caljobs_policy.analysis.mutating.decisive import keys_that_differ
from caljobs_policy.analysis.mutating.mutants import Mutant, Mutants
from caljobs_policy.analysis.mutating.proving import told_apart
from caljobs_policy.analysis.mutating.ready_cases import ready_case
from caljobs_policy.analysis.mutating.trying import WorkedCases
from caljobs_policy.errors.problems import Place


@frozen
class Left:
    """A mutant that no worked case tells from the profile."""

    place: Place
    change: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"place": str(self.place), "change": self.change}


@frozen
class Survivor(Left):
    """One that a case could tell from the profile."""

    clauses: tuple[str, ...]
    case: str | None
    """A case that does, as YAML."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {**super().to_dict(), "clauses": list(self.clauses), "case": self.case}


@frozen
class Unproved(Left):
    """One of which it could not be found out whether any case could."""

    bounds: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {**super().to_dict(), "bounds": list(self.bounds)}


class Mutation:
    """The mutants of a profile, and what became of them."""

    def __init__(self, examined: Examined) -> None:
        self.examined = examined
        self.mutants = Mutants(examined)
        self.worked = WorkedCases(examined.cases)
        self.made = self.equivalent = self.killed = 0
        self.survivors: list[Survivor] = []
        self.unproved: list[Unproved] = []

    def run(self) -> Iterator[None]:
        """Try all changes, one at each step."""
        for written, site in self.mutants.sites:
            mutant = self.mutants.of(written, site)
            if mutant is not None:
                self.made += 1
                self._judge(mutant)
            yield

    def _judge(self, mutant: Mutant) -> None:
        """Find out what becomes of a mutant; a worked case is quicker to run than a proof."""
        changed = [
            (stretch.policy, policy, keys_that_differ(stretch.policy, policy))
            for stretch, policy in mutant.policies.items()
        ]
        if any(self.worked.that_tells(*one) for one in changed):
            self.killed += 1
            return
        bounds: dict[str, None] = {}
        for one in changed:
            told = told_apart(*one)
            if told.witness is not None:
                self.survivors.append(self._survivor(mutant, told.witness))
                return
            bounds |= dict.fromkeys(told.bounds)
        if bounds:
            self.unproved.append(Unproved(mutant.place, mutant.words, tuple(bounds)))
        else:
            self.equivalent += 1

    def _survivor(self, mutant: Mutant, witness: Witness) -> Survivor:
        folder = self.examined.chain.profiles[0].folder
        case = ready_case(witness, mutant.words, folder)
        clauses = tuple(word.text for word in mutant.written.entry.clauses) or _cited(witness)
        return Survivor(mutant.place, mutant.words, clauses, case)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "profile": self.examined.name,
            "made": self.made,
            "equivalent": self.equivalent,
            "killed": self.killed,
            "survived": [one.to_dict() for one in self.survivors],
            "bounds": [one.to_dict() for one in self.unproved],
        }


def _cited(witness: Witness) -> tuple[str, ...]:
    """Return the clauses of the findings of either decision that the other has not."""
    here, there = ({(f.rule, f.outcome): f.clauses for f in d.findings} for d in witness.decisions)
    unlike = (key for key in {**here, **there} if here.get(key) != there.get(key))
    found = (c for key in unlike for c in (*here.get(key, ()), *there.get(key, ())))
    return tuple(dict.fromkeys(found))
