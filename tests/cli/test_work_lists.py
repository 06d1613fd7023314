# SPDX-License-Identifier: MIT
"""`review` turns a roster into a work list; a bad row never stops the rest."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from caljobs_policy.cli import main
from caljobs_policy.rosters import spool
from caljobs_policy.rosters.reviewer import WITHIN
from tests.samples.profiles import sound_profile
from tests.samples.rosters import ROSTER_TABLES_YAML

HEADER = "username,organization,status,staff.name,staff.training_completed_on,shared\n"
NAME = "Zelda Quillfeather"
GOOD = f"anna,branch,active,{NAME},2025-05-20,\n"
BAD = f"bob,branch,active,{NAME},2025-05-20,yes\n"
NEAR = f"cleo,partner,active,{NAME},2024-06-20,\n"
MISSING = f"dora,branch,active,{NAME},,\n"
WRONG = f"eve,brunch,active,{NAME},05/20/2025,\n"
FORMS = ("table", "csv", "json", "html", "ics")
ON_POSIX = pytest.mark.skipif(os.name != "posix", reason="uses what POSIX alone has")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the profile `sample_area` in it."""
    monkeypatch.chdir(tmp_path)
    source = Path(__file__).resolve().parents[2] / "src"
    monkeypatch.setenv("PYTHONPATH", str(source))
    sound_profile(tmp_path / "sample_area", ROSTER_TABLES_YAML)
    return tmp_path


def run(*arguments: str, given: str | bytes | None = None) -> Result:
    options = ["--profile", "sample_area", "--at", "2025-06-02"]
    result = CliRunner().invoke(main, ["review", *options, *arguments], input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert NAME not in result.output
    return result


def review(text: str | bytes, *arguments: str) -> Result:
    data = text.encode() if isinstance(text, str) else text
    Path("r.csv").write_bytes(data)
    return run("r.csv", *arguments)


def entries(result: Result) -> list[dict[str, Any]]:
    """Return the entries of an answer in JSON, and the totals as the last."""
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("", 0),
        (GOOD, 0),
        (GOOD + NEAR, 4),
        (GOOD + BAD, 4),
        (GOOD + MISSING, 5),
        (MISSING + BAD, 4),
        (WRONG + GOOD, 3),
        (WRONG + BAD + MISSING, 3),
        (GOOD + "\n" + BAD, 4),
        (GOOD + "\n\n", 0),
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_exit_code_tells_the_worst(form: str, rows: str, code: int) -> None:
    assert review(HEADER + rows, "--format", form).exit_code == code


def test_most_urgent_comes_first_and_what_is_in_order_not_at_all() -> None:
    result = review(HEADER + GOOD + MISSING + WRONG + NEAR + BAD, "--format", "json")
    *found, totals = entries(result)
    assert [(e["username"], e["urgency"], e["outcome"]) for e in found] == [
        ("bob", "violation", "violation"),
        ("cleo", "due", "attention"),
        ("dora", "missing", "cannot_tell"),
        ("eve", "unread", None),
    ]
    assert totals == {
        "totals": {
            "rows": 5,
            "outcomes": {"attention": 1, "cannot_tell": 1, "compliant": 1, "violation": 1},
            "not_evaluated": 1,
        }
    }
    told = "5 rows: 1 attention, 1 cannot_tell, 1 compliant, 1 violation, 1 not evaluated"
    assert result.stderr == f"{told}\n"


def test_table_is_printed_where_nothing_else_is_asked_for() -> None:
    result = review(HEADER + BAD)
    assert "Violations: 1\n" in result.stdout
    assert result.stdout.endswith("\n1 row: 1 violation\n")
    assert result.stderr == ""


def test_deadlines_are_listed_so_many_days_ahead() -> None:
    rows = HEADER + "anna,branch,active,,2024-07-12,\n"
    assert len(entries(review(rows, "--format", "json", "--within", "39"))) == 1
    (entry, _) = entries(review(rows, "--format", "json", "--within", "40"))
    assert (entry["due"], entry["urgency"], entry["outcome"]) == ("2025-07-12", "due", "compliant")
    assert review(rows, "--within", "40").exit_code == 0


def test_help_says_how_many_days_ahead_deadlines_are_listed(folder: Path) -> None:
    sound_profile(folder / "sample_area", ROSTER_TABLES_YAML.replace("30 days", "5 days"))
    told = CliRunner().invoke(main, ["review", "--help"]).stdout
    (days,) = re.findall(r"--within INTEGER.*?\[default: (\d+);", told, re.DOTALL)
    assert int(days) == WITHIN
    last = date(2024, 6, 2) + timedelta(int(days))
    rows = [f"user{n},branch,active,,{last + timedelta(n)},\n" for n in range(2)]
    *found, _ = entries(review(HEADER + "".join(rows), "--format", "json"))
    assert [entry["username"] for entry in found] == ["user0"]


def test_several_outputs_of_one_run_are_of_one_mind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool.Spool.__init__, "__defaults__", (2,))
    files = {form: f"out.{form}" for form in FORMS}
    outputs = [part for form, file in files.items() for part in ("--format", f"{form}={file}")]
    result = review(HEADER + GOOD + MISSING + WRONG + NEAR + BAD, *outputs)
    assert (result.exit_code, result.stdout) == (3, "")
    texts = {form: Path(file).read_text("utf-8") for form, file in files.items()}
    assert not any(NAME in text for text in texts.values())
    names = ["bob", "cleo", "dora", "eve"]
    listed = [json.loads(line) for line in texts["json"].splitlines()[:-1]]
    assert [e["username"] for e in listed] == names
    assert [row["username"] for row in csv.DictReader(texts["csv"].splitlines())] == names
    assert re.findall(r"^  \S+ +(\w+)  ", texts["table"], re.M) == names
    places = [texts["html"].index(f">{name}<") for name in names]
    assert places == sorted(places)
    todos = Calendar.from_ical(texts["ics"]).walk("VTODO")
    assert [str(todo["summary"]).partition(":")[0] for todo in todos] == ["bob", "cleo"]


