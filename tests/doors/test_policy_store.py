# SPDX-License-Identifier: MIT
"""A store hands out the policies that it allows, and keeps the last good ones."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from caljobs_policy import EditionError, Policy, PolicyError, PolicyStore, ProfileError, load_policy
from caljobs_policy.loader.folders import profile_names
from tests.samples.profiles import DAY, EDITION, PROFILE_YAML, SOUND, written_profile

NAME: Final = "sample_area"
WORDS: Final = f"{EDITION}/words.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written_profile(tmp_path / NAME, SOUND)


def rewrite(path: Path, change: Callable[[str], str]) -> None:
    """Change a file."""
    replace(path, change(path.read_text("utf-8")))


def replace(path: Path, text: str) -> None:
    """Give a file another text, and change its time by more than a file system's grain."""
    path.write_text(text, "utf-8")
    later = path.stat().st_mtime_ns + 2_000_000_000
    os.utime(path, ns=(later, later))


def broken(text: str) -> str:
    return f"{text}\nbogus_table: {{}}\n"


@pytest.fixture
def any_file(folder: Path) -> Path:
    return sorted(folder.glob(f"{EDITION}/*.yaml"))[0]


def test_a_store_hands_out_what_load_policy_does(folder: Path) -> None:
    store = PolicyStore([folder])
    assert store.get("state", DAY) == load_policy("state", DAY)
    assert store.get(NAME, DAY) == load_policy(folder, DAY)
    assert store.get(NAME, DAY) is store.get(NAME, DAY)
    assert store.get(NAME, date(2025, 6, 3)).day == date(2025, 6, 3)


def test_a_folder_may_hold_profiles(folder: Path) -> None:
    store = PolicyStore([str(folder.parent)], [NAME])
    assert store.names == (NAME,)
    assert store.get(NAME, DAY).jurisdiction == NAME


def test_all_that_are_installed_may_be_asked_for_unless_some_are_listed(folder: Path) -> None:
    assert sorted(PolicyStore([folder]).names) == sorted([NAME, *profile_names()])
    assert PolicyStore([folder], ["state"]).names == ("state",)


@pytest.mark.parametrize("name", ["state", "la_city", "", "../sample_area", "/etc", NAME])
def test_what_is_not_on_the_list_is_refused(folder: Path, name: str) -> None:
    store = PolicyStore([], ["slo_county"])
    for asked in (name, str(folder)):
        with pytest.raises(ProfileError, match="is not allowed here") as caught:
            store.get(asked, DAY)
        assert [problem.code for problem in caught.value.problems] == ["not-allowed"]


def test_a_list_with_faults_is_refused_with_all_of_them(folder: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    twin = written_profile(tmp_path / "other" / NAME, SOUND)
    with pytest.raises(ProfileError) as caught:
        PolicyStore([empty, folder, twin], ["sate"])
    told = "\n".join(problem.message for problem in caught.value.problems)
    assert "there is no profile in this folder" in told
    assert f"there is another profile `{NAME}`" in told
    assert "there is no profile `sate`" in told
    assert "did you mean `state`?" in str(caught.value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"folders": "here"},
        {"profiles": "state"},
        {"reload": "often"},
        {"folders": b"x"},
        {"keep_last_good": "false"},
    ],
)
def test_wrong_arguments_are_told(wrong: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError), match="takes"):
        PolicyStore(**wrong)


def test_store_is_shown_with_its_names() -> None:
    assert repr(PolicyStore(profiles=["state"])) == "<PolicyStore: state>"


def test_wrong_questions_are_told() -> None:
    store = PolicyStore()
    for name, day in (("state", "2025-06-02"), ("state", datetime(2025, 6, 2)), (["state"], DAY)):
        with pytest.raises(TypeError, match="takes"):
            store.get(name, day)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="`moment` takes a datetime"):
        store.at("state", DAY)  # type: ignore[arg-type]
    with pytest.raises(EditionError):
        store.get("state", date(1990, 1, 1))


def test_a_moment_stands_for_its_day_in_the_zone_of_the_profile() -> None:
    store = PolicyStore()
    assert store.at("state", datetime(2025, 6, 2, 3, tzinfo=UTC)).day == date(2025, 6, 1)


