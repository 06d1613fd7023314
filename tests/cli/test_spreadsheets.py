# SPDX-License-Identifier: MIT
"""What spreadsheets leave in rosters is read, skipped or named, and never hides the rest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from caljobs_policy.cli import main
from tests.samples.profiles import sound_profile
from tests.samples.rosters import ROSTER_TABLES_YAML

HEADER = "username,organization,status,staff.training_completed_on,shared,born_on\n"
GOOD = "anna,branch,active,2025-05-20,,\n"
BAD = "bob,branch,active,2025-05-20,yes,\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The working folder, with the profile `sample_area` in it."""
    monkeypatch.chdir(tmp_path)
    sound_profile(tmp_path / "sample_area", ROSTER_TABLES_YAML)


def run(command: str, data: str | bytes, *arguments: str, at: str | None = "2025-06-02") -> Result:
    Path("r.csv").write_bytes(data.encode() if isinstance(data, str) else data)
    options = ["--profile", "sample_area", *(["--at", at] if at else [])]
    result = CliRunner().invoke(main, [command, "r.csv", *options, *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def review(data: str | bytes, *arguments: str) -> Result:
    return run("review", data, *arguments)


def problems(result: Result) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in result.stdout.splitlines()]
    return [problem for entry in found for problem in entry.get("problems", [])]


@pytest.mark.parametrize(
    ("begin", "kind"),
    [
        (b"PAR1\x15\x04", "a Parquet file"),
        (b"ARROW1\0\0\xff", "an Arrow file"),
        (b"\x1f\x8b\x08", "a gzip file"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
    ],
)
def test_other_files_without_text_are_named(begin: bytes, kind: str) -> None:
    result = review(begin)
    assert result.exit_code == 3
    assert result.stderr.startswith(f"r.csv:1:1: this is {kind}, not a text file\n  help: ")


@pytest.mark.parametrize("begin", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_workbook_is_named_with_one_remedy(begin: bytes) -> None:
    result = review(begin + b"\x00\x01\n\x02")
    assert result.stderr == (
        "r.csv:1:1: this is an Excel workbook, not a text file\n"
        "  help: open it in Excel and save it as CSV UTF-8\n"
    )
    assert result.exit_code == 3


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read(encoding: str) -> None:
    # U+0A0D and U+0D0A have the bytes of line feeds within them.
    text = "\ufeff" + HEADER + BAD.replace("bob", "b\u0a0d\u0d0ab") + GOOD
    result = review(text.encode(encoding), "--format", "json")
    entry, totals = map(json.loads, result.stdout.splitlines())
    assert entry["username"] == "b\u0a0d\u0d0ab"
    assert totals["totals"]["rows"] == 2
    assert result.exit_code == 4


def test_utf_16_that_breaks_off_is_told() -> None:
    result = review(("\ufeff" + HEADER).encode("utf-16-le") + b"a")
    assert "cannot be read as UTF-16" in result.stderr
    assert result.exit_code == 3


@pytest.mark.parametrize("to", ["ics", "ics=list.ics"])
def test_no_calendar_is_written_where_nothing_is_to_be_done(to: str) -> None:
    result = review(HEADER + GOOD, "--format", to)
    assert result.stdout == ""
    assert "no calendar is written, since there is nothing to do\n" in result.stderr
    assert not Path("list.ics").exists()
    assert result.exit_code == 0
    assert b"VTODO" in review(HEADER + BAD, "--format", "ics").stdout_bytes


def test_lines_above_the_header_are_told_once() -> None:
    result = review("Staff Audit,,,,,\nYear 2025,,,,,\n" + HEADER + BAD)
    assert result.stderr == (
        "r.csv:1:1: line 3 looks like the header, but other lines come before it\n"
        "  help: remove the lines above the header\n"
    )
    assert result.exit_code == 3


@pytest.mark.parametrize("total", ["Total,1,,,,", ",Totals:,1,,,", "grand total,,,,,"])
def test_blank_lines_and_totals_are_passed_over(total: str) -> None:
    result = review(f"{HEADER}{BAD},,,,,\n\n{total}\n", "--format", "json")
    entry, totals = map(json.loads, result.stdout.splitlines())
    assert entry["username"] == "bob"
    assert totals["totals"] == {"rows": 1, "outcomes": {"violation": 1}, "not_evaluated": 0}
    assert result.stderr.startswith("r.csv:5:1: this looks like a row of totals")
    assert result.exit_code == 4


def test_somebody_called_total_is_an_account() -> None:
    result = review(HEADER + BAD.replace("bob", "total"), "--format", "json")
    assert json.loads(result.stdout.splitlines()[0])["username"] == "total"


def test_the_number_of_a_day_is_named_with_its_date() -> None:
    (problem,) = problems(review(HEADER + GOOD.replace("2025-05-20", "45809"), "--format", "json"))
    message = "`account.staff.training_completed_on` is a spreadsheet's day number,"
    assert problem["message"] == f"{message} not a date"
    assert problem["help"] == "format the column as a date: this is 2025-06-01"


def test_the_day_of_a_private_number_is_withheld() -> None:
    row = GOOD.rstrip("\n") + "30000\n"
    (problem,) = problems(review(HEADER + row, "--format", "json"))
    assert problem["help"] == "format the column as a date: this is (withheld)"


@pytest.mark.parametrize("text", ["N/A", "n.a.", "-", "#N/A"])
def test_words_for_no_date_are_named(text: str) -> None:
    (problem,) = problems(review(HEADER + GOOD.replace("2025-05-20", text), "--format", "json"))
    assert problem["message"].endswith(f"holds `{text}` in place of a date")
    assert problem["help"] == (
        "leave the cell blank if the date is not known; write null if there is none"
    )


def sample(rows: str, *arguments: str, at: str | None = "2025-06-30") -> Result:
    header = "username,organization,status,created_on\n"
    return run("sample", header + rows, *arguments, at=at)


QUARTER = ("--quarter", "2025Q2", "--size", "4", "--seed", "spring")


def test_each_stratum_has_its_share_on_the_sheet() -> None:
    rows = "".join(f"user-{n},branch,active,2024-01-01\n" for n in range(9))
    rows += "only,partner,active,2024-01-01\n"
    result = sample(rows, *QUARTER, "--by-organization")
    (line,) = [text for text in result.stdout.splitlines() if text.startswith("Accounts: ")]
    shares = json.loads(sample(rows, *QUARTER, "--by-organization", "--format", "json").stdout)
    branch, partner = shares["shares"]["branch"], shares["shares"]["partner"]
    assert line == f"Accounts: branch 9 ({branch} drawn), partner 1 ({partner} drawn)"
    assert branch + partner == 4


def test_who_was_not_there_is_not_drawn() -> None:
    rows = "late,branch,active,2025-07-01\nthere,branch,active,2025-06-30\nunknown,branch,active,\n"
    found = json.loads(sample(rows, *QUARTER, "--format", "json").stdout)
    assert {account["username"] for account in found["accounts"]} == {"there", "unknown"}
    assert (found["population"], found["created_after"]) == ({"": 2}, 1)
    assert "Created later: 1, after the quarter, so not drawn\n" in sample(rows, *QUARTER).stdout


@pytest.mark.parametrize("seed", ["", " "])
def test_a_blank_seed_is_refused(seed: str) -> None:
    result = sample("a,branch,active,\n", "--quarter", "2025Q2", "--size", "4", "--seed", seed)
    assert "The seed is blank" in result.stderr
    assert result.exit_code == 2


def test_a_quarter_that_has_not_begun_is_refused() -> None:
    arguments = ("--quarter", "9999Q4", "--size", "4", "--seed", "x")
    result = sample("a,branch,active,\n", *arguments, at=None)
    assert result.stderr.startswith("the quarter 9999Q4 has not begun")
    assert result.exit_code == 3
