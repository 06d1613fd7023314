# SPDX-License-Identifier: MIT
"""A profile is cached until its files change, and read again after that."""

from __future__ import annotations

from pathlib import Path

import pytest

from caljobs_policy import ProfileError, load_policy
from caljobs_policy.loader import profiles
from caljobs_policy.loader.contents import ProfileFiles
from caljobs_policy.loader.profiles import read_profile
from caljobs_policy.loader.store import read
from caljobs_policy.syntax.profile import Profile
from tests.samples.profiles import DAY, EDITION, sound_profile, written_profile


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = sound_profile(tmp_path / "sample_area", more="lists: {}\n")
    monkeypatch.chdir(found)
    return found


def changing(monkeypatch: pytest.MonkeyPatch, folder: Path, times: int) -> list[int]:
    """Let an editor rename a file away just before it is read, and back just after."""
    reads: list[int] = []

    def read_while_saved(where: Path, files: ProfileFiles) -> Profile:
        reads.append(len(reads))
        if len(reads) > times:
            return read_profile(where, files)
        path = folder / EDITION / "words.yaml"
        text = path.read_text(encoding="utf-8")
        path.unlink()
        try:
            return read_profile(where, files)
        finally:
            path.write_text(f"{text}# saved {len(reads)}\n", encoding="utf-8")

    monkeypatch.setattr(profiles, "read_profile", read_while_saved)
    return reads


def test_profile_is_kept_until_a_file_changes(folder: Path) -> None:
    first = read(folder)
    assert read(folder) is first
    written_profile(folder, {f"{EDITION}/more.yaml": "lists: {some: [a]}\n"})
    assert read(folder) is not first


def test_profile_whose_file_is_being_saved_is_read_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = changing(monkeypatch, folder, times=2)
    assert set(read(folder).profile.editions[0].table("roles")) > {"boss"}
    assert len(reads) == 3


def test_profile_whose_files_change_all_the_time_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changing(monkeypatch, folder, times=100)
    with pytest.raises(ProfileError, match="keep changing while they are read"):
        load_policy(folder, DAY)


def test_file_that_was_refused_and_is_gone_is_forgotten(folder: Path) -> None:
    stray = folder / EDITION / "rules.yaml.txt"
    stray.write_text("", encoding="utf-8")
    with pytest.raises(ProfileError):
        load_policy(folder, DAY)
    stray.unlink()
    assert load_policy(folder, DAY).notices == ()
