# SPDX-License-Identifier: MIT
"""What one worked case reaches of its policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from caljobs_policy.analysis.checking.ledger import clauses_of
from caljobs_policy.analysis.covering.boundaries import Boundary, Side, boundaries_of
from caljobs_policy.cases.case import Case
from caljobs_policy.decisions import evaluate
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.explain import Explanation
from caljobs_policy.policy.conditions import tests_in
from caljobs_policy.policy.outcome import FOUND_RESULTS, Outcome, Result
from caljobs_policy.policy.rules import Check
from caljobs_policy.policy.truth import leaf_from, truth


@frozen(eq=False)
class Crossing:
    """Where a case lies beside a boundary."""

    boundary: Boundary
    side: Side
    higher: bool
    """Whether the test would come out otherwise if its number were one higher."""
    lower: bool


@frozen(eq=False)
class CheckReached:
    """A check that a case reaches, and what comes of it."""

    check: Check
    result: Result
    kind: str | None
    """The kind of failure, if it is not met."""
    clauses: tuple[str, ...]
    crossings: tuple[Crossing, ...]


@frozen(eq=False)
class Reached:
    """What a case reaches."""

    case: Case
    outcome: Outcome
    passes: bool
    """Whether all that it expects holds."""
    checks: tuple[CheckReached, ...]
    followed: frozenset[str]
    """The clauses of the route, of duties and deadlines, of what is pending or exempts."""

    @property
    def broken(self) -> set[str]:
        """The clauses of the checks that are not met."""
        return broken_in(self.checks)

    @property
    def met(self) -> set[str]:
        """The clauses of the checks that are met, also those of single ways of failing them."""
        return met_in(self.checks)


def broken_in(checks: Iterable[CheckReached]) -> set[str]:
    """Return the clauses of the checks that are not met."""
    found = (one for one in checks if one.result is Result.NOT_MET)
    return {clause for one in found if not one.check.exempts for clause in one.clauses}


def met_in(checks: Iterable[CheckReached]) -> set[str]:
    """Return the clauses of the checks that are met, also those of single ways of failing them."""
    found = (one.check for one in checks if one.result is Result.MET)
    return {clause for check in found for clause in clauses_of(check)}


def reached(case: Case) -> Reached:
    """Evaluate a case, and return what it reaches."""
    decision = evaluate(case.policy, case.subject, case.at)
    checks, followed = checks_reached(decision), followed_in(decision)
    return Reached(case, decision.outcome, not case.differences(decision), checks, followed)


def checks_reached(decision: Decision) -> tuple[CheckReached, ...]:
    """Return the checks that a decision looks at, and what comes of each."""
    return tuple(_checks(decision))


def followed_in(decision: Decision) -> frozenset[str]:
    """Return the clauses from which something follows in a decision."""
    return frozenset(_followed(decision))


def _checks(decision: Decision) -> Iterator[CheckReached]:
    explained = Explanation(decision)
    if explained.plan is None:
        return
    for number, finding in explained.looked_at.items():
        is_found = finding.result in FOUND_RESULTS
        check = explained.plan.checks[number]
        yield CheckReached(
            check,
            finding.result,
            explained.kind_of_failure(number) if is_found else None,
            finding.clauses,
            tuple(crossings_of(check, explained)),
        )


def crossings_of(check: Check, explained: Explanation) -> Iterator[Crossing]:
    """Yield where the facts lie; those that a check requires something of, if it applies."""
    read = explained.reader
    applies = truth(check.when, leaf_from(read, read.zone)) is True
    asked = check.tests if applies else tests_in(check.when)
    for test in dict.fromkeys(asked):
        value, *others = map(read, test.facts)
        for one in boundaries_of(test):
            side = one.side(value, others, read.zone)
            if side is not None:
                told = (one.is_told(c, value, others, read.zone) for c in (one.higher, one.lower))
                yield Crossing(one, side, *told)


def _followed(decision: Decision) -> Iterator[str]:
    if decision.route is not None:
        yield from decision.route.clauses
    for duty in decision.duties:
        yield from duty.clauses
    for deadline in decision.deadlines:
        yield from deadline.clauses
    is_exempt = decision.outcome is Outcome.OUT_OF_SCOPE
    for finding in decision.findings:
        if is_exempt or finding.result is Result.PENDING:
            yield from finding.clauses
