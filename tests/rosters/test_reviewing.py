# SPDX-License-Identifier: MIT
"""Rosters are reviewed row by row: lazily, in bounded memory, on one core or on several."""

from __future__ import annotations

import tracemalloc
import weakref
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from caljobs_policy import Account, Outcome, Request, Staff, Urgency, review
from caljobs_policy.rosters.reading.rows import Cells, RowReader
from caljobs_policy.rosters.reviewer import WORTHWHILE
from caljobs_policy.rosters.reviewing import review_rows
from tests.samples.rosters import AT, GOOD_DAY, opened, reviewed, reviewer_of, roster_policy

HEADER = "username,organization,status,staff.training_completed_on\n"
MANY = 6_000
FEWER = 2_500
"""Where each piece of memory is traced."""


def row(number: int) -> str:
    day = ("2024-01-01", GOOD_DAY, "", "2024-06-20")[number % 4]
    return f"user{number},branch,active,{day}\n"


def test_review_of_accounts_is_lazy(tmp_path: Path) -> None:
    taken: list[int] = []

    def rows() -> Iterator[Account]:
        for number in range(3):
            taken.append(number)
            yield Account(username=f"user{number}", status="active")

    entries = review(roster_policy(tmp_path), rows(), at=AT)
    assert taken == []
    assert next(entries).username == "user0"
    assert taken == [0]
    assert [(e.number, e.username, e.place.line) for e in entries] == [
        (2, "user1", 0),
        (3, "user2", 0),
    ]


def test_account_with_words_that_nobody_knows_keeps_no_other_back(tmp_path: Path) -> None:
    rows = [
        Account(username="user0", organization="brunch", staff=Staff(employer="outsid")),
        Account(username=None, organization="brunch"),
        Account(username="user2", organization="branch", status="active"),
    ]
    first, second, third = review(roster_policy(tmp_path), rows, at=AT)
    assert (first.username, first.outcome, first.urgency) == ("user0", None, Urgency.UNREAD)
    assert [problem.help for problem in first.problems] == [
        "did you mean `branch`?",
        "did you mean `outside`?",
    ]
    assert (second.username, second.urgency) == (None, Urgency.UNREAD)
    assert third.outcome is not None


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ("policy", {"policy": "state"}),
        ("rows", {"rows": None}),
        ("rows", {"rows": Account()}),
        ("at", {"at": date(2025, 6, 2)}),
        ("within", {"within": "30"}),
        ("engine", {"engine": None}),
    ],
)
def test_review_tells_at_once_what_it_takes(
    tmp_path: Path, told: str, wrong: dict[str, Any]
) -> None:
    given: dict[str, Any] = {"policy": roster_policy(tmp_path), "rows": [], **wrong}
    with pytest.raises(TypeError, match=f"^`{told}` takes "):
        review(given.pop("policy"), given.pop("rows"), **given)


