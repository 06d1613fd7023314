# SPDX-License-Identifier: MIT
"""The plugin keeps out of the way where no case is run; its option and settings say what runs."""

from __future__ import annotations

import tomllib
from pathlib import Path
from shutil import rmtree
from typing import Final

import pytest

from caljobs_policy.loader import contents, folders
from caljobs_policy.testing import configured, pytest_plugin
from tests.samples.profiles import RETURN_YAML, UNKNOWN_YAML, written_profile
from tests.samples.towns import TOWN_CASE_YAML, town
from tests.testing.conftest import PASSING, PLUGIN, Run

pytest_plugins = ("pytester",)
FAILING: Final = f"{RETURN_YAML}expect: {{outcome: accept}}\n"
LIGHT: Final = {
    "caljobs_policy",
    "caljobs_policy.testing",
    "caljobs_policy.testing.pytest_plugin",
}


def names(result: pytest.RunResult) -> list[str]:
    """Return what was collected, quietly."""
    return [line for line in result.outlines if "::" in line]


def test_what_the_plugin_says_again_is_what_the_loader_says() -> None:
    assert pytest_plugin._PROFILE_FILE == contents.PROFILE_FILE
    assert f"*/{contents.EDITION_FILE}" == pytest_plugin._EDITIONS
    assert pytest_plugin._CASES_FOLDER == contents.CASES_FOLDER
    assert pytest_plugin._SUFFIXES == contents.CASE_SUFFIXES
    places = (configured._PROFILE, configured._DATE, configured._ENGINES)
    assert tuple(place.file for place in places) == pytest_plugin._SETTINGS
    assert configured._OPTION.file == pytest_plugin._OPTION


def test_pytest_finds_the_plugin_once_the_package_is_installed() -> None:
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8")
    name = pytest_plugin.__name__
    assert tomllib.loads(text)["project"]["entry-points"]["pytest11"] == {name: name}


def test_suite_without_cases_imports_nothing_of_ours(run: Run, pytester: pytest.Pytester) -> None:
    strange = {"cases/other.yaml": "[", "profile.yaml": "profile: 1", "app/profile.yaml": "["}
    written_profile(pytester.path, strange)
    rmtree(pytester.path / "sample_area")
    pytester.makepyfile(
        f"""
        import sys

        def test_nothing_is_imported():
            ours = {{name for name in sys.modules if name.startswith("caljobs_policy")}}
            assert ours == {LIGHT}
            assert not {{"attrs", "cattrs", "yaml", "hypothesis", "click"}} & set(sys.modules)
        """
    )
    result = pytester.runpytest_subprocess(*PLUGIN, "-W", "error", "--strict-markers", ".")
    result.assert_outcomes(passed=1)


def test_cases_run_where_all_that_is_not_needed_is_missing(
    run: Run, pytester: pytest.Pytester
) -> None:
    run("--co", one=PASSING)
    lacking = ["hypothesis", "z3", "polars", "ibis", "click", "rich", "jinja2", "durable"]
    pytester.makeconftest(f"import sys\nsys.modules.update(dict.fromkeys({lacking}))")
    result = pytester.runpytest_subprocess(*PLUGIN, "-W", "error", "sample_area")
    result.assert_outcomes(passed=1)


def test_failures_run_again_alone_and_on_several_cores_and_are_told_in_a_report(
    run: Run, pytester: pytest.Pytester
) -> None:
    run("--co", one=f"{PASSING}---\n{FAILING}", two=PASSING)
    arguments = ("-p", "xdist", "-n2", "--junitxml=report.xml")
    result = pytester.runpytest_subprocess(*PLUGIN, *arguments, "--caljobs-profile", "sample_area")
    result.assert_outcomes(passed=2, failed=1)
    report = (pytester.path / "report.xml").read_text("utf-8")
    assert 'classname="sample_area.cases.one.yaml" name="Returned"' in report
    assert '<property name="place" value="sample_area/cases/one.yaml:14:1" />' in report
    assert "outcome: expected accept, got return" in report
    again = run("--lf")
    again.assert_outcomes(failed=1)


def test_named_profile_runs_beside_what_else_runs_and_no_other_does(
    run: Run, pytester: pytest.Pytester
) -> None:
    folder = town(pytester.path)
    expected = f"{TOWN_CASE_YAML}expect: {{outcome: accept}}\n"
    written_profile(folder, {"cases/town.yaml": expected})
    pytester.mkdir("tests")
    pytester.makeini("[pytest]\ntestpaths = tests")
    written_profile(pytester.path, {"tests/test_it.py": "def test_it(): pass\n"})
    option, quiet = ("--caljobs-profile", "sample_town"), ("-q", "--co")
    boss = PASSING.replace("role: deputy", "role: boss")
    own, inherited = "cases/town.yaml::Asked in the town", "profile.yaml::Accepted"
    of_town = [f"sample_town/{own}", f"sample_town/{inherited}"]
    assert names(run(*quiet, *option, one=boss)) == ["tests/test_it.py::test_it", *of_town]
    assert names(run(*quiet, *option, ".")) == [*of_town, "tests/test_it.py::test_it"]
    assert names(run(*quiet, *option, "sample_town/cases")) == of_town[:1]
    assert names(run(*quiet)) == ["tests/test_it.py::test_it"]


