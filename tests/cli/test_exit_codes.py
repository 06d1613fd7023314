# SPDX-License-Identifier: MIT
"""The exit code is the first that applies of what a run came to."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner

from caljobs_policy import Outcome
from caljobs_policy.cli import main
from caljobs_policy.cli.exit_codes import ExitCode, code_of, first_that_applies
from tests.things.profiles import (
    ACCEPT_YAML,
    BROKEN_YAML,
    RETURN_YAML,
    TABLES_YAML,
    UNKNOWN_YAML,
    sound_profile,
)

ORDER = [1, 3, 4, 5, 0]


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
