# SPDX-License-Identifier: MIT
"""Properties of every roster, whatever it contains."""

from __future__ import annotations

import csv
import json
from atexit import register
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from io import BytesIO, StringIO
from itertools import pairwise
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from unicodedata import normalize
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from caljobs_policy import (
    UNKNOWN,
    Account,
    Policy,
    Problem,
    RosterEntry,
    Staff,
    TemporaryPassword,
    Urgency,
    load_policy,
    review,
)
from caljobs_policy.dates.durations import day_of
from caljobs_policy.errors.exceptions import PolicyError
from caljobs_policy.rosters.entry import Totals
from caljobs_policy.rosters.reading.decoding import lines_of
from caljobs_policy.rosters.reading.opening import open_roster
from caljobs_policy.rosters.reading.options import RosterOptions
from caljobs_policy.rosters.reading.rows import RowReader
from caljobs_policy.rosters.reading.table import RowSplitter, SplitRow
from caljobs_policy.rosters.reviewer import Reviewer
from caljobs_policy.rosters.reviewing import review_rows
from caljobs_policy.rosters.spool import Spool
from caljobs_policy.rosters.writing.phrases import About
from caljobs_policy.rosters.writing.spreadsheet import (
    COLUMNS,
    harmless,
    write_row,
    write_spreadsheet,
)
from caljobs_policy.rosters.writing.todo_calendar import write_calendar
from tests.samples.codes import GENERAL
from tests.samples.profiles import DAY, sound_profile
from tests.samples.rosters import AT, ROSTER_TABLES_YAML

NAME_OF_STAFF = "Quillfeather"
CELLS = st.text(st.sampled_from('ab,;\t"\r\n \0é=-|{}[]:\ufeff'), max_size=8)
BEGINNINGS = st.text(
    st.sampled_from(" \t\r\n\0\x0b\u00a0\u200b\ufeff=+-@\uff1d\uff0b\uff0d\uff20'a"), max_size=4
)
NAMES = st.one_of(st.text(min_size=1, max_size=12), BEGINNINGS.map(lambda text: f"{text}x"))
DAYS = st.dates(date(2024, 1, 1), date(2026, 1, 1))
TIMES = st.builds(
    lambda time, is_local: time if is_local else time.replace(tzinfo=UTC),
    st.datetimes(datetime(2025, 5, 30), datetime(2025, 6, 5)),
    st.booleans(),
)


@cache
def area() -> Path:
    """Write the sample area into a folder of its own."""
    folder = Path(mkdtemp())
    register(rmtree, folder)
    return sound_profile(folder / "sample_area", ROSTER_TABLES_YAML)


def policy() -> Policy:
    return load_policy(area(), DAY)


def reviewed(data: bytes) -> list[RosterEntry]:
    """Review a roster of any bytes; nothing where its header cannot be read."""
    problems: tuple[Problem, ...] = ()
    try:
        roster = open_roster(BytesIO(data), "r.csv", policy(), RosterOptions())
    except PolicyError as error:
        problems = error.problems
    else:
        return list(review_rows(Reviewer(str(area()), DAY, AT, roster.layout), roster.rows))
    assert all(problem.help and problem.place.line for problem in problems)
    assert GENERAL.isdisjoint(problem.code for problem in problems)
    assert NAME_OF_STAFF not in str(problems)
    return []


class TestAnything:
    """Whatever bytes a roster holds, each row has an outcome or a problem with place and remedy."""

    @given(data=st.binary(max_size=200))
    def test_bytes(self, data: bytes) -> None:
        for entry in reviewed(b"username,status,shared\n" + data):
            assert (entry.outcome is None) == bool(entry.problems)
            assert all(problem.help for problem in entry.problems)
            assert GENERAL.isdisjoint(problem.code for problem in entry.problems)
            assert all(problem.place.line > 1 for problem in entry.problems)

    @given(data=st.binary(max_size=60))
    def test_header(self, data: bytes) -> None:
        reviewed(data)

    @given(rows=st.lists(st.text(st.sampled_from('{}[]:,"\\ \tna\x00é\n'), max_size=30)))
    def test_json_lines(self, rows: list[str]) -> None:
        text = "\n".join(['{"username": "a"}', *rows])
        for entry in reviewed(text.encode()):
            assert (entry.outcome is None) == bool(entry.problems)


