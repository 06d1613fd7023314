# SPDX-License-Identifier: MIT
"""The entries of a work list, made from decisions about accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from attrs import evolve

from caljobs_policy.dates.durations import compare, day_of, days_from, in_zone
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.reasons import DutyArisen, Finding
from caljobs_policy.errors.problems import Place, Problem, bounded
from caljobs_policy.policy.outcome import FOUND_RESULTS, Outcome, Result
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


def entry_of(decision: Decision, number: int, place: Place, within: int) -> RosterEntry:
    """Return the entry of an account; `within` is how many days ahead its deadlines are listed."""
    account = decision.subject
    if not isinstance(account, Account):
        raise TypeError("a work list is made of accounts")
    plan = decision.policy.plans.get("account")
    coordinators = plan.coordinators if plan is not None else {}
    organization = _text(account.organization)
    entry = RosterEntry(
        number=number,
        place=place,
        username=_text(account.username),
        organization=organization,
        contact=coordinators.get(organization or ""),
        outcome=decision.outcome,
        urgency=Urgency.NONE,
        deadlines=tuple(_coming(decision, within)),
        needs=decision.needs,
    )
    if decision.outcome is not Outcome.COMPLIANT:
        entry = _with_reasons(entry, decision)
    due, at_latest = _earliest(entry)
    return evolve(entry, urgency=_urgency(entry), due=due, at_latest=at_latest)


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
    last = days_from(day_of(decision.at, zone), within)
    for deadline in decision.deadlines:
        is_open = not deadline.is_met and compare(deadline.due, decision.at, zone) >= 0
        if is_open and day_of(deadline.due, zone) <= last:
            due = _local(deadline.due, decision)
            yield Task(deadline.rule, deadline.title, deadline.clauses, due=due)


def _with_reasons(entry: RosterEntry, decision: Decision) -> RosterEntry:
    """Add what is wrong or coming due, and the open duties."""
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
    tasks = (_task(duty, *dated.get(by.get(duty.rule, ""), _UNDATED)) for duty in decision.duties)
    return evolve(
        entry,
        reasons=tuple(sorted(found, key=_order)),
        duties=tuple(tasks),
        deadlines=tuple(task for task in entry.deadlines if task.rule not in told),
    )


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


def _urgency(entry: RosterEntry) -> Urgency:
    if entry.outcome is Outcome.VIOLATION:
        return Urgency.VIOLATION
    if entry.reasons or entry.duties or entry.deadlines:
        return Urgency.DUE
    return Urgency.MISSING if entry.needs else Urgency.NONE


def _earliest(entry: RosterEntry) -> tuple[Moment | None, bool]:
    """Return the earliest date of an entry, and whether it may be even earlier."""
    dated = [(item.due, item.at_latest) for item in entry.reasons]
    dated += [(item.due, item.at_latest) for item in (*entry.duties, *entry.deadlines)]
    found = ((due, at_latest) for due, at_latest in dated if due is not None)
    return min(found, key=lambda one: (one[0].isoformat(), not one[1]), default=_UNDATED)
