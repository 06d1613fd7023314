# SPDX-License-Identifier: MIT
"""What reports of rosters have in common: headings, dates, and the words of a policy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from attrs import frozen

from caljobs_policy.model.policy import Policy
from caljobs_policy.model.worklist import Entry, Moment, Task, Urgency

HEADINGS: Final[Mapping[Urgency, str]] = {
    Urgency.VIOLATION: "Violations",
    Urgency.DUE: "Falling due",
    Urgency.MISSING: "Facts missing",
    Urgency.UNREAD: "Not evaluated",
    Urgency.NONE: "In order",
}


@frozen
class About:
    """What a review was about: the policy, the moment, the roster and how far it looks ahead."""

    policy: Policy
    at: datetime
    roster: str
    within: int

    def role(self, key: str | None) -> str:
        """Give the title of a role, or nothing."""
        return self.policy.title_of("roles", key) if key else ""

    def organization(self, key: str | None) -> str:
        """Give the title of an organization type, or nothing."""
        return self.policy.title_of("organizations", key) if key else ""

    def task(self, task: Task) -> str:
        """Give a duty as a sentence: who, to whom, how soon, what; a deadline as its title."""
        if task.who is None:
            return task.title
        to = f" to {self.role(task.to)}" if task.to else ""
        prompt = f" [{task.promptness}]" if task.promptness else ""
        return f"{self.role(task.who)}{to}{prompt}: {task.title}"


def when(due: Moment | None) -> str:
    """Give a date, or a time to the minute; nothing where there is none."""
    if isinstance(due, datetime):
        return due.isoformat(sep=" ", timespec="minutes")
    return due.isoformat() if isinstance(due, date) else ""


def places(entry: Entry) -> str:
    """Give the line of an entry in its roster."""
    return str(entry.place.line) if entry.place.line else ""
