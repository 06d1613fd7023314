# SPDX-License-Identifier: MIT
"""The clauses behind what a policy decides of a case, and those that a case puts to the test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from caljobs_policy.analysis.checking.ledger import clauses_of, followed_clauses
from caljobs_policy.analysis.explaining.deciding import deciding
from caljobs_policy.conformance.answers import Aspect
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.evaluation import outcome_without
from caljobs_policy.decisions.explain import Explanation
from caljobs_policy.policy.outcome import Outcome, Result, is_better
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check
from caljobs_policy.subjects.facts import subject_key


def imposed(policy: Policy) -> set[str]:
    """Return the clauses of a policy that some case can put to the test."""
    found: set[str] = set()
    for plan in policy.plans.values():
        for check in plan.checks:
            found.update(clauses_of(check))
        found.update(followed_clauses(plan))
    return found


def broken(decision: Decision) -> frozenset[str]:
    """Return the clauses of the findings that are not met."""
    unmet = (one for one in decision.findings if one.result is Result.NOT_MET)
    return frozenset(clause for one in unmet for clause in one.clauses)


def explaining(decision: Decision, theirs: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the clauses that explain another outcome, and those of which one at least does.

    Where a system comes to a better outcome, it passes over each finding that is worse and certain,
    or guesses what is not known. Where it comes to a worse one, it may take what the policy finds
    more seriously, or find something else.
    """
    other = _outcome(theirs)
    if other is Outcome.OUT_OF_SCOPE:
        return frozenset(), _exempting(decision)
    explained = Explanation(decision)
    behind = {n: frozenset(explained.looked_at[n].clauses) for n in deciding(decision, explained)}
    every = frozenset[str]().union(*behind.values())
    is_open = decision.outcome is Outcome.CANNOT_TELL
    if other is not None and is_better(other, decision.outcome):
        certain = [clauses for n, clauses in behind.items() if is_open or n in decision.hits]
        return frozenset[str]().union(*certain), frozenset()
    return frozenset(), every


def decisive(decision: Decision) -> tuple[list[Check], bool]:
    """Return the checks that decide, and whether they are about the same clauses."""
    explained = Explanation(decision)
    numbers = sorted(deciding(decision, explained))
    found = {frozenset(explained.looked_at[n].clauses) for n in numbers}
    plan = explained.plan
    return [plan.checks[n] for n in numbers] if plan is not None else [], len(found) == 1


def _exempting(decision: Decision) -> frozenset[str]:
    """Return the clauses that put subjects such as a decision's outside the directive."""
    plan = decision.policy.plans.get(subject_key(decision.subject))
    checks = plan.checks[: plan.exemptions] if plan is not None else ()
    return frozenset(clause for check in checks for clause in clauses_of(check))


def _outcome(word: str) -> Outcome | None:
    return Outcome(word) if word in list(Outcome) else None


def exercised(decision: Decision, aspects: Iterable[Aspect], among: Set[str]) -> set[str]:
    """Return those among some clauses that a right answer to some aspects shows to be kept."""
    found: set[str] = set()
    for aspect in aspects:
        found.update(_shown(decision, aspect, among - found))
    return found & among


def _shown(decision: Decision, aspect: Aspect, among: Set[str]) -> Iterator[str]:
    match aspect:
        case Aspect.OUTCOME:
            yield from _turning(decision, among)
        case Aspect.CLAUSES:
            yield from broken(decision)
        case Aspect.ROUTE:
            yield from decision.route.clauses if decision.route is not None else ()
        case Aspect.DUTIES:
            yield from (clause for one in decision.duties for clause in one.clauses)
        case Aspect.DEADLINES:
            yield from (clause for one in decision.deadlines for clause in one.clauses)
        case Aspect.APPROVALS:
            yield from (clause for one in decision.approvals for clause in one.clauses)


def _turning(decision: Decision, among: Set[str]) -> Iterator[str]:
    """Yield the clauses without which the outcome would be another one."""
    plan = decision.policy.plans.get(subject_key(decision.subject))
    if plan is None or decision.outcome in {plan.good, Outcome.CANNOT_TELL}:
        return
    looked_at = Explanation(decision).looked_at
    found = {n: one.clauses for n, one in looked_at.items() if n in {*decision.hits}}
    for clause in {clause for clauses in found.values() for clause in clauses} & among:
        citing = {number for number, clauses in found.items() if clause in clauses}
        if outcome_without(decision, citing) is not decision.outcome:
            yield clause
