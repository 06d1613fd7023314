# SPDX-License-Identifier: MIT
"""The policies of a long-running program: of allowed profiles, kept until files may change."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from os import PathLike
from pathlib import Path
from threading import Lock
from typing import Final, Literal

from caljobs_policy.errors.arguments import require_day, require_flag, wrong
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import EditionError, ProfileError, UnknownProfileError
from caljobs_policy.errors.near import remedy_for
from caljobs_policy.errors.problems import Place, Problem, shown
from caljobs_policy.loader.contents import PROFILE_FILE
from caljobs_policy.loader.folders import installed, is_profile
from caljobs_policy.loader.paths import shown_path
from caljobs_policy.loader.policies import day_at, policy_of
from caljobs_policy.loader.store import ReadChain, read_chain
from caljobs_policy.plain.mappings import FrozenDict
from caljobs_policy.policy.policy import Policy

_MOST_POLICIES: Final = 1024
_log: Final = logging.getLogger("caljobs_policy.policy_store")


class PolicyStore:
    """The policies of a list of allowed profiles, for services; threads can share it.

    `profiles` lists the names that may be asked for; by default these are all installed profiles
    and all in `folders`. Each of `folders` is a profile, or holds some. Files are read when a
    profile is first asked for. With `reload="mtime"` they are looked at each time, and read again
    once they have changed. If an edit breaks a profile, its last good policy stays in force, and
    `problems` and the log say what is wrong; with `keep_last_good=False` it is an error.

    Raises a `ProfileError` if a folder holds no profile, or if no profile has one of the names.
    """

    def __init__(
        self,
        folders: Iterable[str | PathLike[str]] = (),
        profiles: Iterable[str] | None = None,
        reload: Literal["never", "mtime"] = "never",
        keep_last_good: bool = True,
    ) -> None:
        for argument, given in (("folders", folders), ("profiles", profiles)):
            if isinstance(given, str | bytes | PathLike):
                raise wrong(argument, "a list", given, "put it in brackets")
        if reload not in ("never", "mtime"):
            raise ValueError("`reload` takes `never` or `mtime`")
        require_flag("keep_last_good", keep_last_good)
        self._looks_again = reload == "mtime"
        self._keeps = keep_last_good
        self._allowed = _allowed(map(Path, folders), profiles)
        self._lock = Lock()
        self._chains: dict[str, ReadChain] = {}
        """The last version of each profile's files that made a good policy on some day."""
        self._policies: dict[tuple[str, date], Policy] = {}
        self._problems: dict[str, tuple[Problem, ...]] = {}

    def __repr__(self) -> str:
        return f"<PolicyStore: {', '.join(self.names)}>"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the profiles that may be asked for."""
        return tuple(self._allowed)

    @property
    def problems(self) -> Mapping[str, tuple[Problem, ...]]:
        """What is wrong with profiles whose last good policy stays in force, by their names."""
        with self._lock:
            return FrozenDict(self._problems)

    def get(self, jurisdiction: str, day: date) -> Policy:
        """Return the policy of a profile on a day.

        Raises a `ProfileError` if the profile is not allowed, if it has mistakes and no good policy
        is known, or if no edition is in force on the day (an `EditionError`).
        """
        if not self._looks_again and jurisdiction.__class__ is str:
            kept = self._policies.get((jurisdiction, day))
            if kept is not None:
                return kept
        require_day("day", day)
        return self._found(jurisdiction, day)

    def at(self, jurisdiction: str, moment: datetime) -> Policy:
        """Return the policy of the day that a moment is in the zone of the profile.

        Raises as `get` does.
        """
        if not isinstance(moment, datetime):
            raise wrong("moment", "a datetime", moment, "for a day, ask `get`")
        self._check_allowed(jurisdiction)
        chain = None if self._looks_again else self._chains.get(jurisdiction)
        if chain is not None:
            return self.get(jurisdiction, day_at(chain, moment))
        return self._found(jurisdiction, moment)

    def _found(self, jurisdiction: str, moment: date | datetime) -> Policy:
        """Return the policy of a day or a time from one reading of the profile's files."""
        self._check_allowed(jurisdiction)
        try:
            chain = self._chain(jurisdiction)
            policy = policy_of(chain, day_at(chain, moment))
        except EditionError:
            raise
        except ProfileError as error:
            return self._last_good(jurisdiction, moment, error)
        self._keep(jurisdiction, chain, policy)
        return policy

    def _check_allowed(self, jurisdiction: str) -> None:
        if not isinstance(jurisdiction, str):
            raise wrong("jurisdiction", "the name of a profile", jurisdiction)
        if jurisdiction not in self._allowed:
            raise _not_allowed(jurisdiction, self.names)

    def _chain(self, jurisdiction: str) -> ReadChain:
        kept = None if self._looks_again else self._chains.get(jurisdiction)
        return read_chain(self._allowed[jurisdiction]) if kept is None else kept

    def _keep(self, jurisdiction: str, chain: ReadChain, policy: Policy) -> None:
        with self._lock:
            if len(self._policies) >= _MOST_POLICIES:
                self._policies.clear()
            self._chains[jurisdiction] = chain
            self._policies[jurisdiction, policy.day] = policy
            self._problems.pop(jurisdiction, None)

    def _last_good(self, jurisdiction: str, moment: date | datetime, error: ProfileError) -> Policy:
        """Return the policy from before a profile was broken, and report what is wrong."""
        with self._lock:
            chain = self._chains.get(jurisdiction)
        if not self._keeps or chain is None:
            raise error
        day = day_at(chain, moment)
        good = self._policies.get((jurisdiction, day)) or policy_of(chain, day)
        with self._lock:
            told = self._problems.get(jurisdiction)
            self._problems[jurisdiction] = error.problems
        if told != error.problems:
            _log.warning("the last good policy of %s stands, since: %s", jurisdiction, error)
        return good


