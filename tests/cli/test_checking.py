# SPDX-License-Identifier: MIT
"""`check` tells what is doubtful about profiles, in several forms, with its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from caljobs_policy.analysis.checking.rule import Bound
from caljobs_policy.analysis.checking.rules.unused_role import UnusedRole
from caljobs_policy.cli import main
from caljobs_policy.errors import extras
from caljobs_policy.errors.problems import Place
from tests.samples.profiles import SOUND, sound_profile
from tests.samples.towns import town

BAD: Final = """\
parameters:
  spare: {title: "<spare> & more", value: 3 days, clauses: [SAMPLE-1/a]}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the profile `sample_area` in it."""
    monkeypatch.chdir(tmp_path)
    return sound_profile(tmp_path / "sample_area", BAD)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["check", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


PLAIN: Final = ("sample_area", "--select", "unused-parameter")


def test_a_warning_fails_only_a_strict_run() -> None:
    result = run(*PLAIN)
    assert result.stdout == (
        "sample_area/2025-01-01/tables.yaml:2:3: warning [unused-parameter]: "
        "no entry names the parameter `spare`\n"
        "  help: name it where the number is meant, or remove it\n"
        "0 errors, 1 warning\n"
    )
    assert result.exit_code == 0
    assert run(*PLAIN, "--strict").exit_code == 4


def test_an_error_fails_and_a_clean_profile_does_not(folder: Path) -> None:
    assert run("sample_area", "--select", "exempts-all").exit_code == 0
    (folder / "2025-01-01" / "tables.yaml").write_text("rulez: {}\n")
    result = run("sample_area")
    assert result.exit_code == 3
    assert "error [unknown-key]: there is no table `rulez`" in result.stdout


def test_a_misspelt_rule_is_wrong_usage() -> None:
    result = run("sample_area", "--select", "unused-paramter")
    assert result.exit_code == 2
    assert "there is no rule `unused-paramter`; did you mean `unused-parameter`?" in result.stderr


def test_wrong_settings_are_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "caljobs-policy.toml").write_text("[check]\nstrict = 3\n")
    result = run("sample_area")
    assert result.exit_code == 2
    assert "`strict` is not true or false" in result.stderr


def test_settings_name_profiles_and_rules(tmp_path: Path) -> None:
    text = '[check]\nprofiles = ["sample_area"]\nselect = ["unused-parameter"]\nstrict = true\n'
    (tmp_path / "caljobs-policy.toml").write_text(text)
    result = run()
    assert result.stdout.endswith("0 errors, 1 warning\n")
    assert result.exit_code == 4


def test_json_has_the_keys_of_the_contract() -> None:
    assert json.loads(run(*PLAIN, "--json").stdout) == {
        "problems": [
            {
                "code": "unused-parameter",
                "severity": "warning",
                "place": "sample_area/2025-01-01/tables.yaml:2:3",
                "message": "no entry names the parameter `spare`",
                "help": "name it where the number is meant, or remove it",
            }
        ],
        "allowed": [],
        "bounds": [],
    }


def test_github_gets_an_annotation_of_the_line() -> None:
    assert run(*PLAIN, "--format", "github").stdout == (
        "::warning title=caljobs-policy unused-parameter,"
        "file=sample_area/2025-01-01/tables.yaml,line=2,col=3::"
        "no entry names the parameter `spare`%0A"
        "help: name it where the number is meant, or remove it\n"
    )


def test_sarif_names_its_rules_and_what_is_allowed(folder: Path) -> None:
    tables = folder / "2025-01-01" / "tables.yaml"
    tables.write_text(BAD.rstrip() + "  # allow: unused-parameter because so\n")
    (ran,) = json.loads(run(*PLAIN, "--format", "sarif").stdout)["runs"]
    (result,) = ran["results"]
    assert result["suppressions"] == [{"kind": "inSource", "justification": "so"}]
    assert result["ruleId"] in [rule["id"] for rule in ran["tool"]["driver"]["rules"]]
    location = result["locations"][0]["physicalLocation"]
    assert location["region"] == {"startLine": 2, "startColumn": 3}


def test_junit_has_a_test_for_each_rule() -> None:
    root = ET.fromstring(run("sample_area", "--format", "junit").stdout)  # noqa: S314  # our own
    (suite,) = root
    failed = [case.get("name") for case in suite if case.find("failure") is not None]
    assert "unused-parameter" in failed
    assert int(suite.get("tests", "0")) == len(list(suite))
    assert int(suite.get("failures", "0")) == len(failed)


def test_an_example_stands_under_what_is_allowed(tmp_path: Path) -> None:
    change = "{was: 30 days, now: 60 days, authority: SAMPLE-1/a, reason: So.}"
    more = f"overrides:\n  parameters/grace: {change}\n"
    town(tmp_path / "lands", more)
    result = run("lands/sample_town", "--select", "looser-than-above")
    assert "allowed [looser-than-above]" in result.stdout
    assert "\n  reason: So.\n  example:\n    profile: sample_town\n" in result.stdout


def test_a_question_without_an_answer_ends_with_its_own_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bound = Bound("unused-role", Place("a.yaml", 1, 1), "whether it is used: the search stopped")
    monkeypatch.setattr(UnusedRole, "faults", lambda *_: iter([bound]))
    result = run("sample_area", "--select", "unused-role")
    assert result.exit_code == 5
    assert result.stdout == (
        "a.yaml:1:1: not certain [unused-role]: whether it is used: the search stopped\n"
        "0 errors, 0 warnings, 1 not certain\n"
    )


def test_without_the_solver_only_proofs_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "_is_there", lambda module: module != "z3")
    result = run("sample_area")
    assert result.exit_code == 1
    assert "pip install 'caljobs-policy[analysis]'" in result.stderr
    assert "[unused-parameter]" in result.stdout
    assert run(*PLAIN).exit_code == 0


def test_nothing_is_written_to_profiles(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    run("sample_area")
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert len(before) == len(SOUND) + 1
