# SPDX-License-Identifier: MIT
"""The reasons of a decision, computed when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import Any

from attrs.exceptions import FrozenInstanceError

from caljobs_policy.dates.durations import Moment
from caljobs_policy.decisions.deadlines import deadlines_set, latest_due
from caljobs_policy.decisions.decision import Decision, reader_of
from caljobs_policy.decisions.findings import found_of
from caljobs_policy.decisions.follow_up import duties_arisen, route_taken
from caljobs_policy.decisions.reasons import (
    ApprovalSought,
    DeadlineSet,
    DutyArisen,
    Finding,
    RouteTaken,
    without_rules,
)
from caljobs_policy.decisions.resting import behind_deadline, behind_route
from caljobs_policy.decisions.search import settle_check
from caljobs_policy.policy.outcome import OPEN_RESULTS, Outcome, Result
from caljobs_policy.policy.rules import Check, DeadlineRule, DutyRule, Plan, Route
from caljobs_policy.policy.speech import Speech
from caljobs_policy.policy.truth import Leaf, leaf_from, truth
from caljobs_policy.subjects.facts import Fact, facts_about, subject_key, subject_title
from caljobs_policy.subjects.reader import FactReader
from caljobs_policy.subjects.unknown import Truth


class Explanation:
    """The reasons of one decision; each part is computed when first asked for."""

    decision: Decision
    plan: Plan | None
    reader: FactReader
    read: Callable[[Fact], Any]
    leaf: Leaf
    speech: Speech

    def __init__(self, decision: Decision) -> None:
        reader = reader_of(decision)
        read = cache(reader)
        plan = decision.policy.plans.get(subject_key(decision.subject))
        # Cached properties go into the same `__dict__`, past `__setattr__`.
        self.__dict__.update(
            decision=decision,
            plan=plan,
            reader=reader,
            read=read,
            leaf=cache(leaf_from(read, decision.policy.zone)),
            speech=decision.policy.speech(plan),
        )

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError

    @property
    def in_scope(self) -> bool:
        """Whether the policy covers the subject."""
        return self.plan is not None and self.decision.outcome is not Outcome.OUT_OF_SCOPE

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that are not met, pending, or `cannot_tell`."""
        if not self.in_scope:
            return self.all_findings
        return tuple(self._open.values())

    @cached_property
    def all_findings(self) -> tuple[Finding, ...]:
        """The findings of all rules or, out of scope, of what puts the subject there."""
        if self.plan is None:
            title_of = self.decision.policy.title_of
            title = subject_title(subject_key(self.decision.subject), title_of)
            return (without_rules(title, self.decision.policy.editions[0]),)
        if not self.in_scope:
            return tuple(self._exempting())
        return tuple(
            self._open.get(check) or self._finding(check, result, needs)
            for check, (result, needs) in self._results.items()
        )

    @cached_property
    def route(self) -> RouteTaken | None:
        """Where the request goes."""
        return self._route[0]

    @cached_property
    def approvals(self) -> tuple[ApprovalSought, ...]:
        """The approvals that it needs."""
        if not self.in_scope:
            return ()
        sought = (
            (check, self._result(number, check)[0])
            for number, check in enumerate(self._plan.checks)
            if check.approval is not None
        )
        return tuple(
            ApprovalSought(str(check.approval), result is Result.MET, check.clauses)
            for check, result in sought
            if result is not Result.NOT_APPLICABLE
        )

    @cached_property
    def duties(self) -> tuple[DutyArisen, ...]:
        """What someone has to do now."""
        return self._duties[0]

    @cached_property
    def deadlines(self) -> tuple[DeadlineSet, ...]:
        """The deadlines whose triggers are known."""
        return self._deadlines[0]

    @cached_property
    def latest_due(self) -> Mapping[str, Moment]:
        """The latest due time of each deadline with only some triggers known, by its rule."""
        return latest_due(self.decision, self._plan, self.leaf) if self.in_scope else {}

    @cached_property
    def readings(self) -> tuple[str, ...]:
        """The readings that the findings, the route, the deadlines and the duties rest on."""
        return self._resting(self.findings)

    @cached_property
    def all_readings(self) -> tuple[str, ...]:
        """The readings that all rules rest on, whatever their results."""
        return self._resting(self.all_findings)

    def _resting(self, findings: Iterable[Finding]) -> tuple[str, ...]:
        resting = {reading for finding in findings for reading in finding.readings}
        for row in self._route[1]:
            resting.update(behind_route(row, facts_about(self._plan.key), self.read))
        for found, rule in zip(*self._deadlines, strict=True):
            resting.update(behind_deadline(rule, found, self.leaf))
        resting.update(reading for duty in self._duties[1] for reading in duty.readings)
        return tuple(sorted(resting))

    @property
    def _plan(self) -> Plan:
        if self.plan is None:
            raise LookupError("the policy has no rules about such a subject")
        return self.plan

    @cached_property
    def _route(self) -> tuple[RouteTaken | None, list[Route]]:
        return route_taken(self.decision, self._plan, self.leaf) if self.in_scope else (None, [])

    @cached_property
    def _deadlines(self) -> tuple[tuple[DeadlineSet, ...], list[DeadlineRule]]:
        return deadlines_set(self.decision, self._plan, self.leaf) if self.in_scope else ((), [])

    @cached_property
    def _duties(self) -> tuple[tuple[DutyArisen, ...], list[DutyRule]]:
        if not self.in_scope:
            return (), []
        return duties_arisen(self.decision, self._plan, self.route, self.deadlines, self.leaf)

    @cached_property
    def _open(self) -> Mapping[Check, Finding]:
        """The findings that every answer includes, by their checks."""
        checks = self._plan.checks
        numbers = sorted({*self.decision.hits, *self.decision.unsure})
        found = ((checks[n], *self._result(n, checks[n])) for n in numbers)
        return {
            check: self._finding(check, result, needs)
            for check, result, needs in found
            if result in OPEN_RESULTS
        }

    @cached_property
    def _results(self) -> Mapping[Check, tuple[Result, frozenset[Fact]]]:
        checks = enumerate(self._plan.checks)
        return {check: self._result(number, check) for number, check in checks}

    def _result(self, number: int, check: Check) -> tuple[Result, frozenset[Fact]]:
        """Return the result of a check, with the facts that it still needs."""
        violated: bool | None = number in self.decision.hits
        needs: frozenset[Fact] = frozenset()
        if number in self.decision.unsure:
            violated, needs = self._settled(check)
        if violated is None:
            return Result.CANNOT_TELL, needs
        if violated:
            return Result.PENDING if check.pending else Result.NOT_MET, needs
        if check.exempts or truth(check.when, self.leaf) is False:
            return Result.NOT_APPLICABLE, needs
        return Result.MET, needs

    def _settled(self, check: Check) -> tuple[Truth, frozenset[Fact]]:
        """Return whether a check fails whatever the unknown facts are, or else which decide."""
        if check not in self._searched:
            self._searched[check] = settle_check(self.decision.policy, check, self.reader)
        return self._searched[check]

    @cached_property
    def _searched(self) -> dict[Check, tuple[Truth, frozenset[Fact]]]:
        return {}

    def _exempting(self) -> Iterator[Finding]:
        """Yield the exemption that holds or, if only one of several must, all that may hold."""
        plan = self._plan
        known = [n for n in self.decision.hits if n < plan.exemptions]
        if known:
            yield self._finding(plan.checks[known[0]], Result.NOT_MET)
            return
        for check, (result, needs) in self._results.items():
            if check.exempts and result is not Result.NOT_APPLICABLE:
                yield self._finding(check, result, needs)

    def _finding(
        self, check: Check, result: Result, needs: frozenset[Fact] = frozenset()
    ) -> Finding:
        return found_of(self, check, result, needs)