class TestNoRowIsLost:
    """Every line of a table is part of exactly one row, and rows come in their order."""

    @given(lines=st.lists(st.text(st.sampled_from('a,"'), max_size=6), max_size=12))
    def test_lines(self, lines: list[str]) -> None:
        data = "".join(f"{line}\n" for line in lines).encode()
        rows = list(RowSplitter(lines_of(BytesIO(data), "r.csv", "utf-8"), ","))
        begun = [row.line for row in rows]
        assert begun == sorted(set(begun))
        assert (begun[:1] or [1]) == [1]
        spans = [b - a for a, b in pairwise([*begun, len(lines) + 1])]
        for row, span in zip(rows, spans, strict=True):
            # A row that could not be split takes only its own line.
            assert span == (1 if row.fault else 1 + sum(c.count("\n") for c in row.cells))

    @given(
        lines=st.lists(st.text(st.sampled_from('a,;"\r \té\0'), max_size=6), max_size=6),
        delimiter=st.sampled_from(",;\t "),
    )
    def test_lines_without_quotes_are_split_as_the_parser_does(
        self, lines: list[str], delimiter: str
    ) -> None:
        data = "\n".join(lines).encode()

        def split() -> list[SplitRow]:
            return list(RowSplitter(lines_of(BytesIO(data), "r.csv", "utf-8"), delimiter))

        with patch("caljobs_policy.rosters.reading.table.MOST_PLAIN", 0):
            parsed = split()
        assert split() == parsed

    @given(cells=st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=6))
    def test_what_a_spreadsheet_writes_is_read(self, cells: list[list[str]]) -> None:
        stream = StringIO(newline="")
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(cells)
        rows = list(RowSplitter(lines_of(BytesIO(stream.getvalue().encode()), "r", "utf-8"), ","))
        assert [list(row.cells) for row in rows] == cells or any(row.fault for row in rows)


class TestPrivate:
    """No message shows a person's name, wherever a row breaks."""

    @given(cells=st.lists(CELLS, max_size=3), more=CELLS, cut=st.integers(0, 60))
    def test_table(self, cells: list[str], more: str, cut: int) -> None:
        row = ",".join(["anna", f"{more}{NAME_OF_STAFF}{more}", *cells])
        for entry in reviewed(f"username,staff.name,shared\n{row[:cut]}\n".encode()):
            if entry.number == 1 and entry.place.line == 2:
                told = [p for p in entry.problems if "account." not in p.message]
                assert not any(NAME_OF_STAFF in f"{p.message}{p.help}" for p in told)

    @given(cut=st.integers(0, 60), more=CELLS)
    def test_json_lines(self, cut: int, more: str) -> None:
        row = json.dumps({"username": "anna", "staff": {"name": NAME_OF_STAFF}, "shared": True})
        text = '{"username": "a"}\n' + row[:cut] + more.replace("\n", " ") + row[cut:] + "\n"
        for entry in reviewed(text.encode()):
            assert NAME_OF_STAFF not in str([str(problem) for problem in entry.problems])


def visible(cell: str) -> str:
    """Return the first character that a reader sees, in its usual width."""
    shown = [c for c in cell if c.isprintable() and not c.isspace()]
    return normalize("NFKC", shown[0])[:1] if shown else ""


