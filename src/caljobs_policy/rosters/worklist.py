# SPDX-License-Identifier: MIT
"""The entries of a work list, made from decisions about accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final, TypeAlias

from caljobs_policy.dates.durations import compare, day_of, days_from, in_zone
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.reasons import Brief, DutyArisen
from caljobs_policy.errors.problems import Place, Problem, bounded
from caljobs_policy.plain.making import maker_of
from caljobs_policy.policy.outcome import Outcome, Result
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check
from caljobs_policy.rosters.entry import Moment, Reason, RosterEntry, Task, Urgency, obligation_of
from caljobs_policy.subjects.account import Account

_CALLING: Final = (Outcome.VIOLATION, Outcome.ATTENTION)
_Due: TypeAlias = tuple[Moment | None, bool]
"""When something is due, if that is known, and whether it may be due earlier."""
_UNDATED: Final[_Due] = (None, False)
_made_entry: Final = maker_of(RosterEntry)
_made_reason: Final = maker_of(Reason)
_made_task: Final = maker_of(Task)


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
    organization = _text(organization)
    contact = _contact(policy, organization)
    return in_order(row, (_text(username), organization, contact), outcome)


def in_order(
    row: tuple[int, Place], named: tuple[str | None, ...], outcome: Outcome | None
) -> RosterEntry:
    """Return an entry in which nothing is to be done, given user name, organization and contact."""
    return _made_entry(*row, *named, Urgency.NONE, outcome, None, False, (), (), (), (), ())


def entry_of(decision: Decision, number: int, place: Place, within: int) -> RosterEntry:
    """Return the entry of an account; `within` is how many days ahead its deadlines are listed."""
    account = decision.subject
    if not isinstance(account, Account):
        raise TypeError("a work list is made of accounts")
    tasks = _tasks(decision, within)
    reasons, duties, deadlines = tasks
    organization = _text(account.organization)
    due, at_latest = _earliest((*reasons, *duties, *deadlines))
    return _made_entry(
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
        (),
    )


def _contact(policy: Policy, organization: str | None) -> str | None:
    plan = policy.plans.get("account")
    return None if plan is None else plan.coordinators.get(organization or "")


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


class _Dates:
    """The deadlines of a decision, and when they are due in the zone of the policy."""

    def __init__(self, decision: Decision) -> None:
        self.reasons = decision.reasons
        self.deadlines = decision.deadlines
        self.at = decision.at
        self.zone = decision.policy.zone
        self.today = day_of(self.at, self.zone)

    def local(self, due: Moment) -> Moment:
        """Return a time in the zone of the policy, so that its day is that of the work list."""
        if not isinstance(due, datetime):
            return due
        return in_zone(due, self.zone).astimezone(self.zone)

    def is_past(self, due: Moment) -> bool:
        """Return whether a deadline lies before the moment of the decision."""
        if isinstance(due, datetime):
            return compare(due, self.at, self.zone) < 0
        return due < self.today

    def coming(self, within: int) -> Iterator[Task]:
        """Yield the deadlines that are neither met nor past, and at most `within` days ahead."""
        last = days_from(self.today, within)
        for one in self.deadlines:
            if not (one.is_met or self.is_past(one.due)) and day_of(one.due, self.zone) <= last:
                yield _made_task(
                    one.rule, one.title, one.clauses, None, None, None, self.local(one.due), False
                )

    def of(self, rule: str) -> _Due:
        """Return when the deadline of a rule is due, and whether that is at the latest."""
        known = next((one.due for one in reversed(self.deadlines) if one.rule == rule), None)
        if known is not None:
            return self.local(known), False
        latest = self.reasons.latest_due.get(rule)
        return _UNDATED if latest is None else (self.local(latest), True)

    def passed(self, brief: Brief) -> _Due:
        """Return when a missed deadline under a finding's clauses was due."""
        if brief.result is Result.NOT_MET:
            for one in self.deadlines:
                is_missed = not one.is_met and self.is_past(one.due)
                if is_missed and not set(one.clauses).isdisjoint(brief.clauses):
                    return self.local(one.due), False
        return _UNDATED


def _tasks(
    decision: Decision, within: int
) -> tuple[tuple[Reason, ...], tuple[Task, ...], tuple[Task, ...]]:
    """Return what is wrong or coming due, the open duties and the deadlines that come."""
    dates = _Dates(decision)
    if decision.outcome is Outcome.COMPLIANT:
        return (), (), tuple(dates.coming(within))
    open_ = {duty.rule for duty in decision.duties}

    def calls(check: Check) -> bool:
        # An open duty is listed as a duty, so its finding would say it twice.
        return check.outcome in _CALLING and check.id not in open_

    found = [_reason(brief, dates) for brief in decision.reasons.briefs(calls)]
    told = {reason.obligation for reason in found}
    by = _deadlines_of_duties(decision) if open_ else {}
    duties = [_task(duty, *dates.of(by.get(duty.rule, ""))) for duty in decision.duties]
    deadlines = [task for task in dates.coming(within) if task.rule not in told]
    return tuple(sorted(found, key=_order)), tuple(duties), tuple(deadlines)


def _deadlines_of_duties(decision: Decision) -> Mapping[str, str]:
    """Return the rule of the deadline by which each duty, named by its rule, is due."""
    plan = decision.policy.plans.get("account")
    if plan is None:
        return {}
    named = {deadline.name: deadline.id for deadline in plan.deadlines}
    return {duty.id: named[duty.by] for duty in plan.duties if duty.by in named}


def _reason(brief: Brief, dates: _Dates) -> Reason:
    """Return the reason that a finding gives; a deadline's finding has a date."""
    dated = dates.of(obligation_of(brief.rule))
    due, at_latest = dates.passed(brief) if dated[0] is None else dated
    return _made_reason(
        brief.rule,
        brief.outcome.value,
        brief.message,
        brief.remedy,
        brief.clauses,
        due,
        brief.result.value,
        at_latest,
    )


def _order(reason: Reason) -> tuple[bool, bool, str]:
    """Return a key that sorts violations before warnings, and each by date, undated ones last."""
    return (reason.outcome != Outcome.VIOLATION, reason.due is None, f"{reason.due}")


def _task(duty: DutyArisen, due: Moment | None, at_latest: bool) -> Task:
    more = (duty.who, duty.to, duty.promptness, due, at_latest)
    return _made_task(duty.rule, duty.what, duty.clauses, *more)


def _urgency(decision: Decision, *, is_open: bool) -> Urgency:
    if decision.outcome is Outcome.VIOLATION:
        return Urgency.VIOLATION
    if is_open:
        return Urgency.DUE
    return Urgency.MISSING if decision.needs else Urgency.NONE


def _earliest(items: Iterable[Reason | Task]) -> _Due:
    """Return the earliest date of an entry, and whether it may be even earlier."""
    found = ((item.due, item.at_latest) for item in items if item.due is not None)
    return min(found, key=lambda one: (one[0].isoformat(), not one[1]), default=_UNDATED)
