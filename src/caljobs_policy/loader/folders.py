# SPDX-License-Identifier: MIT
"""Where profiles are found: shipped, in other packages, or in folders of the user."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import frozen

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import ProfileError, UnknownProfileError
from caljobs_policy.errors.near import remedy_for
from caljobs_policy.errors.problems import Place, Problem, shown
from caljobs_policy.loader.contents import PROFILE_FILE
from caljobs_policy.loader.paths import shipped_folder, shown_path
from caljobs_policy.plain.field_repr import FieldRepr

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENTRY_POINTS: Final = "caljobs_policy.profiles"
"""The group in which a package names its profiles; each value is the module whose folder it is."""
NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,60}")


@frozen
class Found(FieldRepr):
    """The folder of a profile, with notices about how it was found."""

    folder: Path
    notices: tuple[Problem, ...] = ()


@frozen
class _Brought(FieldRepr):
    """A profile that a package provides, or why its folder is missing."""

    name: str
    folder: Path | None
    problem: Problem


def installed() -> Mapping[str, tuple[Path, ...]]:
    """Return the folders of all installed profiles by name; two of one name are an error."""
    found: dict[str, tuple[Path, ...]] = {}
    for path in sorted(shipped_folder().glob(f"*/{PROFILE_FILE}")):
        found[path.parent.name] = (path.parent,)
    for brought in _brought(tuple(sys.path)):
        folder = brought.folder
        if folder is not None and folder not in found.get(brought.name, ()):
            found[brought.name] = (*found.get(brought.name, ()), folder)
    return found


def profile_names() -> tuple[str, ...]:
    """Return the names of all profiles that are installed."""
    return tuple(sorted(installed()))


def missing_profiles() -> tuple[Problem, ...]:
    """Report the profiles that packages announce but do not contain."""
    return tuple(one.problem for one in _brought(tuple(sys.path)) if one.folder is None)


@cache
def _brought(path: tuple[str, ...]) -> tuple[_Brought, ...]:
    """Return the profiles that packages provide, searched once for each `sys.path`."""
    from importlib.metadata import entry_points

    return tuple(_looked_for(point) for point in entry_points(group=ENTRY_POINTS))


def _looked_for(point: EntryPoint) -> _Brought:
    """Find the folder of a package's profile without running the package."""
    module = point.value.partition(":")[0].strip()
    top, *deeper = module.split(".")
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):
        spec = None
    places = [Path(p).joinpath(*deeper) for p in (spec and spec.submodule_search_locations) or ()]
    folder = next((place for place in places if (place / PROFILE_FILE).is_file()), None)
    package = f"the package {shown(point.dist.name)}" if point.dist else "a package"
    lacks = f"holds no {PROFILE_FILE}" if any(p.is_dir() for p in places) else "is missing"
    message = (
        f"there is no profile {shown(point.name)}: "
        f"{package} announces it in its module {shown(module)}, which {lacks}"
    )
    remedy = "reinstall the package, or fix its entry point"
    problem = Problem(message, Place(), remedy, code=Code.UNKNOWN_PROFILE)
    return _Brought(point.name, folder, problem)


def require_installed(name: object) -> None:
    """Raise an `UnknownProfileError` unless a profile of that name is installed.

    For untrusted names, which must not make the program read a folder.
    """
    known = profile_names()
    if name in known:
        return
    allowed = "a folder is loaded only where whoever asks allows it, as with --profile"
    remedy = remedy_for(str(name), known, f"{allowed}; known are")
    problem = Problem(f"there is no profile {shown(name)}", Place(), remedy)
    raise UnknownProfileError([problem], known)


def find(jurisdiction: str, near: Path | None = None) -> Found:
    """Find a profile by its name, by the path of its folder, or by name beside another folder.

    Raises a `ProfileError` if there is none, or if two packages provide one of that name.
    """
    beside = near.parent / jurisdiction if near is not None else Path(jurisdiction)
    if NAME.fullmatch(jurisdiction):
        folders = installed().get(jurisdiction, ())
        if len(folders) > 1:
            places = ", ".join(folder.as_posix() for folder in folders)
            message = f"{len(folders)} packages provide a profile {shown(jurisdiction)}"
            raise ProfileError(
                [Problem(message, Place(), f"remove all but one of: {places}", code=Code.DUPLICATE)]
            )
        if folders:
            return Found(folders[0], _passed_over(beside, folders[0], by_path=near is None))
        if near is not None and is_profile(beside):
            return Found(beside)
    if near is None and is_profile(beside):
        return Found(beside)
    raise _not_found(jurisdiction, beside, near)


def _passed_over(beside: Path, taken: Path, *, by_path: bool) -> tuple[Problem, ...]:
    """Report a folder that has the name of an installed profile."""
    if not is_profile(beside) or beside.resolve() == taken.resolve():
        return ()
    name = beside.name
    message = f"this folder is skipped: {shown(name)} is the installed {shown_path(taken)}"
    remedy = f"write `./{name}` for the folder" if by_path else "give the folder another name"
    place = Place(f"./{name}" if by_path else shown_path(beside))
    return (Problem(message, place, remedy, code=Code.UNUSED),)


def _not_found(jurisdiction: str, beside: Path, near: Path | None) -> ProfileError:
    """Return why there is no profile: a broken package, a misnamed file, or a wrong name."""
    for one in _brought(tuple(sys.path)):
        if one.name == jurisdiction:
            return ProfileError([one.problem])
    message = f"there is no profile {shown(jurisdiction)}"
    if misnamed := _misnamed(beside):
        place = Place(shown_path(misnamed))
        mend = f"call its file `{PROFILE_FILE}`"
        problem = Problem(f"{message}: its file has another name", place, mend)
        return UnknownProfileError([problem])
    others = near.parent.glob(f"*/{PROFILE_FILE}") if near is not None else ()
    known = sorted({*profile_names(), *(path.parent.name for path in others)})
    remedy = remedy_for(jurisdiction, known, "name a folder of yours, or one of these")
    return UnknownProfileError([Problem(message, Place(), remedy)], known)


def _misnamed(folder: Path) -> Path | None:
    """Find a file in a folder that looks like a misnamed `profile.yaml`."""
    try:
        found = sorted(path for path in folder.iterdir() if path.is_file())
    except (OSError, ValueError):
        return None
    stem = PROFILE_FILE.partition(".")[0]
    names = (f"{stem}.yml", f"{PROFILE_FILE}.txt", PROFILE_FILE)
    return next((path for path in found if path.name.lower() in names), None)


def is_profile(folder: Path) -> bool:
    """Return whether a folder holds a profile."""
    try:
        return (folder / PROFILE_FILE).is_file()
    except (OSError, ValueError):
        return False