def test_review_tells_at_once_of_an_unknown_engine(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is no engine `nativ`"):
        review(roster_policy(tmp_path), [], engine="nativ")


def test_review_tells_which_row_is_no_account(tmp_path: Path) -> None:
    rows: list[Any] = [Account(status="active"), Request(type="create")]
    entries = review(roster_policy(tmp_path), rows)
    next(entries)
    with pytest.raises(TypeError, match="`rows` takes Accounts, not Request; it is number 2"):
        next(entries)


def test_review_is_at_noon_of_the_policy_unless_told_otherwise(tmp_path: Path) -> None:
    policy = roster_policy(tmp_path)
    account = Account(
        username="a", staff=Staff(training_completed_on=date(2024, 6, 2)), status="active"
    )
    (today,) = review(policy, [account])
    (tomorrow,) = review(
        policy, [account], at=datetime(2025, 6, 3, 9, tzinfo=ZoneInfo("America/Los_Angeles"))
    )
    assert (today.outcome, tomorrow.outcome) == (Outcome.ATTENTION, Outcome.VIOLATION)


@pytest.mark.parametrize("engine", ["native", "naive"])
def test_review_looks_so_many_days_ahead(tmp_path: Path, engine: str) -> None:
    account = Account(username="a", staff=Staff(training_completed_on=date(2024, 7, 12)))
    policy = roster_policy(tmp_path)
    found = [next(review(policy, [account], within=n, engine=engine)).urgency for n in (39, 40)]
    assert found == [Urgency.NONE, Urgency.DUE]


def test_rows_come_in_their_order_with_their_places(tmp_path: Path) -> None:
    entries = reviewed(tmp_path, HEADER + row(0) + "\n" + row(1) + "bad,row\n" + row(2))
    assert [(e.number, str(e.place), e.username, e.urgency) for e in entries] == [
        (1, "r.csv:2:1", "user0", Urgency.VIOLATION),
        (2, "r.csv:4:1", "user1", Urgency.NONE),
        (3, "r.csv:5:3", "bad", Urgency.UNREAD),
        (4, "r.csv:6:1", "user2", Urgency.MISSING),
    ]


def test_user_name_that_stands_twice_has_one_outcome(tmp_path: Path) -> None:
    entries = reviewed(tmp_path, HEADER + "Anna,,,\n" * 2 + " anna ,,x,\nANNA,,,,\n" + ",,x,\n" * 2)
    assert [entry.outcome for entry in entries] == [Outcome.CANNOT_TELL, *[None] * 5]
    said = [[str(problem).partition("\n")[0] for problem in entry.problems] for entry in entries]
    status = "`account.status` has no such value"
    assert said == [
        [],
        ["r.csv:3:1: an earlier row has the same user name"],
        [
            f"r.csv:4:3: {status}",
            "r.csv:4:1: an earlier row has the same user name",
        ],
        [
            "r.csv:5:5: the row has 5 cells, but the header has 4",
            "r.csv:5:5: an earlier row has the same user name",
        ],
        [f"r.csv:6:3: {status}"],
        [f"r.csv:7:3: {status}"],
    ]


@pytest.mark.parametrize("jobs", [2, 0])
def test_several_processes_come_to_the_same(tmp_path: Path, jobs: int) -> None:
    policy = roster_policy(tmp_path)
    text = HEADER + "".join(map(row, range(900))) + "user7,branch\n\nuser8,branch,active,\n"

    def entries(jobs: int) -> list[object]:
        roster = opened(policy, text)
        reviewer = reviewer_of(tmp_path, policy, roster.layout)
        return list(review_rows(reviewer, roster.rows, jobs))

    assert entries(jobs) == entries(1)


BROKEN = (
    *('"not closed,branch,active,\n', "short\n", "a,b,c,d,e\n", 'q"q,branch,active,\n'),
    *("nul\0,branch,active,\n", "c\rr,branch,active,\n", "caf\u00e9,branch,active,\n", ",,,\n"),
    *('"two\nlines",branch,active,\n', "Total,,,\n", " USER1 ,branch,active,\n", "user1\n"),
    *("\ufeffmark,branch,active,\n", "odd,branch,active,45123\n", "null,null,null,null\n"),
)


@pytest.mark.parametrize("block", [1, 6, 7, 8, 29, 30, 31, 1000])
@pytest.mark.parametrize("worthwhile", [0, WORTHWHILE])
def test_ends_of_blocks_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int, worthwhile: int
) -> None:
    """Whatever stands at the end of a block, and wherever an earlier row has the same name."""
    monkeypatch.setattr("caljobs_policy.rosters.reviewer.WORTHWHILE", worthwhile)
    policy = roster_policy(tmp_path)
    mixed = [row(number) + broken for number, broken in enumerate(BROKEN)]
    text = (
        HEADER + "".join(mixed) + row(5) + "last,branch"
    ).encode() + b"\nJos\xe9,branch,active,\n"
    roster = opened(policy, text)
    rows, reader = list(roster.rows), RowReader(roster.layout, policy)
    reviewer = reviewer_of(tmp_path, policy, roster.layout)
    singly = [reviewer.entry(reader, raw) for raw in rows]
    together = list(review_rows(reviewer, iter(rows), block=block))
    names = [(entry.username or "").strip().casefold() for entry in singly]
    for number, (one, entry) in enumerate(zip(singly, together, strict=True)):
        if names[number] and names[number] in names[:number]:
            assert (entry.number, entry.place, entry.outcome) == (one.number, one.place, None)
        else:
            assert entry == one
    assert {entry.urgency for entry in together} == {*Urgency}


class Alive:
    """Counts how many of the objects that it saw are still alive."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self._references: set[weakref.ref[object]] = set()

    def see(self, thing: object) -> None:
        self._references.add(weakref.ref(thing, self._gone))
        self.now += 1
        self.most = max(self.most, self.now)

    def _gone(self, reference: weakref.ref[object]) -> None:
        self._references.discard(reference)
        self.now -= 1


@pytest.mark.parametrize("block", [250, WORTHWHILE])
def test_rows_and_entries_are_not_held(tmp_path: Path, block: int) -> None:
    policy = roster_policy(tmp_path)
    reviewer = reviewer_of(tmp_path, policy, opened(policy, HEADER).layout)
    rows, entries = Alive(), Alive()

    def raw() -> Iterator[Cells]:
        for number in range(1, MANY + 1):
            cells = Cells(number, number + 1, (f"user{number}", "branch", "active", GOOD_DAY))
            rows.see(cells)
            yield cells

    for entry in review_rows(reviewer, raw(), block=block):
        entries.see(entry)
    assert entry.number == MANY
    assert rows.most <= 2 * block
    assert entries.most <= 2 * block


def test_memory_is_far_below_that_of_all_entries(tmp_path: Path) -> None:
    policy = roster_policy(tmp_path)
    reviewer = reviewer_of(tmp_path, policy, opened(policy, HEADER).layout)

    def raw() -> Iterator[Cells]:
        for number in range(1, FEWER + 1):
            yield Cells(number, number + 1, (f"user{number}", "branch", "active", "2024-01-01"))

    tracemalloc.start()
    try:
        entries = list(review_rows(reviewer, raw()))
        size = tracemalloc.get_traced_memory()[0]
        assert entries[-1].number == FEWER
        del entries
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        assert sum(1 for _ in review_rows(reviewer, raw(), block=250)) == FEWER
        peak = tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()
    assert peak < size / 2