@pytest.mark.parametrize("form", FORMS)
def test_form_is_the_same_on_standard_output_and_in_a_file(form: str) -> None:
    rows = HEADER + GOOD + MISSING + WRONG + NEAR + BAD
    printed = review(rows, "--format", form)
    assert review(rows, "--format", f"{form}=out").exit_code == printed.exit_code == 3
    assert Path("out").read_bytes() == printed.stdout_bytes


@pytest.mark.parametrize("form", ["json", "ics"])
def test_several_processes_give_the_same_bytes(form: str) -> None:
    rows = HEADER + "".join(
        row.replace(",", f"{n},", 1)
        for n in range(110)
        for row in (GOOD, BAD, NEAR, MISSING, WRONG)
    )
    one, two = (review(rows, "--format", form, "--jobs", jobs) for jobs in ("1", "2"))
    assert one.stdout_bytes == two.stdout_bytes
    assert (one.stderr, one.exit_code) == (two.stderr, two.exit_code)


@pytest.mark.parametrize("engine", ["native", "naive"])
def test_engine_may_be_chosen(engine: str) -> None:
    assert review(HEADER + BAD, "--engine", engine).exit_code == 4


def test_roster_may_come_on_standard_input() -> None:
    result = run("-", "--format", "json", given=HEADER + BAD)
    assert [e["place"] for e in entries(result)[:-1]] == ["-:2:1"]
    assert "Review of standard input\n" in run("-", given=HEADER + BAD).stdout


def test_json_lines_are_reviewed() -> None:
    result = review('{"username": "bob", "shared": true}\n{"username": "x", "y": 1}\n')
    assert result.exit_code == 3
    assert "r.csv:2:19" in result.stdout


def test_headings_may_be_mapped() -> None:
    Path("map.yaml").write_text("Login: username\nTrained: staff.training_completed_on\n", "utf-8")
    rows = "Login;State;Trained;Notes\nbob;Active;05/20/2025;x\n"
    options = ("--map", "map.yaml", "--map", "State=status", "--date-format", "%m/%d/%Y")
    result = review(rows, *options)
    assert result.exit_code == 0
    assert result.stderr == (
        "r.csv:1:4: column 4 is not read: its heading is not the key of a fact\n"
        '  help: if it holds a fact, use --map "HEADING=KEY"\n'
    )


def test_options_tell_how_a_roster_is_read() -> None:
    rows = HEADER.replace(",", "\t") + "peña\tbranch\tactive\t\t2025-05-20\tyes\n"
    result = review(
        rows.encode("cp1252"), "--encoding", "cp1252", "--delimiter", "\\t", "--format", "json"
    )
    assert entries(result)[0]["username"] == "peña"


BAD_INPUT = {
    "empty file": (b"", "r.csv:1:1: the roster is empty"),
    "header missing": (GOOD.encode(), "r.csv:1:1: no heading is a key of an account"),
    "duplicate columns": (
        b"status,username,status\n",
        "r.csv:1:3: columns 1 and 3 both hold `status`",
    ),
    "header open": (b'"username\nanna\n', "r.csv:1:1: a cell begins with a quote"),
    "JSON list": (b"[{}]\n", "r.csv:1:1: this is a JSON list"),
}


