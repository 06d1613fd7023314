# SPDX-License-Identifier: MIT
"""Every file in the folder of a profile is read, refused, or skipped with a notice."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from caljobs_policy import ProfileError, load_policy, load_profile
from caljobs_policy.loader.contents import Listing, case_files
from tests.samples.profiles import DAY, EDITION, sound_profile, written_profile

ON_POSIX = pytest.mark.skipif(os.name != "posix", reason="makes pipes and links")
BROKEN = "rules: {one: {}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound profile, from whose folder places are named."""
    found = sound_profile(tmp_path / "sample_area")
    monkeypatch.chdir(found)
    return found


def refused(folder: Path) -> list[str]:
    """Return what a profile is refused for."""
    with pytest.raises(ProfileError) as caught:
        load_policy(folder, DAY)
    return [f"{p.place}: {p.message}; {p.help}" for p in caught.value.problems]


def names(listing: Listing, folder: Path) -> list[str]:
    return [Path(path).relative_to(folder).as_posix() for path in listing.read]


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("rules.yaml.txt", "rules.yaml"),
        ("rules.YAML", "rules.yaml"),
        ("rules.Yml", "rules.yml"),
        ("rules.json", "rules.yaml"),
        ("rules.yml.bak", "rules.yml"),
        ("rules.yaml (copy)", "rules.yaml"),
        (".YAML", "tables.yaml"),
    ],
)
def test_file_whose_name_keeps_it_from_being_read_is_refused(
    folder: Path, name: str, better: str
) -> None:
    written_profile(folder, {f"{EDITION}/{name}": BROKEN})
    assert refused(folder) == [
        f"{EDITION}/{name}: its name keeps it from being read; "
        f"call it `{better}`, or move it out of the folder"
    ]


@pytest.mark.parametrize("name", ["sub/rules.yaml.txt", "rules.YML", f"{EDITION}/sub/rules.yml~1"])
def test_such_a_file_is_refused_wherever_it_lies(folder: Path, name: str) -> None:
    written_profile(folder, {name: BROKEN})
    (told,) = refused(folder)
    assert told.startswith(f"{name}: its name keeps it from being read")


@pytest.mark.parametrize(
    "name",
    [
        "create.yaml~",
        "#create.yaml#",
        ".create.yaml.swp",
        "._create.yaml",
        ".~lock.create.yaml#",
        "~$create.yaml",
    ],
)
def test_file_that_an_editor_keeps_is_passed_over_and_told(folder: Path, name: str) -> None:
    written_profile(folder, {f"{EDITION}/{name}": BROKEN})
    policy = load_policy(folder, DAY)
    (notice,) = policy.notices
    assert notice.place.file == f"{EDITION}/{name}"
    assert notice.message == "skipped: an editor keeps it for itself"
    assert load_profile(folder).notices == policy.notices


@ON_POSIX
def test_lock_that_leads_to_nothing_is_passed_over_and_told(folder: Path) -> None:
    (folder / EDITION / ".#create.yaml").symlink_to("somebody@somewhere.1234")
    assert [n.place.file for n in load_policy(folder, DAY).notices] == [f"{EDITION}/.#create.yaml"]


def test_note_in_an_edition_is_passed_over_and_told(folder: Path) -> None:
    written_profile(folder, {f"{EDITION}/notes.txt": "x", "notes.txt": "x"})
    assert [n.place.file for n in load_policy(folder, DAY).notices] == [f"{EDITION}/notes.txt"]


@pytest.mark.parametrize("name", ["readme.md", ".git/config.yaml", "__pycache__/x.yaml", "a.pdf"])
def test_file_that_nobody_takes_for_a_table_is_left_alone(folder: Path, name: str) -> None:
    written_profile(folder, {name: "x", f"{EDITION}/{name}": "x"})
    assert load_policy(folder, DAY).notices == ()


@ON_POSIX
@pytest.mark.parametrize(
    ("make", "message"),
    [
        (os.mkfifo, "this is not a plain file"),
        (lambda path: path.symlink_to("nowhere"), "the link does not lead to a file"),
        (lambda path: path.symlink_to("/dev/zero"), "the link does not lead to a file"),
        (Path.mkdir, "this is a folder"),
    ],
)
@pytest.mark.parametrize("name", [f"{EDITION}/more.yaml", "sub/edition.yaml"])
def test_what_is_no_plain_file_is_refused_and_never_waited_for(
    folder: Path, make: object, message: str, name: str
) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    make(folder / name)  # type: ignore[operator]
    (told,) = refused(folder)
    assert told.startswith(f"{name}: {message}; ")


@ON_POSIX
def test_link_to_a_file_is_read(folder: Path) -> None:
    outside = folder.parent / "shared.yaml"
    outside.write_text("rulse: {}\n", encoding="utf-8")
    (folder / EDITION / "more.yaml").symlink_to(outside)
    (told,) = refused(folder)
    assert told.startswith(f"{EDITION}/more.yaml:1:1: there is no table `rulse`")


@ON_POSIX
def test_edition_may_be_a_link_to_a_folder(folder: Path) -> None:
    (folder / EDITION).rename(folder.parent / "shared")
    (folder / EDITION).symlink_to(folder.parent / "shared", target_is_directory=True)
    assert load_policy(folder, DAY).editions == (f"sample_area@{EDITION}",)


@ON_POSIX
def test_folder_that_leads_back_to_itself_is_not_followed(folder: Path) -> None:
    (folder / "again").symlink_to(folder, target_is_directory=True)
    (folder / EDITION / "again").symlink_to(folder, target_is_directory=True)
    (folder / "cases").mkdir()
    (folder / "cases" / "again").symlink_to(folder, target_is_directory=True)
    assert load_policy(folder, DAY).notices == ()
    assert case_files(folder / "cases") == Listing()


def test_folder_that_nobody_may_look_into_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "closed").mkdir()
    look_into = os.scandir

    def denied(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return look_into(path)

    monkeypatch.setattr(os, "scandir", denied)
    (told,) = refused(folder)
    assert told.startswith("closed: the folder cannot be read; ")


def test_cases_are_found_in_their_folder_and_below(folder: Path) -> None:
    assert case_files(folder / "cases") == Listing()
    texts = {"cases/b.yaml": "", "cases/deep/a.yml": "", "cases/notes.md": "", "other.yaml": ""}
    written_profile(folder, texts)
    assert names(case_files(folder / "cases"), folder) == ["cases/b.yaml", "cases/deep/a.yml"]


def test_case_that_would_not_be_read_is_refused(folder: Path) -> None:
    files = {f"cases/{name}": "" for name in ("a.yaml", "b.YAML", "deep/c.json.txt", ".#a.yaml")}
    written_profile(folder, files)
    listing = case_files(folder / "cases")
    assert names(listing, folder) == ["cases/a.yaml"]
    assert [p.place.file for p in listing.refused] == ["cases/b.YAML", "cases/deep/c.json.txt"]
    assert [p.help.partition(",")[0] for p in listing.refused if p.help] == [
        "call it `b.yaml`",
        "call it `c.json`",
    ]
    assert [p.place.file for p in listing.passed_over] == ["cases/.#a.yaml"]
    assert load_profile(folder).problems == ()
