# SPDX-License-Identifier: MIT
"""Profiles are shipped, provided by other packages, or the user's own folders."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree

import pytest

from caljobs_policy import ProfileError, load_policy, load_profile
from caljobs_policy.loader.folders import ENTRY_POINTS, find, missing_profiles, profile_names
from caljobs_policy.loader.paths import shipped_folder
from tests.samples.layers import CHAIN, DAY
from tests.samples.profiles import EDITION, SOUND, sound_profile, written_profile

METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"


def package(site: Path, module: str, profile: str = "sample_area", value: str = "") -> Path:
    """Put a package that brings a profile beside others, as an installer does."""
    info = {
        f"{module}-1.0.dist-info/METADATA": METADATA.format(name=module),
        f"{module}-1.0.dist-info/entry_points.txt": (
            f"[{ENTRY_POINTS}]\n{profile} = {value or module}\n"
        ),
        f"{module}/__init__.py": "raise RuntimeError('a package is not run to be found')\n",
    }
    written_profile(site, info)
    return written_profile(site / module, SOUND)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder from which packages are imported."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    return folder


def test_profile_of_a_package_is_found_by_name(site: Path) -> None:
    folder = package(site, "sample_profiles")
    assert "sample_area" in profile_names()
    assert find("sample_area").folder == folder
    assert load_profile("sample_area").title == "Sample Area"
    assert load_policy("sample_area", DAY).editions == ("sample_area@2025-01-01",)


def test_profile_of_another_name_is_not_found(site: Path) -> None:
    package(site, "sample_profiles")
    with pytest.raises(ProfileError) as caught:
        find("sample_aera")
    assert caught.value.problems[0].help == "did you mean `sample_area`?"


def test_two_packages_with_a_profile_of_one_name_are_refused(site: Path) -> None:
    one, other = package(site, "one_package"), package(site, "other_package")
    with pytest.raises(ProfileError, match="2 packages provide a profile `sample_area`") as caught:
        load_profile("sample_area")
    (problem,) = caught.value.problems
    assert problem.help is not None
    assert one.as_posix() in problem.help
    assert other.as_posix() in problem.help


def test_module_may_lie_deeper_in_a_package(site: Path) -> None:
    folder = package(site, "sample_profiles", value="sample_profiles.areas.sample")
    deeper = written_profile(folder / "areas" / "sample", SOUND)
    assert find("sample_area").folder == deeper


@pytest.mark.parametrize(
    ("value", "lacks"),
    [
        ("nowhere", "is missing"),
        ("not a module", "is missing"),
        ("sample_profiles.deeper", "is missing"),
        ("sample_profiles.empty", "holds no profile.yaml"),
    ],
)
def test_package_whose_profile_is_not_there_is_named(site: Path, value: str, lacks: str) -> None:
    package(site, "sample_profiles", value=value)
    (site / "sample_profiles" / "empty").mkdir()
    assert "sample_area" not in profile_names()
    with pytest.raises(ProfileError) as caught:
        find("sample_area")
    (problem,) = caught.value.problems
    assert problem.message == (
        "there is no profile `sample_area`: "
        f"the package `sample_profiles` announces it in its module `{value}`, which {lacks}"
    )
    assert missing_profiles() == (problem,)


@pytest.mark.parametrize("name", ["profile.yml", "profile.yaml.txt", "Profile.YAML"])
def test_folder_whose_own_file_has_another_name_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = sound_profile(tmp_path / "sample_area")
    (folder / "profile.yaml").rename(folder / name)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ProfileError) as caught:
        find("sample_area")
    (problem,) = caught.value.problems
    assert str(problem) == (
        f"sample_area/{name}: there is no profile `sample_area`: its file has another name\n"
        "  help: call its file `profile.yaml`"
    )


def test_folder_that_is_called_as_an_installed_profile_is_told(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = package(site, "sample_profiles")
    own = sound_profile(tmp_path / "sample_area")
    monkeypatch.chdir(tmp_path)
    policy = load_policy("sample_area", DAY)
    (notice,) = policy.notices
    assert str(notice) == (
        "./sample_area: this folder is skipped: `sample_area` is the installed "
        "site/sample_profiles\n  help: write `./sample_area` for the folder"
    )
    assert load_profile("sample_area").notices == (notice,)
    assert find("sample_area").folder == folder
    for path in ("./sample_area", own):
        assert load_policy(path, DAY).notices == ()


def test_path_means_a_folder_even_where_a_profile_is_called_so(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package(site, "sample_profiles")
    own = sound_profile(tmp_path / "sample_area")
    (own / "profile.yaml").write_text(
        SOUND["profile.yaml"].replace("Sample Area", "Own Area"), encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    assert load_profile(Path("sample_area")).title == "Own Area"
    assert load_profile("sample_area").title == "Sample Area"


def test_sibling_that_an_installed_profile_stands_before_is_told(
    site: Path, tmp_path: Path
) -> None:
    base = {name.removeprefix("base/"): text for name, text in CHAIN.items() if "base/" in name}
    package(site, "base_package", "base")
    rmtree(site / "base_package" / EDITION)
    written_profile(site / "base_package", base)
    written_profile(tmp_path / "own", CHAIN)
    (notice,) = load_policy(tmp_path / "own" / "local", DAY).notices
    assert notice.place.file.endswith("own/base")
    assert notice.help == "give the folder another name"


def test_shipped_profile_is_not_in_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shipped_folder())
    assert all(load_policy(name, DAY).notices == () for name in ("state",))


def test_folder_of_ones_own_works_by_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = sound_profile(tmp_path / "sample_area")
    assert find(str(folder)).folder == folder
    assert load_profile(folder).jurisdiction == "sample_area"
    monkeypatch.chdir(tmp_path)
    assert load_profile("./sample_area").jurisdiction == "sample_area"


def test_profile_that_is_extended_is_found_beside_a_folder(tmp_path: Path) -> None:
    written_profile(tmp_path, CHAIN)
    assert find("base", near=tmp_path / "local").folder == tmp_path / "base"
    assert load_policy(tmp_path / "local", DAY).editions[1] == "base@2025-01-01"


def test_near_name_of_a_folder_beside_is_named(tmp_path: Path) -> None:
    written_profile(tmp_path, CHAIN)
    with pytest.raises(ProfileError) as caught:
        find("bsae", near=tmp_path / "local")
    assert caught.value.problems[0].help == "did you mean `base`?"


def test_folder_can_extend_the_profile_of_a_package(site: Path, tmp_path: Path) -> None:
    base = {name.removeprefix("base/"): text for name, text in CHAIN.items() if "base/" in name}
    package(site, "base_package", "base")
    rmtree(site / "base_package" / EDITION)
    written_profile(site / "base_package", base)
    local = {name: text for name, text in CHAIN.items() if name.startswith("local/")}
    written_profile(tmp_path / "own", local)
    policy = load_policy(tmp_path / "own" / "local", DAY)
    assert policy.editions == ("local@2025-01-01", "base@2025-01-01")
