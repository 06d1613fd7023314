# SPDX-License-Identifier: MIT
"""`sample` draws accounts of a roster, and writes their review sheet."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from caljobs_policy.cli import main, sheets
from tests.samples.profiles import sound_profile
from tests.samples.rosters import ROSTER_TABLES_YAML

HEADER = "username,organization,status,staff.name,staff.training_completed_on,shared\n"
NAME = "Zelda Quillfeather"
ROWS = [
    f"user{n:02},{'partner' if n < 5 else 'A Branch'},active,{NAME},2025-05-20,\n"
    for n in range(20)
]
FORMS = ("table", "csv", "json", "html")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the profile `sample_area` in it."""
    monkeypatch.chdir(tmp_path)
    sound_profile(tmp_path / "sample_area", ROSTER_TABLES_YAML)
    return tmp_path


def sample(rows: str, *arguments: str, quarter: str = "2025Q2", size: int = 4) -> Result:
    Path("r.csv").write_text(HEADER + rows, "utf-8")
    options = ["--profile", "sample_area", "--quarter", quarter, "--size", str(size)]
    seed = [] if "--seed" in arguments else ["--seed", "spring"]
    result = CliRunner().invoke(main, ["sample", "r.csv", *options, *seed, *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert NAME not in result.output
    return result


def sheet(rows: str, *arguments: str, **more: Any) -> dict[str, Any]:
    result = sample(rows, "--format", "json", *arguments, **more)
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def drawn(found: dict[str, Any]) -> list[str]:
    return [account["username"] for account in found["accounts"]]


def test_sheet_tells_what_it_was_drawn_from() -> None:
    found = sheet("".join(ROWS), "--by-organization")
    assert len(found.pop("accounts")) == 4
    assert found.pop("policy").startswith("sha256:")
    assert found == {
        "roster": "r.csv",
        "roster_digest": f"sha256:{sha256((HEADER + ''.join(ROWS)).encode()).hexdigest()}",
        "at": "2025-06-30T12:00:00-07:00",
        "quarter": "2025Q2",
        "seed": "spring",
        "size": 4,
        "method": "smallest SHA-256 of seed, quarter and user name, by organization in proportion",
        "population": {"branch": 15, "partner": 5},
        "shares": {"branch": 3, "partner": 1},
        "created_after": 0,
        "left_out": [],
    }


@pytest.mark.parametrize("form", FORMS)
def test_every_form_tells_what_it_was_drawn_from(form: str) -> None:
    result = sample("".join(ROWS) + ROWS[0] + "\n,,,,,\nx\n", "--by-organization", "--format", form)
    digest = sha256(Path("r.csv").read_bytes()).hexdigest()
    text = " ".join(result.stdout.split())
    for told in (digest, "spring", "smallest SHA-256 of seed, quarter and user name", "2025Q2"):
        assert told in text
    if form == "json":
        found = json.loads(text)
        assert (found["population"], len(found["left_out"])) == (
            {"": 1, "branch": 15, "partner": 5},
            1,
        )
    else:
        assert "4 of 21 accounts (4 requested)" in text
        assert re.search(r"none 1 \(\d drawn\), branch 15 \(\d drawn\), partner 5 \(\d", text)
        assert "1 row" in text
    assert result.exit_code == 3


def test_same_seed_draws_the_same_whatever_the_order() -> None:
    first = sheet("".join(ROWS))
    second = sheet("".join(reversed(ROWS)))
    assert drawn(first) == drawn(second)
    assert first["roster_digest"] != second["roster_digest"]
    assert drawn(first) == ["user06", "user15", "user16", "user11"]


def test_other_seeds_and_quarters_draw_others() -> None:
    first = drawn(sheet("".join(ROWS)))
    assert drawn(sheet("".join(ROWS), "--seed", "autumn")) != first
    assert drawn(sheet("".join(ROWS), quarter="2025Q1")) != first


def test_organizations_have_their_shares() -> None:
    partners = {row.partition(",")[0] for row in ROWS[:5]}
    found = drawn(sheet("".join(ROWS), "--by-organization"))
    assert len(partners & set(found)) == 1


def test_row_that_cannot_be_evaluated_is_in_the_sample_with_its_problems() -> None:
    result = sample("eve,brunch,,,05/20/2025,\n", "--format", "json")
    (account,) = json.loads(result.stdout)["accounts"]
    assert [problem["place"] for problem in account["problems"]] == ["r.csv:2:2", "r.csv:2:5"]
    assert result.exit_code == 3


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("anna,branch,active,,2025-05-20,\n", 0),
        ("anna,branch,active,,2025-05-20,yes\n", 4),
        ("anna,branch,active,,,\n", 5),
        (",branch,active,,2025-05-20,\n", 3),
        ("", 0),
    ],
)
def test_exit_code_tells_the_worst(row: str, code: int) -> None:
    assert sample(row).exit_code == code


@pytest.mark.parametrize(
    ("quarter", "today", "day"),
    [
        ("2025Q1", date(2025, 6, 2), "2025-03-31"),
        ("2025Q2", date(2025, 6, 2), "2025-06-02"),
        ("2025Q2", date(2025, 6, 30), "2025-06-30"),
        ("2025Q2", date(2025, 7, 1), "2025-06-30"),
    ],
)
def test_quarter_that_is_over_is_reviewed_as_of_its_last_day(
    monkeypatch: pytest.MonkeyPatch, quarter: str, today: date, day: str
) -> None:
    monkeypatch.setattr(sheets, "date", SimpleNamespace(today=lambda: today))
    assert sheet("".join(ROWS), quarter=quarter)["at"].startswith(f"{day}T12:00:00")
    asked = sheet("".join(ROWS), "--at", "2025-02-03T09:00:00-08:00", quarter=quarter)
    assert asked["at"] == "2025-02-03T09:00:00-08:00"


def test_several_outputs_hold_the_same_accounts() -> None:
    outputs = ("--format", "csv=s.csv", "--format", "html=s.html", "--format", "json")
    result = sample("".join(ROWS), *outputs)
    names = drawn(json.loads(result.stdout))
    rows = csv.DictReader(Path("s.csv").read_text("utf-8").splitlines())
    assert sorted(row["username"] for row in rows) == sorted(names)
    page = Path("s.html").read_text("utf-8")
    assert all(name in page for name in names)
    assert NAME not in page


@pytest.mark.parametrize("form", FORMS)
def test_form_is_the_same_on_standard_output_and_in_a_file(form: str) -> None:
    printed = sample("".join(ROWS), "--format", form)
    sample("".join(ROWS), "--format", f"{form}=out")
    assert Path("out").read_bytes() == printed.stdout_bytes


def test_output_that_cannot_be_written_is_told() -> None:
    result = sample("".join(ROWS), "--format", "csv=nowhere/x", "--format", "json")
    assert result.exit_code == 1
    assert len(drawn(json.loads(result.stdout))) == 4
    assert result.stderr.startswith("nowhere/x: the output cannot be written")


@pytest.mark.parametrize(
    "arguments",
    [("--quarter", "2025"), ("--size", "0"), ("--format", "ics"), ("--format", "csv=r.csv")],
)
def test_wrong_usage_is_told(arguments: tuple[str, ...]) -> None:
    assert sample("".join(ROWS), *arguments).exit_code == 2
