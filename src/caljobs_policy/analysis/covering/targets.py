# SPDX-License-Identifier: MIT
"""What there is to reach of a policy, one by one, and what of that a decision reaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final, TypeAlias

from attrs import frozen

from caljobs_policy.analysis.checking.ledger import clauses_of, followed_clauses
from caljobs_policy.analysis.covering.boundaries import Boundary, Side, boundaries_of
from caljobs_policy.analysis.covering.reached import (
    CheckReached,
    Crossing,
    broken_in,
    checks_reached,
    followed_in,
    met_in,
)
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.policy.outcome import FOUND_RESULTS, Result
from caljobs_policy.policy.rules import ELSE, Check, Plan
from caljobs_policy.syntax.sections import SECTIONS

CheckKey: TypeAlias = tuple[str, str]
"""The name of a check, and its edition."""


class Aim(StrEnum):
    """In what way something of a policy is reached."""

    MET = "met"
    """A check is met, or a clause that a check can break."""
    FAILED = "failed"
    """A check is not met, a deadline is near, a duty open, or a subject exempt."""
    KIND = "kind"
    """A check fails in one of the ways that it tells apart."""
    BELOW = "below"
    ON = "on"
    ABOVE = "above"
    HIGHER = "higher"
    """A number in a test would be noticed to be one higher."""
    LOWER = "lower"
    BROKEN = "broken"
    """A clause is broken."""
    UNKNOWN = "unknown"
    """It cannot be told whether a check is met; that is no part of what coverage counts."""
    FOLLOWED = "followed"
    """Something follows from a clause: a route, a duty, a deadline, or that a subject is exempt."""


SIDES: Final = {side: Aim(side.value) for side in Side}


@frozen
class Target:
    """One thing that a case can reach."""

    aim: Aim
    check: CheckKey | None = None
    clause: str = ""
    kind: str = ""
    """The way in which a check fails, where it tells several apart."""
    boundary: Boundary | None = None


def key_of(check: Check) -> CheckKey:
    """Return what tells a check from others of a chain, on whatever days it is in force."""
    return check.id, check.origin.edition


def is_counted(check: Check) -> bool:
    """Return whether a check is of an entry; what guards a whole table is of none."""
    return check.id not in SECTIONS


def declared_kinds(check: Check) -> Sequence[str]:
    """Return the kinds of failure that a check tells apart."""
    told = (check.say, check.remedy, check.clauses_if, check.readings_if, check.kinds)
    # What is said alike of all kinds stands under `else` by itself.
    return tuple(dict.fromkeys(kind for one in told if {*one} != {ELSE} for kind in one))


def kind_counted(check: Check, kind: str) -> str:
    """Return as which of the kinds that a check tells apart one counts."""
    return kind if kind in declared_kinds(check) else ELSE


def targets_of(check: Check) -> Iterator[Target]:
    """Yield what there is to reach of a check."""
    key = key_of(check)
    if not check.exempts:
        yield Target(Aim.MET, key)
    yield Target(Aim.FAILED, key)
    for kind in declared_kinds(check):
        yield Target(Aim.KIND, key, kind=kind)
    for test in check.tests:
        for one in boundaries_of(test):
            yield from (Target(aim, key, boundary=one) for aim in SIDES.values())
            if one.higher is not None:
                yield Target(Aim.HIGHER, key, boundary=one)
            if one.lower is not None:
                yield Target(Aim.LOWER, key, boundary=one)


def targets_of_clauses(plan: Plan) -> Iterator[Target]:
    """Yield what there is to reach of the clauses of a plan."""
    for check in plan.checks:
        follows = check.exempts or check.pending
        for clause in clauses_of(check):
            aims = (Aim.FOLLOWED,) if follows else (Aim.BROKEN, Aim.MET)
            yield from (Target(aim, clause=clause) for aim in aims)
    for clause in followed_clauses(plan):
        yield Target(Aim.FOLLOWED, clause=clause)


def targets_reached(decision: Decision) -> frozenset[Target]:
    """Return all that a decision reaches."""
    checks = checks_reached(decision)
    found = {target for one in checks for target in _of_check(one)}
    found |= {Target(Aim.BROKEN, clause=clause) for clause in broken_in(checks)}
    found |= {Target(Aim.MET, clause=clause) for clause in met_in(checks)}
    return frozenset(found | {Target(Aim.FOLLOWED, clause=one) for one in followed_in(decision)})


def _of_check(reached: CheckReached) -> Iterator[Target]:
    check, key = reached.check, key_of(reached.check)
    if reached.result is Result.MET:
        yield Target(Aim.MET, key)
    if reached.result in FOUND_RESULTS:
        yield Target(Aim.FAILED, key)
    if reached.result is Result.CANNOT_TELL:
        yield Target(Aim.UNKNOWN, key)
    if reached.kind is not None:
        yield Target(Aim.KIND, key, kind=kind_counted(check, reached.kind))
    for crossing in reached.crossings:
        yield from targets_crossed(key, crossing)


def targets_crossed(key: CheckKey, crossing: Crossing) -> Iterator[Target]:
    """Yield what is reached of a check by lying somewhere beside one of its boundaries."""
    told = ((Aim.HIGHER, crossing.higher), (Aim.LOWER, crossing.lower))
    aims = [SIDES[crossing.side], *(aim for aim, is_so in told if is_so)]
    yield from (Target(aim, key, boundary=crossing.boundary) for aim in aims)