def test_zone_that_an_edit_broke_is_that_of_before(folder: Path) -> None:
    store, late = PolicyStore([folder], reload="mtime"), datetime(2025, 6, 2, 3, tzinfo=UTC)
    assert store.at(NAME, late).day == date(2025, 6, 1)
    rewrite(folder / "profile.yaml", lambda text: text.replace("Los_Angeles", "Los_Angles"))
    assert store.at(NAME, late).day == date(2025, 6, 1)
    assert NAME in store.problems


@pytest.mark.parametrize("given", ["folder", Path("folder")])
def test_one_folder_is_no_list_of_folders(given: Any) -> None:
    with pytest.raises(TypeError, match="`folders`"):
        PolicyStore(given)


def test_no_file_is_touched_once_a_policy_was_handed_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = PolicyStore([folder])
    kept = store.get(NAME, DAY)
    for path in sorted(folder.rglob("*.yaml")):
        path.unlink()
    monkeypatch.setattr(os, "stat", None)
    monkeypatch.setattr(os, "scandir", None)
    assert store.get(NAME, DAY) is kept
    assert store.get(NAME, date(2025, 6, 3)) == kept.on(date(2025, 6, 3))
    assert store.at(NAME, datetime(2025, 6, 2, 12)) is kept


def test_a_change_is_seen_where_it_is_asked_for(folder: Path) -> None:
    watching, resting = PolicyStore([folder], reload="mtime"), PolicyStore([folder])
    first = watching.get(NAME, DAY)
    assert resting.get(NAME, DAY) == first
    rewrite(folder / "profile.yaml", lambda text: text.replace("Sample Area", "Changed Area"))
    assert watching.get(NAME, DAY).title == "Changed Area"
    assert resting.get(NAME, DAY).title == "Sample Area"


def test_a_broken_edit_keeps_the_last_good_policy_and_is_told_once(
    folder: Path, any_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = PolicyStore([folder], reload="mtime")
    good = store.get(NAME, DAY)
    whole = any_file.read_text("utf-8")
    rewrite(any_file, broken)
    with caplog.at_level(logging.WARNING):
        assert [store.get(NAME, DAY) for _ in range(3)] == [good] * 3
        assert store.get(NAME, date(2025, 6, 3)) == good.on(date(2025, 6, 3))
        assert store.at(NAME, datetime(2025, 6, 2, 12)) == good
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "bogus_table" in caplog.text
    (problem,) = store.problems[NAME]
    assert "bogus_table" in problem.message
    assert store.get("state", DAY).jurisdiction == "state"
    replace(any_file, whole)
    assert store.get(NAME, DAY) == good
    assert store.problems == {}


def test_a_profile_that_is_gone_keeps_its_last_good_policy(folder: Path) -> None:
    store = PolicyStore([folder], reload="mtime")
    good = store.get(NAME, DAY)
    (folder / "profile.yaml").rename(folder / "gone.yaml")
    assert store.get(NAME, DAY) == good
    assert store.at(NAME, datetime(2025, 6, 2, 12)) == good
    assert store.problems[NAME]


def test_a_broken_edit_is_an_error_where_that_is_asked_for(folder: Path, any_file: Path) -> None:
    store = PolicyStore([folder], reload="mtime", keep_last_good=False)
    store.get(NAME, DAY)
    rewrite(any_file, broken)
    with pytest.raises(ProfileError, match="bogus_table"):
        store.get(NAME, DAY)
    (folder / "profile.yaml").unlink()
    with pytest.raises(ProfileError):
        store.at(NAME, datetime(2025, 6, 2, 12))


def test_a_profile_that_was_never_good_is_an_error_until_it_is_mended(
    folder: Path, any_file: Path
) -> None:
    store = PolicyStore([folder])
    whole = any_file.read_text("utf-8")
    rewrite(any_file, broken)
    with pytest.raises(PolicyError, match="bogus_table"):
        store.get(NAME, DAY)
    replace(any_file, whole)
    assert store.get(NAME, DAY).jurisdiction == NAME


def test_threads_may_share_a_store_while_files_change(folder: Path) -> None:
    store = PolicyStore([folder], reload="mtime")
    titles = {"Sample Area", *(f"Area {n}" for n in range(6))}
    store.get(NAME, DAY)

    def ask(_: int) -> Policy:
        return store.get(NAME, DAY)

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(ask, n) for n in range(40)]
        for n in range(6):
            text = PROFILE_YAML.replace("Sample Area", f"Area {n}")
            replace(folder / "profile.yaml", text)
        found = [one.result() for one in asked]
    assert {policy.title for policy in found} <= titles
    assert store.get(NAME, DAY).title == "Area 5"
