# SPDX-License-Identifier: MIT
"""Settings are those of the nearest file that has any, and what is wrong with them is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from caljobs_policy.analysis.checking.settings import Settings, settings_near
from caljobs_policy.errors.exceptions import FileError

KNOWN = ("cannot-fail", "unused-role")


def test_the_nearest_table_counts(tmp_path: Path) -> None:
    (tmp_path / "caljobs-policy.toml").write_text('[check]\nselect = ["unused-role"]\n')
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    assert settings_near(inner, KNOWN) == Settings(select=("unused-role",))
    table = '[tool.caljobs-policy.check]\nignore = ["cannot-fail"]\nstrict = true\n'
    (tmp_path / "a" / "pyproject.toml").write_text(table)
    assert settings_near(inner, KNOWN) == Settings(ignore=("cannot-fail",), strict=True)


def test_options_go_before_settings() -> None:
    settings = Settings(select=("cannot-fail",)).with_options(["unused-role"], [], strict=True)
    assert settings.runs("unused-role")
    assert not settings.runs("cannot-fail")
    assert not settings.with_options([], ["unused-role"], strict=False).runs("unused-role")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('selekt = ["unused-role"]', "there is no setting `selekt`"),
        ('select = "unused-role"', "`select` is not a list of texts"),
        ("strict = 1", "`strict` is not true or false"),
        ('ignore = ["unused-rule"]', "there is no rule `unused-rule`"),
        ("select = [", "the settings cannot be read"),
    ],
)
def test_what_is_wrong_with_settings_is_told(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "caljobs-policy.toml").write_text(f"[check]\n{text}\n")
    with pytest.raises(FileError) as caught:
        settings_near(tmp_path, KNOWN)
    (problem,) = caught.value.problems
    assert problem.message.startswith(message)
    assert problem.place.file.endswith("caljobs-policy.toml")


def test_what_is_no_table_is_told(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.caljobs-policy]\ncheck = true\n")
    with pytest.raises(FileError, match=r"`tool\.caljobs-policy\.check` is not a table"):
        settings_near(tmp_path, KNOWN)


def test_profiles_are_folders_beside_the_settings_or_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "caljobs-policy.toml").write_text('[check]\nprofiles = ["mine", "state"]\n')
    (tmp_path / "mine").mkdir()
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path)
    assert settings_near(tmp_path, KNOWN).profiles == ("mine", "state")
    monkeypatch.chdir(tmp_path / "inner")
    found = settings_near(tmp_path / "inner", KNOWN).profiles
    assert found == (str(tmp_path / "mine"), "state")


def test_a_pyproject_that_cannot_be_read_is_left_to_other_tools(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.caljobs-policy.check\n")
    assert settings_near(tmp_path, KNOWN) == Settings()
