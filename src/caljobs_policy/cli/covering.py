# SPDX-License-Identifier: MIT
"""Shows what the worked cases of profiles reach of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.covering.coverage import Coverage
from caljobs_policy.analysis.covering.pages import coverage_text
from caljobs_policy.analysis.covering.reached import reached
from caljobs_policy.cli.exit_codes import ExitCode, code_of_error, first_that_applies
from caljobs_policy.cli.progress import Bar
from caljobs_policy.cli.streams import once_each
from caljobs_policy.cli.terminal import errors, note, say
from caljobs_policy.errors.exceptions import CaseError, PolicyError, ProfileError
from caljobs_policy.loader.folders import missing_profiles, profile_names
from caljobs_policy.loader.store import read_chain
from caljobs_policy.report.json_lines import line_of


class Coverages:
    """Shows what cases reach, profile by profile, and keeps what the run comes to."""

    def __init__(self, bar: Bar, *, as_json: bool, everything: bool) -> None:
        self.bar = bar
        self.as_json = as_json
        self.everything = everything
        self.codes: set[ExitCode] = set()

    @property
    def exit_code(self) -> ExitCode:
        """What the run comes to."""
        return first_that_applies(self.codes)

    def run(self, profiles: Sequence[str]) -> None:
        """Show the coverage of some profiles, or of all that are installed."""
        for problem in missing_profiles() if not profiles else ():
            note(problem)
        for name in once_each(profiles or profile_names()):
            try:
                examined = examined_profile(name)
            except PolicyError as error:
                self.codes.add(code_of_error(error))
                errors(error)
            else:
                self._show(examined)

    def _show(self, examined: Examined) -> None:
        if examined.case_problems:
            self.codes.add(ExitCode.INVALID)
            errors(CaseError(examined.case_problems))
        coverage = Coverage(examined)
        for case in self.bar.over(examined.cases):
            coverage.add(reached(case))
        if coverage.failed:
            self.codes.add(ExitCode.NOT_GOOD)
        if self.as_json:
            say(line_of(coverage.to_dict()))
        else:
            say(coverage_text(coverage, everything=self.everything))


def examined_profile(name: str) -> Examined:
    """Return a profile that can be read; raises a `ProfileError` otherwise."""
    examined = Examined(read_chain(name), date.today())
    if examined.problems:
        raise ProfileError(examined.problems)
    return examined
