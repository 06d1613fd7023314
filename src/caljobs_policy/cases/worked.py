# SPDX-License-Identifier: MIT
"""The worked cases of profiles, and the subjects of cases in the words of other policies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from os import PathLike
from pathlib import Path

from attrs import evolve

from caljobs_policy.cases.case import Case
from caljobs_policy.cases.counterparts import counterparts
from caljobs_policy.cases.reading import CaseReader
from caljobs_policy.dates.durations import Moment
from caljobs_policy.decisions import evaluate
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import CaseError, PolicyError
from caljobs_policy.errors.problems import Problem
from caljobs_policy.loader.contents import CASES_FOLDER, Listing, case_files
from caljobs_policy.loader.documents import Document, read_bytes, read_documents
from caljobs_policy.loader.policies import policy_at
from caljobs_policy.loader.store import ReadProfile, found, read
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.strangers import check_subject
from caljobs_policy.subjects.facts import Subject


def cases_in(
    documents: Iterable[Document],
    *,
    profile: str | None = None,
    usual_profile: str | None = None,
    today: Callable[[], date] = date.today,
    folders: bool = False,
) -> Iterator[tuple[str | None, Case | CaseError]]:
    """Yield each case in some documents with its title, or the error with all its problems.

    `profile` replaces the profile that a case names. `usual_profile` is for cases that name none,
    or that name it by its own name, wherever its folder is. `today` returns the day for a case that
    states none. A case can name an installed profile, but a folder only with `folders`, which is
    for trusted documents.
    """
    usual_name = _name_of(usual_profile) if usual_profile is not None else None

    def find(name: str, moment: Moment, is_named: bool) -> Policy:
        if is_named and usual_profile is not None and name == usual_name:
            name = usual_profile
        elif is_named:
            return policy_at(name, moment, folders=folders)
        return policy_at(name, moment)

    reader = CaseReader(find, today, profile, usual_profile)
    for document in documents:
        yield from reader.cases(document)


def _name_of(profile: str) -> str | None:
    """Return the name of a profile in its own file; None if that cannot be read."""
    try:
        return read(found(profile).folder).profile.jurisdiction
    except PolicyError:
        return None


def profile_cases(jurisdiction: str | PathLike[str]) -> tuple[Path, ...]:
    """Return the files with the worked cases of a profile."""
    return tuple(map(Path, profile_case_files(jurisdiction).read))


def profile_case_files(jurisdiction: str | PathLike[str]) -> Listing:
    """List the files with the worked cases of a profile, and the files that are not read."""
    return case_files(found(jurisdiction).folder / CASES_FOLDER)


def counterpart(case: Case, policy: Policy) -> Subject:
    """Return the subject of a case in the words of a policy below, above or beside its own.

    If several words stand for one, those are taken that the routing accepts best. Raises a
    `CaseError` if a word has no counterpart.
    """
    found = list(counterparts(case.subject, case.policy, policy))
    subjects = [subject for subject in found if not check_subject(policy, subject)]
    if found and not subjects:
        problems = check_subject(policy, found[0])
        begin = f"this case has no counterpart in `{policy.jurisdiction}`"
        raise CaseError(
            evolve(one, message=f"{begin}: {one.message}", place=case.place) for one in problems
        )
    if not subjects:
        names = f"`{case.policy.jurisdiction}` and `{policy.jurisdiction}`"
        message = f"some word of this case has no counterpart in `{policy.jurisdiction}`"
        remedy = f"`stands_for` in {names} has to lead to the same roles and organizations"
        raise CaseError([Problem(message, case.place, remedy, code=Code.UNKNOWN_WORD)])
    return min(subjects, key=lambda subject: _routing_findings(evaluate(policy, subject, case.at)))


def _routing_findings(decision: Decision) -> int:
    """Count the findings about who requests, and to whom the request goes."""
    return sum(f.rule.startswith("routing/") for f in decision.findings)


def worked_cases(above: ReadProfile) -> Iterator[Case]:
    """Yield the cases of a profile that can be read and that ask for its policy."""
    for case in cases_beside(above):
        if isinstance(case, Case) and case.policy.jurisdiction == above.profile.jurisdiction:
            yield case


def cases_beside(profile: ReadProfile) -> Iterator[Case | CaseError]:
    """Yield the cases in the folder of a profile, and what is wrong with some and their files."""
    listing = case_files(profile.folder / CASES_FOLDER)
    if listing.refused:
        yield CaseError(listing.refused)
    for path in listing.read:
        data = read_bytes(path)
        if isinstance(data, Problem):
            yield CaseError([data])
            continue
        documents = read_documents(data, Path(path).as_posix())
        usual = profile.folder.as_posix()
        yield from (case for _, case in cases_in(documents, usual_profile=usual, folders=True))
