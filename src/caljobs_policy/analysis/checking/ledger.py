# SPDX-License-Identifier: MIT
"""The ledger of clauses: what each imposes, and which worked cases break and meet it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.cases.expectation import expected_clauses
from caljobs_policy.decisions import evaluate
from caljobs_policy.policy.outcome import Result
from caljobs_policy.policy.rules import Check, Plan
from caljobs_policy.syntax.entries import Entry


def clause_entries(examined: Examined) -> Mapping[str, Entry]:
    """Return the clauses that the profile lists, by their names."""
    return {
        one.key: one.entry
        for written in examined.written
        for one in written
        if one.table == "clauses"
    }


def tested(examined: Examined) -> set[str]:
    """Return the clauses that some check in force cites."""
    found: set[str] = set()
    for _, _, plan in examined.plans():
        for check in plan.checks:
            if not check.exempts and not check.pending:
                found.update(clauses_of(check))
    return found


def imposing(examined: Examined) -> set[str]:
    """Return the clauses of checks, duties, deadlines and routes in force."""
    found = tested(examined)
    for _, _, plan in examined.plans():
        found.update(followed_clauses(plan))
    return found


def clauses_of(check: Check) -> Iterable[str]:
    """Yield the clauses that a check breaks in some way of failing."""
    yield from check.clauses
    for clauses in check.clauses_if.values():
        yield from clauses
    for _, clauses in check.clauses_where:
        yield from clauses


def followed_clauses(plan: Plan) -> Iterable[str]:
    """Yield the clauses of the duties, routes and deadlines of a plan."""
    for duty in plan.duties:
        yield from duty.clauses
    for route in plan.routes:
        yield from route.clauses
    for deadline in plan.deadlines:
        yield from deadline.clauses
        for leg in deadline.legs:
            yield from leg.clauses


def broken_by_cases(examined: Examined) -> set[str]:
    """Return the clauses that worked cases expect to be broken, owed or due."""
    found: set[str] = set()
    for case in examined.cases:
        if case.expect is not None:
            found.update(expected_clauses(case.expect))
    return found


def met_by_cases(examined: Examined) -> set[str]:
    """Return the clauses that worked cases expect not to be broken, or meet on the way."""
    found: set[str] = set()
    for case in examined.cases:
        if case.expect is not None:
            found.update(case.expect.not_clauses)
    left = tested(examined) & set(clause_entries(examined)) - found
    for case in examined.cases if left else ():
        if case.expect is not None and case.expect.outcome is not None:
            findings = evaluate(case.policy, case.subject, case.at).all_findings
            found.update(c for f in findings if f.result is Result.MET for c in f.clauses)
    return found
