# SPDX-License-Identifier: MIT
"""Loads policies: profiles are read, compiled for a day, and kept until a file changes."""

from __future__ import annotations

from datetime import date, datetime
from os import PathLike
from threading import Lock
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from attrs import evolve

from caljobs_policy.dates.durations import day_of
from caljobs_policy.errors.arguments import require_day, require_flag
from caljobs_policy.errors.exceptions import EditionError, ProfileError
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.policy.policy import Policy

if TYPE_CHECKING:
    from caljobs_policy.loader.store import ReadChain
    from caljobs_policy.syntax.profile import Edition, Profile

_lock = Lock()
_policies: dict[tuple[object, ...], Policy | ProfileError] = {}
"""What was made of chains of profiles, or what is wrong with them."""
_MOST_POLICIES = 256


def load_profile(jurisdiction: str | PathLike[str]) -> Profile:
    """Read a profile by its name, or from a folder; kept until one of its files changes.

    Raises a `ProfileError` with everything that is wrong with its files.
    """
    from caljobs_policy.loader.store import found, read

    where = found(jurisdiction)
    profile = read(where.folder).profile
    if profile.problems:
        raise ProfileError(profile.problems)
    return evolve(profile, notices=where.notices + profile.notices) if where.notices else profile


def load_policy(jurisdiction: str | PathLike[str], day: date, *, folders: bool = True) -> Policy:
    """Return the policy that is in force in a jurisdiction on a day.

    `jurisdiction` is the name of a profile, or the path of a profile's folder. Raises a
    `ProfileError` where there is none, where none is in force on the day, or where it is wrong,
    and a `TypeError` where an argument is of another type; a time is no day. For a name that comes
    from outside, `folders=False` keeps it from reading a folder of anybody's choice.
    """
    require_day("day", day)
    return policy_at(jurisdiction, day, folders=folders)


def policy_at(
    jurisdiction: str | PathLike[str], moment: date | datetime, *, folders: bool = True
) -> Policy:
    """Return the policy of a day, or of the day that a time is in the profile's zone.

    Raises as `load_policy` does.
    """
    from caljobs_policy.loader.folders import require_installed
    from caljobs_policy.loader.store import read_chain

    require_flag("folders", folders)
    if not folders:
        require_installed(jurisdiction)
    chain = read_chain(jurisdiction)
    return policy_of(chain, day_at(chain, moment))


def day_at(chain: ReadChain, moment: date | datetime) -> date:
    """Return a day as it is, and of a time the day that it is in the zone of the first profile."""
    if not isinstance(moment, datetime):
        return moment
    return day_of(moment, ZoneInfo(chain.profiles[0].profile.zone))


def policy_of(chain: ReadChain, day: date) -> Policy:
    """Return the policy of profiles that were read, on a day; no file is looked at.

    Raises a `ProfileError` as `load_policy` does.
    """
    seen = (chain.notices, *(one.seen for one in chain.profiles))
    editions = tuple(one.profile.edition_on(day) for one in chain.profiles)
    policy = _kept((seen, day))
    if policy is None:
        policy = _kept((seen, editions)) or _keep((seen, editions), _compiled(chain, day))
        if isinstance(policy, Policy):
            policy = _keep((seen, day), policy if policy.day == day else policy.on(day))
    if isinstance(policy, ProfileError):
        raise ProfileError(policy.problems)
    return policy


def _kept(key: tuple[object, ...]) -> Policy | ProfileError | None:
    with _lock:
        return _policies.get(key)


def _keep(key: tuple[object, ...], policy: Policy | ProfileError) -> Policy | ProfileError:
    """Keep a policy, and return the one that another thread has kept before."""
    with _lock:
        if len(_policies) >= _MOST_POLICIES:
            _policies.clear()
        return _policies.setdefault(key, policy)


def _compiled(chain: ReadChain, day: date) -> Policy | ProfileError:
    """Compile a chain of profiles, or return all that is wrong with it and its files.

    Raises an `EditionError` where one has no edition on the day.
    """
    from caljobs_policy.compiler.chain import Layer
    from caljobs_policy.layers.compiling import compile_policy

    profiles = [one.profile for one in chain.profiles]
    problems = [problem for profile in profiles for problem in profile.problems]
    try:
        policy = compile_policy([Layer(p, edition_on(p, day)) for p in profiles], day)
    except EditionError as error:
        if problems:
            raise ProfileError([*problems, *error.problems]) from None
        raise
    except ProfileError as error:
        return ProfileError(dict.fromkeys([*problems, *error.problems]))
    return ProfileError(problems) if problems else evolve(policy, notices=chain.notices)


def edition_on(profile: Profile, day: date) -> Edition:
    """Return the edition of a profile on a day, or raise an `EditionError` that names others."""
    edition = profile.edition_on(day)
    if edition is not None:
        return edition
    begun = [one for one in profile.editions if one.start <= day]
    coming = [one for one in profile.editions if one.start > day]
    message = f"`{profile.jurisdiction}` has no edition on {day}: "
    if not begun:
        above = f", or ask `{profile.parent}`" if profile.parent else ""
        message += f"its first begins on {coming[0].start}"
        remedy = f"ask about {coming[0].start} or later{above}"
    elif not coming:
        message += f"its last ended on {begun[-1].end}"
        remedy = f"ask about {begun[-1].end} or earlier"
    else:
        message += f"one ended on {begun[-1].end}, and the next begins on {coming[0].start}"
        remedy = f"ask about {begun[-1].end} or earlier, or {coming[0].start} or later"
    raise EditionError([Problem(message, Place(), remedy)])
