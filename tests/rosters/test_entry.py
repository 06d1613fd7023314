# SPDX-License-Identifier: MIT
"""Entries of a work list are sorted by what is most urgent, and add up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from caljobs_policy import Outcome, Problem, RosterEntry, Urgency
from caljobs_policy.errors.problems import Place
from caljobs_policy.rosters.entry import Reason, Task, Totals, obligation_of

REASON = Reason("deadlines/x", "violation", "It ended.", "Mend it.", ("A/1",), date(2025, 6, 1))
TASK = Task("duties/y", "Tell.", ("A/2",), "desk", "boss", "at once", None)


def entry(number: int = 1, urgency: Urgency = Urgency.VIOLATION, **more: Any) -> RosterEntry:
    given: dict[str, Any] = {"username": None, "organization": None, "contact": None}
    given |= {"outcome": Outcome.VIOLATION, "place": Place("r.csv", number + 1, 1)}
    return RosterEntry(number=number, urgency=urgency, **(given | more))


def test_list_is_sorted_by_urgency_day_name_and_row() -> None:
    wanted = [
        entry(9, due=date(2024, 1, 1)),
        entry(8, due=datetime(2025, 6, 2, 23, tzinfo=UTC), username="a"),
        entry(7, due=date(2025, 6, 2), username="b"),
        entry(5, username="a"),
        entry(6, username="a"),
        entry(4, Urgency.DUE, due=date(2020, 1, 1)),
        entry(3, Urgency.MISSING),
        entry(0, Urgency.UNREAD, place=Place("r.csv", 2, 1)),
        entry(0, Urgency.UNREAD, place=Place("r.csv", 3, 1)),
        entry(1, Urgency.UNREAD),
        entry(2, Urgency.NONE),
    ]
    backwards = list(reversed(wanted))
    assert sorted(backwards, key=lambda one: one.order) == wanted


def test_title_is_the_user_name_or_the_place() -> None:
    assert entry(username="anna").title == "anna"
    assert entry(4).title == "line 5"
    assert entry(4, place=Place()).title == "row 4"


def test_deadline_and_the_warning_before_are_one_obligation() -> None:
    assert obligation_of("deadlines/x/near") == "deadlines/x"
    assert obligation_of("deadlines/linear") == "deadlines/linear"
    assert REASON.obligation == "deadlines/x"


def test_json_form_holds_everything() -> None:
    found = entry(
        username="anna",
        organization="branch",
        contact="desk",
        due=date(2025, 6, 1),
        reasons=(REASON,),
        duties=(TASK,),
        needs=("account.status",),
        problems=(Problem("is wrong", Place("r.csv", 2, 3), "mend it"),),
    ).to_dict()
    assert found == {
        "row": 1,
        "place": "r.csv:2:1",
        "username": "anna",
        "organization": "branch",
        "contact": "desk",
        "urgency": "violation",
        "outcome": "violation",
        "due": "2025-06-01",
        "at_latest": False,
        "reasons": [
            {
                "rule": "deadlines/x",
                "outcome": "violation",
                "message": "It ended.",
                "remedy": "Mend it.",
                "clauses": ["A/1"],
                "due": "2025-06-01",
                "result": "not_met",
                "at_latest": False,
            }
        ],
        "duties": [
            {
                "rule": "duties/y",
                "title": "Tell.",
                "clauses": ["A/2"],
                "who": "desk",
                "to": "boss",
                "promptness": "at once",
                "due": None,
                "at_latest": False,
            }
        ],
        "deadlines": [],
        "needs": ["account.status"],
        "problems": [
            {"place": "r.csv:2:3", "message": "is wrong", "help": "mend it", "code": "other"}
        ],
    }


def test_totals_add_up() -> None:
    totals = Totals()
    for one in (
        entry(1),
        entry(2, Urgency.DUE, outcome=Outcome.COMPLIANT),
        entry(3, Urgency.NONE, outcome=Outcome.COMPLIANT),
        entry(4, Urgency.UNREAD, outcome=None),
        entry(0, Urgency.UNREAD, outcome=None),
    ):
        totals.add(one)
    assert totals.to_dict() == {
        "rows": 5,
        "outcomes": {"compliant": 2, "violation": 1},
        "not_evaluated": 2,
    }
    assert totals.by_urgency == {
        Urgency.VIOLATION: 1,
        Urgency.DUE: 1,
        Urgency.NONE: 1,
        Urgency.UNREAD: 2,
    }
