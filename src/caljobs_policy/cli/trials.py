# SPDX-License-Identifier: MIT
"""Runs worked cases and prints how they differ from what they expect."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from caljobs_policy.cases.case import Case
from caljobs_policy.cases.inherited import InheritedCase, inherited_cases
from caljobs_policy.cases.worked import cases_in, profile_case_files
from caljobs_policy.cli.exit_codes import ExitCode, first_that_applies
from caljobs_policy.cli.inheriting import Inheritance
from caljobs_policy.cli.progress import Bar
from caljobs_policy.cli.streams import documents_of, real
from caljobs_policy.cli.terminal import errors, heading, note, print_problem, say, tell_notices
from caljobs_policy.decisions import evaluate
from caljobs_policy.errors.exceptions import CaseError, PolicyError
from caljobs_policy.errors.problems import Place, Problem, printable, shown
from caljobs_policy.loader.contents import Listing, case_files
from caljobs_policy.loader.folders import is_profile, missing_profiles, profile_names
from caljobs_policy.loader.store import found


class Trials:
    """Runs cases and counts how they came out."""

    def __init__(self, profile: str | None, bar: Bar, *, everything: bool = False) -> None:
        self.profile = profile
        self.bar = bar
        self.passed = self.failed = self.invalid = self.without = 0
        self.inheritance = Inheritance(everything=everything)
        self.codes: set[ExitCode] = set()
        self._read: set[str] = set()
        """The files and profiles whose cases were run; a file may be named beside its folder."""

    @property
    def exit_code(self) -> ExitCode:
        """What the run comes to."""
        return first_that_applies(self.codes)

    def run(self, paths: Sequence[str]) -> None:
        """Run the cases of some paths, or of all installed profiles, and print the summary."""
        for problem in missing_profiles() if not paths else ():
            note(problem)
        for path in dict.fromkeys(paths or profile_names()):
            if os.path.isfile(path):  # of any name, also one too long for a file
                self._file(path)
            elif os.path.isdir(path) and not is_profile(Path(path)):
                self._folder(path)
            else:
                self._of_profile(path)
        self._summary()

    def _folder(self, path: str) -> None:
        if path in profile_names():
            message = f"the cases of this folder are run, not those of the profile {shown(path)}"
            note(Problem(message, Place(f"./{path}"), "give the folder another name"))
        self._files(case_files(Path(path)))

    def _files(self, listing: Listing, usual_profile: str | None = None) -> None:
        """Run the files of a folder, and tell of those that are not read."""
        for problem in listing.passed_over:
            note(problem)
        if listing.refused:
            self.codes.add(ExitCode.INVALID)
            errors(CaseError(listing.refused))
        for file in listing.read:
            self._file(Path(file).as_posix(), usual_profile)

    def _summary(self) -> None:
        more = [
            f"{number} {what}"
            for number, what in (
                (self.invalid, "invalid"),
                (self.without, "without an expectation"),
            )
            if number
        ]
        say(", ".join([f"{self.passed} passed, {self.failed} failed", *more]))
        self.inheritance.summary()
        if self.codes or self.passed or self.inheritance.found:
            return
        if self.without:
            self._refuse(Problem("no case expects anything", Place(), "add `expect:` to the cases"))
        else:
            self._refuse(Problem("no case was found", Place(), "name a file, folder or profile"))

    def _of_profile(self, path: str) -> None:
        """Run the cases of a profile, and those of the profiles above it in its own words."""
        try:
            files = profile_case_files(path)
        except PolicyError as error:
            message = f"there is no file, folder or profile {shown(path)}"
            self._refuse(Problem(message, Place(), error.problems[0].help))
            return
        try:
            self._files(files, usual_profile=path)
            is_new = self._is_new(found(path).folder)
            for inherited in self.bar.over(inherited_cases(path) if is_new else ()):
                self._inherited(inherited)
        except PolicyError as error:
            self.codes.add(ExitCode.INVALID)
            errors(error)

    def _inherited(self, inherited: InheritedCase) -> None:
        if inherited.said:
            self._fail(inherited.case, [inherited.said])
        else:
            self.inheritance.add(inherited)

    def _file(self, path: str, usual_profile: str | None = None) -> None:
        if not self._is_new(path):
            return
        documents = documents_of(path)
        if isinstance(documents, Problem):
            self._refuse(documents)
            return
        profile = self.profile
        read = cases_in(documents, profile=profile, usual_profile=usual_profile, folders=True)
        for _, case in self.bar.over(read):
            if isinstance(case, Case):
                tell_notices(case.policy)
            if isinstance(case, CaseError):
                self.invalid += 1
                self.codes.add(ExitCode.INVALID)
                errors(case)
            elif case.expect is None:
                self.without += 1
            else:
                self._case(case)

    def _is_new(self, path: str | Path) -> bool:
        """Note a file or the folder of a profile, and tell whether it was not run before."""
        name = real(os.fspath(path))
        is_new = name not in self._read
        self._read.add(name)
        return is_new

    def _case(self, case: Case) -> None:
        """Run one case."""
        decision = evaluate(case.policy, case.subject, case.at)
        differences = [str(one) for one in case.differences(decision)]
        if not differences:
            self.passed += 1
            return
        self._fail(case, differences)

    def _fail(self, case: Case, differences: Sequence[str]) -> None:
        self.failed += 1
        self.codes.add(ExitCode.NOT_GOOD)
        sys.stdout.flush()
        heading(f"{case.place}: {case.title or 'a case'}")
        for difference in differences:
            say(f"  {printable(difference)}")

    def _refuse(self, problem: Problem) -> None:
        self.codes.add(ExitCode.COULD_NOT_RUN)
        print_problem(problem)
