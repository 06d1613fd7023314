# SPDX-License-Identifier: MIT
"""Profiles are read as they stand in a revision of Git, and nothing is left behind."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from caljobs_policy.errors.exceptions import FileError, ProfileError
from caljobs_policy.loader.policies import policy_of
from caljobs_policy.loader.revisions import Revision, chain_at, revision_of

PROFILE = "profile: {jurisdiction: area, title: %s, time_zone: UTC}\n"


def git(folder: Path, *arguments: str) -> None:
    own = ("-c", "user.name=Sample", "-c", "user.email=sample@example.org")
    subprocess.run(["git", *own, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S607


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository with a profile that was changed after it was committed."""
    folder = tmp_path / "area"
    (folder / "2025-03-01").mkdir(parents=True)
    (folder / "profile.yaml").write_text(PROFILE % "Old", "utf-8")
    (folder / "2025-03-01" / "edition.yaml").write_text(
        "edition: {from: 2025-03-01, title: First}\n", "utf-8"
    )
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "Begin")
    (folder / "profile.yaml").write_text(PROFILE % "New", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", ["area", "./area", "area/"])
def test_a_revision_is_read_and_its_copy_is_removed(repository: Path, path: str) -> None:
    with chain_at(Revision("HEAD", path)) as (chain, root):
        assert policy_of(chain, date(2025, 6, 2)).title == "Old"
        assert root.is_dir()
    assert not root.exists()


@pytest.mark.parametrize(
    ("commit", "path", "message"),
    [
        ("nowhere", "area", "there is no revision `nowhere`"),
        ("--help", "area", "there is no revision `--help`"),
        ("HEAD", "region", "there is no folder `region` in the revision"),
        ("HEAD", "area/2025-03-01", "the folder holds no profile.yaml"),
        ("HEAD", "../area", "lies outside the Git repository"),
    ],
)
def test_what_git_lacks_is_told(repository: Path, commit: str, path: str, message: str) -> None:
    with pytest.raises(ProfileError) as caught, chain_at(Revision(commit, path)):
        pass
    assert message in str(caught.value)


def test_a_git_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FileError, match="Git cannot be run here"), chain_at(Revision("HEAD", "a")):
        pass


def test_a_folder_is_no_revision(repository: Path) -> None:
    assert revision_of("area") is None
    assert revision_of("HEAD:area") == Revision("HEAD", "area")
