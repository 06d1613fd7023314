# SPDX-License-Identifier: MIT
"""The review of a roster: reading its rows, deciding, the reasons, and writing the work list."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from io import BytesIO, StringIO
from typing import Final

from benchmarks.cases import AT, DAY, POLICY
from benchmarks.sample_rosters import ROWS, roster_text
from benchmarks.timing import Pair, Timed
from benchmarks.twins import roster as by_hand
from caljobs_policy import Account, evaluate
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.errors.problems import Place
from caljobs_policy.rosters.entry import RosterEntry
from caljobs_policy.rosters.reading.blocks import Block, BlockReader
from caljobs_policy.rosters.reading.opening import Roster, open_roster
from caljobs_policy.rosters.reading.options import RosterOptions
from caljobs_policy.rosters.reviewer import WITHIN, Reviewer
from caljobs_policy.rosters.reviewing import review_rows
from caljobs_policy.rosters.worklist import entry_of

IN_BLOCKS: Final = 4_000
"""With so many rows, those with which nothing is to be done are found as columns."""


def roster_pairs() -> Iterator[Pair]:
    """Return the stages of a review, beside one written by hand with the same output."""
    yield from _few_pairs()
    if find_spec("polars"):
        yield from _many_pairs()


def _few_pairs() -> Iterator[Pair]:
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


def _many_pairs() -> Iterator[Pair]:
    from caljobs_policy.rosters.quiet import quiet_finder  # noqa: PLC0415  # it takes Polars

    data = roster_text(IN_BLOCKS).encode()
    block = _block(data)
    finder = quiet_finder(POLICY, AT, WITHIN)
    assert finder is not None
    rows = by_hand.read(data)
    accounts = [account for _, account in rows]
    quiet = finder.outcomes(block.facts)
    told = [answer.outcome for answer in by_hand.decided(accounts, AT)]
    assert all(one is None or one is other for one, other in zip(quiet, told, strict=True))
    busy = [number for number, outcome in enumerate(quiet) if outcome is None]
    assert len(busy) < IN_BLOCKS / 4
    assert _review(data) == _by_hand(data)
    case = f"{IN_BLOCKS:,} rows, a fifth with findings, for each row"
    pair = partial(Pair, "rosters", case, per=IN_BLOCKS)
    reading, by_rows = Timed(partial(_block, data)), Timed(partial(_plainly, data))
    yield pair("reading, as columns", reading, by_rows, "csv.DictReader")
    yield pair(
        "finding where nothing is to be done",
        Timed(partial(finder.outcomes, block.facts)),
        Timed(partial(by_hand.decided, accounts, AT)),
    )
    yield Pair(
        "rosters",
        f"{IN_BLOCKS:,} rows, for each of those in which something is to be done",
        "deciding, with reasons",
        Timed(partial(_entries_of, block, busy)),
        Timed(partial(by_hand.entries, [rows[number] for number in busy], AT, WITHIN)),
        per=len(busy),
    )
    yield pair("all of it", Timed(partial(_review, data)), Timed(partial(_by_hand, data)))


def _plainly(data: bytes) -> None:
    for _ in csv.DictReader(StringIO(data.decode())):
        pass


def _block(data: bytes) -> Block:
    roster = _opened(data)
    return BlockReader(roster.layout, POLICY).read([*roster.rows])


def _entries_of(block: Block, numbers: list[int]) -> list[RosterEntry]:
    accounts = [block.account(number) for number in numbers]
    return _entries([account for account in accounts if account is not None])


def _opened(data: bytes) -> Roster:
    return open_roster(BytesIO(data), by_hand.FILE, POLICY, RosterOptions())


def accounts_of(data: bytes) -> list[Account]:
    """Return the accounts of a roster."""
    block = _block(data)
    accounts = [block.account(number) for number in range(len(block.usual))]
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
