# SPDX-License-Identifier: MIT
"""`conform` holds a system to a profile, and says by its exit code what that came to."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from time import sleep
from typing import Any, Final
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from caljobs_policy.cli import main
from tests.conformance.foreign import WORKED
from tests.samples.profiles import BROKEN_YAML, TABLES_YAML, sound_profile
from tests.samples.towns import town

DESK: Final = """\
from datetime import datetime
from caljobs_policy import evaluate, load_policy, read_subject

def decide(case):
    policy = load_policy("./sample_area", datetime.fromisoformat(case["date"]).date())
    kind = next(kind for kind in ("request", "account", "office", "record") if kind in case)
    subject = read_subject(policy, kind, case[kind])
    return evaluate(policy, subject, datetime.fromisoformat(case["at"])).to_dict()

def outcome(case):
    return {"outcome": decide(case)["outcome"]}

def talking(case):
    print("looking at", case)
    return decide(case)

def shared(case):
    return {"outcome": "compliant" if "account" in case else decide(case)["outcome"]}

def failing(case):
    raise RuntimeError("no database")
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the profile `sample_area` and a system in it."""
    monkeypatch.chdir(tmp_path)
    found = sound_profile(tmp_path / "sample_area", TABLES_YAML)
    (found / "cases").mkdir()
    (found / "cases" / "all.yaml").write_text(WORKED, encoding="utf-8")
    (tmp_path / "desk.py").write_text(DESK, encoding="utf-8")
    return found


def run(adapter: str, *arguments: str, profile: str = "./sample_area") -> Result:
    usual = ["--profile", profile, "--random", "0", "--no-generated"]
    result = CliRunner().invoke(main, ["conform", "--adapter", adapter, *usual, *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def data(adapter: str, *arguments: str) -> Any:
    return json.loads(run(adapter, "--json", *arguments).stdout)


def test_a_right_system_conforms() -> None:
    result = run("desk.py:decide")
    assert result.exit_code == 0, result.stdout
    first, _, second, *_ = result.stdout.splitlines()
    assert first == "desk.py:decide held to ./sample_area: conforms"
    assert second == "5 cases asked (5 worked), 5 answered, none otherwise than decided here."
    assert "5 questions, smaller cases included, in" in result.stderr


def test_a_partial_system_is_no_pass() -> None:
    result = run("desk.py:outcome")
    assert result.exit_code == 5
    assert "conforms in part: some clauses are not claimed" in result.stdout
    assert "Not claimed (3): the system answers nothing about what the clause" in result.stdout


def test_a_wrong_system_is_told_the_clause_and_the_smallest_case() -> None:
    result = run("desk.py:shared")
    assert result.exit_code == 4
    part = result.stdout.partition("VIOLATED SAMPLE-1/a, Section A\n")[2]
    assert part.startswith(
        "  Something has to be so.\n"
        "  outcome: expected violation, answered compliant\n"
        "  The account is shared.\n"
        "    profile: sample_area\n"
        "    date: 2025-06-02\n"
        "    at: '2025-06-02T12:00:00-07:00'\n"
        "    account:\n"
        "      shared: true\n"
    )


def test_the_form_of_json_is_that_of_the_reference() -> None:
    found = data("desk.py:shared")
    assert (found["run"], found["errors"]) == (5, [])
    assert found["clauses"]["SAMPLE-1/b"] == {"verdict": "not_claimed"}
    violated = found["clauses"]["SAMPLE-1/a"]
    assert violated["verdict"] == "violates"
    assert violated["case"]["account"] == {"shared": True}
    assert violated["differences"] == [
        {"aspect": "outcome", "expected": "violation", "answered": "compliant"}
    ]
    assert violated["found_in"]["title"] == "Violation"


def test_what_a_function_prints_is_none_of_the_report() -> None:
    result = run("desk.py:talking", "--json")
    assert json.loads(result.stdout)["result"] == "conforms"
    assert "looking at" in result.stderr


def test_errors_are_listed_case_by_case() -> None:
    result = run("desk.py:failing")
    assert result.exit_code == 4
    assert "ERRORS in 5 cases; the run went on" in result.stdout
    assert "  5 cases: the adapter raised RuntimeError: no database (desk.py:21)" in result.stdout
    errors = data("desk.py:failing")["errors"]
    assert [one["title"] for one in errors] == [
        "Accepted",
        "Returned",
        "Unknown",
        "Exempt",
        "Violation",
    ]


def test_junit_has_a_test_for_each_clause() -> None:
    run("desk.py:shared", "--format", "junit=found.xml", "--format", "text=found.txt")
    tree = ElementTree.parse("found.xml").getroot()  # noqa: S314  # our own file
    (suite,) = tree.iter("testsuite")
    assert suite.attrib["tests"] == "4"
    assert (suite.attrib["failures"], suite.attrib["skipped"]) == ("1", "3")
    assert "VIOLATED" in Path("found.txt").read_text("utf-8")


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing() -> None:
    run("desk.py:shared", "--format", "html=found.html")
    page = Path("found.html").read_text("utf-8")
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert '<p class="result violates">Does not conform</p>' in page
    assert "<td>outcome</td><td>violation</td><td>compliant</td>" in page
    assert '<p class="why">The account is shared.</p>' in page
    assert "shared: true" in page
    assert not re.search("(?:src|href)=|<script|@import|url\\(", page)


def test_what_a_system_says_cannot_change_the_page_nor_the_terminal() -> None:
    desk = "def decide(case):\n    raise ValueError('<b>\\x1b[31m')\n"
    Path("hostile.py").write_text(desk, encoding="utf-8")
    result = run("hostile.py:decide", "--format", "html=found.html", "--format", "text")
    assert "\x1b" not in result.stdout
    page = Path("found.html").read_text("utf-8")
    assert "&lt;b&gt;" in page
    assert "<b>\N{REPLACEMENT CHARACTER}" not in page
    assert "\x1b" not in page


def test_a_local_profile_is_asked_about_inherited_cases_too(tmp_path: Path) -> None:
    town(tmp_path)
    result = run("desk.py:failing", profile="./sample_town")
    assert "inherited) " not in result.stdout
    assert "inherited), 0 answered" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("absent:decide",), 1, "there is no module `absent`"),
        (("desk.py:decied",), 1, "did you mean `decide`?"),
        (("./absent-command",), 1, "`./absent-command` cannot be run: no such file"),
        (("desk.py:decide", "--time-limit", "0"), 2, "not in the range"),
        (("desk.py:decide", "--date", "2020-01-01"), 3, "no edition"),
        (("desk.py:decide", "--format", "tex"), 2, "there is no form `tex`"),
    ],
)
def test_what_keeps_a_run_from_beginning_is_one_message(
    arguments: tuple[str, ...], code: int, message: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == code
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_random_cases_are_the_same_with_the_same_seed() -> None:
    one, same, other = (
        data("desk.py:failing", "--random", "20", "--seed", seed)["errors"]
        for seed in ("1", "1", "2")
    )
    assert len(one) == 25
    assert one == same
    assert one[:5] == other[:5]
    assert one != other


def test_cases_are_made_for_each_check_and_boundary() -> None:
    found = data("desk.py:decide", "--generated")
    assert found["sources"]["generated"] > 10
    assert found["result"] == "conforms"


def test_without_a_solver_the_rest_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    result = run("desk.py:decide", "--generated")
    assert result.exit_code == 0
    assert "note: asking about every boundary needs `z3-solver`" in result.stderr
    assert "5 cases asked (5 worked)" in result.stdout


def test_a_day_leaves_other_editions_out() -> None:
    assert run("desk.py:decide", "--date", "2025-06-02").exit_code == 0


def test_a_worked_case_that_cannot_be_read_is_told_before_the_run(folder: Path) -> None:
    (folder / "cases" / "broken.yaml").write_text(BROKEN_YAML, encoding="utf-8")
    result = run("desk.py:decide")
    assert result.exit_code == 3
    assert "did you mean `status`?" in result.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_an_interrupt_ends_the_run_with_a_report_that_is_no_pass(tmp_path: Path) -> None:
    waiting = "def decide(case):\n    import time, pathlib\n    pathlib.Path('begun').touch()\n"
    waiting += "    time.sleep(0 if 'organization' in case.get('request', {}) else 60)\n"
    (tmp_path / "slow.py").write_text(f"{waiting}    return None\n")
    asked = ["conform", "--adapter", "slow.py:decide", "--profile", "./sample_area"]
    with subprocess.Popen(
        [sys.executable, "-m", "caljobs_policy", *asked, "--time-limit", "60"],
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        while not Path("begun").exists():
            sleep(0.05)
        sleep(0.5)
        process.send_signal(signal.SIGINT)
        text, _ = process.communicate()
    assert process.returncode == 1
    assert text.startswith("slow.py:decide held to ./sample_area: not finished: it was interrupted")
