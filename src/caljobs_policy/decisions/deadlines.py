# SPDX-License-Identifier: MIT
"""The deadlines of a subject: when they are due, and how that was counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any

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
from caljobs_policy.decisions.decision import Decision, reader_of
from caljobs_policy.decisions.reasons import Counted, DeadlineSet
from caljobs_policy.policy.rules import DeadlineRule, Leg, Plan
from caljobs_policy.policy.truth import Leaf, truth
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.unknown import UNKNOWN


def deadlines_set(
    decision: Decision, plan: Plan, leaf: Leaf
) -> tuple[tuple[DeadlineSet, ...], list[DeadlineRule]]:
    """Return the deadlines whose triggers are known, with their rules."""
    found = [(deadline_set(decision, rule, leaf), rule) for rule in plan.deadlines]
    known = [(deadline, rule) for deadline, rule in found if deadline is not None]
    return tuple(deadline for deadline, _ in known), [rule for _, rule in known]


def deadline_set(decision: Decision, rule: DeadlineRule, leaf: Leaf) -> DeadlineSet | None:
    """Return a deadline, the earliest of its legs, or None while a leg is not known."""
    if truth(rule.when, leaf) is not True:
        return None
    counted: list[Counted] = []
    cited = dict.fromkeys(rule.clauses)
    for leg in rule.legs:
        applies = truth(leg.when, leaf)
        if applies is False:
            continue
        ends = _counted(decision, leg)
        if applies is None or ends is UNKNOWN:
            return None
        if ends is not None:
            counted.append(ends)
            cited.update(dict.fromkeys(leg.clauses))
    if not counted:
        return None
    is_met = truth(rule.met_when, leaf) is True
    due = _earliest([one.end for one in counted], decision.policy.zone)
    steps = [step for one in counted for step in one.steps]
    if len(counted) > 1:
        steps.append(f"the earliest of these is {due.isoformat()}")
    return DeadlineSet(
        rule.name,
        rule.title,
        due,
        tuple(steps),
        tuple(cited),
        is_met=is_met,
        met_on=_first_known(rule.met_by, decision) if is_met else None,
        rule=rule.id,
        counted=tuple(counted),
    )


def latest_due(decision: Decision, plan: Plan, leaf: Leaf) -> Mapping[str, Moment]:
    """Return the latest due time of each deadline that is not set yet, by its rule."""
    known = {deadline.rule for deadline in decision.deadlines}
    latest = {
        rule.id: _earliest_known(decision, rule, leaf)
        for rule in plan.deadlines
        if rule.id not in known and truth(rule.when, leaf) is True
    }
    return {rule: due for rule, due in latest.items() if due is not None}


def _earliest_known(decision: Decision, rule: DeadlineRule, leaf: Leaf) -> Moment | None:
    """Return the earliest end of the known legs; an unknown leg may end before it."""
    counted = [_counted(decision, leg) for leg in rule.legs if truth(leg.when, leaf) is True]
    ends = [one.end for one in counted if isinstance(one, Counted)]
    return _earliest(ends, decision.policy.zone) if ends else None


def _earliest(ends: Sequence[Moment], zone: tzinfo) -> Moment:
    """Return the earliest end; a time comes before the end of its own day."""
    due = ends[0]
    for end in ends[1:]:
        order = compare(end, due, zone)
        if order < 0 or (order == 0 and isinstance(end, datetime)):
            due = end
    return due


def _first_known(facts: tuple[Fact, ...], decision: Decision) -> Moment | None:
    values = map(reader_of(decision), facts)
    return next((value for value in values if isinstance(value, date)), None)


def _counted(decision: Decision, leg: Leg) -> Any:
    """Count a leg from the first fact that exists, or return UNKNOWN or None."""
    zone = decision.policy.zone
    read = reader_of(decision)
    for fact in leg.triggers:
        start = read(fact)
        if start is UNKNOWN:
            return UNKNOWN
        if start is not None:
            end = plus(start, leg.count, zone)
            if isinstance(end, datetime):
                # A count from a day ends with a day, as operators compare it.
                starts_at_a_time = isinstance(start, datetime)
                end = in_zone(end, zone) if starts_at_a_time else day_of(end, zone)
            skipped = tuple(_skipped(day_of(start, zone), day_of(end, zone), leg.count))
            return Counted(fact.path, start, leg.count, end, skipped)
    return None


def _skipped(start: date, end: date, count: Duration) -> Iterator[tuple[date, str]]:
    """Yield the days in between that do not count, each with its reason."""
    if count.unit is not Unit.BUSINESS_DAYS or count.calendar is None:
        return
    for step in range(1, (end - start).days):
        day = days_from(start, step)
        reason = count.calendar.reason(day)
        if reason is not None:
            yield day, reason
