# SPDX-License-Identifier: MIT
"""Work lists as calendars of things to do (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import BinaryIO, Final

from icalendar import Calendar, Todo

from caljobs_policy.errors.problems import printable
from caljobs_policy.rosters.entry import Reason, RosterEntry, Task
from caljobs_policy.rosters.writing.phrases import About, when
from caljobs_policy.subjects.fields import folded

_FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_PRODUCT: Final = "-//caljobs_policy//work list//EN"


def write_calendar(stream: BinaryIO, about: About, entries: Iterable[RosterEntry]) -> bool:
    """Write a VTODO for each duty, and for each thing that is overdue or coming due.

    Return whether there is any; otherwise nothing is written, since a calendar without components
    is invalid.

    An obligation keeps its UID from one review to the next, and a later review has a higher
    SEQUENCE (minutes since 2000), so a calendar updates its entry instead of adding another.
    An account without a user name has no stable UID, and is left out.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{about.policy.title}: {printable(about.roster)}")
    head, end, foot = calendar.to_ical().rpartition(b"END:VCALENDAR")
    is_begun = False
    for entry in entries:
        for todo in _todos(about, entry):
            stream.write(todo.to_ical() if is_begun else head + todo.to_ical())
            is_begun = True
    if is_begun:
        stream.write(end + foot)
    return is_begun


def _todos(about: About, entry: RosterEntry) -> Iterator[Todo]:
    if entry.username is None:
        return
    for task in (*entry.duties, *entry.deadlines):
        yield _todo(about, entry, task, task.rule, about.task(task))
    for reason in entry.reasons:
        yield _todo(about, entry, reason, reason.obligation, reason.message)


def _todo(
    about: About, entry: RosterEntry, item: Task | Reason, obligation: str, what: str
) -> Todo:
    todo = Todo()
    todo.add("uid", uid(about.policy.jurisdiction, str(entry.username), obligation))
    todo.add("dtstamp", about.at.astimezone(UTC))
    todo.add("sequence", max(0, int((about.at - _FIRST).total_seconds()) // 60))
    todo.add("summary", printable(f"{entry.username}: {what}"))
    due = item.due
    if due is not None:
        todo.add("due", due.astimezone(UTC) if isinstance(due, datetime) else due)
    latest = f"Due {when(due)} at the latest." if item.at_latest else None
    remedy = item.remedy if isinstance(item, Reason) else None
    cited = ", ".join(item.clauses)
    todo.add("description", "\n".join(filter(None, (latest, remedy, cited))))
    todo.add("categories", [entry.urgency.name.lower()])
    todo.add("status", "NEEDS-ACTION")
    return todo


def uid(jurisdiction: str, username: str, rule: str) -> str:
    """Return the UID of an obligation, which does not depend on its date.

    As everywhere in rosters, letter case and surrounding blanks do not tell user names apart.
    """
    name = "\0".join((jurisdiction, folded(username), rule))
    return f"{sha256(name.encode()).hexdigest()[:32]}@caljobs-policy"
