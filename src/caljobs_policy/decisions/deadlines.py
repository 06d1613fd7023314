# SPDX-License-Identifier: MIT
"""The deadlines of a subject: when they are due, and how that was counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any, TypeAlias

from attrs import frozen

from caljobs_policy.dates.durations import (
    Duration,
    Moment,
    Unit,
    compare,
    day_of,
    days_from,
    in_zone,
    plus,
)
from caljobs_policy.decisions.messages import Answers
from caljobs_policy.decisions.questions import Questions
from caljobs_policy.decisions.reasons import Counted, DeadlineSet, steps_of
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import DeadlineRule, Leg, Plan
from caljobs_policy.subjects.facts import Subject
from caljobs_policy.subjects.unknown import UNKNOWN


class DeadlineCounter:
    """Counts the deadlines of subjects of one plan."""

    def __init__(self, policy: Policy, plan: Plan) -> None:
        questions = Questions()
        rules = [_CountedRule(rule, questions, policy.zone) for rule in plan.deadlines]
        self.rules: Sequence[_CountedRule] = rules
        self.answers = questions.answering(policy, plan)

    def counted(self, subject: Subject, at: datetime) -> Deadlines:
        """Return what becomes of the deadlines of a subject at a moment."""
        answers = self.answers(subject, at)
        found = [(rule.deadline(answers), rule) for rule in self.rules]
        return Deadlines(answers, self.rules, [(one, rule) for one, rule in found if one])


@frozen(eq=False)
class Deadlines:
    """The deadlines of a subject."""

    answers: Answers
    rules: Sequence[_CountedRule]
    known: Sequence[tuple[DeadlineSet, _CountedRule]]
    """Those whose triggers are known, with their rules."""

    def due(self, name: str) -> Moment | None:
        """Return when a deadline is due, None while that is not known."""
        # Where several have one name, the last counts.
        return {deadline.name: deadline.due for deadline, _ in self.known}.get(name)

    @property
    def readings(self) -> Iterator[str]:
        """The readings behind those that are known."""
        for deadline, rule in self.known:
            yield from rule.readings(deadline, self.answers)

    @property
    def latest_due(self) -> Mapping[str, Moment]:
        """The latest due time of each other deadline of which some trigger is known."""
        known = {deadline.rule for deadline, _ in self.known}
        latest = {
            one.rule.id: one.latest_due(self.answers)
            for one in self.rules
            if one.rule.id not in known
        }
        return {rule: due for rule, due in latest.items() if due is not None}


class _CountedRule:
    """A deadline, with the numbers of the questions that decide when it is due."""

    def __init__(self, rule: DeadlineRule, questions: Questions, zone: tzinfo) -> None:
        self.rule = rule
        self.zone = zone
        self.clauses = tuple(dict.fromkeys(rule.clauses))
        self.when = questions.number(rule.when)
        self.legs = tuple(_CountedLeg(leg, questions, zone) for leg in rule.legs)
        self.met_when = questions.number(rule.met_when)
        self.met_by = questions.numbers(rule.met_by)
        self.where = [(questions.number(c), readings) for c, readings in rule.readings_where]

    def deadline(self, answers: Answers) -> DeadlineSet | None:
        """Return the deadline, the earliest of its legs, or None while a leg is not known."""
        if answers[self.when] is not True:
            return None
        counted = []
        for leg in self.legs:
            applies = answers[leg.when]
            if applies is False:
                continue
            ends = leg.counted(answers)
            if applies is None or ends is UNKNOWN:
                return None
            if ends is not None:
                counted.append((ends, leg))
        return self._set(counted, answers) if counted else None

    def _set(self, counted: _Ends, answers: Answers) -> DeadlineSet:
        rule, is_met = self.rule, answers[self.met_when] is True
        due = _earliest([one.end for one, _ in counted], self.zone)
        steps = [step for one, leg in counted for step in steps_of(one, leg.length)]
        if len(counted) > 1:
            steps.append(f"the earliest of these is {due.isoformat()}")
        cited = [clause for _, leg in counted for clause in leg.clauses]
        return DeadlineSet(
            rule.name,
            rule.title,
            due,
            tuple(steps),
            tuple(dict.fromkeys((*self.clauses, *cited))) if cited else self.clauses,
            is_met,
            self._met_on(answers) if is_met else None,
            rule.id,
            tuple([one for one, _ in counted]),
        )

    def _met_on(self, answers: Answers) -> Moment | None:
        values = (answers[number] for number in self.met_by)
        return next((value for value in values if isinstance(value, date)), None)

    def readings(self, deadline: DeadlineSet, answers: Answers) -> Iterator[str]:
        """Yield the readings behind the deadline, and those of its conditions that may hold."""
        yield from self.rule.readings
        for condition, readings in self.where:
            if answers[condition] is not False:
                yield from readings
        if not deadline.is_met:
            yield from self.rule.readings_open

    def latest_due(self, answers: Answers) -> Moment | None:
        """Return the earliest end of the known legs; an unknown leg may end before it."""
        if answers[self.when] is not True:
            return None
        counted = [leg.counted(answers) for leg in self.legs if answers[leg.when] is True]
        ends = [one.end for one in counted if isinstance(one, Counted)]
        return _earliest(ends, self.zone) if ends else None


class _CountedLeg:
    """A leg of a deadline, with the numbers of the questions that decide when it ends."""

    def __init__(self, leg: Leg, questions: Questions, zone: tzinfo) -> None:
        self.when = questions.number(leg.when)
        self.triggers = tuple((questions.number(fact), fact.path) for fact in leg.triggers)
        self.count = leg.count
        self.length = str(leg.count)
        self.clauses = leg.clauses
        self.zone = zone

    def counted(self, answers: Answers) -> Any:
        """Count from the first fact that exists, or return UNKNOWN or None."""
        for number, path in self.triggers:
            start = answers[number]
            if start is UNKNOWN:
                return UNKNOWN
            if start is not None:
                return self._counted(path, start)
        return None

    def _counted(self, path: str, start: Moment) -> Counted:
        count, zone = self.count, self.zone
        if count.unit is Unit.DAYS and start.__class__ is date:
            return Counted(path, start, count, days_from(start, count.amount - (count.early or 0)))
        end = plus(start, count, zone)
        if isinstance(end, datetime):
            # A count from a day ends with a day, as operators compare it.
            end = in_zone(end, zone) if isinstance(start, datetime) else day_of(end, zone)
        skipped = tuple(_skipped(day_of(start, zone), day_of(end, zone), count))
        return Counted(path, start, count, end, skipped)


_Ends: TypeAlias = Sequence[tuple[Counted, _CountedLeg]]


def _earliest(ends: Sequence[Moment], zone: tzinfo) -> Moment:
    """Return the earliest end; a time comes before the end of its own day."""
    due = ends[0]
    for end in ends[1:]:
        order = compare(end, due, zone)
        if order < 0 or (order == 0 and isinstance(end, datetime)):
            due = end
    return due


def _skipped(start: date, end: date, count: Duration) -> Iterator[tuple[date, str]]:
    """Yield the days in between that do not count, each with its reason."""
    if count.unit is not Unit.BUSINESS_DAYS or count.calendar is None:
        return
    for step in range(1, (end - start).days):
        day = days_from(start, step)
        reason = count.calendar.reason(day)
        if reason is not None:
            yield day, reason
