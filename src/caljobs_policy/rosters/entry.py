# SPDX-License-Identifier: MIT
"""The results of a roster review: each row's outcome, and what has to be done."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from enum import IntEnum
from typing import Final, TypeAlias

from attrs import define, field, frozen

from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.plain.making import Remade
from caljobs_policy.plain.written import When, Written, in_order, key
from caljobs_policy.policy.outcome import Outcome, Result
from caljobs_policy.policy.rules import NEAR

Moment: TypeAlias = date | datetime
"""A time is in the zone of the policy."""
_NEVER: Final = "9999-99"
"""Sorts after every date."""


class Urgency(IntEnum):
    """How soon someone has to act, most urgent first."""

    VIOLATION = 1
    DUE = 2
    MISSING = 3
    UNREAD = 4
    NONE = 5


def obligation_of(rule: str) -> str:
    """Return the deadline that a rule warns about, or the rule itself if it is no such warning."""
    return rule.removesuffix(f"/{NEAR}")


@frozen
class Reason(Remade):
    """A rule that calls for action: what is wrong or coming due, and how to fix it."""

    rule: str
    outcome: str
    message: str
    remedy: str | None
    clauses: tuple[str, ...]
    due: Moment | None = None
    result: str = Result.NOT_MET.value
    """`pending` where something is due and no clause is broken."""
    at_latest: bool = False
    """Whether it may be due earlier, depending on a date that is not known."""

    @property
    def obligation(self) -> str:
        """The rule to keep; a deadline and the warning before it count as one."""
        return obligation_of(self.rule)


@frozen
class Task(Remade):
    """An open duty or an upcoming deadline."""

    rule: str
    title: str
    clauses: tuple[str, ...]
    who: str | None = None
    to: str | None = None
    promptness: str | None = None
    due: Moment | None = None
    at_latest: bool = False
    """Whether it may be due earlier, depending on a date that is not known."""


@frozen
class RosterEntry(Written, Remade):
    """The result of reviewing one row of a roster."""

    number: int = field(metadata=key("row"))
    """The number of the row, from 1; a blank line between rows has number 0."""
    place: Place
    username: str | None
    organization: str | None
    contact: str | None
    """The role that coordinates for the organization."""
    urgency: Urgency
    outcome: Outcome | None
    """None where the row could not be read."""
    due: Moment | None = None
    """The earliest date by which something has to be done."""
    at_latest: bool = False
    """Whether that may be due earlier, depending on a date that is not known."""
    reasons: tuple[Reason, ...] = ()
    duties: tuple[Task, ...] = ()
    deadlines: tuple[Task, ...] = ()
    """Those that fall due within the requested number of days."""
    needs: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def order(self) -> tuple[int, str, str, int, int]:
        """The sort key of a work list: urgency, earliest day, user name, row and line."""
        due = self.due.isoformat()[:10] if self.due is not None else _NEVER
        return (self.urgency, due, self.username or "", self.number, self.place.line)

    @property
    def title(self) -> str:
        """How a reader finds the account: by its user name, or else by its line or row."""
        where = f"line {self.place.line}" if self.place.line else f"row {self.number}"
        return self.username or where


@define
class Totals(Written):
    """How many rows had each outcome."""

    rows: int = 0
    """All rows, including blank lines between others."""
    outcomes: Counter[str] = field(factory=Counter, metadata=key(how=in_order))
    not_evaluated: int = 0
    by_urgency: Counter[Urgency] = field(factory=Counter, metadata=key(when=When.NEVER))

    @property
    def listed(self) -> int:
        """How many rows have something to be done."""
        return self.rows - self.by_urgency[Urgency.NONE]

    def add(self, entry: RosterEntry) -> None:
        """Count one more row."""
        self.rows += 1
        self.by_urgency[entry.urgency] += 1
        if entry.outcome is None:
            self.not_evaluated += 1
        else:
            self.outcomes[entry.outcome.value] += 1
