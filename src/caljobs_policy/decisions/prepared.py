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


class PreparedReasons:
    """What makes the reasons of one plan.

    The policy keeps it, so it does not hold the policy: neither would go before the collector of
    garbage runs. Two threads may both make a part; either will do.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.approvals = tuple(n for n, c in enumerate(plan.checks) if c.approval is not None)
        """The numbers of the checks that look for an approval."""
        self._makers: dict[int, FindingMaker] = {}
        self._duties: dict[Outcome, DutyFinder] = {}
        self._deadlines: DeadlineCounter | None = None
        self._routers: Mapping[object, Router] | None = None
        self._private: Answering | None = None

    def finding_maker(self, policy: Policy, number: int) -> FindingMaker:
        """Return what makes the findings of a check."""
        found = self._makers.get(number)
        if found is None:
            found = self._makers[number] = FindingMaker(policy, self.plan, self.plan.checks[number])
        return found

    def duty_finder(self, policy: Policy, outcome: Outcome) -> DutyFinder:
        """Return what finds the duties that arise from an outcome."""
        found = self._duties.get(outcome)
        if found is None:
            found = self._duties[outcome] = DutyFinder(policy, self.plan, outcome)
        return found

    def deadline_counter(self, policy: Policy) -> DeadlineCounter:
        """Return what counts the deadlines."""
        if self._deadlines is None:
            self._deadlines = DeadlineCounter(policy, self.plan)
        return self._deadlines

    def router(self, policy: Policy, organization: object) -> Router | None:
        """Return what finds the routes of requests from a type of organization, if it has any."""
        if self._routers is None:
            self._routers = _routers(policy, self.plan)
        return self._routers.get(organization)

    def private_facts(self, policy: Policy) -> Answering:
        """Return what answers with all that is private of a subject."""
        if self._private is None:
            self._private = _private_facts(policy, self.plan)
        return self._private


def prepared_for(policy: Policy, plan: Plan) -> PreparedReasons:
    """Return what makes the reasons of a plan."""
    found: PreparedReasons = policy.made((plan.key, "reasons"), _prepared, plan)
    return found


def _prepared(_: Policy, plan: Plan) -> PreparedReasons:
    return PreparedReasons(plan)


def _routers(policy: Policy, plan: Plan) -> Mapping[object, Router]:
    rows: dict[str, list[Route]] = {}
    for row in plan.routes:
        rows.setdefault(row.organization, []).append(row)
    return {one: Router(policy, plan, listed) for one, listed in rows.items()}


def _private_facts(policy: Policy, plan: Plan) -> Answering:
    begin = f"{plan.key.partition('/')[0]}."
    own = (fact for path, fact in policy.facts.items() if path.startswith(begin))
    questions = Questions()
    for fact in (*facts_about(plan.key).values(), *own):
        if fact.holds.private:
            questions.number(fact)
    return questions.answering(policy, plan)
