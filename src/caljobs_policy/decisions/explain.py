# SPDX-License-Identifier: MIT
"""The reasons of a decision, computed when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from attrs.exceptions import FrozenInstanceError

from caljobs_policy.dates.durations import Moment
from caljobs_policy.decisions.deadlines import NO_DEADLINES, Deadlines
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.findings import Case, FindingMaker
from caljobs_policy.decisions.follow_up import Arisen
from caljobs_policy.decisions.messages import in_text
from caljobs_policy.decisions.prepared import PreparedReasons, prepared_for
from caljobs_policy.decisions.reasons import (
    ApprovalSought,
    Brief,
    DeadlineSet,
    DutyArisen,
    Finding,
    RouteTaken,
    without_rules,
)
from caljobs_policy.decisions.search import settle_check
from caljobs_policy.errors.privacy import Secrets
from caljobs_policy.plain.kept import kept
from caljobs_policy.policy.outcome import FOUND_RESULTS, OPEN_RESULTS, Outcome, Result
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check, Plan
from caljobs_policy.policy.speech import Speech
from caljobs_policy.subjects.facts import Fact, Subject, subject_key, subject_title
from caljobs_policy.subjects.reader import FactReader
from caljobs_policy.subjects.unknown import Truth

_NOTHING: Final[frozenset[Fact]] = frozenset()


class Explanation:
    """The reasons of one decision; each part is computed when first asked for."""

    policy: Policy
    subject: Subject
    at: datetime
    outcome: Outcome
    hits: tuple[int, ...]
    unsure: tuple[int, ...]
    plan: Plan | None
    prepared: PreparedReasons
    """What makes the reasons, if there is a plan."""
    in_scope: bool
    """Whether the policy covers the subject."""

    def __init__(self, decision: Decision) -> None:
        policy, subject, outcome = decision.policy, decision.subject, decision.outcome
        plan = policy.plans.get(subject_key(subject))
        # Kept properties go into the same `__dict__`, past `__setattr__`. The decision does not:
        # it keeps its reasons, so neither would go before the collector of garbage runs.
        kept_here = self.__dict__
        kept_here["policy"] = policy
        kept_here["subject"] = subject
        kept_here["at"] = decision.at
        kept_here["outcome"] = outcome
        kept_here["hits"] = decision.hits
        kept_here["unsure"] = decision.unsure
        kept_here["plan"] = plan
        kept_here["in_scope"] = plan is not None and outcome is not Outcome.OUT_OF_SCOPE
        if plan is not None:
            kept_here["prepared"] = prepared_for(policy, plan)

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError

    @kept
    def findings(self) -> tuple[Finding, ...]:
        """The findings that are not met, pending, or `cannot_tell`."""
        if not self.in_scope:
            return self.all_findings
        return tuple([case.maker.finding(self, case) for case in self._open.values()])

    @kept
    def all_findings(self) -> tuple[Finding, ...]:
        """The findings of all rules or, out of scope, of what puts the subject there."""
        if self.plan is None:
            title_of = self.policy.title_of
            title = subject_title(subject_key(self.subject), title_of)
            return (without_rules(title, self.policy.editions[0]),)
        return tuple(self.looked_at.values())

    @kept
    def looked_at(self) -> Mapping[int, Finding]:
        """The finding of each check that was looked at, by its number."""
        if self.plan is None:
            return {}
        if not self.in_scope:
            return dict(self._exempting())
        found = dict(zip(self._open, self.findings, strict=True))
        return {
            number: found.get(number) or self._finding(number, *self._result(number))
            for number in range(len(self.plan.checks))
        }

    def kind_of_failure(self, number: int) -> str:
        """Return in which way a check is not met, given its number."""
        return self._maker(number).kind(self)

    def briefs(self, is_wanted: Callable[[Check], bool]) -> Sequence[Brief]:
        """Return in brief what some checks find wrong or coming due with a subject in scope."""
        found = []
        for number in self._numbers if self.in_scope else ():
            if is_wanted(self._plan.checks[number]):
                result, needs = self._result(number)
                if result in FOUND_RESULTS:
                    maker = self._maker(number)
                    found.append(maker.brief(self, maker.case(self, result, needs)))
        return found

    @property
    def route(self) -> RouteTaken | None:
        """Where the request goes."""
        return self._route[0]

    @kept
    def approvals(self) -> tuple[ApprovalSought, ...]:
        """The approvals that it needs."""
        numbers = self.prepared.approvals if self.in_scope else ()
        if not numbers:
            return ()
        sought = [(self._plan.checks[number], self._result(number)[0]) for number in numbers]
        return tuple(
            ApprovalSought(str(check.approval), result is Result.MET, check.clauses)
            for check, result in sought
            if result is not Result.NOT_APPLICABLE
        )

    @property
    def duties(self) -> tuple[DutyArisen, ...]:
        """What someone has to do now."""
        return self._duties[0]

    @property
    def deadlines(self) -> tuple[DeadlineSet, ...]:
        """The deadlines whose triggers are known."""
        return self.counted.sets

    @kept
    def latest_due(self) -> Mapping[str, Moment]:
        """The latest due time of each deadline with only some triggers known, by its rule."""
        return self.counted.latest_due

    @kept
    def readings(self) -> tuple[str, ...]:
        """The readings that the findings, the route, the deadlines and the duties rest on."""
        return self._resting(self._open.values() if self.in_scope else self.findings)

    @kept
    def all_readings(self) -> tuple[str, ...]:
        """The readings that all rules rest on, whatever their results."""
        return self._resting(self.all_findings)

    @kept
    def counted(self) -> Deadlines:
        """The deadlines, with what they were counted by."""
        if not self.in_scope:
            return NO_DEADLINES
        return self.prepared.deadline_counter(self.policy).counted(self.subject, self.at)

    @kept
    def reader(self) -> FactReader:
        """What reads the facts of the subject."""
        return FactReader(self.subject, self.at, self.policy.zone)

    @kept
    def speech(self) -> Speech:
        """The names of facts and words in sentences."""
        return self.policy.speech(self.plan)

    @kept
    def secrets(self) -> Secrets:
        """What no text may reveal of the subject."""
        answers = self.prepared.private_facts(self.policy)
        return Secrets.of(answers(self.subject, self.at))

    def due_in_text(self, name: str) -> str:
        """Return when a deadline is due, or is at the latest while one of its legs is not known."""
        deadline = next((one for one in self.deadlines if one.name == name), None)
        if deadline is not None:
            return in_text(deadline.due)
        rule = next(rule for rule in self._plan.deadlines if rule.name == name)
        latest = self.latest_due.get(rule.id)
        return "(not known)" if latest is None else f"{in_text(latest)} at the latest"

    def _resting(self, findings: Iterable[Finding | Case]) -> tuple[str, ...]:
        resting: set[str] = set()
        for finding in findings:
            resting.update(finding.readings)
        resting.update(self._route[1], *self.counted.readings)
        for owed in self._duties[1]:
            resting.update(owed.rule.readings)
        return tuple(sorted(resting))

    @property
    def _plan(self) -> Plan:
        if self.plan is None:
            raise LookupError("the policy has no rules about such a subject")
        return self.plan

    @kept
    def _route(self) -> tuple[RouteTaken | None, Sequence[str]]:
        """The route, with the readings behind it."""
        if not self.in_scope or not self._plan.routes:
            return None, ()
        organization = getattr(self.subject, "organization", None)
        router = self.prepared.router(self.policy, organization)
        return router.route(self) if router is not None else (None, ())

    @kept
    def _duties(self) -> Arisen:
        if not self.in_scope:
            return (), ()
        return self.prepared.duty_finder(self.policy, self.outcome).arisen(self)

    @property
    def _numbers(self) -> Sequence[int]:
        """The numbers of the checks that are not met, or may not be."""
        return sorted({*self.hits, *self.unsure}) if self.unsure else self.hits

    @kept
    def _open(self) -> Mapping[int, Case]:
        """What every answer finds, by the numbers of the checks."""
        if not self.unsure:
            # The usual case, made fast.
            makers = ((number, self._maker(number)) for number in self.hits)
            return {number: maker.case(self, maker.broken, _NOTHING) for number, maker in makers}
        found = {}
        for number in self._numbers:
            result, needs = self._result(number)
            if result in OPEN_RESULTS:
                found[number] = self._maker(number).case(self, result, needs)
        return found

    def _result(self, number: int) -> tuple[Result, frozenset[Fact]]:
        """Return the result of a check, with the facts that it still needs."""
        check = self._plan.checks[number]
        violated: bool | None = number in self.hits
        needs = _NOTHING
        if number in self.unsure:
            violated, needs = self._settled(number)
        if violated is None:
            return Result.CANNOT_TELL, needs
        if violated:
            return self._maker(number).broken, needs
        if check.exempts or self._maker(number).applies(self) is False:
            return Result.NOT_APPLICABLE, needs
        return Result.MET, needs

    def _settled(self, number: int) -> tuple[Truth, frozenset[Fact]]:
        """Return whether a check fails whatever the unknown facts are, or else which decide."""
        if number not in self._searched:
            check = self._plan.checks[number]
            self._searched[number] = settle_check(self.policy, check, self.reader)
        return self._searched[number]

    @kept
    def _searched(self) -> dict[int, tuple[Truth, frozenset[Fact]]]:
        return {}

    def _exempting(self) -> Iterator[tuple[int, Finding]]:
        """Yield the exemption that holds or, if only one of several must, all that may hold."""
        known = [n for n in self.hits if n < self._plan.exemptions]
        if known:
            yield known[0], self._finding(known[0], Result.NOT_MET)
            return
        for number in range(self._plan.exemptions):
            result, needs = self._result(number)
            if result is not Result.NOT_APPLICABLE:
                yield number, self._finding(number, result, needs)

    def _finding(
        self, number: int, result: Result, needs: frozenset[Fact] = frozenset()
    ) -> Finding:
        maker = self._maker(number)
        return maker.finding(self, maker.case(self, result, needs))

    def _maker(self, number: int) -> FindingMaker:
        return self.prepared.finding_maker(self.policy, number)
