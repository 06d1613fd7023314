# SPDX-License-Identifier: MIT
"""What reports of rosters share: headings, dates, and the words of a policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

from attrs import frozen

from caljobs_policy.dates.durations import day_of
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.rosters.entry import Moment, RosterEntry, Task, Urgency
from caljobs_policy.subjects.facts import facts_about
from caljobs_policy.subjects.fields import fields_of

HEADINGS: Final[Mapping[Urgency, str]] = {
    Urgency.VIOLATION: "Violations",
    Urgency.DUE: "Falling due",
    Urgency.MISSING: "Facts missing",
    Urgency.UNREAD: "Not evaluated",
    Urgency.NONE: "In order",
}
LABELS: Final[Mapping[Urgency, str]] = {
    **HEADINGS,
    Urgency.VIOLATION: "Violation",
    Urgency.DUE: "Something is due",
}
"""How a single account's urgency is named."""
FOUND: Final[Mapping[Outcome | None, str]] = {
    Outcome.OUT_OF_SCOPE: "outside the policy",
    Outcome.VIOLATION: "violation",
    Outcome.CANNOT_TELL: "facts missing",
    Outcome.ATTENTION: "something is due",
    Outcome.COMPLIANT: "in order",
    None: "not evaluated",
}
"""The outcomes of accounts in words."""
_ACCOUNT: Final = "account"


@frozen
class About:
    """What a review was about: policy, moment, roster, and how many days it looks ahead."""

    policy: Policy
    at: datetime
    roster: str
    within: int

    def role(self, key: str | None) -> str:
        """Return the title of a role, or nothing."""
        return self.policy.title_of("roles", key) if key else ""

    def organization(self, key: str | None) -> str:
        """Return the title of an organization type, or nothing."""
        return self.policy.title_of("organizations", key) if key else ""

    def task(self, task: Task) -> str:
        """Return a duty as a sentence (who, to whom, how soon, what), or a deadline's title."""
        if task.who is None:
            return task.title
        to = f" to {self.role(task.to)}" if task.to else ""
        prompt = f" [{task.promptness}]" if task.promptness else ""
        return f"{self.role(task.who)}{to}{prompt}: {task.title}"

    def fact(self, path: str) -> str:
        """Return the title of a fact about accounts, or nothing."""
        known = {**facts_about(_ACCOUNT), **self.policy.facts}
        if path in known:
            return known[path].title
        above, _, name = path.rpartition(".")
        part = known[above].holds.part if above in known else None
        return fields_of(part)[name].title if part is not None else ""

    def day(self, due: Moment | None) -> date | None:
        """Return the day of a date or time, in the policy's zone."""
        return day_of(due, self.policy.zone) if due is not None else None

    def days_ahead(self, due: Moment) -> int:
        """Return how many days after the review a date is; negative if it is past."""
        return (day_of(due, self.policy.zone) - day_of(self.at, self.policy.zone)).days

    def distance(self, due: Moment) -> str:
        """Return how far off a date is, in words."""
        days = self.days_ahead(due)
        if abs(days) < 2:
            return ("today", "tomorrow", "yesterday")[days]
        return f"in {days:,} days" if days > 0 else f"{-days:,} days ago"


def when(due: Moment | None) -> str:
    """Return a date, or a time to the minute, as text; empty if there is none."""
    if isinstance(due, datetime):
        return due.isoformat(sep=" ", timespec="minutes")
    return due.isoformat() if isinstance(due, date) else ""


def due_of(item: RosterEntry | Task) -> str:
    """Return when something is due, with `at the latest` if it may be earlier."""
    return f"{when(item.due)} at the latest" if item.at_latest else when(item.due)


def column_of(path: str) -> str:
    """Return the roster heading of a fact about accounts."""
    return path.removeprefix(f"{_ACCOUNT}.")


def cited_in(entry: RosterEntry) -> Iterator[str]:
    """Yield the clauses that an entry cites."""
    for reason in entry.reasons:
        yield from reason.clauses
    for task in (*entry.duties, *entry.deadlines):
        yield from task.clauses


def in_roster(place: Place) -> str:
    """Return a place without its file, so that no page reveals where a roster is stored."""
    return f"line {place.line}, column {place.column}" if place.line else ""
