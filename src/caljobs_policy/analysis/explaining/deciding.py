# SPDX-License-Identifier: MIT
"""Which checks a decision rests on."""

from __future__ import annotations

from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.evaluation import outcome_without
from caljobs_policy.decisions.explain import Explanation
from caljobs_policy.policy.outcome import OPEN_RESULTS, Outcome, Result


def deciding(decision: Decision, explained: Explanation) -> frozenset[int]:
    """Return the numbers of the checks that decided.

    Alone they would lead to the same outcome, and without them it is another, or depends on other
    facts. Nothing decides that a subject is in order, as there every check is met.
    """
    plan = explained.plan
    if plan is None:
        return frozenset()
    if decision.outcome is Outcome.OUT_OF_SCOPE:
        return frozenset(explained.looked_at)
    if decision.outcome is Outcome.CANNOT_TELL:
        return _undecided(decision, explained)
    weight = decision.outcome.weight
    heavy = {
        number: finding.result
        for number, finding in explained.looked_at.items()
        if weight and finding.result in OPEN_RESULTS and plan.weights[number] >= weight
    }
    sure = frozenset(n for n, result in heavy.items() if result is not Result.CANNOT_TELL)
    if len(sure) < len(heavy) and outcome_without(decision, sure) is decision.outcome:
        # It is certain that one of several is not met, though of none of them it is.
        return frozenset(heavy)
    return sure


def _undecided(decision: Decision, explained: Explanation) -> frozenset[int]:
    """Return the checks that turn on what the outcome depends on, and outweigh what is certain."""
    asked = frozenset(decision.needs)
    found = explained.looked_at
    open_ = {n: one for n, one in found.items() if one.result is Result.CANNOT_TELL}
    weights = explained.plan.weights if explained.plan is not None else ()
    base = max((weights[n] for n in decision.hits), default=0)
    return frozenset(
        n for n, one in open_.items() if weights[n] > base and not asked.isdisjoint(one.needs)
    )
