# SPDX-License-Identifier: MIT
"""The entries of a work list, made from decisions about accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from caljobs_policy.dates.durations import compare, day_of, days_from, in_zone
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.reasons import DutyArisen, Finding
from caljobs_policy.errors.problems import Place, Problem, bounded
from caljobs_policy.policy.outcome import FOUND_RESULTS, Outcome, Result
from caljobs_policy.policy.policy import Policy
from caljobs_policy.rosters.entry import Moment, Reason, RosterEntry, Task, Urgency, obligation_of
from caljobs_policy.subjects.account import Account

_CALLING: Final = (Outcome.VIOLATION, Outcome.ATTENTION)
_UNDATED: Final = (None, False)


def unread(
    number: int, place: Place, username: str | None, problems: Iterable[Problem]
) -> RosterEntry:
    """Return the entry of a row that could not be evaluated."""
    return RosterEntry(
        number=number,
        place=place,
        username=username,
        organization=None,
        contact=None,
        outcome=None,
        urgency=Urgency.UNREAD,
        problems=bounded(problems),
    )


def quiet(
    policy: Policy, row: tuple[int, Place], username: Any, organization: Any, outcome: Outcome
) -> RosterEntry:
    """Return the entry of an account with which nothing is to be done."""
    number, place = row
    organization = _text(organization)
    return RosterEntry(
        number,
        place,
        _text(username),
        organization,
        _contact(policy, organization),
        Urgency.NONE,
        outcome,
    )


def entry_of(decision: Decision, number: int, place: Place, within: int) -> RosterEntry:
    """Return the entry of an account; `within` is how many days ahead its deadlines are listed."""
    account = decision.subject
    if not isinstance(account, Account):
        raise TypeError("a work list is made of accounts")
    tasks = _tasks(decision, within)
    reasons, duties, deadlines = tasks
    organization = _text(account.organization)
    due, at_latest = _earliest((*reasons, *duties, *deadlines))
    return RosterEntry(
        number,
        place,
        _text(account.username),
        organization,
        _contact(decision.policy, organization),
        _urgency(decision, is_open=any(tasks)),
        decision.outcome,
        due,
        at_latest,
        reasons,
        duties,
        deadlines,
        decision.needs,
    )


def _contact(policy: Policy, organization: str | None) -> str | None:
    plan = policy.plans.get("account")
    return None if plan is None else plan.coordinators.get(organization or "")


def _local(due: Moment | None, decision: Decision) -> Moment | None:
    """Return a time in the zone of the policy, so that its day is that of the work list."""
    if not isinstance(due, datetime):
        return due
    zone = decision.policy.zone
    return in_zone(due, zone).astimezone(zone)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _coming(decision: Decision, within: int) -> Iterator[Task]:
    """Yield the deadlines that are neither met nor past, and at most `within` days ahead."""
    zone = decision.policy.zone
    today = day_of(decision.at, zone)
    last = days_from(today, within)
    for deadline in decision.deadlines:
        is_near = not deadline.is_met and today <= day_of(deadline.due, zone) <= last
        if is_near and compare(deadline.due, decision.at, zone) >= 0:
            due = _local(deadline.due, decision)
            yield Task(deadline.rule, deadline.title, deadline.clauses, due=due)


def _tasks(
    decision: Decision, within: int
) -> tuple[tuple[Reason, ...], tuple[Task, ...], tuple[Task, ...]]:
    """Return what is wrong or coming due, the open duties and the deadlines that come."""
    coming = _coming(decision, within)
    if decision.outcome is Outcome.COMPLIANT:
        return (), (), tuple(coming)
    dated = _dated(decision)
    open_ = {duty.rule for duty in decision.duties}
    # An open duty is listed as a duty, so its finding would say it twice.
    found = [
        _reason(finding, *(dated.get(obligation_of(finding.rule)) or _passed(finding, decision)))
        for finding in decision.findings
        if finding.result in FOUND_RESULTS
        and finding.outcome in _CALLING
        and finding.rule not in open_
    ]
    told = {reason.obligation for reason in found}
    by = _deadlines_of_duties(decision)
    duties = [_task(duty, *dated.get(by.get(duty.rule, ""), _UNDATED)) for duty in decision.duties]
    deadlines = [task for task in coming if task.rule not in told]
    return tuple(sorted(found, key=_order)), tuple(duties), tuple(deadlines)


def _dated(decision: Decision) -> Mapping[str, tuple[Moment | None, bool]]:
    """Return when each deadline is due, by its rule, and whether that is at the latest."""
    known = {deadline.rule: deadline.due for deadline in decision.deadlines}
    latest = decision.reasons.latest_due
    return {
        **{rule: (_local(due, decision), True) for rule, due in latest.items()},
        **{rule: (_local(due, decision), False) for rule, due in known.items()},
    }


def _passed(finding: Finding, decision: Decision) -> tuple[Moment | None, bool]:
    """Return when a missed deadline under a finding's clauses was due."""
    zone = decision.policy.zone
    if finding.result is not Result.NOT_MET:
        return _UNDATED
    passed = (
        _local(deadline.due, decision)
        for deadline in decision.deadlines
        if not deadline.is_met
        and compare(deadline.due, decision.at, zone) < 0
        and not set(deadline.clauses).isdisjoint(finding.clauses)
    )
    return next(passed, None), False


def _deadlines_of_duties(decision: Decision) -> Mapping[str, str]:
    """Return the rule of the deadline by which each duty, named by its rule, is due."""
    plan = decision.policy.plans.get("account")
    if plan is None:
        return {}
    named = {deadline.name: deadline.id for deadline in plan.deadlines}
    return {duty.id: named[duty.by] for duty in plan.duties if duty.by in named}


def _reason(finding: Finding, due: Moment | None, at_latest: bool) -> Reason:
    """Return the reason that a finding gives; a deadline's finding has a date."""
    return Reason(
        finding.rule,
        finding.outcome.value,
        finding.message,
        finding.remedy,
        finding.clauses,
        due,
        finding.result.value,
        at_latest,
    )


def _order(reason: Reason) -> tuple[bool, bool, str]:
    """Return a key that sorts violations before warnings, and each by date, undated ones last."""
    return (reason.outcome != Outcome.VIOLATION, reason.due is None, f"{reason.due}")


def _task(duty: DutyArisen, due: Moment | None, at_latest: bool) -> Task:
    more = (duty.who, duty.to, duty.promptness, due, at_latest)
    return Task(duty.rule, duty.what, duty.clauses, *more)


def _urgency(decision: Decision, *, is_open: bool) -> Urgency:
    if decision.outcome is Outcome.VIOLATION:
        return Urgency.VIOLATION
    if is_open:
        return Urgency.DUE
    return Urgency.MISSING if decision.needs else Urgency.NONE


def _earliest(items: Iterable[Reason | Task]) -> tuple[Moment | None, bool]:
    """Return the earliest date of an entry, and whether it may be even earlier."""
    found = ((item.due, item.at_latest) for item in items if item.due is not None)
    return min(found, key=lambda one: (one[0].isoformat(), not one[1]), default=_UNDATED)
