# SPDX-License-Identifier: MIT
"""The exit code is the first that applies to the results of a run."""

from __future__ import annotations

import os
import re
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner

from caljobs_policy import Outcome
from caljobs_policy.cli import main
from caljobs_policy.cli.exit_codes import ExitCode, code_of, first_that_applies
from tests.samples.profiles import (
    ACCEPT_YAML,
    BROKEN_YAML,
    EDITION,
    RETURN_YAML,
    TABLES_YAML,
    UNKNOWN_YAML,
    sound_profile,
    written_profile,
)

ORDER = [1, 3, 4, 5, 0]
DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference" / "exit-codes.md"
PROFILE = "--profile sample_area"
DRAW = "--quarter 2025Q2 --size 1 --seed a"
ROSTER = "username,organization,status,shared\n"


def test_codes_are_those_of_the_contract() -> None:
    assert {code.name: code.value for code in ExitCode} == {
        "GOOD": 0,
        "COULD_NOT_RUN": 1,
        "USAGE": 2,
        "INVALID": 3,
        "NOT_GOOD": 4,
        "CANNOT_TELL": 5,
    }


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        ("out_of_scope", 0),
        ("accept", 0),
        ("compliant", 0),
        ("deny", 4),
        ("return", 4),
        ("violation", 4),
        ("await_approval", 4),
        ("attention", 4),
        ("cannot_tell", 5),
    ],
)
def test_every_outcome_has_a_code(outcome: str, code: int) -> None:
    assert code_of(Outcome(outcome)) == code


def test_nothing_at_all_is_good() -> None:
    assert first_that_applies([]) is ExitCode.GOOD


@pytest.mark.parametrize(
    "codes", [codes for n in (1, 2, 3, 4, 5) for codes in combinations(ORDER, n)]
)
def test_first_that_applies_is_the_code(codes: tuple[int, ...]) -> None:
    backwards = [ExitCode(code) for code in reversed(codes)]
    assert first_that_applies(backwards) == codes[0]


