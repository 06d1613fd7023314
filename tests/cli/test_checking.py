# SPDX-License-Identifier: MIT
"""`check` tells what is doubtful about profiles, in several forms, with its exit codes."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path
from typing import Final

import pytest
import yaml
from click.testing import CliRunner, Result

from caljobs_policy.analysis.checking.rule import Bound
from caljobs_policy.analysis.checking.rules.unused_role import UnusedRole
from caljobs_policy.cli import main
from caljobs_policy.errors import extras
from caljobs_policy.errors.problems import Place
from tests.samples.profiles import SOUND, sound_profile
from tests.samples.towns import town

ROOT: Final = Path(__file__).parents[2]
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


def test_several_forms_are_written_at_once(tmp_path: Path) -> None:
    forms = ("--format", "sarif=check.sarif", "--format", "junit=check.xml")
    result = run(*PLAIN, *forms, "--json")
    assert json.loads(result.stdout)["problems"]
    assert result.stderr == ""
    assert json.loads((tmp_path / "check.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert (tmp_path / "check.xml").read_text("utf-8").endswith("</testsuites>\n")
    silent = run(*PLAIN, *forms)
    assert (silent.stdout, silent.stderr) == ("", "0 errors, 1 warning\n")


def test_two_forms_need_two_places() -> None:
    for more in (["--format", "sarif", "--json"], ["--format", "json=a", "--format", "junit=a"]):
        result = run(*PLAIN, *more)
        assert result.exit_code == 2
        assert "Two outputs go to the same place" in result.stderr


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    result = run(*PLAIN, "--format", f"json={tmp_path / 'nowhere' / 'check.json'}")
    assert result.exit_code == 1
    assert "the output cannot be written" in result.stderr


@pytest.mark.parametrize("form", ["pretty", "json", "github", "sarif", "junit"])
def test_all_that_keeps_a_folder_from_loading_is_told_in_the_form(folder: Path, form: str) -> None:
    (folder / "2025-01-01" / "tables.yaml").write_text("rulez: {}\nforms: {x: {titel: X}}\n")
    (folder / "2025-01-01" / "words.yaml").write_text("roles: [\n")
    result = run("sample_area", "--format", form)
    assert result.exit_code == 3
    for message in ("there is no table `rulez`", "`titel`", "words.yaml"):
        assert message in result.stdout


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


def test_the_hook_runs_the_command_for_changed_profiles_alone() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    program, command = hook["entry"].split()
    assert (program, command in main.commands) == ("caljobs-policy", True)
    assert not hook["pass_filenames"]
    assert re.search(hook["files"], "profiles/state/2025-03-01/roles.yaml")
    assert not re.search(hook["files"], "README.md")


def test_the_workflow_of_the_documentation_runs_the_command() -> None:
    page = (ROOT / "docs/how-to/check-a-profile.md").read_text("utf-8")
    block = page.partition("    on: [pull_request]\n")[2].partition("\n\n")[0]
    workflow = yaml.safe_load(f"on: [pull_request]\n{textwrap.dedent(block)}")
    *_, last = workflow["jobs"]["check"]["steps"]
    program, command, *arguments = last["run"].split()
    assert (program, command) == ("caljobs-policy", "check")
    main.commands["check"].make_context("check", arguments)


def test_the_documentation_counts_the_excuses_of_the_shipped_profiles() -> None:
    page = (ROOT / "docs/reference/checks.md").read_text("utf-8")
    files = (ROOT / "profiles").rglob("*.yaml")
    texts = "".join(path.read_text("utf-8") for path in files)
    for code in ("never-decides", "unused-role"):
        number = len(re.findall(rf"# allow: {code} because ", texts))
        assert f"| `{code}` | {number} |" in page
    assert texts.count("# allow:") == 16
