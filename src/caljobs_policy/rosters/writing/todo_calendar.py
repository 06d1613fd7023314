# SPDX-License-Identifier: MIT
"""Work lists as calendars of things to do (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, BinaryIO, Final

from icalendar import Calendar, Todo

from caljobs_policy.errors.problems import printable
from caljobs_policy.plain.memo import Lookup
from caljobs_policy.rosters.entry import Moment, Reason, RosterEntry, Task
from caljobs_policy.rosters.writing.phrases import About, when
from caljobs_policy.subjects.fields import folded

_FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_BEGIN: Final = b"BEGIN:VTODO\r\n"
_END: Final = b"END:VTODO\r\n"
_WIDTH: Final = 74
"""Where lines are folded."""
_PLAIN: Final = frozenset(map(chr, range(ord(" "), 127))) - {"\\", "^"}
"""What is written as it stands, but for separators."""
_SEMICOLON: Final = r"\;"
_COMMA: Final = r"\,"
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
    writer = _Writer(about)
    for entry in entries:
        for todo in writer.todos(entry):
            stream.write(todo if is_begun else head + todo)
            is_begun = True
    if is_begun:
        stream.write(end + foot)
    return is_begun


class _Writer:
    """Writes things to do; a line that many of them have is made once."""

    def __init__(self, about: About) -> None:
        self.about = about
        self._line: Lookup[tuple[str, Any], bytes] = Lookup(lambda named: line_of(*named))
        minutes = int((about.at - _FIRST).total_seconds()) // 60
        self._stamp = line_of("dtstamp", about.at.astimezone(UTC))
        self._end = line_of("sequence", max(0, minutes)) + line_of("status", "NEEDS-ACTION")

    def todos(self, entry: RosterEntry) -> Iterator[bytes]:
        """Yield the things to do of an account."""
        if entry.username is None:
            return
        for task in (*entry.duties, *entry.deadlines):
            yield self._todo(entry, task, task.rule, self.about.task(task))
        for reason in entry.reasons:
            yield self._todo(entry, reason, reason.obligation, reason.message)

    def _todo(self, entry: RosterEntry, item: Task | Reason, obligation: str, what: str) -> bytes:
        """Return a thing to do; its lines are in the order in which the library sorts them."""
        due = item.due
        latest = f"Due {when(due)} at the latest." if item.at_latest else None
        remedy = item.remedy if isinstance(item, Reason) else None
        told = "\n".join(filter(None, (latest, remedy, ", ".join(item.clauses))))
        name = uid(self.about.policy.jurisdiction, str(entry.username), obligation)
        return b"".join(
            (
                _BEGIN,
                self._line["categories", entry.urgency.name.lower()],
                self._line["description", told],
                self._stamp,
                b"" if due is None else self._line["due", _in_utc(due)],
                self._end,
                text_line("summary", printable(f"{entry.username}: {what}")),
                text_line("uid", name),
                _END,
            )
        )


def _in_utc(due: Moment) -> Moment:
    return due.astimezone(UTC) if isinstance(due, datetime) else due


def line_of(name: str, value: Any) -> bytes:
    """Return the line of a property of a thing to do."""
    todo = Todo()
    todo.add(name, [value] if name == "categories" else value)
    lines: bytes = todo.to_ical()
    return lines.removeprefix(_BEGIN).removesuffix(_END)


def text_line(name: str, text: str) -> bytes:
    """Return the line of a text as `line_of` does, which takes thirty times as long."""
    if not text.isascii() or not _PLAIN.issuperset(text):
        return line_of(name, text)
    line = f"{name.upper()}:{text.replace(';', _SEMICOLON).replace(',', _COMMA)}"
    parts = [line[n : n + _WIDTH] for n in range(0, len(line), _WIDTH)]
    if any(part.endswith("\\") for part in parts):
        # What is escaped stays on one line.
        return line_of(name, text)
    return "\r\n ".join(parts).encode() + b"\r\n"


def uid(jurisdiction: str, username: str, rule: str) -> str:
    """Return the UID of an obligation, which does not depend on its date.

    As everywhere in rosters, letter case and surrounding blanks do not tell user names apart.
    """
    name = "\0".join((jurisdiction, folded(username), rule))
    return f"{sha256(name.encode()).hexdigest()[:32]}@caljobs-policy"
