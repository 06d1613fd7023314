# SPDX-License-Identifier: MIT
"""The review of a roster: reading its rows, deciding, the reasons, and writing the work list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from io import BytesIO
from random import Random
from typing import Final

from benchmarks.cases import AT, DAY, POLICY
from benchmarks.timing import Pair, Timed
from benchmarks.twins import roster as by_hand
from caljobs_policy import Account, evaluate
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.errors.problems import Place
from caljobs_policy.rosters.entry import RosterEntry
from caljobs_policy.rosters.reading.opening import Roster, open_roster
from caljobs_policy.rosters.reading.options import RosterOptions
from caljobs_policy.rosters.reading.rows import RowReader
from caljobs_policy.rosters.reviewing import WITHIN, Reviewer, review_rows
from caljobs_policy.rosters.worklist import entry_of

ROWS: Final = 200
_COLUMNS: Final = (
    *("username", "organization", "status", "created_on", "last_maintenance_on"),
    *("staff.employer", "staff.training_completed_on", "staff.statement.form"),
    *("staff.statement.signed_on", "separated_on", "deactivated_on", "personal_device_used"),
)
_ORGANIZATIONS: Final = (
    "local_area",
    "wsb_field_division",
    "community_based_organization",
    "other",
)


def roster_text(rows: int = ROWS) -> str:
    """Return a roster of accounts as comma-separated values; a fifth have something wrong."""
    random = Random(rows)  # noqa: S311  # the same roster each time
    lines = [",".join(_COLUMNS)]
    for number in range(1, rows + 1):
        stated = _row(random, number)
        lines.append(",".join(stated.get(column, "") for column in _COLUMNS))
    return "\n".join(lines) + "\n"


def _row(random: Random, number: int) -> dict[str, str]:
    def day(least: int, most: int) -> str:
        return (DAY - timedelta(random.randint(least, most))).isoformat()

    employer, form = random.choice((("county", "e1"), ("city", "e1"), ("edd", "de7410")))
    stated = {
        "username": f"sample-{number:06}",
        "organization": random.choice(_ORGANIZATIONS),
        "status": "active",
        "created_on": day(400, 2_000),
        "last_maintenance_on": day(1, 300),
        "staff.employer": employer,
        "staff.training_completed_on": day(1, 300),
        "staff.statement.form": form,
        "staff.statement.signed_on": day(1, 300),
        "personal_device_used": "no",
    }
    if number % 5 == 0:
        stated |= random.choice(
            (
                {"staff.training_completed_on": day(366, 800)},
                {"staff.statement.signed_on": day(366, 800)},
                {"separated_on": day(1, 60)},
                {"personal_device_used": "yes", "last_maintenance_on": day(340, 800)},
                {
                    "separated_on": day(30, 60),
                    "status": "deactivated",
                    "deactivated_on": day(1, 29),
                },
            )
        )
    return stated


def roster_pairs() -> Iterator[Pair]:
    """Return the stages of a review by the row, beside one written by hand with the same output."""
    data = roster_text().encode()
    accounts = _read(data)
    rows = by_hand.read(data)
    assert [account for _, account in rows] == accounts
    entries = _entries(accounts)
    assert by_hand.entries(rows, AT, WITHIN) == entries
    assert [one.outcome for one in _decided(accounts)] == [
        one.outcome for one in by_hand.decided(accounts, AT)
    ]
    assert _written(entries) == by_hand.written(entries) == _review(data) == _by_hand(data)
    pair = partial(Pair, "rosters", f"{ROWS} rows, a fifth with findings, for each row", per=ROWS)
    for stage, ours, other in (
        ("reading", partial(_read, data), partial(by_hand.read, data)),
        ("deciding", partial(_decided, accounts), partial(by_hand.decided, accounts, AT)),
        (
            "deciding, with reasons",
            partial(_entries, accounts),
            partial(by_hand.entries, rows, AT, WITHIN),
        ),
        ("writing", partial(_written, entries), partial(by_hand.written, entries)),
        ("all of it", partial(_review, data), partial(_by_hand, data)),
    ):
        yield pair(stage, Timed(ours), Timed(other))


def _opened(data: bytes) -> Roster:
    return open_roster(BytesIO(data), by_hand.FILE, POLICY, RosterOptions())


def _read(data: bytes) -> list[Account]:
    roster = _opened(data)
    reader = RowReader(roster.layout, POLICY)
    accounts = [reader.account(row)[0] for row in roster.rows]
    return [account for account in accounts if account is not None]


def _decided(accounts: list[Account]) -> list[Decision]:
    return [evaluate(POLICY, account, AT) for account in accounts]


def _entries(accounts: list[Account]) -> list[RosterEntry]:
    # A roster has a header, so that the first row is its second line.
    return [
        entry_of(evaluate(POLICY, account, AT), line - 1, Place(by_hand.FILE, line, 1), WITHIN)
        for line, account in enumerate(accounts, 2)
    ]


def _written(entries: list[RosterEntry]) -> list[str]:
    return [json.dumps(entry.to_dict()) for entry in entries]


def _review(data: bytes) -> list[str]:
    roster = _opened(data)
    reviewer = Reviewer("state", DAY, AT, roster.layout)
    return _written(list(review_rows(reviewer, roster.rows)))


def _by_hand(data: bytes) -> list[str]:
    return by_hand.written(by_hand.entries(by_hand.read(data), AT, WITHIN))
