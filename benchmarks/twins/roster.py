# SPDX-License-Identifier: MIT
"""The review of a roster of accounts: rows are read, decided and written as a work list."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any, Final

from benchmarks.twins.account.answer import Told
from benchmarks.twins.account.checks import decision
from benchmarks.twins.account.duties import COORDINATORS
from benchmarks.twins.account.standing import local_day
from benchmarks.twins.parts import ZONE, Answer, Broken, Due, Duty
from benchmarks.twins.reading import read_account
from caljobs_policy import Account
from caljobs_policy.dates.durations import compare
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.rosters.entry import Reason, RosterEntry, Task, Urgency

FILE: Final = "roster.csv"
_FLAGS: Final = {"yes": True, "no": False}
_CALLING: Final = frozenset({Outcome.VIOLATION, Outcome.ATTENTION})


def read(data: bytes) -> list[tuple[int, Account]]:
    """Return the accounts of a roster, each with its line."""
    rows = csv.DictReader(StringIO(data.decode("utf-8")))
    return [(rows.line_num, read_account(_stated(row))) for row in rows]


def _stated(row: Mapping[str, str]) -> dict[str, Any]:
    """Return what a row states, as a mapping; a blank cell is a fact left out."""
    found: dict[str, Any] = {}
    staff: dict[str, Any] = {}
    statement = {}
    for name, cell in row.items():
        if not cell:
            continue
        if name.startswith("staff.statement."):
            statement[name.removeprefix("staff.statement.")] = cell
        elif name.startswith("staff."):
            staff[name.removeprefix("staff.")] = cell
        else:
            found[name] = _FLAGS[cell] if name == "personal_device_used" else cell
    if statement:
        staff["statement"] = statement
    return {**found, "staff": staff}


def decided(accounts: Iterable[Account], at: datetime) -> list[Answer]:
    """Return the decisions."""
    return [decision(account, at) for account in accounts]


def entries(rows: Iterable[tuple[int, Account]], at: datetime, within: int) -> list[RosterEntry]:
    """Return the entries of a work list, in the order of the rows."""
    return [
        _entry(number, Place(FILE, line, 1), account, at, within)
        for number, (line, account) in enumerate(rows, 1)
    ]


def _entry(number: int, place: Place, account: Account, at: datetime, within: int) -> RosterEntry:
    stated: Any = account
    told = Told(account, at)
    due = told.due()
    reasons: tuple[Reason, ...] = ()
    duties: tuple[Task, ...] = ()
    coming = tuple(_coming(due, at, within))
    if told.outcome is not Outcome.COMPLIANT:
        arisen = told.arisen(due)
        reasons = tuple(sorted(_reasons(told.found(), arisen, due, at), key=_order))
        duties = tuple([_task(duty) for duty in arisen])
        named = {reason.rule.removesuffix("/near") for reason in reasons}
        coming = tuple([task for task in coming if task.rule not in named])
    urgency = Urgency.DUE if reasons or duties or coming else Urgency.NONE
    ends = [one.due for one in reasons]
    ends += [one.due for one in (*duties, *coming)]
    return RosterEntry(
        number=number,
        place=place,
        username=stated.username,
        organization=stated.organization,
        contact=COORDINATORS[stated.organization],
        urgency=Urgency.VIOLATION if told.outcome is Outcome.VIOLATION else urgency,
        outcome=told.outcome,
        due=min((one for one in ends if one is not None), key=date.isoformat, default=None),
        reasons=reasons,
        duties=duties,
        deadlines=coming,
    )


def _coming(due: Iterable[Due], at: datetime, within: int) -> Iterator[Task]:
    last = at.astimezone(ZONE).date() + timedelta(within)
    for one in due:
        if not one.is_met and compare(one.due, at, ZONE) >= 0 and local_day(one.due) <= last:
            yield Task(one.rule, one.title, one.clauses, due=_local(one.due))


def _local(value: Any) -> Any:
    return value.astimezone(ZONE) if isinstance(value, datetime) else value


def _reasons(
    found: Iterable[Broken], arisen: Iterable[Duty], due: Iterable[Due], at: datetime
) -> Iterator[Reason]:
    open_duties = {duty.rule for duty in arisen}
    by_rule = {one.rule: one.due for one in due}
    missed = [one for one in due if not one.is_met and compare(one.due, at, ZONE) < 0]
    for broken in found:
        rule = broken.rule
        if rule.outcome not in _CALLING or rule.id in open_duties:
            continue
        ends = by_rule.get(rule.id.removesuffix("/near"))
        if ends is None and rule.result == "not_met":
            shared = (one.due for one in missed if not set(one.clauses).isdisjoint(rule.clauses))
            ends = next(shared, None)
        yield Reason(
            rule.id,
            rule.outcome.value,
            broken.message or rule.message,
            rule.remedy,
            rule.clauses,
            _local(ends),
            rule.result.value,
        )


def _order(reason: Reason) -> tuple[bool, bool, str]:
    return (reason.outcome != "violation", reason.due is None, f"{reason.due}")


def _task(duty: Duty) -> Task:
    more = (duty.who, duty.to, duty.promptness, _local(duty.due))
    return Task(duty.rule, duty.what, (duty.clause,), *more)


def written(several: Iterable[RosterEntry]) -> list[str]:
    """Return entries as lines of JSON."""
    return [json.dumps(_plain(entry)) for entry in several]


def _plain(entry: RosterEntry) -> dict[str, Any]:
    return {
        "row": entry.number,
        "place": str(entry.place),
        "username": entry.username,
        "organization": entry.organization,
        "contact": entry.contact,
        "urgency": entry.urgency.name.lower(),
        "outcome": entry.outcome,
        "due": _iso(entry.due),
        "at_latest": entry.at_latest,
        "reasons": [
            {
                "rule": reason.rule,
                "outcome": reason.outcome,
                "message": reason.message,
                "remedy": reason.remedy,
                "clauses": reason.clauses,
                "due": _iso(reason.due),
                "result": reason.result,
                "at_latest": reason.at_latest,
            }
            for reason in entry.reasons
        ],
        "duties": [_plain_task(task) for task in entry.duties],
        "deadlines": [_plain_task(task) for task in entry.deadlines],
        "needs": entry.needs,
        "problems": (),
    }


def _plain_task(task: Task) -> dict[str, Any]:
    return {
        "rule": task.rule,
        "title": task.title,
        "clauses": task.clauses,
        "who": task.who,
        "to": task.to,
        "promptness": task.promptness,
        "due": _iso(task.due),
        "at_latest": task.at_latest,
    }


def _iso(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
