# SPDX-License-Identifier: MIT
"""The lock holds all that pyproject.toml asks for, by hash, and is handed out in parts."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools.locked import canonical, locked

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PACKAGE = PROJECT["project"]
ASKED_FOR = [
    *PROJECT["build-system"]["requires"],
    *PACKAGE["dependencies"],
    *(line for lines in PACKAGE["optional-dependencies"].values() for line in lines),
    *(line for lines in PROJECT["dependency-groups"].values() for line in lines),
]
SMALL = """\
# made by a tool
apple==1.0 ; sys_platform == 'win32' \\
    --hash=sha256:01
    # via
    #   jam
    #   ours (pyproject.toml)
glass==2.0 \\
    --hash=sha256:02
    # via jam
jam==3.0 \\
    --hash=sha256:03
    # via ours (pyproject.toml)
lid==4.0 \\
    --hash=sha256:04
    # via glass
"""
OURS = {
    "build-system": {"requires": []},
    "project": {
        "name": "Ours",
        "dependencies": ["apple>=1"],
        "optional-dependencies": {"sweet": ["Jam[big]>=3"], "all": ["ours[sweet]"]},
    },
    "dependency-groups": {"closing": ["lid"]},
}


def names(lock: str) -> list[str]:
    return re.findall(r"^([^\s#]+)==", lock, re.MULTILINE)


@pytest.mark.parametrize("requirement", [Requirement(line) for line in ASKED_FOR], ids=str)
def test_what_the_project_asks_for_is_locked_within_its_range(requirement: Requirement) -> None:
    name = canonical(requirement.name)
    if name == canonical(PACKAGE["name"]):
        return
    versions = re.findall(rf"^{re.escape(name)}==([^\s;]+)", LOCK, re.MULTILINE)
    assert versions
    assert all(version in requirement.specifier for version in versions)


def test_every_locked_package_has_hashes() -> None:
    entries = re.split(r"^(?=[^\s#])", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) == len(names(LOCK))
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_lock_names_no_index_and_no_path() -> None:
    assert not re.search(r"://|^-|file:|\s@\s", LOCK, re.MULTILINE)


def test_what_builds_the_package_is_locked() -> None:
    assert PROJECT["dependency-groups"]["build"] == PROJECT["build-system"]["requires"]


class TestParts:
    @pytest.mark.parametrize(
        ("chosen", "expected"),
        [
            ([], ["apple"]),
            (["sweet"], ["apple", "glass", "jam", "lid"]),
            (["all"], ["apple", "glass", "jam", "lid"]),
            (["closing"], ["apple", "lid"]),
        ],
    )
    def test_each_holds_what_is_asked_for_and_all_behind_it(
        self, chosen: list[str], expected: list[str]
    ) -> None:
        assert names(locked(SMALL, OURS, chosen)) == expected

    def test_entries_stay_as_they_are(self) -> None:
        assert locked(SMALL, OURS, ["sweet"]) == SMALL.partition("\n")[2]

    def test_package_that_is_locked_by_the_version_of_python_has_all_its_versions(self) -> None:
        old = "jam==3 ; python_full_version < '3.12' \\\n    --hash=sha256:03\n"
        new = old.replace("==3", "==4").replace("<", ">=")
        assert locked(old + new, OURS, ["sweet"]) == old + new

    def test_what_only_tests_need_is_left_out(self) -> None:
        assert not {"pytest", "durable-rules"} & set(names(locked(LOCK, PROJECT, [])))
        assert "pytest" in names(locked(LOCK, PROJECT, ["dev"]))