def test_named_profile_may_lie_below_a_path_or_be_installed(
    run: Run, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("--co", one=PASSING)
    (pytester.path / "sample_area").rename(pytester.mkdir("profiles") / "sample_area")
    assert run("profiles", "--caljobs-profile", "sample_area").ret == 0
    assert run("--caljobs-profile", "profiles/sample_area", "-k", "accepted").ret == 0
    brought = {"elsewhere": (pytester.path / "profiles/sample_area",)}
    monkeypatch.setattr(folders, "installed", lambda: brought)
    pytester.mkdir("tests")
    run("tests", "--caljobs-profile", "elsewhere").assert_outcomes(passed=1)


def test_file_named_beside_a_profile_has_its_cases(run: Run, pytester: pytest.Pytester) -> None:
    run("--co", one=PASSING)
    other = PASSING.replace("profile: sample_area\n", "")
    written_profile(pytester.path, {"other.yaml": other})
    run("other.yaml", "--caljobs-profile", "sample_area").assert_outcomes(passed=1)
    assert run("other.yaml").ret != 0


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (
            "--caljobs-profile=sample_aria",
            ["ERROR: --caljobs-profile: there is no profile `sample_aria`", "*`sample_area`?"],
        ),
        ("--caljobs-profile=sample_area", ["*the profile `sample_area` has no cases", "*put *"]),
        ("-ocaljobs_profile=stat", ["ERROR: caljobs_profile: there is *`stat`", "*`state`?"]),
        ("-ocaljobs_date=2025-02-30", ["ERROR: caljobs_date: `2025-02-30` is a day *", "*help:*"]),
        ("-ocaljobs_engines=naiv", ["ERROR: caljobs_engines: *`naiv`", "*`naive`?"]),
        ("-ocaljobs_cases=/*.yaml", ["ERROR: caljobs_cases: *`/*.yaml`*", "*help:*"]),
        ("-ocaljobs_cases=no/*.yaml", ["ERROR: caljobs_cases: *`no/*.yaml`*", "*help:*"]),
    ],
)
def test_what_cannot_be_meant_is_one_error_before_any_test_runs(
    run: Run, option: str, message: list[str]
) -> None:
    result = run(option)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert len([line for line in result.errlines if "ERROR" in line]) == 1
    result.stderr.fnmatch_lines(message)
    result.stdout.no_fnmatch_line("*Traceback*")


def test_cases_of_other_files_are_collected_by_patterns(
    run: Run, pytester: pytest.Pytester
) -> None:
    pytester.makeini(
        """
        [pytest]
        caljobs_profile = sample_area
        caljobs_cases =
            policy/**/*.yaml
        """
    )
    text = PASSING.replace("profile: sample_area\n", "")
    written_profile(pytester.path, {"policy/deep/one.yaml": text, "other/one.yaml": "["})
    assert names(run("--co", "-q")) == ["policy/deep/one.yaml::Accepted"]
    assert run().ret == 0


FIXTURES: Final = """
from caljobs_policy.testing import assert_decision

REQUEST = {"type": "create", "submitted_on": "2025-06-02"}

def test_policy(policy, request):
    assert (policy.jurisdiction, str(policy.day)) == ("sample_area", "2025-06-02")

def test_decide(decide):
    assert_decision(decide({"request": REQUEST}), outcome="cannot_tell")

def test_differs(decide):
    assert_decision(decide({"request": REQUEST}), outcome="accept", clauses=["SAMPLE-1/a"])
"""


def test_fixtures_hand_out_the_policy_and_what_decides(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(FIXTURES)
    settings = ("-o", "caljobs_profile=sample_area", "-o", "caljobs_date=2025-06-02")
    result = run(*settings)
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(
        ["E *AssertionError: the decision differs", "E *outcome: expected accept, got *"]
    )
    result.stdout.no_fnmatch_line("*expecting.py*")


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("caljobs_profile=", "no profile is configured for this fixture"),
        ("caljobs_profile=sample_area", "`sample_area` has no edition on 2024-06-02*"),
    ],
)
def test_fixture_without_a_policy_says_why(
    run: Run, pytester: pytest.Pytester, setting: str, message: str
) -> None:
    pytester.makepyfile("def test_policy(policy): pass")
    result = run("-o", setting, "-o", "caljobs_date=2024-06-02")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([message, "  help: *"])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_own_fixtures_of_a_suite_come_first(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makeconftest("import pytest\n@pytest.fixture\ndef policy(): return 3\n")
    pytester.makepyfile("def test_policy(policy): assert policy == 3")
    assert run().ret == 0


def test_unknown_is_no_pass(run: Run) -> None:
    assert run(one=f"{UNKNOWN_YAML}expect: {{outcome: accept}}\n").ret == 1
