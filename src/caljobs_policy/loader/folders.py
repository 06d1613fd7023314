# SPDX-License-Identifier: MIT
"""Where profiles are: shipped, brought by other packages, or folders of one's own."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from caljobs_policy.errors import Place, Problem, ProfileError, nearest, shown

PROFILE_FILE: Final = "profile.yaml"
EDITION_FILE: Final = "edition.yaml"
CASES_FOLDER: Final = "cases"
CASE_SUFFIXES: Final = frozenset({".yaml", ".yml", ".json", ".jsonl"})
_TABLE_SUFFIXES: Final = frozenset({".yaml", ".yml"})
ENTRY_POINTS: Final = "caljobs_policy.profiles"
"""The group in which a package names its profiles; each value is the module whose folder it is."""
NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,60}")


def shipped_folder() -> Path:
    """Give the folder of the shipped profiles: in the package, or beside `src/` in a checkout."""
    package = Path(__file__).resolve().parent.parent
    beside = package.parent.parent / "profiles"
    return beside if package.parent.name == "src" and beside.is_dir() else package / "profiles"


def installed() -> Mapping[str, tuple[Path, ...]]:
    """Give the folders of all installed profiles by name; more than one is a fault of theirs."""
    found: dict[str, tuple[Path, ...]] = {}
    for path in sorted(shipped_folder().glob(f"*/{PROFILE_FILE}")):
        found[path.parent.name] = (path.parent,)
    for name, folder in _brought(tuple(sys.path)):
        if folder not in found.get(name, ()):
            found[name] = (*found.get(name, ()), folder)
    return found


@cache
def _brought(path: tuple[str, ...]) -> tuple[tuple[str, Path], ...]:
    """Give the profiles that packages bring, by name; they are looked for once for each path."""
    found = ((point.name, _folder_of(point)) for point in entry_points(group=ENTRY_POINTS))
    return tuple((name, folder) for name, folder in found if folder is not None)


def _folder_of(point: EntryPoint) -> Path | None:
    """Find the folder of a package's profile without running the package."""
    top, *deeper = point.value.partition(":")[0].strip().split(".")
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):
        return None
    found = list(spec.submodule_search_locations or ()) if spec else []
    places = [Path(place).joinpath(*deeper) for place in found]
    return next((place for place in places if (place / PROFILE_FILE).is_file()), None)


def profile_names() -> tuple[str, ...]:
    """Give the names of all profiles that are installed."""
    return tuple(sorted(installed()))


def folder_of(jurisdiction: str, near: Path | None = None) -> Path:
    """Find a profile by its name, by the path of its folder, or by name beside another folder.

    Raises a `ProfileError` where there is none, or where two packages bring one of the name.
    """
    if NAME.fullmatch(jurisdiction):
        folders = installed().get(jurisdiction, ())
        if len(folders) > 1:
            places = ", ".join(folder.as_posix() for folder in folders)
            message = f"{len(folders)} packages bring a profile {shown(jurisdiction)}"
            raise ProfileError([Problem(message, Place(), f"remove all but one of: {places}")])
        if folders:
            return folders[0]
        if near is not None and (near.parent / jurisdiction / PROFILE_FILE).is_file():
            return near.parent / jurisdiction
    if near is None and _is_profile(Path(jurisdiction)):
        return Path(jurisdiction)
    beside = near.parent.glob(f"*/{PROFILE_FILE}") if near is not None else ()
    known = sorted({*profile_names(), *(path.parent.name for path in beside)})
    remedy = nearest(jurisdiction, known) or f"known are: {', '.join(known)}, or a folder of yours"
    raise ProfileError([Problem(f"there is no profile {shown(jurisdiction)}", Place(), remedy)])


def _is_profile(folder: Path) -> bool:
    try:
        return (folder / PROFILE_FILE).is_file()
    except (OSError, ValueError):
        return False


def signature(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Give what tells whether the files of a profile have changed."""
    return tuple(
        (str(path), stat.st_mtime_ns, stat.st_size)
        for path in _files(folder)
        for stat in [path.stat()]
    )


def _files(folder: Path) -> list[Path]:
    own = [folder / PROFILE_FILE]
    return own + [path for edition in edition_folders(folder) for path in topics(edition)]


def edition_folders(folder: Path) -> list[Path]:
    """Give the folders of a profile's editions."""
    return sorted(path.parent for path in folder.glob(f"*/{EDITION_FILE}"))


def topics(folder: Path) -> list[Path]:
    """Give the files of an edition."""
    return sorted(p for p in folder.iterdir() if p.suffix in _TABLE_SUFFIXES)


def strays(folder: Path) -> list[Path]:
    """Give the files of tables that stand in no edition and among no cases."""
    read = set(_files(folder))
    cases = folder / CASES_FOLDER
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in _TABLE_SUFFIXES and path not in read and cases not in path.parents
    )


def case_files(folder: Path) -> Iterator[Path]:
    """Give the files of a profile's worked cases."""
    cases = folder / CASES_FOLDER
    if cases.is_dir():
        yield from sorted(p for p in cases.rglob("*") if p.suffix in CASE_SUFFIXES)
