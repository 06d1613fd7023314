# SPDX-License-Identifier: MIT
"""`test` runs worked cases and reports how they differ from what they expect."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from caljobs_policy.cases.inherited import Accounts
from caljobs_policy.cli import main, trials
from caljobs_policy.errors.problems import Problem
from caljobs_policy.loader import folders
from tests.samples.profiles import (
    ACCEPT_YAML,
    BROKEN_YAML,
    RETURN_YAML,
    TABLES_YAML,
    VIOLATION_YAML,
    sound_profile,
    written_profile,
)
from tests.samples.towns import TOWN_CASE_YAML, town

INHERITED = """\
0 passed, 0 failed
inherited: 1 unchanged, 1 changed, 0 not run
  changed by routing/station: 1
"""
PASSING = f"{ACCEPT_YAML}expect: {{outcome: accept}}\n"
FAILING = f"""{RETURN_YAML}expect:
  outcome: accept
  clauses: [SAMPLE-1/c]
  not_clauses: [SAMPLE-1/d]
  needs: [request.office]
  route: {{coordinator: boss, requestors: [boss]}}
  deadlines: {{training_ends: 2025-05-02}}
  duties: [SAMPLE-1/b]
  approvals: {{auditor: true}}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the profile `sample_area` in it."""
    monkeypatch.chdir(tmp_path)
    return sound_profile(tmp_path / "sample_area", TABLES_YAML)


def run(*arguments: str, **files: str) -> Result:
    """Run cases that stand in files of some names."""
    for name, text in files.items():
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["test", *arguments, *(f"{name}.yaml" for name in files)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_case_that_holds_passes() -> None:
    result = run(one=PASSING)
    assert result.output == "1 passed, 0 failed\n"
    assert result.exit_code == 0


def test_bad_outcome_that_is_expected_passes() -> None:
    assert run(one=f"{VIOLATION_YAML}expect: {{outcome: violation}}\n").exit_code == 0


def test_case_that_does_not_hold_fails_with_all_differences() -> None:
    result = run(one=FAILING)
    assert result.stdout.splitlines() == [
        "one.yaml:1:1: Returned",
        "  outcome: expected accept, got return",
        "  clauses: SAMPLE-1/c is not among those not met: SAMPLE-1/a, SAMPLE-1/b, SAMPLE-1/d",
        "  not_clauses: SAMPLE-1/d is not met, by quiet",
        "  needs: expected request.office, got none",
        "  route.coordinator: expected boss, got desk",
        "  deadlines.training_ends: expected 2025-05-02, got 2025-05-01",
        "  duties: SAMPLE-1/b did not arise; what did: none",
        "  approvals.auditor: expected true, got false",
        "0 passed, 1 failed",
    ]
    assert result.exit_code == 4


def test_case_without_a_title_is_found_by_its_place() -> None:
    text = f"{PASSING}---\n{VIOLATION_YAML.partition(chr(10))[2]}expect: {{outcome: compliant}}\n"
    result = run(one=text)
    assert result.stdout.startswith("one.yaml:14:1: a case\n")
    assert "1 passed, 1 failed" in result.stdout


def test_case_that_cannot_be_read_is_told() -> None:
    result = run(one=PASSING, two=BROKEN_YAML)
    assert result.stdout == "1 passed, 0 failed, 1 invalid\n"
    assert result.stderr.startswith("two.yaml:4:11: `account` has no key `statsu`\n")
    assert result.exit_code == 3


def test_misspelt_expectation_is_no_pass() -> None:
    result = run(one=f"{ACCEPT_YAML}expect: {{outcom: return}}\n")
    assert "an expectation has no key `outcom`" in result.stderr
    assert result.exit_code == 3


def test_case_that_expects_nothing_is_counted_apart() -> None:
    result = run(one=PASSING, two=RETURN_YAML)
    assert result.output == "1 passed, 0 failed, 1 without an expectation\n"
    assert result.exit_code == 0


def test_run_in_which_nothing_is_expected_is_no_pass() -> None:
    result = run(one=RETURN_YAML)
    assert result.stdout == "0 passed, 0 failed, 1 without an expectation\n"
    assert result.stderr.startswith("no case expects anything\n  help: ")
    assert result.exit_code == 1


@pytest.mark.parametrize("path", ["empty", "sample_area"])
def test_run_without_a_case_is_no_pass(path: str) -> None:
    Path("empty").mkdir()
    result = run(path)
    assert result.stdout == "0 passed, 0 failed\n"
    assert result.stderr.startswith("no case was found\n  help: ")
    assert result.exit_code == 1


@pytest.mark.parametrize("path", ["nowhere.yaml", "nowhere", "nowhere/else"])
def test_path_that_is_not_there_is_told(path: str) -> None:
    result = run(path)
    assert f"there is no file, folder or profile `{path}`" in result.stderr
    assert result.exit_code == 1


def test_path_that_is_not_there_leaves_the_others_run() -> None:
    result = run("nowhere", one=PASSING)
    assert result.stdout == "1 passed, 0 failed\n"
    assert result.exit_code == 1


def test_cases_of_a_profile_are_run_by_its_folder(folder: Path) -> None:
    files = {"cases/one.yaml": PASSING, "cases/deep/two.yaml": PASSING, "cases/readme.md": "x"}
    written_profile(folder, files)
    result = run("sample_area")
    assert result.output == "2 passed, 0 failed\n"


@pytest.mark.parametrize(
    "paths",
    [
        ["one.yaml", "one.yaml"],
        ["one.yaml", "./one.yaml", "sub/../one.yaml"],
        ["sub", "sub/two.yaml"],
        ["sub/two.yaml", "sub"],
        ["sample_area", "./sample_area"],
        ["sample_area", "sample_area/cases/one.yaml"],
    ],
)
def test_what_is_named_twice_is_run_once(folder: Path, paths: list[str]) -> None:
    files = {"one.yaml": PASSING, "sub/two.yaml": PASSING, "sample_area/cases/one.yaml": PASSING}
    written_profile(folder.parent, files)
    assert run(*paths).output.endswith("1 passed, 0 failed\n")


def test_inherited_cases_of_a_profile_named_twice_are_run_once(folder: Path) -> None:
    town(folder.parent)
    case = PASSING.replace("role: deputy", "role: boss")
    written_profile(folder, {"cases/one.yaml": case})
    once = run("sample_town")
    assert once.output == INHERITED
    assert run("sample_town", "./sample_town").output == once.output


def test_folder_of_cases_is_run_whole() -> None:
    files = {"one.yaml": PASSING, "two.yml": PASSING, "deep/three.yaml": PASSING, "four.txt": "x"}
    written_profile(Path("cases"), files)
    assert run("cases").output == "3 passed, 0 failed\n"


def test_profile_that_is_asked_for_is_the_one() -> None:
    text = PASSING.replace("profile: sample_area", "profile: elsewhere")
    assert run(one=text).exit_code == 3
    assert run("--profile", "sample_area", one=text).exit_code == 0


def test_list_of_cases_is_run() -> None:
    text = """
