# SPDX-License-Identifier: MIT
"""Profiles that were read, kept until their files change, and the chains that they form."""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike, fspath
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from attrs import frozen

from caljobs_policy.errors.arguments import wrong
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import ProfileError
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.loader.contents import Signature, profile_files
from caljobs_policy.loader.folders import NAME, Found, find, is_profile
from caljobs_policy.loader.paths import shown_path
from caljobs_policy.plain.field_repr import FieldRepr

if TYPE_CHECKING:
    from caljobs_policy.syntax.profile import Profile

_TRIES: Final = 5
"""How often a profile is read again if its files change meanwhile."""
_lock = Lock()
_kept: dict[Path, ReadProfile] = {}


@frozen
class ReadProfile(FieldRepr):
    """A profile that was read from a folder, with the signature of its files."""

    folder: Path
    seen: Signature
    profile: Profile


@frozen
class ReadChain(FieldRepr):
    """A profile and those that it extends, the most local one first."""

    profiles: tuple[ReadProfile, ...]
    notices: tuple[Problem, ...]
    """Notices about where they were found and about their files."""


def found(jurisdiction: str | PathLike[str]) -> Found:
    """Find a profile by its name or path; a path object is read as a path if it can be.

    Raises a `TypeError` for anything else.
    """
    given: object = jurisdiction
    name = fspath(given) if isinstance(given, str | PathLike) else None
    if not isinstance(name, str):
        raise wrong("jurisdiction", "the name of a profile, or the path of its folder", given)
    is_path = not isinstance(jurisdiction, str) and is_profile(Path(name))
    return Found(Path(name)) if is_path else find(name)


def read(folder: Path) -> ReadProfile:
    """Read a profile, or return the one that was read before.

    Raises a `ProfileError` if it cannot be read, or if its files keep changing.
    """
    from caljobs_policy.loader.profiles import read_profile

    key = folder.resolve()
    for _ in range(_TRIES):
        files = profile_files(folder)
        seen = files.signature()
        with _lock:
            kept = _kept.get(key)
        if kept is not None and kept.seen == seen:
            return kept
        try:
            fresh = ReadProfile(folder, seen, read_profile(folder, files))
        except ProfileError:
            if profile_files(folder).signature() == seen:
                raise
        else:
            if profile_files(folder).signature() == seen:
                return _keep(key, fresh)
    place, remedy = Place(shown_path(folder)), "try again once they are saved"
    raise ProfileError(
        [
            Problem(
                "its files keep changing while they are read",
                place,
                remedy,
                code=Code.UNUSABLE_FILE,
            )
        ]
    )


def _keep(key: Path, profile: ReadProfile) -> ReadProfile:
    with _lock:
        _kept[key] = profile
    return profile


def read_chain(jurisdiction: str | PathLike[str]) -> ReadChain:
    """Read a profile and those that it extends.

    Raises a `ProfileError` if one cannot be found or read, or if they extend one another.
    """
    first = found(jurisdiction)
    chain = [read(first.folder)]
    notices = [*first.notices, *chain[0].profile.notices]
    while (parent := chain[-1].profile.parent) is not None:
        _check_no_circle(chain, parent)
        above = _found_above(chain, parent)
        chain.append(read(above.folder))
        notices += [*above.notices, *chain[-1].profile.notices]
    return ReadChain(tuple(chain), tuple(notices))


def _check_no_circle(chain: list[ReadProfile], parent: str) -> None:
    names = [one.profile.jurisdiction for one in chain]
    if parent in names:
        circle = " → ".join([*names[names.index(parent) :], parent])
        message = f"the profile extends itself: {circle}"
        problem = Problem(
            message, chain[-1].profile.place, "remove one `extends`", code=Code.CIRCULAR
        )
        raise ProfileError([*_faults_of(chain), problem])


def _found_above(chain: list[ReadProfile], parent: str) -> Found:
    try:
        return find(parent, near=chain[-1].folder)
    except ProfileError as error:
        if not NAME.fullmatch(parent):
            raise ProfileError(_faults_of(chain)) from None
        place = chain[-1].profile.place
        problems = [
            Problem(f"`extends`: {p.message}", place, p.help, code=p.code) for p in error.problems
        ]
    raise ProfileError([*_faults_of(chain), *problems])


def _faults_of(chain: list[ReadProfile]) -> Iterator[Problem]:
    for one in chain:
        yield from one.profile.problems
