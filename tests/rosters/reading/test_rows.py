# SPDX-License-Identifier: MIT
"""Rosters are tables or JSON lines; a row that cannot be read stops no other."""

from __future__ import annotations

import json
import pickle
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caljobs_policy import Policy
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import RosterError
from caljobs_policy.rosters.reading.rows import Cells, JsonLine, RowReader
from tests.samples.rosters import accounts, faults, opened, roster_policy, rows_of

WITHHELD = "Zelda Quillfeather"


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    return roster_policy(tmp_path)


def refused(policy: Policy, text: str | bytes, **options: Any) -> list[str]:
    with pytest.raises(RosterError) as caught:
        opened(policy, text, **options)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_told_by_the_header(policy: Policy, delimiter: str) -> None:
    text = "username,status,shared\nanna,active,yes\n".replace(",", delimiter)
    (found,) = accounts(policy, text)
    assert (found.username, found.status, found.shared) == ("anna", "active", True)


def test_delimiter_is_told_by_headings_that_stand_for_keys(policy: Policy) -> None:
    text = "User, name;Shared? \nanna;yes\n"
    (found,) = accounts(policy, text, headings={"user, name": "username", "Shared?": "shared"})
    assert (found.username, found.shared) == ("anna", True)


@pytest.mark.parametrize("delimiter", [";", "\\t", "\t"])
def test_delimiter_may_be_named(policy: Policy, delimiter: str) -> None:
    sign = delimiter.replace("\\t", "\t")
    (found,) = accounts(policy, f"username\nan,na{sign}\n"[:-2] + "\n", delimiter=delimiter)
    assert found.username == "an,na"


@pytest.mark.parametrize("delimiter", ["", ";;", '"', "\n", "\r", "\0", "a", "1"])
def test_delimiter_that_cannot_part_cells_is_refused(policy: Policy, delimiter: str) -> None:
    (fault,) = refused(policy, "username\n", delimiter=delimiter)
    assert "cannot separate cells\n  help: name one sign, such as `;`" in fault


def test_keys_may_have_the_subject_before_them(policy: Policy) -> None:
    (found,) = accounts(policy, "account.username,account.staff.employer\nanna,inside\n")
    assert (found.username, found.staff.employer) == ("anna", "inside")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_marks_and_line_ends_of_spreadsheets_are_read(policy: Policy, mark: str, end: str) -> None:
    (found,) = accounts(policy, f"{mark}username,status{end}peña,active{end}")
    assert (found.username, found.status) == ("peña", "active")


def test_blank_lines_before_the_header_are_passed_over(policy: Policy) -> None:
    (row,) = rows_of(policy, "\ufeff\n\nusername\nanna\n")
    assert (row.number, str(row.place), row.username) == (1, "r.csv:4:1", "anna")


def test_blank_lines_are_passed_over(policy: Policy) -> None:
    rows = rows_of(policy, "username,status\n\na,active\n,\n \nb,active\n\n,\n")
    assert [(row.number, row.place.line, row.username) for row in rows] == [
        (1, 3, "a"),
        (2, 6, "b"),
    ]
    assert [problem for row in rows for problem in row.problems] == []


@pytest.mark.parametrize("text", [b"", b"\n", b"\xef\xbb\xbf", b" \r\n\t\n"])
def test_empty_roster_is_refused(policy: Policy, text: bytes) -> None:
    assert refused(policy, text) == [
        "r.csv:1:1: the roster is empty\n  help: check that it is the right file"
    ]


def test_roster_without_a_header_is_refused_and_not_repeated(policy: Policy) -> None:
    assert refused(policy, f"anna,{WITHHELD},active\n") == [
        "r.csv:1:1: no heading is a key of an account\n"
        "  help: begin with a line of keys, such as username,organization; or use --map"
    ]


def test_header_alone_has_no_rows(policy: Policy) -> None:
    assert rows_of(policy, "username,status\n") == []


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (b"user\xffname,status\n", "the line cannot be read as utf-8"),
        (b"user\0name,status\n", "the line holds the control character U+0000"),
        (b'username,"status\n', "a cell begins with a quote that is not closed"),
        (b"username," + b"x" * 1_100_000 + b"\n", "the line is longer than 1,048,576 bytes"),
    ],
)
def test_header_that_cannot_be_read_is_refused(policy: Policy, header: bytes, message: str) -> None:
    (fault,) = refused(policy, header + b"anna,active\n")
    assert fault.startswith(f"r.csv:1:1: {message}")