def _allowed(folders: Iterable[Path], profiles: Iterable[str] | None) -> Mapping[str, str | Path]:
    """Return where the allowed profiles are, by name."""
    found: dict[str, str | Path] = {
        name: paths[0] if len(paths) == 1 else name for name, paths in installed().items()
    }
    problems: list[Problem] = []
    for folder in folders:
        inner = _profiles_in(folder)
        if not inner:
            remedy = "name the folder of a profile, or a folder that holds profiles"
            message = "there is no profile in this folder"
            problems.append(Problem(message, _place(folder), remedy, code=Code.UNKNOWN_PROFILE))
        for one in inner:
            if one.name in found:
                message = f"there is another profile {shown(one.name)}"
                remedy = "give the folder another name"
                problems.append(Problem(message, _place(one), remedy, code=Code.DUPLICATE))
            found[one.name] = one
    wanted = tuple(found if profiles is None else profiles)
    problems += (_unknown(name, found) for name in wanted if name not in found)
    if problems:
        raise ProfileError(problems)
    return FrozenDict({name: found[name] for name in wanted})


def _profiles_in(folder: Path) -> list[Path]:
    """Return a folder that is a profile, or the profiles in it; links are followed now."""
    real = folder.resolve()
    if is_profile(real):
        return [real]
    return sorted(path.parent for path in real.glob(f"*/{PROFILE_FILE}"))


def _place(folder: Path) -> Place:
    return Place(shown_path(folder))


def _unknown(name: str, known: Iterable[str]) -> Problem:
    remedy = remedy_for(name, sorted(known))
    return Problem(f"there is no profile {shown(name)}", help=remedy, code=Code.UNKNOWN_PROFILE)


def _not_allowed(name: str, allowed: tuple[str, ...]) -> UnknownProfileError:
    remedy = remedy_for(name, allowed, "allowed are", otherwise="no profile is allowed here")
    message = f"the profile {shown(name)} is not allowed here"
    return UnknownProfileError([Problem(message, help=remedy, code=Code.NOT_ALLOWED)], allowed)