@pytest.mark.parametrize("fault", BAD_INPUT)
@pytest.mark.parametrize("command", ["review", "sample"])
def test_roster_that_cannot_be_read_is_told(fault: str, command: str) -> None:
    data, message = BAD_INPUT[fault]
    Path("r.csv").write_bytes(data)
    more = ["--quarter", "2025Q2", "--size", "1", "--seed", "x"] if command == "sample" else []
    arguments = [command, "r.csv", "--profile", "sample_area", "--at", "2025-06-02", *more]
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith(message)
    assert "\n  help: " in result.stderr
    assert NAME not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--map", "x=username"), "r.csv:1:1: no column is headed `x`"),
        (("--map", "status=zebra"), "r.csv:1:1: there is no key `zebra`"),
        (("--encoding", "utf-16"), "lines cannot be read in the encoding `utf-16`"),
        (("--encoding", "zebra"), "lines cannot be read in the encoding `zebra`"),
        (("--delimiter", ",,"), "`,,` cannot separate cells"),
        (("--date-format", "mm/dd"), "`mm/dd` is not the form of a whole date"),
        (("--at", "2024-12-31"), "`sample_area` has no edition on 2024-12-31"),
        (("--profile", "zebra"), "there is no profile `zebra`"),
    ],
)
def test_option_that_cannot_be_is_told(arguments: tuple[str, ...], message: str) -> None:
    result = review(HEADER + GOOD, *arguments)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith(message)


@pytest.mark.parametrize(
    ("name", "message"),
    [("nowhere.csv", "nowhere.csv: there is no such file"), ("sample_area", "this is a folder")],
)
def test_roster_that_there_is_not_is_told(name: str, message: str) -> None:
    result = run(name)
    assert (result.exit_code, result.stdout) == (1, "")
    assert message in result.stderr


BAD_ROWS = {
    "line that is no UTF-8": (b"x\xff,,,,,", "r.csv:3:1"),
    "NUL": (b"x\0,,,,,", "r.csv:3:1"),
    "open quote": (b'"x,,,,,', "r.csv:3:1"),
    "too few columns": (b"x", "r.csv:3:2"),
    "too many columns": (b"x,,,,,,", "r.csv:3:7"),
    "unknown word": (b"x,,zebra,,,", "r.csv:3:3"),
    "date of another form": (b"x,,,,05/20/2025,", "r.csv:3:5"),
    "user name that stands twice": (b"ANNA,,,,,", "r.csv:3:1"),
    "10 MB cell": (b"x,,," + b"y" * 10_000_000 + b",,", "r.csv:3:1"),
}


@pytest.mark.parametrize("fault", BAD_ROWS)
def test_row_that_is_wrong_is_told_and_the_rest_goes_on(fault: str) -> None:
    row, place = BAD_ROWS[fault]
    data = f"{HEADER}{GOOD}".encode() + row + f"\n{BAD}".encode()
    result = review(data, "--format", "json")
    bob, wrong, totals = entries(result)
    assert (bob["username"], bob["outcome"]) == ("bob", "violation")
    (problem,) = wrong["problems"]
    assert (wrong["outcome"], problem["place"]) == (None, place)
    assert problem["message"]
    assert problem["help"]
    assert totals["totals"] == {
        "rows": 3,
        "outcomes": {"compliant": 1, "violation": 1},
        "not_evaluated": 1,
    }
    assert result.exit_code == 3


def test_output_that_cannot_be_written_keeps_no_other_back() -> None:
    outputs = ("--format", "csv=nowhere/x.csv", "--format", "html=sample_area", "--format", "json")
    result = review(HEADER + BAD + WRONG, *outputs)
    assert result.exit_code == 1
    assert len(entries(result)) == 3
    assert result.stderr.splitlines()[:4] == [
        "nowhere/x.csv: the output cannot be written: no such file or directory",
        "  help: make the folder `nowhere`",
        "sample_area: the output cannot be written: is a directory",
        "  help: name another file",
    ]


@pytest.mark.parametrize("outputs", [("csv", "json"), ("csv=o", "json=./o"), ("csv=r.csv",)])
def test_outputs_to_one_place_are_wrong_usage(outputs: tuple[str, ...]) -> None:
    options = [part for output in outputs for part in ("--format", output)]
    result = review(HEADER + BAD, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert Path("r.csv").read_text("utf-8") == HEADER + BAD


def process(script: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script, in which `$R` reviews `r.csv`."""
    review = f"{sys.executable} -m caljobs_policy review r.csv --profile sample_area"
    return subprocess.run(
        ["/bin/sh", "-c", script],  # a shell is what is tried
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "R": f"{review} --at 2025-06-02"},
        timeout=120,
    )


@ON_POSIX
@pytest.mark.parametrize("form", ["table", "ics"])
def test_pipe_that_is_closed_early_is_no_trouble(form: str) -> None:
    rows = (BAD.replace("bob", f"bob{n}") for n in range(700))
    Path("r.csv").write_text(HEADER + "".join(rows), "utf-8")
    done = process(f"$R --format {form} | head -n 1")
    assert len(done.stdout.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@ON_POSIX
def test_closed_streams_are_no_trouble() -> None:
    Path("r.csv").write_text(HEADER + BAD, "utf-8")
    assert process("$R --format csv 2>&-; echo $?").stdout.splitlines()[-1] == "4"
    done = process("$R >&-")
    assert (done.returncode, done.stdout) == (1, "")
    assert "standard output is closed" in done.stderr
