# SPDX-License-Identifier: MIT
"""What the library does for its users: load a policy, read cases, evaluate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from os import PathLike
from pathlib import Path
from threading import Lock
from zoneinfo import ZoneInfo

from attrs import evolve

from caljobs_policy.analysis.inheritance import counterparts
from caljobs_policy.compiler import Layer, compile_policy
from caljobs_policy.engine import ENGINES, evaluate
from caljobs_policy.errors import CaseError, EditionError, Place, PolicyError, Problem, ProfileError
from caljobs_policy.loader.cases import CaseReader
from caljobs_policy.loader.contents import CASES_FOLDER, Listing, case_files
from caljobs_policy.loader.folders import missing_profiles, profile_names, require_installed
from caljobs_policy.loader.nodes import Document, read_bytes, read_documents
from caljobs_policy.loader.store import ReadChain, ReadProfile, found, read, read_chain
from caljobs_policy.model.arguments import require_day
from caljobs_policy.model.case import Case
from caljobs_policy.model.decision import Decision
from caljobs_policy.model.durations import day_of
from caljobs_policy.model.facts import Subject
from caljobs_policy.model.policy import Policy
from caljobs_policy.model.strangers import check_subject
from caljobs_policy.model.written.profile import Edition, Profile

__all__ = [
    "ENGINES",
    "cases_in",
    "check_subject",
    "counterpart",
    "evaluate",
    "load_policy",
    "load_profile",
    "missing_profiles",
    "policy_at",
    "profile_case_files",
    "profile_cases",
    "profile_names",
    "worked_cases",
]


_lock = Lock()
_policies: dict[tuple[object, ...], Policy | ProfileError] = {}
"""What was made of chains of profiles, or what is wrong with them."""
_MOST_POLICIES = 256


def load_profile(jurisdiction: str | PathLike[str]) -> Profile:
    """Read a profile by its name, or from a folder; kept until one of its files changes.

    Raises a `ProfileError` with everything that is wrong with its files.
    """
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
    if not folders:
        require_installed(jurisdiction)
    chain = read_chain(jurisdiction)
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


def policy_at(
    jurisdiction: str | PathLike[str], moment: date | datetime, *, folders: bool = True
) -> Policy:
    """Return the policy of a day, or of the day that a time is in the profile's zone.

    Raises as `load_policy` does.
    """
    if not folders:
        require_installed(jurisdiction)
    if isinstance(moment, datetime):
        profile = read(found(jurisdiction).folder).profile
        return load_policy(jurisdiction, day_of(moment, ZoneInfo(profile.zone)))
    return load_policy(jurisdiction, moment)


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


def cases_in(
    documents: Iterable[Document],
    *,
    profile: str | None = None,
    usual_profile: str | None = None,
    today: Callable[[], date] = date.today,
    folders: bool = False,
) -> Iterator[tuple[str | None, Case | CaseError]]:
    """Return each case of some documents with its title, or the error with all its problems.

    `profile` takes the place of the profile that a case names, `usual_profile` is for cases that
    name none, or that name it by its own name, wherever its folder lies; `today` gives the day for
    a case that names none. A case itself can name an installed profile; a folder only with
    `folders`, which is for documents that one trusts.
    """
    usual_name = _name_of(usual_profile) if usual_profile is not None else None

    def find_named(name: str, moment: date | datetime) -> Policy:
        if usual_profile is not None and name == usual_name:
            return policy_at(usual_profile, moment)
        return policy_at(name, moment, folders=folders)

    reader = CaseReader(policy_at, today, profile, usual_profile, find_named)
    for document in documents:
        yield from reader.cases(document)


def _name_of(profile: str) -> str | None:
    """Return the name that a profile has in its own file; None where it cannot be read."""
    try:
        return read(found(profile).folder).profile.jurisdiction
    except PolicyError:
        return None


def profile_cases(jurisdiction: str | PathLike[str]) -> tuple[Path, ...]:
    """Return the files with the worked cases of a profile."""
    return tuple(map(Path, profile_case_files(jurisdiction).read))


def profile_case_files(jurisdiction: str | PathLike[str]) -> Listing:
    """List the files with the worked cases of a profile, and those that are not read."""
    return case_files(found(jurisdiction).folder / CASES_FOLDER)


def counterpart(case: Case, policy: Policy) -> Subject:
    """Return the subject of a case in the words of a policy below, above or beside its own.

    Where several words stand for one, the requestor is one whom the organization's row takes.
    Raises a `CaseError` where some word has no counterpart.
    """
    found = list(counterparts(case.subject, case.policy, policy))
    subjects = [subject for subject in found if not check_subject(policy, subject)]
    if found and not subjects:
        problems = check_subject(policy, found[0])
        begin = f"this case has no counterpart in `{policy.jurisdiction}`"
        raise CaseError(Problem(f"{begin}: {p.message}", case.place, p.help) for p in problems)
    if not subjects:
        names = f"`{case.policy.jurisdiction}` and `{policy.jurisdiction}`"
        message = f"some word of this case has no counterpart in `{policy.jurisdiction}`"
        remedy = f"`stands_for` in {names} has to lead to the same roles and organizations"
        raise CaseError([Problem(message, case.place, remedy)])
    return min(subjects, key=lambda subject: _routing_findings(evaluate(policy, subject, case.at)))


def _routing_findings(decision: Decision) -> int:
    """Count the findings on who requests, and to whom it goes."""
    return sum(f.rule.startswith("routing/") for f in decision.findings)


def worked_cases(above: ReadProfile) -> Iterator[Case]:
    """Return the cases of a profile that can be read and are about it."""
    for path in case_files(above.folder / CASES_FOLDER).read:
        data = read_bytes(path)
        documents = [] if isinstance(data, Problem) else read_documents(data, Path(path).as_posix())
        found = cases_in(documents, usual_profile=above.folder.as_posix(), folders=True)
        for _, case in found:
            if isinstance(case, Case) and case.policy.jurisdiction == above.profile.jurisdiction:
                yield case
