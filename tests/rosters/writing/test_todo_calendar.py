# SPDX-License-Identifier: MIT
"""A calendar has one entry for each obligation, and moves it when its date changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from icalendar import Calendar

from caljobs_policy import RosterEntry
from caljobs_policy.rosters.writing.phrases import About
from caljobs_policy.rosters.writing.todo_calendar import (
    line_of,
    text_line,
    uid,
    write_calendar,
)
from tests.samples.profiles import DAY
from tests.samples.rosters import AT, reviewed, roster_policy

HEADER = (
    "username,status,staff.training_completed_on,automation_used,shared,last_maintenance_on,"
    "temporary_password.issued_at\n"
)


def about(folder: Path, **more: Any) -> About:
    return evolve(About(roster_policy(folder), AT, "r.csv", 30), **more)


def data(about: About, entries: list[RosterEntry]) -> bytes:
    stream = BytesIO()
    write_calendar(stream, about, entries)
    return stream.getvalue()


def read(raw: bytes) -> Any:
    """Read a calendar as a program for calendars does."""
    return Calendar.from_ical(raw.decode())


def todos(folder: Path, text: str, **more: Any) -> list[Any]:
    """Return the things to do of a roster."""
    calendar = read(data(about(folder, **more), reviewed(folder, HEADER + text)))
    assert calendar.errors == []
    return list(calendar.walk("VTODO"))


def test_there_is_one_thing_to_do_for_each_obligation(tmp_path: Path) -> None:
    near = DAY - timedelta(340)
    found = todos(tmp_path, f"anna,active,{near},yes,yes,2025-05-25,2025-06-02 09:00\n")
    assert sorted((str(t["summary"]), t["due"].dt if "due" in t else None) for t in found) == [
        ("anna: Password ends", datetime(2025, 6, 3, 16, tzinfo=UTC)),
        ("anna: The account is shared.", None),
        ("anna: The boss is to be told", date(2025, 6, 4)),
        ("anna: The training ends 2025-06-27.", date(2025, 6, 27)),
        ("anna: coordinator to Boss [at once]: Tell the boss.", date(2025, 6, 4)),
    ]
    assert len({str(t["uid"]) for t in found}) == 5
    shared = next(t for t in found if "shared" in t["summary"])
    assert str(shared["description"]) == "Give everybody an account.\nSAMPLE-1/a"
    assert (str(shared["status"]), shared["categories"].cats) == ("NEEDS-ACTION", ["violation"])


def test_latest_day_is_told_as_such(tmp_path: Path) -> None:
    (entry,) = reviewed(tmp_path, f"{HEADER}anna,active,{DAY - timedelta(400)},,,,\n")
    latest = evolve(entry, reasons=tuple(evolve(r, at_latest=True) for r in entry.reasons))
    (todo,) = read(data(about(tmp_path), [latest])).walk("VTODO")
    assert str(todo["description"]).startswith("Due 2025-04-28 at the latest.\n")
    assert todo["due"].dt == DAY - timedelta(35)


def test_days_are_dates_and_times_are_in_utc(tmp_path: Path) -> None:
    near = DAY - timedelta(340)
    entries = reviewed(tmp_path, f"{HEADER}anna,active,{near},,,,2025-06-02 09:00\n")
    lines = data(about(tmp_path), entries).decode().split("\r\n")
    assert {line for line in lines if line.startswith("DUE")} == {
        "DUE;VALUE=DATE:20250627",
        "DUE:20250603T160000Z",
    }
    assert {line for line in lines if line.startswith("DTSTAMP")} == {"DTSTAMP:20250602T190000Z"}


def test_changed_date_keeps_the_uid_and_has_a_higher_sequence(tmp_path: Path) -> None:
    (first,) = todos(tmp_path, f"anna,active,{DAY - timedelta(340)},,,,\n")
    later = AT + timedelta(minutes=1)
    (second,) = todos(tmp_path, f" ANNA ,active,{DAY - timedelta(345)},,,,\n", at=later)
    (missed,) = todos(tmp_path, f"anna,active,{DAY - timedelta(400)},,,,\n", at=later)
    assert first["due"].dt != second["due"].dt != missed["due"].dt
    assert str(first["uid"]) == str(second["uid"]) == str(missed["uid"])
    assert int(second["sequence"]) == int(first["sequence"]) + 1


def test_obligations_of_others_have_other_names() -> None:
    names = {
        uid(where, who, rule)
        for where in ("a", "b")
        for who in ("anna", "bob")
        for rule in ("deadlines/x", "duties/x")
    }
    assert len(names) == 8
    assert uid("a", "anna", "x") == uid("a", " Anna", "x")
    assert uid("a", "anna", "x") == "10025dc9b03d10c46b0fdabc2557883c@caljobs-policy"


def test_review_before_the_year_2000_has_a_sequence(tmp_path: Path) -> None:
    early = datetime(1999, 1, 1, tzinfo=UTC)
    (todo,) = todos(tmp_path, "anna,active,2025-05-20,,yes,,\n", at=early)
    assert int(todo["sequence"]) == 0


HOSTILE = [
    "BEGIN:VEVENT",
    "a;b,c\\d:e",
    "x\nEND:VTODO\nBEGIN:VEVENT\nSUMMARY:y",
    "x\rEND:VTODO",
    "ü" * 200,
    "x\u2028END:VCALENDAR",
    "\x1b[31m",
    "=cmd()",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_escaped_and_lines_folded(tmp_path: Path, name: str) -> None:
    quoted = name.replace('"', '""')
    entries = reviewed(tmp_path, f'{HEADER}"{quoted}",active,2025-05-20,,yes,,\n')
    raw = data(about(tmp_path, roster=f"{name}.csv"), entries)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\r" not in raw.replace(b"\r\n", b"")
    calendar = read(raw)
    assert [part.name for part in calendar.walk()] == ["VCALENDAR", "VTODO"]
    (todo,) = calendar.walk("VTODO")
    shown = "".join(c if c.isprintable() else "\ufffd" for c in name)
    assert str(todo["summary"]) == f"{shown}: The account is shared."
    assert str(calendar["x-wr-calname"]) == f"Sample Area: {shown}.csv"


def test_rows_without_a_user_name_or_outcome_are_left_out(tmp_path: Path) -> None:
    entries = reviewed(tmp_path, HEADER + ",active,2025-05-20,,yes,,\nanna,closed,,,,,\n")
    assert data(about(tmp_path), entries) == b""


def test_nothing_is_written_where_nothing_is_to_be_done(tmp_path: Path) -> None:
    stream = BytesIO()
    assert not write_calendar(stream, about(tmp_path), [])
    assert stream.getvalue() == b""


LINES = [
    *HOSTILE,
    "",
    " ",
    "a^b",
    "\\N",
    "a; b, c: d",
    *("x" * length + end for length in range(60, 80) for end in ("", ";;;;", ",é", "\\", "^^^")),
    *("x;" * length for length in (30, 40, 80)),
    "a, b; " * 50,
]


@pytest.mark.parametrize("text", LINES)
@pytest.mark.parametrize("name", ["summary", "uid", "description"])
def test_lines_are_those_of_the_library(name: str, text: str) -> None:
    assert text_line(name, text) == line_of(name, text)


def test_things_to_do_are_those_of_the_library(tmp_path: Path) -> None:
    """What is put together of lines is what the library makes of the same properties."""
    near = DAY - timedelta(340)
    rows = f"anna,active,{near},yes,yes,2025-05-25,2025-06-02 09:00\nbob,active,2024-01-01,,,,\n"
    raw = data(about(tmp_path), reviewed(tmp_path, HEADER + rows))
    assert raw == read(raw).to_ical()