def test_header_may_have_headings_of_several_lines(policy: Policy) -> None:
    (found,) = accounts(policy, 'username,"first\nsecond"\nanna,\n')
    assert found.username == "anna"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("b", "r.csv:3:2: the row has 1 cells, but the header has 2"),
        ("b,active,", "r.csv:3:3: the row has 3 cells, but the header has 2"),
    ],
)
def test_row_of_another_length_is_told(policy: Policy, row: str, message: str) -> None:
    rows = rows_of(policy, f"username,status\na,active\n{row}\nc,active\n")
    assert [row.username for row in rows] == ["a", "b", "c"]
    assert [str(p).partition("\n")[0] for row in rows for p in row.problems] == [message]


def test_user_name_of_a_row_whose_cells_may_have_moved_is_not_told(policy: Policy) -> None:
    text = f"staff.name,username\nAnna,a\n{WITHHELD}, {WITHHELD},b\n"
    rows = rows_of(policy, text)
    assert [row.username for row in rows] == ["a", None]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"b\xff,active", "the line cannot be read as utf-8"),
        (b"b\0,active", "the line holds the control character U+0000"),
        (b'b,"active', "a cell begins with a quote that is not closed where the cell ends"),
        (b"b,a\rctive", "the line has a carriage return in it"),
        (b"b," + b"x" * 200_000, "a cell holds more than 131,072 characters"),
        (b"b," + b"x" * 10_000_000, "the line is longer than 1,048,576 bytes"),
    ],
)
def test_row_that_cannot_be_read_keeps_no_other_back(
    policy: Policy, line: bytes, message: str
) -> None:
    rows = rows_of(policy, b"username,status\na,active\n" + line + b"\nc,active\n")
    assert [(row.number, row.username) for row in rows] == [(1, "a"), (2, None), (3, "c")]
    (problem,) = [problem for row in rows for problem in row.problems]
    assert (str(problem.place), problem.message) == ("r.csv:3:1", message)
    assert problem.help
    assert problem.code is Code.SYNTAX


def test_what_is_wrong_with_a_row_keeps_nothing_that_stands_in_it(policy: Policy) -> None:
    (row,) = rows_of(policy, f"username,status\nb,{WITHHELD}\n")
    (problem,) = row.problems
    assert problem.help == "known are: active, deactivated"
    assert WITHHELD.encode() not in pickle.dumps(row)


JSON = {
    "nested": {"username": "a", "staff": {"employer": "inside"}, "shared": True},
    "dotted": {"username": "a", "staff.employer": "inside", "account.shared": True},
    "below": {"account": {"username": "a", "staff": {"employer": "inside"}, "shared": True}},
}


@pytest.mark.parametrize("form", JSON)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_json_lines_may_be_nested_or_have_dots(policy: Policy, form: str, end: str) -> None:
    (found,) = accounts(policy, f"\ufeff{json.dumps(JSON[form])}{end}")
    assert (found.username, found.staff.employer, found.shared) == ("a", "inside", True)


def test_json_lines_join_nested_keys_and_those_with_dots(policy: Policy) -> None:
    text = '{"staff": {"employer": "inside"}, "staff.training_completed_on": "2025-03-01"}\n'
    (found,) = accounts(policy, text)
    assert found.staff.employer == "inside"
    assert found.staff.training_completed_on == date(2025, 3, 1)


def test_json_lines_are_read_as_cases_are(policy: Policy) -> None:
    text = '{"staff": {"statement": {"form": "paper_a"}, "privileges": ["a;b"]}, "told_on": null}\n'
    (found,) = accounts(policy, text)
    assert found.staff.privileges == ("a;b",)
    assert found.own == {"told_on": None}


def test_json_line_without_a_user_name_has_none(policy: Policy) -> None:
    rows = rows_of(policy, '{"username": null}\n{"status": "active"}\n{"username": "null"}\n')
    assert [row.username for row in rows] == [None, None, "null"]