profile: sample_area
date: 2025-06-02
cases:
  - case: One
    account: {shared: true}
    expect: {outcome: violation}
  - case: Two
    account: {shared: false}
    expect: {outcome: violation}
"""
    result = run(one=text)
    assert "one.yaml:8:5: Two\n  outcome: expected violation, got compliant" in result.stdout
    assert "1 passed, 1 failed" in result.stdout


def test_without_a_path_the_cases_of_all_installed_profiles_are_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written_profile(folder, {"cases/one.yaml": PASSING})
    monkeypatch.setattr(trials, "profile_names", lambda: ("sample_area",))
    result = run()
    assert result.output == "1 passed, 0 failed\n"
    assert result.exit_code == 0


def test_cases_of_a_profile_above_are_run_in_the_words_of_a_local_one(folder: Path) -> None:
    town(folder.parent)
    case = PASSING.replace("role: deputy", "role: boss")
    written_profile(folder, {"cases/one.yaml": case})
    result = run("sample_town")
    assert result.output == INHERITED
    assert result.exit_code == 0
    written_profile(folder.parent / "sample_town", {"cases/two.yaml": TOWN_CASE_YAML})
    assert "1 without an expectation" in run("sample_town").output


def test_inherited_case_that_nothing_accounts_for_fails(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town(folder.parent)
    written_profile(folder, {"cases/one.yaml": PASSING.replace("role: deputy", "role: boss")})
    monkeypatch.setattr(Accounts, "_smallest", lambda *_: None)
    result = run("sample_town")
    assert result.stdout.startswith("sample_area/cases/one.yaml:1:1: Accepted\n")
    assert "above: accept; no local entry accounts for it" in result.stdout
    assert "0 passed, 1 failed" in result.stdout
    assert result.exit_code == 4


def test_inherited_cases_are_listed_by_name(folder: Path) -> None:
    town(folder.parent)
    partner = PASSING.replace("organization: branch", "organization: partner")
    early = PASSING.replace("2025-06-02", "2025-02-03")
    files = {"cases/one.yaml": PASSING.replace("role: deputy", "role: boss")}
    written_profile(folder, {**files, "cases/two.yaml": partner, "cases/two_b.yaml": early})
    result = run("sample_town", "--all")
    lines = result.stdout.splitlines()
    one = "sample_area/cases/one.yaml:1:1: Accepted"
    assert f"{one}: unchanged" in lines
    assert f"{one}: changed by routing/station: accept above, return here" in lines
    assert any(": not run, because nothing stands for the " in line for line in lines)
    assert any(": not run, because sample_town has no edition on its day" in line for line in lines)
    assert "inherited: 1 unchanged, 1 changed, 2 not run" in lines
    assert "  not run, because sample_town has no edition on its day: 1" in lines
    assert result.exit_code == 0


def told(result: Result) -> list[str]:
    """Return what a run prints to standard error, without the remedies."""
    return [line for line in result.stderr.splitlines() if not line.startswith("  help: ")]


@pytest.mark.parametrize("path", ["cases", "sample_area"])
def test_case_file_that_would_not_be_read_is_told(path: str) -> None:
    folder = Path("cases" if path == "cases" else "sample_area/cases")
    written_profile(folder, {"a.yaml": PASSING, "b.YAML": FAILING, ".#a.yaml": "", "c.md": ""})
    result = run(path)
    assert result.stdout == "1 passed, 0 failed\n"
    assert told(result) == [
        f"{folder}/.#a.yaml: note: skipped: an editor keeps it for itself",
        f"{folder}/b.YAML: its name keeps it from being read",
    ]
    assert result.exit_code == 3


def test_folder_called_as_a_profile_is_run_by_its_path_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = sound_profile(folder.parent / "site" / "sample_area", TABLES_YAML)
    written_profile(installed, {"cases/one.yaml": PASSING, "cases/two.yaml": PASSING})
    written_profile(folder, {"cases/one.yaml": PASSING.replace("profile: sample_area\n", "")})
    monkeypatch.setattr(folders, "installed", lambda: {"sample_area": (installed,)})
    monkeypatch.setattr(trials, "profile_names", lambda: ("sample_area",))
    by_name, by_path = run("sample_area"), run("./sample_area")
    assert by_name.stdout == "2 passed, 0 failed\n"
    assert told(by_name) == [
        "./sample_area: note: this folder is skipped: "
        "`sample_area` is the installed site/sample_area"
    ]
    assert by_path.output == "1 passed, 0 failed\n"


def test_cases_of_a_copy_that_name_the_profile_ask_the_copy(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = sound_profile(folder.parent / "site" / "sample_area", TABLES_YAML)
    monkeypatch.setattr(folders, "installed", lambda: {"sample_area": (installed,)})
    changed = TABLES_YAML.replace(
        "forbid: {account.shared: true}", "forbid: {account.shared: false}"
    )
    assert changed != TABLES_YAML
    sound_profile(folder, changed)
    case = f"{VIOLATION_YAML}expect: {{outcome: violation}}\n"
    written_profile(folder, {"cases/one.yaml": case})
    result = run("./sample_area")
    assert result.exit_code == 4
    assert "outcome: " in result.stdout


def test_folder_of_cases_called_as_a_profile_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    written_profile(Path("sample"), {"one.yaml": PASSING})
    monkeypatch.setattr(trials, "profile_names", lambda: ("sample",))
    result = run("sample")
    assert result.stdout == "1 passed, 0 failed\n"
    assert told(result) == [
        "./sample: note: the cases of this folder are run, not those of the profile `sample`"
    ]


def test_profile_that_a_package_names_and_does_not_bring_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written_profile(folder, {"cases/one.yaml": PASSING})
    missing = Problem("there is no profile `other_area`: its module is missing")
    monkeypatch.setattr(trials, "profile_names", lambda: ("sample_area",))
    monkeypatch.setattr(trials, "missing_profiles", lambda: (missing,))
    assert told(run()) == ["note: there is no profile `other_area`: its module is missing"]
    assert run().exit_code == 0
