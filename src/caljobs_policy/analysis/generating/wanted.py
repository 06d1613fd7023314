# SPDX-License-Identifier: MIT
"""What there are to be cases for: which part of a profile, and each thing to reach in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from attrs import frozen

from caljobs_policy.analysis.checking.examined import Examined, Stretch
from caljobs_policy.analysis.checking.ledger import clause_entries, clauses_of
from caljobs_policy.analysis.covering.targets import (
    SIDES,
    Aim,
    Target,
    is_counted,
    key_of,
    targets_of,
    targets_of_clauses,
)
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.rules import Check, Plan

_ORDER: Final = (
    *(Aim.MET, Aim.HIGHER, Aim.LOWER, Aim.ON, Aim.BELOW, Aim.ABOVE),
    *(Aim.KIND, Aim.FAILED, Aim.UNKNOWN, Aim.BROKEN, Aim.FOLLOWED),
)
"""In which order cases for a check are found: one right beside a limit also shows the rest."""


@frozen
class Purpose:
    """What a case is for: something of a clause or of a check."""

    aim: Aim
    clauses: tuple[str, ...]
    place: Place
    check: str | None = None
    edition: str | None = None
    kind: str | None = None
    """The way in which the check fails, where it tells several apart."""
    fact: str | None = None
    limit: str | None = None
    """A limit of a test of that fact, on a side of which the case lies."""
    says: str = ""
    """What the case is there to do, in words."""
    where: str = ""
    """Beside a limit, where it lies or what it tells, in words that go on with the others."""


@frozen
class Wanted:
    """For which part of a profile there are to be cases; all of it, as far as nothing is named."""

    day: date | None = None
    subjects: Collection[str] = ()
    clauses: Collection[str] = ()
    own: bool = False
    """Whether only what the profile itself writes is meant, not what it inherits."""
    missing: bool = False
    """Whether there are to be cases, too, in which a fact is missing."""

    def covers(self, stretch: Stretch, key: str) -> bool:
        """Return whether subjects of a key are meant on some days."""
        policy = stretch.policy
        is_then = self.day is None or (
            policy.day <= self.day and (policy.until is None or self.day <= policy.until)
        )
        return is_then and (not self.subjects or key in self.subjects)


class Listing:
    """What is wanted of a profile, with what each case for it is for."""

    def __init__(self, examined: Examined, wanted: Wanted) -> None:
        self.examined, self.wanted = examined, wanted
        self.purposes: dict[Target, Purpose] = {}
        self._own = {name: entry.place for name, entry in clause_entries(examined).items()}

    def plans(self) -> Iterator[tuple[Stretch, str, Plan]]:
        """Yield the plans that are meant and small enough."""
        return (one for one in self.examined.small_plans() if self.wanted.covers(one[0], one[1]))

    def too_large(self) -> Mapping[str, int]:
        """Return how many parts there are in each plan that is meant and too large."""
        keys = {
            key for stretch, key, _ in self.examined.plans() if self.wanted.covers(stretch, key)
        }
        return {key: size for key, size in self.examined.large_plans().items() if key in keys}

    def targets(self, plan: Plan) -> Sequence[Target]:
        """Return what is wanted of a plan: first that checks are met, then the rest of each."""
        found = dict(self._of(plan))
        for target, purpose in found.items():
            self.purposes.setdefault(target, purpose)
        checks = [key_of(check) for check in plan.checks]

        def order(target: Target) -> tuple[bool, int, int]:
            number = checks.index(target.check) if target.check is not None else len(checks)
            begins = target.aim is Aim.MET and target.check is not None
            return not begins, number, _ORDER.index(target.aim)

        return sorted(found, key=order)

    def lacking(self, plan: Plan) -> Mapping[Target, Purpose]:
        """Return for each check of a plan that it cannot be told, if that is wanted."""
        checks = plan.checks if self.wanted.missing else ()
        wanted = (one for one in checks if is_counted(one) and self._is_wanted(one))
        found = ((Target(Aim.UNKNOWN, key_of(check)), check) for check in wanted)
        return {target: _purpose(target, check) for target, check in found}

    def _of(self, plan: Plan) -> Iterator[tuple[Target, Purpose]]:
        for check in plan.checks:
            if is_counted(check) and self._is_wanted(check):
                yield from ((target, _purpose(target, check)) for target in targets_of(check))
        for target in targets_of_clauses(plan):
            if self._names(target.clause):
                place = self._own.get(target.clause, Place())
                yield (
                    target,
                    Purpose(target.aim, (target.clause,), place, says=_clause_said(target)),
                )

    def _is_wanted(self, check: Check) -> bool:
        is_meant = not self.wanted.own or self.examined.is_own(check.origin)
        return is_meant and (not self.wanted.clauses or any(map(self._names, clauses_of(check))))

    def _names(self, clause: str) -> bool:
        if self.wanted.clauses:
            return clause in self.wanted.clauses
        return not self.wanted.own or clause in self._own


def _purpose(target: Target, check: Check) -> Purpose:
    boundary = target.boundary
    return Purpose(
        target.aim,
        tuple(dict.fromkeys(clauses_of(check))),
        check.origin.place,
        check.id,
        check.origin.edition,
        target.kind or None,
        None if boundary is None else boundary.test.fact.path,
        None if boundary is None else boundary.limit,
        *_said(target, check),
    )


def _said(target: Target, check: Check) -> tuple[str, str]:
    boundary = target.boundary
    if boundary is None:
        how = "fall under" if check.exempts else "fail"
        verb = {Aim.MET: "meet", Aim.UNKNOWN: "leave open"}.get(target.aim, how)
        return f"{verb} `{check.id}`{f' as `{target.kind}`' if target.kind else ''}", ""
    place = f"`{boundary.test.fact.path}` of `{check.id}`"
    if target.aim in {Aim.HIGHER, Aim.LOWER}:
        return f"tell by {place} that {boundary.limit} is not one", target.aim.value
    words = dict(zip(SIDES.values(), boundary.words, strict=True))
    return f"have {place}", words[target.aim]


def _clause_said(target: Target) -> str:
    verbs = {Aim.BROKEN: "break", Aim.MET: "meet", Aim.FOLLOWED: "follow from"}
    return f"{verbs[target.aim]} the clause `{target.clause}`"


def subjects_in(examined: Examined) -> Collection[str]:
    """Return the sorts of subject that a profile speaks of on some day."""
    return dict.fromkeys(key for _, key, _ in examined.plans())


def clauses_in(examined: Examined) -> Collection[str]:
    """Return the clauses that something of a profile cites on some day."""
    plans = (plan for _, _, plan in examined.plans())
    return dict.fromkeys(target.clause for plan in plans for target in targets_of_clauses(plan))
