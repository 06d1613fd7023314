# SPDX-License-Identifier: MIT
"""`export-suite` writes cases with answers that `test` and `evaluate` take."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from caljobs_policy.cli import main
from caljobs_policy.errors import extras
from tests.conformance.foreign import WORKED
from tests.samples.profiles import TABLES_YAML, sound_profile


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the profile `sample_area` and its worked cases in it."""
    monkeypatch.chdir(tmp_path)
    found = sound_profile(tmp_path / "sample_area", TABLES_YAML)
    (found / "cases").mkdir()
    (found / "cases" / "all.yaml").write_text(WORKED, encoding="utf-8")
    return found


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, [*arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def exported(*more: str, profile: str = "./sample_area") -> Result:
    return run("export-suite", "--profile", profile, *more)


def test_what_is_written_is_tested_and_evaluated() -> None:
    printed = exported("--format", "jsonl")
    assert printed.exit_code == 0
    head, *lines = map(json.loads, printed.stdout.splitlines())
    assert printed.stderr == (
        f"{len(lines)} cases: 5 worked, 0 inherited, {len(lines) - 5} generated\n"
    )
    written = exported("--output", "suite.jsonl")
    assert (written.exit_code, written.stdout) == (0, "")
    assert Path("suite.jsonl").read_text(encoding="utf-8") == printed.stdout
    tested = run("test", "suite.jsonl", "--profile", "./sample_area")
    assert tested.stdout == f"{len(lines)} passed, 0 failed\n"
    answers = run("evaluate", "suite.jsonl", "--profile", "./sample_area", "--json")
    outcomes = [json.loads(line)["outcome"] for line in answers.stdout.splitlines()]
    assert outcomes == [line["expect"]["outcome"] for line in lines]
    assert head["profile"] == "sample_area"


def test_a_wrong_answer_in_a_suite_fails_as_a_test() -> None:
    text = exported("--worked").stdout.replace('"outcome": "violation"', '"outcome": "compliant"')
    Path("suite.jsonl").write_text(text, encoding="utf-8")
    tested = run("test", "suite.jsonl", "--profile", "./sample_area")
    assert tested.exit_code == 4
    assert "outcome: expected compliant, got violation" in tested.stdout


def test_without_the_solver_worked_cases_are_written_on_demand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(extras, "_is_there", lambda module: module != "z3")
    refused = exported()
    assert refused.exit_code == 1
    assert "caljobs-policy[analysis]" in refused.stderr
    assert "--worked" in refused.stderr
    written = exported("--worked")
    assert written.exit_code == 0
    assert "5 worked, 0 inherited, 0 generated" in written.stderr


def test_a_day_narrows_the_suite_to_its_policy() -> None:
    found = exported("--worked", "--date", "2025-06-02")
    assert json.loads(found.stdout.splitlines()[0])["date"] == "2025-06-02"
    early = exported("--worked", "--date", "2024-01-01")
    assert early.exit_code == 3
    assert "no edition on 2024-01-01" in early.stderr


def test_a_misspelt_profile_is_told_with_the_nearest() -> None:
    result = exported("--worked", profile="stat")
    assert result.exit_code == 3
    assert "did you mean `state`?" in result.stderr


def test_a_case_that_fails_is_told_and_nothing_is_written(folder: Path) -> None:
    text = f"{WORKED}expect: {{outcome: compliant}}\n"
    (folder / "cases" / "all.yaml").write_text(text, encoding="utf-8")
    Path("suite.jsonl").write_text("as before", encoding="utf-8")
    result = exported("--worked", "--output", "suite.jsonl")
    assert (result.exit_code, result.stdout) == (4, "")
    place = os.fspath(Path("sample_area/cases/all.yaml"))
    assert f"{place}:" in result.stderr
    assert "the case does not come out as it expects: outcome: expected compliant" in result.stderr
    assert Path("suite.jsonl").read_text(encoding="utf-8") == "as before"


def test_a_case_that_cannot_be_read_is_told(folder: Path) -> None:
    (folder / "cases" / "bad.yaml").write_text("case: Bad\nacount: {}\n", encoding="utf-8")
    result = exported("--worked")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "did you mean `account`?" in result.stderr


def test_a_file_that_takes_nothing_is_told() -> None:
    result = exported("--worked", "--output", "no/such/suite.jsonl")
    assert result.exit_code == 1
    assert "make the folder" in result.stderr