@pytest.mark.parametrize(
    ("cases", "code"),
    [
        (["good"], 0),
        (["good", "unknown"], 5),
        (["unknown", "bad"], 4),
        (["bad", "unknown", "broken"], 3),
        (["broken", "bad", "unknown", "nowhere", "good"], 1),
    ],
)
def test_run_comes_to_the_worst_of_its_cases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cases: list[str], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    sound_profile(tmp_path / "sample_area", TABLES_YAML)
    texts = {
        "good": ACCEPT_YAML,
        "bad": RETURN_YAML,
        "unknown": UNKNOWN_YAML,
        "broken": BROKEN_YAML,
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for order in (cases, cases[::-1]):
        assert CliRunner().invoke(main, ["evaluate", *order]).exit_code == code


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["evaluate"],
        ["evaluate", "x", "--engine", "slow"],
        ["evaluate", "x", "--jsn"],
        ["show"],
        ["show", "a", "b"],
        ["show", "a", "--date", "2025-02-30"],
        ["show", "a", "--date", "June"],
        ["zebra"],
    ],
)
def test_wrong_usage_is_told(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == ExitCode.USAGE
    assert "Usage:" in result.output


def test_documented_codes_are_those_of_the_program() -> None:
    table = DOCS.read_text("utf-8").partition("<!-- end -->")[0]
    rows = re.findall(r"^\| (\d) \| (.*?) \|", table, re.M)
    assert rows == [(str(code.value), code.meaning) for code in ExitCode]
    told = " ".join(CliRunner().invoke(main, ["--help"]).output.split())
    assert all(f"{code.value} {code.meaning}" in told for code in ExitCode)


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a profile, and cases and rosters that lead to each code."""
    monkeypatch.chdir(tmp_path)
    sound_profile(tmp_path / "sample_area", TABLES_YAML)
    sound_profile(tmp_path / "broken_area", "rulse: {}\n")
    account = "profile: sample_area\ndate: 2025-06-02\naccount: {organization: branch"
    return written_profile(
        tmp_path,
        {
            "good.yaml": f"{account}, shared: false}}\nexpect: {{outcome: compliant}}\n",
            "bad.yaml": f"{account}, shared: true}}\nexpect: {{outcome: compliant}}\n",
            "unknown.yaml": UNKNOWN_YAML,
            "broken.yaml": BROKEN_YAML,
            "good.csv": f"{ROSTER}one,branch,active,no\n",
            "bad.csv": f"{ROSTER}one,branch,active,yes\n",
            "broken.csv": f"{ROSTER}one,brunch,active,no\n",
            "headless.csv": "zebra\none\n",
            "cases/good.YAML": "",
            "empty/readme.md": "",
        },
    )


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("evaluate good.yaml", 0),
        (f"compare bad.yaml {PROFILE}", 0),
        ("show sample_area", 0),
        ("schema", 0),
        ("docs", 0),
        ("docs roster", 0),
        ("docs rooster", 2),
        ("test good.yaml", 0),
        (f"review good.csv {PROFILE}", 0),
        (f"sample good.csv {PROFILE} {DRAW}", 0),
        # what is named cannot be opened or written, or there is nothing to do
        ("evaluate nowhere.yaml", 1),
        (f"compare nowhere.yaml {PROFILE}", 1),
        ("test nowhere.yaml", 1),
        ("test empty", 1),
        (f"review nowhere.csv {PROFILE}", 1),
        (f"sample nowhere.csv {PROFILE} {DRAW}", 1),
        (f"review good.csv {PROFILE} --map nowhere.yaml", 1),
        (f"sample good.csv {PROFILE} {DRAW} --map nowhere.yaml", 1),
        ("evaluate empty", 1),
        (f"compare empty {PROFILE}", 1),
        (f"review empty {PROFILE}", 1),
        (f"sample empty {PROFILE} {DRAW}", 1),
        (f"review good.csv {PROFILE} --format csv=nowhere/out.csv", 1),
        (f"sample good.csv {PROFILE} {DRAW} --format csv=empty", 1),
        # what is written is wrong, or there is no profile of the name
        ("evaluate broken.yaml", 3),
        (f"compare broken.yaml {PROFILE}", 3),
        ("test broken.yaml", 3),
        ("test cases", 3),
        ("show broken_area", 3),
        ("show nowhere", 3),
        ("evaluate good.yaml --profile nowhere", 3),
        ("evaluate good.yaml --profile broken_area", 3),
        ("compare good.yaml --profile nowhere", 3),
        ("compare good.yaml --profile broken_area", 3),
        ("test good.yaml --profile nowhere", 3),
        ("test good.yaml --profile broken_area", 3),
        ("review good.csv --profile nowhere", 3),
        ("review good.csv --profile broken_area", 3),
        (f"sample good.csv --profile nowhere {DRAW}", 3),
        (f"sample good.csv --profile broken_area {DRAW}", 3),
        (f"review broken.csv {PROFILE}", 3),
        (f"sample broken.csv {PROFILE} {DRAW}", 3),
        (f"review headless.csv {PROFILE}", 3),
        (f"sample headless.csv {PROFILE} {DRAW}", 3),
        ("evaluate bad.yaml", 4),
        ("test bad.yaml", 4),
        (f"review bad.csv {PROFILE}", 4),
        (f"sample bad.csv {PROFILE} {DRAW}", 4),
        ("evaluate unknown.yaml", 5),
    ],
)
def test_every_command_comes_to_the_same_codes(command: str, code: int) -> None:
    result = CliRunner().invoke(main, command.split())
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output


@pytest.mark.usefixtures("there")
def test_file_that_the_system_refuses_is_not_blamed_on_the_output(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(path: str) -> object:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os.path, "isfile", refuse)
    result = CliRunner().invoke(main, ["test", f"sample_area/{EDITION}"])
    assert result.stderr == (
        f"sample_area/{EDITION}: the file cannot be used: permission denied\n"
        "  help: check that it is there, and who may use it\n"
    )
    assert result.exit_code == 1
