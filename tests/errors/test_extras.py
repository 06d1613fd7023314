# SPDX-License-Identifier: MIT
"""The core works without any extra, and what needs one says how to get it."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from caljobs_policy.errors import extras
from caljobs_policy.errors.extras import lacking
from tests.samples.profiles import ACCEPT_YAML, TABLES_YAML, sound_profile
from tools.locked import canonical

ROOT = Path(__file__).parents[2]
PACKAGE = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
OPTIONAL = (
    *("click", "rich", "icalendar", "jinja2", "hypothesis", "pytest", "z3"),
    "durable_rules_engine",
)
CLI_HELP = "  help: pip install 'caljobs-policy[cli]'\n"
ROSTERS_HELP = "  help: pip install 'caljobs-policy[rosters]'\n"
BLOCKER = """
import sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {blocked}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Blocker())
sys.path.insert(0, {source!r})
"""
EVALUATING = """
from datetime import date
from caljobs_policy import Request, check_subject, evaluate, load_policy, load_profile

load_profile("./sample_area")
policy = load_policy("./sample_area", date(2025, 6, 2))
request = Request(type="create", attachments=["form_one"])
check_subject(policy, request)
assert evaluate(policy, request).to_dict()["outcome"]
"""
RUNNING = (
    "import runpy; sys.argv[1:] = {arguments}; runpy.run_module({module!r}, run_name={name!r})"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a profile, a case and a roster in it."""
    monkeypatch.chdir(tmp_path)
    sound_profile(tmp_path / "sample_area", TABLES_YAML)
    (tmp_path / "case.yaml").write_text(ACCEPT_YAML, encoding="utf-8")
    (tmp_path / "roster.csv").write_text("username\na\n", encoding="utf-8")
    return tmp_path


def python(script: str, *blocked: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a fresh interpreter that cannot import some packages."""
    before = BLOCKER.format(blocked=set(blocked) or "set()", source=str(ROOT / "src"))
    return subprocess.run(
        [sys.executable, "-c", before + script],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def command(*arguments: str, without: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    """Run the command line as `python -m caljobs_policy` does, without some packages."""
    script = RUNNING.format(arguments=list(arguments), module="caljobs_policy", name="__main__")
    return python(script, *without)


def test_core_evaluates_without_any_extra() -> None:
    run = python(EVALUATING, *OPTIONAL)
    assert (run.stderr, run.returncode) == ("", 0)


def test_core_imports_no_optional_package_where_there_is_one() -> None:
    script = f"{EVALUATING}\nprint(sorted({set(OPTIONAL)} & set(sys.modules)))"
    assert python(script).stdout == "[]\n"


def test_core_installs_four_packages() -> None:
    names = {line.partition(">=")[0] for line in PACKAGE["dependencies"]}
    assert names == {"attrs", "cattrs", "PyYAML", "tzdata"}


@pytest.mark.parametrize("extra", extras._BROUGHT)
def test_what_an_extra_brings_is_what_it_installs(extra: str) -> None:
    lines = PACKAGE["optional-dependencies"][extra]
    names = [extras._NAMES.get(module, module) for module in extras._BROUGHT[extra]]
    assert sorted(canonical(Requirement(line).name) for line in lines) == sorted(
        map(canonical, names)
    )


def test_all_is_every_extra_for_users() -> None:
    found = PACKAGE["optional-dependencies"]
    named = found["all"][0].partition("[")[2].removesuffix("]").split(",")
    assert set(named) == set(found) - {"all", "dev"}


@pytest.mark.parametrize(
    ("without", "told"),
    [
        (("click", "rich"), "`click` and `rich`, which are not installed"),
        (("click",), "`click`, which is not installed"),
        (("rich",), "`rich`, which is not installed"),
    ],
)
@pytest.mark.parametrize("arguments", [(), ("--help",), ("evaluate", "case.yaml")], ids=str)
def test_command_line_says_how_to_get_it(
    without: tuple[str, ...], told: str, arguments: tuple[str, ...]
) -> None:
    run = command(*arguments, without=without)
    assert run.stderr == f"the command line needs {told}\n{CLI_HELP}"
    assert (run.stdout, run.returncode) == ("", 1)


def test_installed_command_is_the_module_that_says_so() -> None:
    assert PACKAGE["scripts"] == {"caljobs-policy": "caljobs_policy.__main__:main"}


@pytest.mark.parametrize(
    ("form", "module", "name"), [("html", "jinja2", "Jinja2"), ("ics", "icalendar", "icalendar")]
)
def test_review_says_how_to_get_a_form(form: str, module: str, name: str) -> None:
    arguments = ("review", "roster.csv", "--profile", "./sample_area", "--format", f"{form}=out")
    run = command(*arguments, without=(module,))
    needs = f"the form `{form}` needs `{name}`, which is not installed"
    assert (run.stderr, run.returncode) == (f"{needs}\n{ROSTERS_HELP}", 1)
    assert not Path("out").exists()


def test_sample_says_how_to_get_a_form() -> None:
    drawn = ("--quarter", "2025Q1", "--size", "1", "--seed", "s", "--format", "html")
    run = command("sample", "roster.csv", "--profile", "./sample_area", *drawn, without=("jinja2",))
    assert run.stderr == f"the form `html` needs `Jinja2`, which is not installed\n{ROSTERS_HELP}"


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_review_writes_other_forms_without_the_extra(form: str) -> None:
    arguments = ("review", "roster.csv", "--profile", "./sample_area", "--format", form)
    run = command(*arguments, without=("jinja2", "icalendar"))
    assert run.returncode not in {1, 2}
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_sample_writes_other_forms_without_the_extra(form: str) -> None:
    drawn = ("--quarter", "2025Q1", "--size", "1", "--seed", "s", "--format", form)
    arguments = ("sample", "roster.csv", "--profile", "./sample_area", *drawn)
    run = command(*arguments, without=("jinja2", "icalendar"))
    assert run.returncode not in {1, 2}
    assert "Traceback" not in run.stderr


def test_strategies_say_how_to_get_them() -> None:
    run = python("import caljobs_policy.testing.strategies", "hypothesis")
    needs = "`caljobs_policy.testing.strategies` needs `hypothesis`, which is not installed"
    assert run.stderr.endswith(f"{needs}\n  help: pip install 'caljobs-policy[testing]'\n")


def test_proofs_say_how_to_get_the_solver() -> None:
    run = python("import caljobs_policy.analysis.questions", "z3")
    needs = "`caljobs_policy.analysis.formulas` needs `z3-solver`, which is not installed"
    assert run.stderr.endswith(f"{needs}\n  help: pip install 'caljobs-policy[analysis]'\n")


def test_what_is_there_is_not_lacking() -> None:
    assert [lacking("a test", extra) for extra in extras._BROUGHT] == [None] * len(extras._BROUGHT)
