# SPDX-License-Identifier: MIT
"""Makes the entries of a work list out of decisions about accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from attrs import evolve

from caljobs_policy.errors import Place, Problem, bounded
from caljobs_policy.model.account import Account
from caljobs_policy.model.decision import Decision
from caljobs_policy.model.durations import compare, day_of, days_from, in_zone
from caljobs_policy.model.outcome import FOUND_RESULTS, Outcome
from caljobs_policy.model.reasons import DutyArisen, Finding
from caljobs_policy.model.worklist import Moment, Reason, RosterEntry, Task, Urgency, obligation_of

_CALLING: Final = (Outcome.VIOLATION, Outcome.ATTENTION)


def unread(
    number: int, place: Place, username: str | None, problems: Iterable[Problem]
) -> RosterEntry:
    """Give the entry of a row that could not be evaluated."""
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
    """Give the entry of an account; `within` is how many days ahead its deadlines are listed."""
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
    return evolve(entry, urgency=_urgency(entry), due=_earliest(entry))


def _local(due: Moment | None, decision: Decision) -> Moment | None:
    """Give a time in the zone of the policy, so that its day is that of the work list."""
    if not isinstance(due, datetime):
        return due
    zone = decision.policy.zone
    return in_zone(due, zone).astimezone(zone)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _coming(decision: Decision, within: int) -> Iterator[Task]:
    """Give the deadlines that are neither met nor past, and not more than some days ahead."""
    zone = decision.policy.zone
    last = days_from(day_of(decision.at, zone), within)
    for deadline in decision.deadlines:
        is_open = not deadline.is_met and compare(deadline.due, decision.at, zone) >= 0
        if is_open and day_of(deadline.due, zone) <= last:
            due = _local(deadline.due, decision)
            yield Task(deadline.rule, deadline.title, deadline.clauses, due=due)


def _with_reasons(entry: RosterEntry, decision: Decision) -> RosterEntry:
    """Add what is wrong or near, and the duties that are open."""
    due = {d.rule: _local(d.due, decision) for d in decision.deadlines}
    open_ = {duty.rule for duty in decision.duties}
    # That a duty is open is told by the duty itself.
    found = [
        _reason(finding, due)
        for finding in decision.findings
        if finding.result in FOUND_RESULTS
        and finding.outcome in _CALLING
        and finding.rule not in open_
    ]
    told = {reason.obligation for reason in found}
    return evolve(
        entry,
        reasons=tuple(sorted(found, key=_order)),
        duties=tuple(_task(duty, decision) for duty in decision.duties),
        deadlines=tuple(task for task in entry.deadlines if task.rule not in told),
    )


def _reason(finding: Finding, due: Mapping[str, Moment | None]) -> Reason:
    """Give the reason of a finding; that of a deadline has its date."""
    return Reason(
        finding.rule,
        finding.outcome.value,
        finding.message,
        finding.remedy,
        finding.clauses,
        due.get(obligation_of(finding.rule)),
        finding.result.value,
    )


def _order(reason: Reason) -> tuple[bool, bool, str]:
    """Sort violations before warnings, and each by date, those without one last."""
    return (reason.outcome != Outcome.VIOLATION, reason.due is None, f"{reason.due}")


def _task(duty: DutyArisen, decision: Decision) -> Task:
    due = _local(duty.due, decision)
    return Task(duty.rule, duty.what, duty.clauses, duty.who, duty.to, duty.promptness, due)


def _urgency(entry: RosterEntry) -> Urgency:
    if entry.outcome is Outcome.VIOLATION:
        return Urgency.VIOLATION
    if entry.reasons or entry.duties or entry.deadlines:
        return Urgency.DUE
    return Urgency.MISSING if entry.needs else Urgency.NONE


def _earliest(entry: RosterEntry) -> Moment | None:
    dated = [item.due for item in entry.reasons]
    dated += [item.due for item in (*entry.duties, *entry.deadlines)]
    found = (due for due in dated if due is not None)
    return min(found, key=lambda due: due.isoformat(), default=None)
