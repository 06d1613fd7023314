# SPDX-License-Identifier: MIT
"""The deadlines of a subject: when they are due, and how that was counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from itertools import chain
from typing import Final, TypeAlias

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
from caljobs_policy.plain.kept import kept
from caljobs_policy.plain.making import maker_of
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import DeadlineRule, Leg, Plan
from caljobs_policy.subjects.facts import Subject
from caljobs_policy.subjects.unknown import UNKNOWN, Maybe

_made: Final = maker_of(DeadlineSet)
_made_count: Final = maker_of(Counted)


class DeadlineCounter:
    """Counts the deadlines of subjects of one plan."""

    def __init__(self, policy: Policy, plan: Plan) -> None:
        questions = Questions()
        rules = [_CountedRule(rule, questions, policy.zone) for rule in plan.deadlines]
        self.rules: Sequence[_CountedRule] = rules
        self.answers = questions.answering(policy, plan)

    def counted(self, subject: Subject, at: datetime) -> Deadlines:
        """Return what becomes of the deadlines of a subject at a moment."""
        return Deadlines(self.answers(subject, at), self.rules)


class Deadlines:
    """The deadlines of a subject; what is not asked for is not counted."""

    def __init__(self, answers: Answers, rules: Sequence[_CountedRule]) -> None:
        self.answers = answers
        self.rules = rules
        begun = [(rule, rule.begun(answers)) for rule in rules]
        self.known = [(rule, starts) for rule, starts in begun if starts]
        """The rules of those whose triggers are known, with these."""

    @kept
    def sets(self) -> tuple[DeadlineSet, ...]:
        """The deadlines whose triggers are known."""
        return tuple([rule.deadline(starts, self.answers) for rule, starts in self.known])

    def due(self, name: str) -> Moment | None:
        """Return when a deadline is due, None while that is not known."""
        # Where several have one name, the last counts.
        return {deadline.name: deadline.due for deadline in self.sets}.get(name)

    @property
    def readings(self) -> Iterator[Sequence[str]]:
        """The readings behind each that is known."""
        return (rule.readings(self.answers) for rule, _ in self.known)

    @property
    def latest_due(self) -> Mapping[str, Moment]:
        """The latest due time of each other deadline of which some trigger is known."""
        known = {rule.rule.id for rule, _ in self.known}
        latest = {
            one.rule.id: one.latest_due(self.answers)
            for one in self.rules
            if one.rule.id not in known
        }
        return {rule: due for rule, due in latest.items() if due is not None}


NO_DEADLINES: Final = Deadlines((), ())


class _CountedRule:
    """A deadline, with the numbers of the questions that decide when it is due."""

    def __init__(self, rule: DeadlineRule, questions: Questions, zone: tzinfo) -> None:
        self.rule = rule
        self.zone = zone
        self.when = questions.number(rule.when)
        self.legs = tuple(_CountedLeg(rule, leg, questions, zone) for leg in rule.legs)
        self.met_when = questions.number(rule.met_when)
        self.met_by = questions.numbers(rule.met_by)
        self.where = [(questions.number(c), readings) for c, readings in rule.readings_where]

    def begun(self, answers: Answers) -> Sequence[_Start]:
        """Return what the deadline is counted from, leg by leg; nothing while that is not known."""
        if answers[self.when] is not True:
            return ()
        found = []
        for leg in self.legs:
            applies = answers[leg.when]
            if applies is False:
                continue
            start = leg.start(answers)
            if applies is None or start is UNKNOWN:
                return ()
            if start is not None:
                found.append(start)
        return found

    def deadline(self, starts: Sequence[_Start], answers: Answers) -> DeadlineSet:
        """Return the deadline, the earliest of its legs."""
        rule, is_met = self.rule, answers[self.met_when] is True
        counted = tuple([leg.counted(path, start) for leg, path, start in starts])
        if len(counted) == 1:
            due, leg = counted[0].end, starts[0][0]
            steps, clauses = steps_of(counted[0], leg.length), leg.cited
        else:
            due, steps, clauses = self._earliest(counted, [leg for leg, _, _ in starts])
        return _made(
            rule.name,
            rule.title,
            due,
            steps,
            clauses,
            is_met,
            self._met_on(answers) if is_met else None,
            rule.id,
            counted,
        )

    def _earliest(
        self, counted: Sequence[Counted], legs: Sequence[_CountedLeg]
    ) -> tuple[Moment, tuple[str, ...], tuple[str, ...]]:
        """Return when the first of several counts ends, all of them in words, and their clauses."""
        due = _earliest([one.end for one in counted], self.zone)
        several = [steps_of(one, leg.length) for one, leg in zip(counted, legs, strict=True)]
        last = f"the earliest of these is {due.isoformat()}"
        steps = (*chain.from_iterable(several), last)
        return due, steps, tuple(dict.fromkeys(clause for leg in legs for clause in leg.cited))

    def _met_on(self, answers: Answers) -> Moment | None:
        values = (answers[number] for number in self.met_by)
        return next((value for value in values if isinstance(value, date)), None)

    def readings(self, answers: Answers) -> Sequence[str]:
        """Return the readings behind the deadline, and those of its conditions that may hold."""
        found = self.rule.readings
        for condition, readings in self.where:
            if answers[condition] is not False:
                found += readings
        return found if answers[self.met_when] is True else found + self.rule.readings_open

    def latest_due(self, answers: Answers) -> Moment | None:
        """Return the earliest end of the known legs; an unknown leg may end before it."""
        if answers[self.when] is not True:
            return None
        starts = [leg.start(answers) for leg in self.legs if answers[leg.when] is True]
        begun = [one for one in starts if one is not None and one is not UNKNOWN]
        ends = [leg.counted(path, start).end for leg, path, start in begun]
        return _earliest(ends, self.zone) if ends else None


class _CountedLeg:
    """A leg of a deadline, with the numbers of the questions that decide when it ends."""

    def __init__(self, rule: DeadlineRule, leg: Leg, questions: Questions, zone: tzinfo) -> None:
        self.when = questions.number(leg.when)
        self.triggers = tuple((questions.number(fact), fact.path) for fact in leg.triggers)
        self.count = leg.count
        self.length = str(leg.count)
        self.cited = tuple(dict.fromkeys((*rule.clauses, *leg.clauses)))
        self.zone = zone

    def start(self, answers: Answers) -> Maybe[_Start]:
        """Return the first fact that exists, from which it is counted, or UNKNOWN or None."""
        start: Maybe[Moment]
        for number, path in self.triggers:
            start = answers[number]
            if start is UNKNOWN:
                return UNKNOWN
            if start is not None:
                return self, path, start
        return None

    def counted(self, path: str, start: Moment) -> Counted:
        """Count from a fact."""
        count, zone = self.count, self.zone
        if count.unit is Unit.DAYS and start.__class__ is date:
            end = days_from(start, count.amount - (count.early or 0))
            return _made_count(path, start, count, end, ())
        end = plus(start, count, zone)
        if isinstance(end, datetime):
            # A count from a day ends with a day, as operators compare it.
            end = in_zone(end, zone) if isinstance(start, datetime) else day_of(end, zone)
        skipped = tuple(_skipped(day_of(start, zone), day_of(end, zone), count))
        return Counted(path, start, count, end, skipped)


_Start: TypeAlias = tuple[_CountedLeg, str, Moment]
"""A leg, and the fact that it is counted from: its name and its time."""


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
