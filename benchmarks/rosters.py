# SPDX-License-Identifier: MIT
"""The review of a roster: reading its rows, deciding, the reasons, and writing the work list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from io import BytesIO

from benchmarks.cases import AT, DAY, POLICY
from benchmarks.sample_rosters import ROWS, roster_text
from benchmarks.timing import Pair, Timed
from benchmarks.twins import roster as by_hand
from caljobs_policy import Account, evaluate
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.errors.problems import Place
from caljobs_policy.rosters.entry import RosterEntry
from caljobs_policy.rosters.reading.opening import Roster, open_roster
from caljobs_policy.rosters.reading.options import RosterOptions
from caljobs_policy.rosters.reading.rows import RowReader
from caljobs_policy.rosters.reviewer import WITHIN, Reviewer
from caljobs_policy.rosters.reviewing import review_rows
from caljobs_policy.rosters.worklist import entry_of


def roster_pairs() -> Iterator[Pair]:
    """Return the stages of a review by the row, beside one written by hand with the same output."""
    data = roster_text().encode()
    accounts = accounts_of(data)
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
        ("reading", partial(accounts_of, data), partial(by_hand.read, data)),
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


def accounts_of(data: bytes) -> list[Account]:
    """Return the accounts of a roster."""
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
