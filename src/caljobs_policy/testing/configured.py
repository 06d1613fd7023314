# SPDX-License-Identifier: MIT
"""What a run of pytest is told about profiles, days and engines, once it was checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

import pytest
from attrs import evolve, frozen

from caljobs_policy.cases.inherited import cases_above
from caljobs_policy.cases.worked import profile_case_files
from caljobs_policy.dates.reading import day_from
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.evaluation import ENGINES
from caljobs_policy.doors.deciding import Stated, decide
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import Collector, UnreadableError, refuse
from caljobs_policy.errors.exceptions import PolicyError, UnknownProfileError
from caljobs_policy.errors.near import remedy_for
from caljobs_policy.errors.problems import Place, Problem, bounded, shown
from caljobs_policy.loader.contents import PROFILE_FILE
from caljobs_policy.loader.folders import is_profile
from caljobs_policy.loader.policies import load_policy
from caljobs_policy.loader.store import found
from caljobs_policy.policy.policy import Policy

_OPTION: Final = Place("--caljobs-profile")
_PROFILE: Final = Place("caljobs_profile")
_DATE: Final = Place("caljobs_date")
_ENGINES: Final = Place("caljobs_engines")
_NOT_CONFIGURED: Final = Problem(
    "no profile is configured for this fixture",
    help=f"set `{_PROFILE}` in the configuration of pytest, or use {_OPTION}",
)


@frozen(eq=False)
class Told:
    """What the command line and the configuration say, as they say it."""

    names: Sequence[str]
    """The profiles that the command line names."""
    paths: Sequence[Path]
    """The paths that the run is about; a profile that is named may lie below one."""
    root: Path
    profile: str
    date: str
    engines: Sequence[str]


@frozen(eq=False)
class Configured:
    """What a run is to do."""

    chosen: tuple[Path, ...]
    """The folders of the profiles whose cases run, if the command line names any."""
    profile: Path | None
    """The profile of the fixtures, and of cases that name none."""
    day: date | None
    engines: Sequence[str]

    @classmethod
    def of(cls, told: Told) -> Configured:
        """Return what is configured, or raise a `UsageError` with all that is wrong with it."""
        wrong = Collector()
        chosen = [wrong.read(_with_cases, name, told.paths) for name in told.names]
        usual = wrong.read(_folder, told.profile, [told.root], _PROFILE) if told.profile else None
        day = wrong.read(_day, told.date) if told.date else None
        for engine in told.engines:
            wrong.read(_check_engine, engine)
        if wrong.problems:
            raise pytest.UsageError(*map(str, bounded(wrong.problems)))
        first = next(iter(chosen), usual)
        return cls(tuple(dict.fromkeys(chosen)), first, day, told.engines or ("native",))

    def policy(self) -> Policy:
        """Return the policy of the profile on the day; the test fails if there is none."""
        try:
            return load_policy(self._required(), self.day or date.today())
        except PolicyError as error:
            pytest.fail(str(error), pytrace=False)

    def decide(self, case: Stated, at: datetime | None = None) -> Decision:
        """Decide a subject, or a mapping such as `{"request": {...}}`, on its own day."""
        __tracebackhide__ = True
        return decide(self._required(), case, at, engine=self.engines[0])

    def _required(self) -> Path:
        if self.profile is None:
            pytest.fail(str(_NOT_CONFIGURED), pytrace=False)
        return self.profile


def _with_cases(name: str, paths: Sequence[Path]) -> Path:
    """Return the folder of a profile that has or inherits cases; none would pass in silence."""
    folder = _folder(name, paths, _OPTION)
    try:
        if profile_case_files(folder).read or next(cases_above(folder), None) is not None:
            return folder
    except PolicyError as error:
        raise UnreadableError(error.problems) from None
    remedy = "put some into its folder `cases`"
    refuse(Code.MISSING, f"the profile {shown(name)} has no cases", remedy, _OPTION)


def _folder(name: str, places: Sequence[Path], named_at: Place) -> Path:
    """Return the folder of a profile: below one of some places, or wherever it is installed."""
    for place in places:
        for folder in (place / name, place, *place.parents):
            if folder.name == Path(name).name and is_profile(folder):
                return folder.resolve()
    try:
        return found(name).folder.resolve()
    except PolicyError as error:
        known = error.known if isinstance(error, UnknownProfileError) else ()
        beside = [p.parent.name for place in places for p in place.glob(f"*/{PROFILE_FILE}")]
        remedy = remedy_for(name, sorted({*known, *beside})) if known else error.problems[0].help
        raise UnreadableError(
            [evolve(one, place=named_at, help=remedy) for one in error.problems]
        ) from None


def _day(text: str) -> date:
    day, fault = day_from(text)
    if day is None:
        what, remedy = fault or ("", None)
        refuse(Code.NOT_A_DATE, f"{shown(text)} {what}", remedy, _DATE)
    return day


def _check_engine(name: str) -> None:
    if name not in ENGINES:
        remedy = remedy_for(name, ENGINES)
        refuse(Code.UNKNOWN_WORD, f"there is no engine {shown(name)}", remedy, _ENGINES)
