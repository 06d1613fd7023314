# SPDX-License-Identifier: MIT
"""What of a plan's reasons no subject changes, made when first asked for and kept by the policy."""

from __future__ import annotations

from collections.abc import Mapping

from caljobs_policy.decisions.deadlines import DeadlineCounter
from caljobs_policy.decisions.findings import FindingMaker
from caljobs_policy.decisions.follow_up import DutyFinder, Router
from caljobs_policy.decisions.questions import Questions
from caljobs_policy.engines.verdict import Answering
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Plan, Route
from caljobs_policy.subjects.facts import facts_about


def finding_maker(policy: Policy, plan: Plan, number: int) -> FindingMaker:
    """Return what makes the findings of a check of a plan."""
    found: FindingMaker = policy.made((plan.key, "finding", number), _finding_maker, plan, number)
    return found


def _finding_maker(policy: Policy, plan: Plan, number: int) -> FindingMaker:
    return FindingMaker(policy, plan, plan.checks[number])


def approval_checks(policy: Policy, plan: Plan) -> tuple[int, ...]:
    """Return the numbers of the checks of a plan that look for an approval."""
    found: tuple[int, ...] = policy.made((plan.key, "approvals"), _approval_checks, plan)
    return found


def _approval_checks(_: Policy, plan: Plan) -> tuple[int, ...]:
    return tuple(n for n, check in enumerate(plan.checks) if check.approval is not None)


def deadline_counter(policy: Policy, plan: Plan) -> DeadlineCounter:
    """Return what counts the deadlines of a plan."""
    found: DeadlineCounter = policy.made((plan.key, "deadlines"), DeadlineCounter, plan)
    return found


def duty_finder(policy: Policy, plan: Plan, outcome: Outcome) -> DutyFinder:
    """Return what finds the duties that arise from an outcome under a plan."""
    found: DutyFinder = policy.made((plan.key, "duties", outcome), DutyFinder, plan, outcome)
    return found


def router(policy: Policy, plan: Plan, organization: object) -> Router | None:
    """Return what finds the routes of requests from a type of organization, if it has any."""
    found: Mapping[object, Router] = policy.made((plan.key, "routes"), _routers, plan)
    return found.get(organization)


def _routers(policy: Policy, plan: Plan) -> Mapping[object, Router]:
    rows: dict[str, list[Route]] = {}
    for row in plan.routes:
        rows.setdefault(row.organization, []).append(row)
    return {one: Router(policy, plan, listed) for one, listed in rows.items()}


def private_facts(policy: Policy, plan: Plan) -> Answering:
    """Return what answers with all that is private of a subject."""
    found: Answering = policy.made((plan.key, "private"), _private_facts, plan)
    return found


def _private_facts(policy: Policy, plan: Plan) -> Answering:
    begin = f"{plan.key.partition('/')[0]}."
    own = (fact for path, fact in policy.facts.items() if path.startswith(begin))
    questions = Questions()
    for fact in (*facts_about(plan.key).values(), *own):
        if fact.holds.private:
            questions.number(fact)
    return questions.answering(policy, plan)