def test_json_lines_that_are_wrong_keep_no_other_back(policy: Policy) -> None:
    text = (
        '{"username": "a"}\n\n{"username": "b"\n[1]\n{"username": "c", "status": "closed"}\n'
        '{"username": "d", "account.username": "e"}\nnull\n{"username": "f"}\n\n'
    )
    rows = rows_of(policy, text)
    assert [(row.number, row.username) for row in rows] == [
        *((1, "a"), (2, None), (3, None), (4, "c"), (5, "d"), (6, None), (7, "f")),
    ]
    assert [str(p).partition("\n")[0] for row in rows for p in row.problems] == [
        "r.csv:3:17: a comma or a closing `}` is missing before the end of the text",
        "r.csv:4:1: the line is not a JSON object",
        "r.csv:5:29: `account.status` has no such value",
        "r.csv:6:19: this key is given twice, or both whole and in parts",
        "r.csv:7:1: the line is not a JSON object",
    ]


@pytest.mark.parametrize("text", ['[{"username": "a"}]\n', '[\n{"username": "a"}\n]\n', " [ \n"])
def test_json_list_is_refused(policy: Policy, text: str) -> None:
    assert refused(policy, text) == [
        "r.csv:1:1: this is a JSON list, not JSON lines\n"
        "  help: write one object per line, without the brackets around the list"
    ]


def test_table_may_begin_with_a_bracket(policy: Policy) -> None:
    (found,) = accounts(policy, "[Notes],username\nx,anna\n")
    assert found.username == "anna"


@pytest.mark.parametrize("options", [{"headings": {"a": "b"}}, {"date_format": "%m/%d/%Y"}])
def test_options_of_tables_are_refused_for_json_lines(
    policy: Policy, options: dict[str, Any]
) -> None:
    (fault,) = refused(policy, '{"username": "a"}\n', **options)
    assert fault.startswith("r.csv:1:1: this roster holds JSON lines, which have no headings")


def test_form_of_dates_is_checked_at_once(policy: Policy) -> None:
    (fault,) = refused(policy, "username\na\n", date_format="mm/dd/yyyy")
    assert fault.startswith("`mm/dd/yyyy` is not the form of a whole date")


@pytest.mark.parametrize(
    "text",
    [
        f'username,staff.name,shared\na,"{WITHHELD}\nb,{WITHHELD},perhaps\n',
        f"username,staff.name\na,{WITHHELD},more\nb\n",
        f'{{"username": "a", "staff": {{"name": "{WITHHELD}\n',
        f'{{"username": "a", "staff": {{"name": "{WITHHELD}" "x"}}}}\n',
        f'{{"username": "a", "staff": "{WITHHELD}"}}\n',
        f'{{"username": "a", "staff": {{"name": ["{WITHHELD}"]}}}}\n',
        f'{{"username": "a", "staff": {{"name": {{"first": "{WITHHELD}"}}}}}}\n',
        f'{{"username": "a", {WITHHELD}\n',
        f"{{'username': 'a', 'staff.name': '{WITHHELD}', x\n",
    ],
)
def test_no_message_tells_a_name(policy: Policy, text: str) -> None:
    found = faults(policy, text)
    assert found
    assert not any(part in fault for fault in found for part in WITHHELD.split())


def test_row_without_a_heading_for_users_has_no_name(policy: Policy) -> None:
    roster = opened(policy, "status\nactive\n")
    assert not roster.layout.has_usernames
    assert opened(policy, "username\na\n").layout.has_usernames
    assert opened(policy, '{"status": "active"}\n').layout.has_usernames


def test_rows_are_read_as_they_are_asked_for(policy: Policy) -> None:
    roster = opened(policy, "username\na\nb\n")
    assert next(roster.rows) == Cells(1, 2, ("a",))
    assert next(roster.rows) == Cells(2, 3, ("b",))
    roster = opened(policy, '{"username": "a"}\n')
    assert next(roster.rows) == JsonLine(1, 1, '{"username": "a"}\n')


def test_layout_can_be_handed_to_another_process(policy: Policy) -> None:
    roster = opened(policy, "username,created_on\na,03/01/2025\n", date_format="%m/%d/%Y")
    layout = pickle.loads(pickle.dumps(roster.layout))  # made here
    assert layout == roster.layout
    account, _ = RowReader(layout, policy).account(next(roster.rows))
    assert account is not None
    assert account.created_on == date(2025, 3, 1)
