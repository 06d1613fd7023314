# SPDX-License-Identifier: MIT
"""What the library does for its users: load a policy, read cases, evaluate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from os import PathLike, fspath
from pathlib import Path
from threading import Lock

from caljobs_policy.compiler import Layer, compile_policy
from caljobs_policy.engine import ENGINES, evaluate
from caljobs_policy.errors import CaseError, Place, Problem, ProfileError
from caljobs_policy.loader.cases import CaseReader
from caljobs_policy.loader.folders import case_files, folder_of, profile_names, signature
from caljobs_policy.loader.nodes import Document
from caljobs_policy.loader.profiles import read_profile
from caljobs_policy.model.case import Case
from caljobs_policy.model.policy import Policy
from caljobs_policy.model.written.profile import Edition, Profile

__all__ = [
    "ENGINES",
    "cases_in",
    "evaluate",
    "load_policy",
    "load_profile",
    "profile_cases",
    "profile_names",
]

_lock = Lock()
_profiles: dict[Path, tuple[object, Profile]] = {}
_policies: dict[tuple[object, ...], Policy] = {}
_MOST_POLICIES = 256


def load_profile(jurisdiction: str | PathLike[str]) -> Profile:
    """Read a profile by its name, or from a folder; kept until one of its files changes.

    Raises a `ProfileError` with everything that is wrong with it.
    """
    return _read(folder_of(fspath(jurisdiction)))[1]


def _read(folder: Path) -> tuple[object, Profile]:
    key = folder.resolve()
    seen = signature(folder)
    with _lock:
        kept = _profiles.get(key)
    if kept is None or kept[0] != seen:
        kept = (seen, read_profile(folder))
        with _lock:
            _profiles[key] = kept
    return kept


def load_policy(jurisdiction: str | PathLike[str], day: date) -> Policy:
    """Give the policy that is in force in a jurisdiction on a day.

    `jurisdiction` is the name of a profile, or the path of a profile's folder. Raises a
    `ProfileError` where there is none, where none is in force on the day, or where it is wrong.
    """
    read = _read_chain(folder_of(fspath(jurisdiction)))
    key = (tuple(seen for seen, _ in read), day)
    with _lock:
        policy = _policies.get(key)
    if policy is None:
        profiles = [profile for _, profile in read]
        layers = [Layer(profile, _edition_on(profile, day)) for profile in profiles]
        policy = compile_policy(layers, day)
        with _lock:
            if len(_policies) >= _MOST_POLICIES:
                _policies.clear()
            policy = _policies.setdefault(key, policy)
    return policy


def _read_chain(folder: Path) -> list[tuple[object, Profile]]:
    """Read a profile and those that it extends, the most local one first."""
    read = [_read(folder)]
    names = [read[0][1].jurisdiction]
    while (parent := read[-1][1].parent) is not None:
        place = read[-1][1].place
        if parent in names:
            circle = " → ".join([*names[names.index(parent) :], parent])
            raise ProfileError(
                [Problem(f"the profile extends itself: {circle}", place, "remove one `extends`")]
            )
        try:
            folder = folder_of(parent, near=folder)
        except ProfileError as error:
            problems = (Problem(f"`extends`: {p.message}", place, p.help) for p in error.problems)
            raise ProfileError(problems) from None
        read.append(_read(folder))
        names.append(parent)
    return read


def _edition_on(profile: Profile, day: date) -> Edition:
    edition = profile.edition_on(day)
    if edition is not None:
        return edition
    first, last, name = profile.editions[0], profile.editions[-1], profile.jurisdiction
    if day < first.start:
        message = f"`{name}` has no edition on {day}: its first begins on {first.start}"
        above = f", or ask `{profile.parent}`" if profile.parent else ""
        remedy = f"ask about {first.start} or later{above}"
    else:
        message = f"`{name}` has no edition on {day}: its last ended on {last.end}"
        remedy = f"ask about {last.end} or earlier"
    raise ProfileError([Problem(message, Place(), remedy)])


def cases_in(
    documents: Iterable[Document],
    *,
    profile: str | None = None,
    today: Callable[[], date] = date.today,
) -> Iterator[tuple[str | None, Case | CaseError]]:
    """Give each case of some documents with its title, or the error with all its problems.

    `profile` takes the place of the profile that a case names; `today` gives the day for a case
    that names none.
    """
    reader = CaseReader(load_policy, today, profile)
    for document in documents:
        for case in reader.cases(document):
            yield (case.title if isinstance(case, Case) else reader.titled(document)), case


def profile_cases(jurisdiction: str | PathLike[str]) -> tuple[Path, ...]:
    """Give the files with the worked cases of a profile."""
    return tuple(case_files(folder_of(fspath(jurisdiction))))
