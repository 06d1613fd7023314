# SPDX-License-Identifier: MIT
"""`show` prints the policy that is in force on a day."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from caljobs_policy.cli import main
from tests.samples.profiles import (
    EDITION,
    EDITION_YAML,
    SOUND,
    TABLES_YAML,
    sound_profile,
    written_profile,
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the profile `sample_area` in it."""
    monkeypatch.chdir(tmp_path)
    return sound_profile(tmp_path / "sample_area", TABLES_YAML)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["show", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def _lines(result: Result) -> list[str]:
    return [line.strip() for line in result.stdout.splitlines()]


def test_policy_of_a_day_is_shown() -> None:
    result = run("sample_area", "--date", "2025-06-02")
    assert result.stdout.startswith("Sample Area on 2025-06-02\nIn force: sample_area@2025-01-01\n")
    assert result.exit_code == 0


def test_policy_of_today_is_shown_where_no_day_is_named() -> None:
    assert run("sample_area").stdout.startswith("Sample Area on 2")


def test_edition_of_the_day_is_the_one_shown(folder: Path) -> None:
    written_profile(
        folder,
        {
            "2025-07-01/edition.yaml": EDITION_YAML.replace("2025-01-01", "2025-07-01"),
            "2025-07-01/words.yaml": SOUND[f"{EDITION}/words.yaml"].replace("Boss", "Chief"),
        },
    )
    before, after = (_lines(run("sample_area", "--date", f"2025-0{n}-01")) for n in (6, 7))
    assert "• Boss" in before
    assert "• Chief" in after
    assert "In force: sample_area@2025-07-01" in after


def test_keys_are_added_for_who_asks() -> None:
    assert "• Boss [boss]" in _lines(run("sample_area", "--date", "2025-06-02", "--keys"))


def test_every_line_names_its_origin() -> None:
    shown = run("sample_area", "--date", "2025-06-02").stdout
    line = TABLES_YAML.splitlines().index("  training:") + 2
    assert f"(sample_area/{EDITION}/tables.yaml:{line})" in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["sampel_area"], "there is no profile `sampel_area`"),
        (["nowhere"], "there is no profile `nowhere`"),
        (
            ["sample_area", "--date", "2024-12-31"],
            "`sample_area` has no edition on 2024-12-31: its first begins on 2025-01-01",
        ),
    ],
)
def test_policy_that_there_is_not_is_told(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.stdout == ""
    assert result.stderr.startswith(f"{message}\n  help: ")
    assert result.exit_code == 3


def test_all_faults_of_a_profile_are_told(folder: Path) -> None:
    sound_profile(folder, "rules: {a: {about: acount, clauses: [X]}, b: {about: account}}\n")
    result = run("sample_area", "--date", "2025-06-02")
    assert result.stderr.count("sample_area/2025-01-01/tables.yaml:1:") == 5
    assert result.exit_code == 3


def test_text_of_a_profile_can_steer_no_terminal(folder: Path) -> None:
    text = TABLES_YAML.replace("Be kind.", r'"Be kind. \e[31m\x9b5m\u202e"')
    sound_profile(folder, text)
    result = run("sample_area", "--date", "2025-06-02")
    assert "Be kind." in result.stdout
    assert not {"\x1b", "\x9b", "\u202e"} & set(result.output)
