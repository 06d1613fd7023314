# SPDX-License-Identifier: MIT
"""Every command prints each notice about a profile's files once, and goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from caljobs_policy.cli import main
from tests.samples.profiles import (
    ACCEPT_YAML,
    EDITION,
    TABLES_YAML,
    sound_profile,
    written_profile,
)

LOCK = f"sample_area/{EDITION}/.#words.yaml"
EXPECTING = f"{ACCEPT_YAML}expect: {{outcome: accept}}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a profile in which somebody is editing a file."""
    monkeypatch.chdir(tmp_path)
    sound_profile(tmp_path / "sample_area", TABLES_YAML)
    roster = "username,organization,status\nsample-1,branch,active\n"
    cases = "---\n".join([EXPECTING] * 3)
    return written_profile(tmp_path, {LOCK: "", "cases.yaml": cases, "roster.csv": roster})


@pytest.mark.parametrize(
    "command",
    [
        "evaluate cases.yaml",
        "evaluate --json cases.yaml",
        "compare cases.yaml --profile sample_area",
        "show sample_area",
        "test cases.yaml",
        "review roster.csv --profile sample_area --at 2025-06-02",
        "sample roster.csv --profile sample_area --quarter 2025Q2 --size 1 --seed a",
    ],
)
def test_notice_is_told_once_on_standard_error(command: str) -> None:
    result = CliRunner().invoke(main, command.split())
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.stderr == f"{LOCK}: note: skipped: an editor keeps it for itself\n"
    assert "skipped" not in result.stdout
    assert result.exit_code == 0
