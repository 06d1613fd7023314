# SPDX-License-Identifier: MIT
"""What a decision might say too, if more were known of its subject."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from caljobs_policy.decisions.decision import Decision, reader_of
from caljobs_policy.decisions.reasons import DutyArisen
from caljobs_policy.policy.conditions import Condition, facts_in
from caljobs_policy.policy.outcome import Outcome, Result
from caljobs_policy.policy.rules import (
    COORDINATOR,
    REQUESTOR,
    Check,
    DeadlineRule,
    DutyRule,
    Plan,
    Route,
    Template,
)
from caljobs_policy.policy.truth import leaf_from, truth
from caljobs_policy.subjects.facts import Fact, facts_about, kind_of_key, subject_key
from caljobs_policy.subjects.unknown import UNKNOWN, Truth


class OpenPoints:
    """What a decision leaves open; it leaves nothing open of a subject that is fully known."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.key = subject_key(decision.subject)
        in_scope = decision.outcome is not Outcome.OUT_OF_SCOPE
        self.plan = decision.policy.plans[self.key] if in_scope else Plan(self.key, ())
        self.read = reader_of(decision)
        self.leaf = leaf_from(self.read, self.read.zone)

    def _truth(self, condition: Condition) -> Truth:
        return truth(condition, self.leaf)

    def _are_known(self, facts: Iterable[Fact]) -> bool:
        return all(self.read(fact) is not UNKNOWN for fact in facts)

    def _is_known(self, name: str) -> bool:
        """Return whether a fact of the model is known, if such subjects have it."""
        fact = facts_about(self.key).get(f"{kind_of_key(self.key)}.{name}")
        return fact is None or self._are_known([fact])

    def finding(self, content: tuple[Hashable, ...]) -> bool:
        """Return whether a rule may find something, or an approval be needed."""
        findings = self.decision.findings
        rules = {one.rule for one in findings if one.result is Result.CANNOT_TELL}
        roles = {check.approval for check in self.plan.checks if check.id in rules}
        return content[0] in rules | roles

    def route(self, _: Hashable) -> bool:
        """Return whether a request may go elsewhere, or with another subject line."""
        if self._may_be_routed():
            return True
        return not all(self._are_known(_facts_in(row.subject or ())) for row in self._rows())

    def _may_be_routed(self) -> bool:
        """Return whether a request of which no route is known may have one."""
        return self.decision.route is None and any(self._rows())

    def _rows(self) -> Iterator[Route]:
        """Yield the rows that hold or may hold."""
        organization = getattr(self.decision.subject, "organization", "")
        for row in self.plan.routes:
            if organization in {UNKNOWN, row.organization} and self._truth(row.when) is not False:
                yield row

    def duty(self, content: DutyArisen) -> bool:
        """Return whether a duty may arise, or fall to others, or be due at another time."""
        rules = (one for one in self.plan.duties if self.decision.outcome in one.arises)
        return any(self._may_be(rule, content) for rule in rules)

    def _may_be(self, rule: DutyRule, duty: DutyArisen) -> bool:
        facts = _facts_in(rule.what)
        arises = self._truth(rule.when)
        if arises is False or (not facts and "".join(map(str, rule.what)) != duty.what):
            return False
        named = {rule.who, rule.to, *rule.cc}
        parties = [
            COORDINATOR not in named
            or (self._is_known("organization") and not self._may_be_routed()),
            REQUESTOR not in named or self._is_known("requestor.role"),
        ]
        due = [self._is_open(one) for one in self.plan.deadlines if one.name == rule.by]
        return arises is None or not (all(parties) and self._are_known(facts)) or any(due)

    def deadline(self, content: tuple[Hashable, ...]) -> bool:
        """Return whether a deadline may be set, due at another time, or met."""
        return any(self._is_open(rule) for rule in self.plan.deadlines if rule.name == content[0])

    def cited(self, content: DutyArisen | tuple[Hashable, ...]) -> bool:
        """Return whether a clause may be cited, or not cited, for a reason that is not known."""
        if isinstance(content, DutyArisen):
            return self.duty(content)
        what, *about = content
        if what == "route":
            return self._may_be_routed()
        if what == "deadline":
            return self.deadline((*about,))
        return self.finding((*about,)) or not all(map(self._is_told, self._checks(about[0])))

    def _checks(self, name: Hashable) -> Iterator[Check]:
        """Yield the checks of a name that are not met."""
        for number in self.decision.hits:
            if self.plan.checks and self.plan.checks[number].id == name:
                yield self.plan.checks[number]

    def _is_told(self, check: Check) -> bool:
        """Return whether it is known how a check fails."""
        where = [condition for condition, _ in check.clauses_where]
        return self._are_known(facts_in(check.require, *check.kinds.values(), *where))

    def _is_open(self, rule: DeadlineRule) -> bool:
        if self._truth(rule.when) is False:
            return False
        legs = [leg for leg in rule.legs if self._truth(leg.when) is not False]
        conditions = [rule.when, rule.met_when, *(leg.when for leg in legs)]
        triggers = (fact for leg in legs for fact in leg.triggers)
        return None in map(self._truth, conditions) or not self._are_known(triggers)


def _facts_in(template: Template) -> list[Fact]:
    return [part for part in template if isinstance(part, Fact)]