class TestFormulas:
    """No cell of any output begins as a formula does, nor ends its row."""

    @given(texts=st.lists(st.one_of(st.text(), BEGINNINGS), min_size=1, max_size=5))
    def test_cells(self, texts: list[str]) -> None:
        stream = StringIO(newline="")
        write_row(stream, texts)
        assert stream.getvalue().count("\n") == 1
        (row,) = csv.reader(StringIO(stream.getvalue(), newline=""))
        assert row == [harmless(text) for text in texts]
        for cell in row:
            assert visible(cell) not in {*"=+-@"}
            assert not any(c < " " for c in cell)

    @given(text=st.text(st.characters(categories=["L", "N"])))
    def test_plain_text_stays(self, text: str) -> None:
        assert harmless(text) == text

    @given(name=NAMES, organization=NAMES)
    def test_work_list(self, name: str, organization: str) -> None:
        account = Account(username=name, organization=organization, shared=True)
        stream = StringIO(newline="")
        write_spreadsheet(stream, About(policy(), AT, "r", 30), review(policy(), [account], at=AT))
        header, row = csv.reader(StringIO(stream.getvalue(), newline=""))
        assert header == list(COLUMNS)
        assert not any(visible(cell) in {*"=+-@"} for cell in row)


ACCOUNTS = st.lists(
    st.builds(
        Account,
        username=NAMES,
        status=st.just("active"),
        staff=st.builds(Staff, training_completed_on=st.just(UNKNOWN) | DAYS),
        last_maintenance_on=st.none() | DAYS,
        temporary_password=st.builds(TemporaryPassword, issued_at=st.none() | TIMES),
        shared=st.booleans(),
        automation_used=st.booleans(),
    ),
    max_size=6,
)


class TestWorkList:
    """A work list is sorted, holds every account once, and adds up."""

    @given(accounts=ACCOUNTS, within=st.integers(0, 400))
    def test_entries(self, accounts: Sequence[Account], within: int) -> None:
        entries = list(review(policy(), accounts, at=AT, within=within))
        assert [entry.username for entry in entries] == [one.username for one in accounts]
        last = DAY + timedelta(within)
        for entry in entries:
            ahead = [day_of(t.due, policy().zone) for t in entry.deadlines if t.due is not None]
            assert all(DAY <= day <= last for day in ahead)
            assert len(ahead) == len(entry.deadlines)
            told = {reason.obligation for reason in entry.reasons}
            assert not told & {task.rule for task in entry.deadlines}
            is_quiet = not (entry.reasons or entry.duties or entry.deadlines or entry.needs)
            assert (entry.urgency is Urgency.NONE) == is_quiet
        totals = Totals()
        for entry in entries:
            totals.add(entry)
        assert totals.rows == sum(totals.outcomes.values()) == sum(totals.by_urgency.values())

    @given(accounts=ACCOUNTS, most=st.integers(1, 8))
    def test_order(self, accounts: Sequence[Account], most: int) -> None:
        entries = list(review(policy(), accounts, at=AT))
        with Spool(entries, most) as spool:
            found = list(spool)
        assert found == sorted(entries, key=lambda entry: entry.order)
        assert [e.urgency for e in found] == sorted(e.urgency for e in found)

    @given(accounts=ACCOUNTS)
    def test_calendar(self, accounts: Sequence[Account]) -> None:
        unique = {one.username.strip().casefold(): one for one in accounts if one.username}
        entries = list(review(policy(), unique.values(), at=AT))
        stream = BytesIO()
        write_calendar(stream, About(policy(), AT, "r", 30), entries)
        listed = sum(len(e.reasons) + len(e.duties) + len(e.deadlines) for e in entries)
        assert bool(stream.getvalue()) is bool(listed)
        if not listed:
            return
        calendar = Calendar.from_ical(stream.getvalue().decode())
        todos = calendar.walk("VTODO")
        assert len(todos) == listed
        assert len({str(todo["uid"]) for todo in todos}) == len(todos)
        assert {part.name for part in calendar.walk()} <= {"VCALENDAR", "VTODO"}


class TestRows:
    """A row that is written as it should be is read as it was meant."""

    @given(created=DAYS, shared=st.booleans(), name=st.from_regex(r"[a-z]{1,8}", fullmatch=True))
    def test_row(self, created: date, shared: bool, name: str) -> None:
        text = f"username,created_on,shared\n{name},{created} 00:00:00,{str(shared).upper()}\n"
        roster = open_roster(BytesIO(text.encode()), "r.csv", policy(), RosterOptions())
        account, row = RowReader(roster.layout, policy()).account(next(roster.rows))
        assert row.problems == ()
        assert account == Account(username=name, created_on=created, shared=shared)
