# SPDX-License-Identifier: MIT
"""The folder of a profile is found and read whole: its own file, and a folder for each edition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from caljobs_policy import Profile, ProfileError, load_policy, load_profile
from caljobs_policy.loader.contents import Signature, profile_files
from caljobs_policy.loader.folders import find, profile_names
from caljobs_policy.loader.paths import shipped_folder
from caljobs_policy.loader.profiles import read_profile
from tests.samples.profiles import (
    EDITION,
    EDITION_YAML,
    PROFILE_YAML,
    SOUND,
    sound_profile,
    written_profile,
)

SHIPPED = profile_names()[0]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for a profile, from which places are named."""
    found = tmp_path / "sample_area"
    found.mkdir()
    monkeypatch.chdir(found)
    return found


def with_files(folder: Path, files: Mapping[str, str]) -> Profile:
    return load_profile(written_profile(folder, {**SOUND, **files}))


def told(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Return place and message of every problem of a profile with some files."""
    with pytest.raises(ProfileError) as caught:
        with_files(folder, files)
    return [f"{problem.place}: {problem.message}" for problem in caught.value.problems]


def edition(start: str, end: str = "") -> str:
    until = f"\n  until: {end}" if end else ""
    return f"edition:\n  from: {start}{until}\n  title: An edition\n"


def test_profile_is_read(folder: Path) -> None:
    profile = with_files(folder, {})
    assert profile.jurisdiction == "sample_area"
    assert profile.title == "Sample Area"
    assert profile.zone == "America/Los_Angeles"
    assert profile.parent is None
    (only,) = profile.editions
    assert only.id == "sample_area@2025-01-01"
    assert only.title == "First edition"
    assert only.end is None
    assert set(only.table("roles")) == {"boss", "deputy", "desk", "auditor"}
    assert only.table("duties") == {}


def test_profile_is_called_what_it_says_whatever_its_folder_is_called(tmp_path: Path) -> None:
    assert load_profile(written_profile(tmp_path / "copy", SOUND)).jurisdiction == "sample_area"


def test_profile_that_lacks_its_name_goes_by_its_folder_where_it_extends_itself(
    folder: Path,
) -> None:
    circle = f"{PROFILE_YAML}  extends: sample_area\n"
    files = {**SOUND, "profile.yaml": circle.replace("  jurisdiction: sample_area\n", "")}
    with pytest.raises(ProfileError) as caught:
        load_policy(written_profile(folder, files), date(2025, 6, 2))
    assert [problem.message for problem in caught.value.problems] == [
        "the profile extends itself: sample_area → sample_area",
        "`profile` lacks `jurisdiction`",
    ]


def test_parent_is_read(folder: Path) -> None:
    profile = with_files(folder, {"profile.yaml": f"{PROFILE_YAML}  extends: {SHIPPED}\n"})
    assert profile.parent == SHIPPED


def test_what_profile_yaml_lists_belongs_to_each_edition(folder: Path) -> None:
    profile = with_files(
        folder,
        {
            "profile.yaml": f"{PROFILE_YAML}lists:\n  some: [a]\n",
            "2025-07-01/edition.yaml": edition("2025-07-01"),
        },
    )
    assert [list(e.table("lists")) for e in profile.editions] == [["some"], ["some"]]


def test_tables_may_stand_in_edition_yaml_and_in_files_of_any_name(folder: Path) -> None:
    profile = with_files(
        folder,
        {
            f"{EDITION}/edition.yaml": f"{EDITION_YAML}lists:\n  one: [a]\n",
            f"{EDITION}/any-name.yml": "lists:\n  two: [a]\n",
        },
    )
    assert list(profile.editions[0].table("lists")) == ["one", "two"]


def test_editions_stand_in_the_order_of_their_dates(folder: Path) -> None:
    profile = with_files(
        folder,
        {
            "zebra/edition.yaml": edition("2024-01-01", "2024-12-31"),
            "aardvark/edition.yaml": edition("2026-01-01"),
        },
    )
    assert [e.start.year for e in profile.editions] == [2024, 2025, 2026]


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2024, 12, 31), None),
        (date(2025, 1, 1), "2025-01-01"),
        (date(2025, 6, 30), "2025-01-01"),
        (date(2025, 7, 1), "2025-07-01"),
        (date(2025, 12, 31), "2025-07-01"),
        (date(2026, 1, 1), None),
    ],
)
def test_edition_holds_until_the_next_begins(folder: Path, day: date, start: str | None) -> None:
    profile = with_files(folder, {"2025-07-01/edition.yaml": edition("2025-07-01", "2025-12-31")})
    found = profile.edition_on(day)
    assert (found.start.isoformat() if found else None) == start


@pytest.mark.parametrize(
    ("files", "problems"),
    [
        ({"profile.yaml": ""}, ["profile.yaml:1:1: the text is empty"]),
        ({"profile.yaml": "{}"}, ["profile.yaml:1:1: the file lacks `profile`"]),
        ({"profile.yaml": "profile: 5"}, ["profile.yaml:1:10: `profile` takes a mapping"]),
        (
            {"profile.yaml": "profile: {title: T}"},
            [
                "profile.yaml:1:10: `profile` lacks `jurisdiction`",
                "profile.yaml:1:10: `profile` lacks `time_zone`",
            ],
        ),
        (
            {"profile.yaml": PROFILE_YAML.replace("sample_area", "Sample Area")},
            ["profile.yaml:2:17: `Sample Area` is not the name of a profile"],
        ),
        (
            {"profile.yaml": PROFILE_YAML.replace("Los_Angeles", "Nowhere")},
            ["profile.yaml:4:14: there is no time zone `America/Nowhere`"],
        ),
        (
            {"profile.yaml": PROFILE_YAML.replace("America/Los_Angeles", "../../secret")},
            ["profile.yaml:4:14: there is no time zone `../../secret`"],
        ),
        (
            {"profile.yaml": f"{PROFILE_YAML}  extends:\n"},
            ["profile.yaml:5:11: a text is expected here"],
        ),
        (
            {"profile.yaml": f"{PROFILE_YAML}  extends: the state\n"},
            ["profile.yaml:5:12: `the state` is not the name of a profile"],
        ),
        (
            {f"{EDITION}/edition.yaml": "edition: {}"},
            [
                f"{EDITION}/edition.yaml:1:10: `edition` lacks `from`",
                f"{EDITION}/edition.yaml:1:10: `edition` lacks `title`",
            ],
        ),
        (
            {f"{EDITION}/edition.yaml": "edition: {from: 2025-01-01}"},
            [f"{EDITION}/edition.yaml:1:10: `edition` lacks `title`"],
        ),
        (
            {"second/edition.yaml": edition("2025-01-01")},
            ["second/edition.yaml:1:1: two editions begin on 2025-01-01"],
        ),
        (
            {"2025-07-01/edition.yaml": edition("2025-08-01")},
            [
                "2025-07-01/edition.yaml:2:9: "
                "the edition begins on 2025-08-01, but its folder is called `2025-07-01`"
            ],
        ),
        (
            {
                f"{EDITION}/edition.yaml": edition("2025-01-01", "2025-05-31"),
                "2025-07-01/edition.yaml": edition("2025-07-01"),
            },
            ["2025-07-01/edition.yaml:1:1: the editions of 2025-01-01 and 2025-07-01 leave a gap"],
        ),
        (
            {
                f"{EDITION}/edition.yaml": edition("2025-01-01", "2025-07-01"),
                "2025-07-01/edition.yaml": edition("2025-07-01"),
            },
            ["2025-07-01/edition.yaml:1:1: the editions of 2025-01-01 and 2025-07-01 overlap"],
        ),
        (
            {f"{EDITION}/more.yaml": "zebra: {}"},
            [f"{EDITION}/more.yaml:1:1: there is no table `zebra`"],
        ),
        (
            {f"{EDITION}/more.yaml": "roles: {boss: {title: Boss}}"},
            [f"{EDITION}/words.yaml:9:3: `boss` is in `roles` twice"],
        ),
        ({f"{EDITION}/more.yaml": "- a"}, [f"{EDITION}/more.yaml:1:1: the file is not a mapping"]),
        (
            {f"{EDITION}/more.yaml": "roles: {}\n---\nroles: {}\n"},
            [f"{EDITION}/more.yaml:3:1: a second document begins here"],
        ),
    ],
)
def test_fault_of_a_file_is_told(
    folder: Path, files: Mapping[str, str], problems: list[str]
) -> None:
    assert told(folder, files) == problems


def test_editions_without_gap_are_sound(folder: Path) -> None:
    profile = with_files(
        folder,
        {
            f"{EDITION}/edition.yaml": edition("2025-01-01", "2025-06-30"),
            "2025-07-01/edition.yaml": edition("2025-07-01"),
        },
    )
    assert len(profile.editions) == 2


def test_profile_without_edition_is_refused(folder: Path) -> None:
    written_profile(folder, {"profile.yaml": PROFILE_YAML})
    with pytest.raises(ProfileError, match=r"profile\.yaml:1:1: the profile has no edition"):
        load_profile(folder)


@pytest.mark.parametrize(
    "name", ["more.yaml", "2025-07-01/more.yaml", f"{EDITION}/deeper/more.yaml"]
)
def test_file_that_nothing_would_read_is_refused(folder: Path, name: str) -> None:
    assert told(folder, {name: "roles: {}\n"}) == [f"{name}: the file belongs to no edition"]


def test_cases_and_files_of_other_kinds_are_no_part_of_a_profile(folder: Path) -> None:
    profile = with_files(folder, {"cases/create.yaml": "profile: x", "notes.txt": "zebra:"})
    assert len(profile.editions) == 1


def test_faults_of_all_files_and_editions_are_told_in_one_run(folder: Path) -> None:
    files = {
        "profile.yaml": f"{PROFILE_YAML}  zebra: x\n",
        f"{EDITION}/one.yaml": "rulse: {}\n",
        f"{EDITION}/two.yaml": "roles: {clerk: {}}\n",
        "2025-07-01/edition.yaml": "edition: {form: 2025-07-01, title: T}\n",
    }
    assert [line.partition(": ")[0] for line in told(folder, files)] == [
        f"{EDITION}/one.yaml:1:1",
        f"{EDITION}/two.yaml:1:16",
        "2025-07-01/edition.yaml:1:11",
        "profile.yaml:5:3",
    ]


def test_file_that_cannot_be_read_is_told(folder: Path) -> None:
    written_profile(folder, SOUND)
    (folder / EDITION / "more.yaml").write_bytes(b"\xff\xfe\x00roles")
    with pytest.raises(ProfileError, match="UTF-16") as caught:
        load_profile(folder)
    assert caught.value.problems[0].place.file == f"{EDITION}/more.yaml"


def test_folder_in_place_of_a_file_is_told(folder: Path) -> None:
    written_profile(folder, SOUND)
    (folder / EDITION / "more.yaml").mkdir()
    with pytest.raises(ProfileError, match=f"{EDITION}/more.yaml: this is a folder"):
        load_profile(folder)


def test_place_outside_of_the_working_folder_is_given_in_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path.parent)
    profile = sound_profile(tmp_path / "sample_area", "zebra: {}\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    with pytest.raises(ProfileError) as caught:
        load_profile(profile)
    assert caught.value.problems[0].place.file == (profile / EDITION / "tables.yaml").as_posix()


def test_profile_is_found_by_name_or_folder(tmp_path: Path) -> None:
    assert find(SHIPPED).folder == shipped_folder() / SHIPPED
    assert find(str(shipped_folder() / SHIPPED)).folder == shipped_folder() / SHIPPED
    own = sound_profile(tmp_path / "sample_area")
    assert find(str(own)).folder == own


def test_profile_of_the_working_folder_is_found_by_its_folder_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound_profile(tmp_path / "sample_area")
    monkeypatch.chdir(tmp_path)
    assert find("sample_area").folder == Path("sample_area")


@pytest.mark.parametrize(
    "name", ["", "nowhere", "../nowhere", "a\0b", "x" * 5000, "Sample Area", "/", "."]
)
def test_profile_that_is_not_there_is_refused(name: str) -> None:
    with pytest.raises(ProfileError, match="there is no profile") as caught:
        find(name)
    assert caught.value.problems[0].help


def test_near_name_of_a_profile_is_named() -> None:
    with pytest.raises(ProfileError) as caught:
        find(f"{SHIPPED}x")
    assert caught.value.problems[0].help == f"did you mean `{SHIPPED}`?"


def signature(folder: Path) -> Signature:
    return profile_files(folder).signature()


def test_signature_changes_with_any_file(folder: Path) -> None:
    sound_profile(folder)
    before = signature(folder)
    assert signature(folder) == before
    (folder / EDITION / "more.yaml").write_text("lists: {}\n", encoding="utf-8")
    added = signature(folder)
    assert added != before
    (folder / EDITION / "more.yaml").write_text("lists: {a: [b]}\n", encoding="utf-8")
    assert signature(folder) != added


@pytest.mark.parametrize("name", profile_names())
def test_shipped_profile_is_sound(name: str) -> None:
    profile = read_profile(shipped_folder() / name)
    assert profile.jurisdiction == name
    assert profile.editions
